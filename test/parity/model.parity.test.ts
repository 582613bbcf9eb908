// The decoder against Hugging Face transformers, both ways: its random models load here and give its logits, and ours,
// written by us, load there and give ours. Tolerance 1e-4 on logits of size about 1 to 10, float32 on both sides.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as ort from 'onnxruntime-node'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { stream } from '../../src/base/rng.ts'
import { loadModel, saveModel } from '../../src/engine/checkpoint.ts'
import { type EmbeddedModel, embeddedModel } from '../../src/engine/embedded-model.ts'
import { EmbeddedSampler } from '../../src/engine/embedded-sampler.ts'
import { SamplerPrograms } from '../../src/engine/sampler-programs.ts'
import { largestDifference, rowLogits } from '../../src/model/__fixtures__/run-decoder.ts'
import { randomWeights, type TinyName, tinyConfigs, tinyNames } from '../../src/model/__fixtures__/tiny-model.ts'
import { readHfFolder } from '../../src/model/hf/index.ts'
import { onnxBytes } from '../../src/model/onnx-export/index.ts'
import { readFloats, readSafetensors } from '../../src/model/safetensors/index.ts'
import { charTokenizer, writeTokenizer } from '../../src/text/index.ts'
import { parity } from '../python.ts'

const TOLERANCE = 1e-4

/** A tokenizer of this many tokens; only its size matters here. */
const tokenizerOf = (size: number) =>
  charTokenizer(Array.from({ length: size - 3 }, (_, i) => String.fromCodePoint(48 + i)).join(''))

async function logitsIn(path: string): Promise<Float32Array> {
  const file = await readSafetensors(path)
  const logits = await readFloats(file, 'logits')
  await file.close()
  return logits
}

/** Longrope takes the factors that transformers takes for sequences of this length. */
const contextLimitFor = ({ ropeScaling, maxPositions }: EmbeddedModel['config'], length: number): number =>
  ropeScaling?.kind === 'longrope' && length <= ropeScaling.originalMaxPositions
    ? ropeScaling.originalMaxPositions
    : maxPositions

/** Every row's logits [T, V], one row after the other. */
const logitsHere = async ({ config, arena, contextLimit }: EmbeddedModel, ids: readonly number[][]) =>
  Float32Array.from((await rowLogits(config, arena, ids, { contextLimit })).flatMap((row) => [...row]))

parity.describe('models of transformers, loaded here', () => {
  const folder = mkdtempSync(join(tmpdir(), 'parity-theirs-'))
  let names: string[] = []
  beforeAll(async () => {
    await parity.run('parity/make_reference.py', [folder])
    names = JSON.parse(readFileSync(join(folder, 'models.json'), 'utf8')) as string[]
  }, 120_000)
  afterAll(() => rmSync(folder, { recursive: true }))

  async function load(name: string): Promise<{ model: EmbeddedModel; ids: number[][]; expected: Float32Array }> {
    const { ids } = JSON.parse(readFileSync(join(folder, name, 'reference.json'), 'utf8')) as { ids: number[][] }
    const { config } = await readHfFolder(join(folder, name))
    await writeTokenizer(tokenizerOf(config.vocabSize), join(folder, name))
    const model = await loadModel(join(folder, name), { contextLimit: contextLimitFor(config, ids[0].length) })
    return { model, ids, expected: await logitsIn(join(folder, name, 'reference.safetensors')) }
  }

  it('give their logits', async () => {
    expect(names.length).toBeGreaterThan(8)
    for (const name of names) {
      const { model, ids, expected } = await load(name)
      expect(largestDifference(await logitsHere(model, ids), expected), name).toBeLessThan(TOLERANCE)
      expect(Math.max(...expected), name).toBeGreaterThan(0.5)
    }
  }, 60_000)

  it('give their log-probabilities when the sampler scores', async () => {
    for (const name of names) {
      const { model, ids, expected } = await load(name)
      const programs = new SamplerPrograms(model)
      const sampler = new EmbeddedSampler(model, model.arena, programs)
      const rows = ids.map((row) => Int32Array.from(row))
      const scored = await sampler.score(rows.map((row) => ({ context: row.subarray(0, 1), ids: row.subarray(1) })))
      await sampler.dispose()
      await programs.dispose()
      const length = ids[0].length
      for (const [r, row] of ids.entries())
        for (let t = 0; t < length - 1; t++) {
          const logits = expected.subarray(
            (r * length + t) * model.config.vocabSize,
            (r * length + t + 1) * model.config.vocabSize,
          )
          const normaliser = Math.log(logits.reduce((sum, x) => sum + Math.exp(x), 0))
          const difference = Math.abs(scored[r].logprobs[t] - (logits[row[t + 1]] - normaliser))
          expect(difference, `${name} ${r} ${t}`).toBeLessThan(TOLERANCE)
        }
    }
  }, 60_000)

  it('give their logits as exported ONNX files, longrope by its own choice of factors', async () => {
    for (const name of names) {
      const { model, ids, expected } = await load(name)
      expect(largestDifference(await exportedLogits(model, ids), expected), name).toBeLessThan(TOLERANCE)
    }
  }, 60_000)
})

async function exportedLogits({ config, arena }: EmbeddedModel, ids: readonly number[][]): Promise<Float32Array> {
  const session = await ort.InferenceSession.create(onnxBytes(config, arena))
  const dims = [ids.length, ids[0].length]
  const int64 = (value: (t: number, id: number) => number) =>
    new ort.Tensor('int64', BigInt64Array.from(ids.flatMap((row) => row.map((id, t) => BigInt(value(t, id))))), dims)
  const feeds: Record<string, ort.Tensor> = {
    input_ids: int64((_, id) => id),
    attention_mask: int64(() => 1),
    position_ids: int64((t) => t),
  }
  for (const name of session.inputNames)
    feeds[name] ??= new ort.Tensor('float32', new Float32Array(0), [dims[0], config.kvHeads, 0, config.headDim])
  const { logits } = await session.run(feeds)
  await session.release()
  return logits.data as Float32Array
}

parity.describe('our models, loaded by transformers', () => {
  const folder = mkdtempSync(join(tmpdir(), 'parity-ours-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const cases: { name: TinyName; length: number }[] = [
    ...tinyNames.map((name) => ({ name, length: 12 })),
    { name: 'phi3-longrope', length: 30 },
  ]

  it('load without missing or unexpected tensors and give our logits', async () => {
    const args: string[] = []
    const here: { path: string; logits: Float32Array }[] = []
    for (const { name, length } of cases) {
      const config = tinyConfigs[name]
      const arena = randomWeights(config, `${name} ${length}`)
      const contextLimit = contextLimitFor(config, length)
      const model = embeddedModel(config, arena, tokenizerOf(config.vocabSize), { contextLimit })
      const rng = stream('parity', name, length)
      const ids = Array.from({ length: 3 }, () => Array.from({ length }, () => rng.int(config.vocabSize)))
      const path = join(folder, `${name}-${length}`)
      await saveModel(path, model)
      writeFileSync(join(path, 'ids.json'), JSON.stringify(ids))
      args.push(path, join(path, 'ids.json'))
      here.push({ path, logits: await logitsHere(model, ids) })
    }
    await parity.run('parity/check_ours.py', args)
    for (const { path, logits } of here) {
      expect(largestDifference(await logitsIn(join(path, 'logits.safetensors')), logits), path).toBeLessThan(TOLERANCE)
      expect(Math.max(...logits), path).toBeGreaterThan(0.5)
    }
  }, 120_000)
})
