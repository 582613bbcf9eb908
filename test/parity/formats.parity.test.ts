// Our formats against Python's: safetensors both ways, and model folders of every family read by us, written again
// and loaded by transformers, which must compute the logits that it computed from the original. Needs no decoder.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readHfFolder, writeHfFolder } from '../../src/model/hf/index.ts'
import { decoderParams, elementCount, type ParamSpec } from '../../src/model/param-spec.ts'
import { readFloats, readSafetensors, writeSafetensors } from '../../src/model/safetensors/index.ts'
import { parity } from '../python.ts'

/** What tensors.py says of a file. */
interface Described {
  readonly metadata: Readonly<Record<string, string>> | null
  readonly tensors: Readonly<Record<string, { dtype: string; shape: number[]; values: number[] }>>
}

const jsonLines = <T>(text: string): T[] =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T)

parity.describe('safetensors and Python', () => {
  const folder = mkdtempSync(join(tmpdir(), 'parity-tensors-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const numbers = Float32Array.of(0, -1, 1.5, 0.1, 2.71, 65504, 1e-7, -2.5e-5)

  it('Python reads the numbers that we write, in every format', async () => {
    const dtypes = ['F32', 'F16', 'BF16'] as const
    const paths = dtypes.map((dtype) => join(folder, `ours-${dtype}.safetensors`))
    const tensors = [
      { name: 'x', shape: [2, 4], data: numbers },
      { name: 'none', shape: [0], data: new Float32Array(0) },
      { name: 'é"\\', shape: [], data: Float32Array.of(7) },
    ]
    for (const [i, path] of paths.entries())
      await writeSafetensors(path, tensors, { dtype: dtypes[i], metadata: { format: 'pt' } })
    const read = jsonLines<Described>(await parity.run('parity/tensors.py', ['read', ...paths]))
    for (const [i, { metadata, tensors: theirs }] of read.entries()) {
      const file = await readSafetensors(paths[i])
      expect(metadata).toEqual({ format: 'pt' })
      expect(theirs.x.shape).toEqual([2, 4])
      expect(theirs.x.dtype).toBe(['float32', 'float16', 'bfloat16'][i])
      expect(theirs.x.values).toEqual([...(await readFloats(file, 'x'))])
      expect(theirs.none.shape).toEqual([0])
      expect(theirs['é"\\']).toMatchObject({ shape: [], values: [7] })
      await file.close()
    }
  })

  it('we read the numbers that Python writes, round as it rounds, and write the same bytes', async () => {
    await parity.run('parity/tensors.py', ['write', folder])
    for (const [dtype, name] of [
      ['F32', 'float32'],
      ['F16', 'float16'],
      ['BF16', 'bfloat16'],
    ] as const) {
      const ours = join(folder, `again-${name}.safetensors`)
      const one = { name: 'one', shape: [], data: numbers.subarray(2, 3) }
      await writeSafetensors(ours, [{ name: 'x', shape: [2, 4], data: numbers }, one], { dtype })
      expect(readFileSync(ours).equals(readFileSync(join(folder, `${name}.safetensors`))), name).toBe(true)
    }
    const wide = await readSafetensors(join(folder, 'float64.safetensors'))
    expect(await readFloats(wide, 'x')).toEqual(numbers)
    await wide.close()
    const raw = await readSafetensors(join(folder, 'raw.safetensors'))
    expect(new BigInt64Array((await raw.readBytes('i64')).buffer)).toEqual(BigInt64Array.of(-2n, 3n))
    expect([...(await raw.readBytes('flag')), ...(await raw.readBytes('u8'))]).toEqual([1, 0, 7])
    await raw.close()
    const pair = [
      { name: 'b.weight', shape: [1, 2], data: Float32Array.of(1, 2) },
      { name: 'a.weight', shape: [1], data: Float32Array.of(0.5) },
    ]
    await writeSafetensors(join(folder, 'pair.safetensors'), pair, { metadata: { format: 'pt' } })
    expect(
      readFileSync(join(folder, 'pair.safetensors')).equals(readFileSync(join(folder, 'sorted.safetensors'))),
    ).toBe(true)
  })
})

parity.describe('model folders and transformers', () => {
  const folder = mkdtempSync(join(tmpdir(), 'parity-models-'))
  const theirs = join(folder, 'theirs')
  const ours = join(folder, 'ours')
  let names: string[] = []
  beforeAll(async () => {
    await parity.run('parity/make_reference.py', [theirs])
    names = JSON.parse(readFileSync(join(theirs, 'models.json'), 'utf8')) as string[]
  }, 120_000)
  afterAll(() => rmSync(folder, { recursive: true }))

  it('load, are written again, and compute the same logits in transformers', async () => {
    for (const name of names) {
      const source = await readHfFolder(join(theirs, name))
      const params = decoderParams(source.config)
      const memory = new Map(params.map(({ name: key, shape }) => [key, new Float32Array(elementCount(shape))]))
      const view = (param: ParamSpec) => memory.get(param.name)!
      await source.load(params, view)
      const maxShardBytes = name === 'phi3' ? 40_000 : undefined
      await writeHfFolder(join(ours, name), source.config, params, view, { maxShardBytes })
      expect((await readHfFolder(join(ours, name))).config, name).toEqual(source.config)
    }
    expect(readdirSync(join(ours, 'phi3'))).toContain('model.safetensors.index.json')
    const pairs = names.flatMap((name) => [join(ours, name), join(theirs, name, 'reference.json')])
    const loaded = jsonLines<{ folder: string; dtype: string }>(await parity.run('parity/check_ours.py', pairs))
    expect(loaded.map(({ dtype }) => dtype)).toEqual(names.map(() => 'float32'))
    for (const name of names) {
      const [expected, found] = await Promise.all(
        [join(theirs, name, 'reference.safetensors'), join(ours, name, 'logits.safetensors')].map(logitsOf),
      )
      expect(largestDifference(expected, found), name).toBeLessThan(1e-5)
      expect(Math.max(...expected), name).toBeGreaterThan(0.5)
    }
  }, 120_000)

  it('keep their stored precision when written in it', async () => {
    for (const [name, dtype, torchDtype] of [
      ['llama-bf16', 'BF16', 'bfloat16'],
      ['qwen3-f16-biases', 'F16', 'float16'],
    ] as const) {
      const source = await readHfFolder(join(theirs, name))
      const params = decoderParams(source.config)
      const memory = new Map(params.map(({ name: key, shape }) => [key, new Float32Array(elementCount(shape))]))
      const view = (param: ParamSpec) => memory.get(param.name)!
      await source.load(params, view)
      mkdirSync(join(folder, 'narrow'), { recursive: true })
      await writeHfFolder(join(folder, 'narrow', name), source.config, params, view, { dtype })
      const [a, b] = await Promise.all(
        [join(theirs, name), join(folder, 'narrow', name)].map((f) => readSafetensors(join(f, 'model.safetensors'))),
      )
      expect([...b.tensors.keys()].sort()).toEqual([...a.tensors.keys()].sort())
      for (const key of a.tensors.keys()) expect(await b.readBytes(key), key).toEqual(await a.readBytes(key))
      await Promise.all([a.close(), b.close()])
      const json = JSON.parse(readFileSync(join(folder, 'narrow', name, 'config.json'), 'utf8')) as {
        torch_dtype: string
      }
      expect(json.torch_dtype).toBe(torchDtype)
    }
  })
})

async function logitsOf(path: string): Promise<Float32Array> {
  const file = await readSafetensors(path)
  const logits = await readFloats(file, 'logits')
  await file.close()
  return logits
}

function largestDifference(a: Float32Array, b: Float32Array): number {
  expect(b.length).toBe(a.length)
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0)
}
