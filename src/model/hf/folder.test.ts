// Model folders: parts go to their rows, mismatches are named before anything is written, and folders read back.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ModelConfig } from '../config.ts'
import { decoderParams, elementCount, type ParamSpec } from '../param-spec.ts'
import { type NamedTensor, readFloats, readSafetensors, writeSafetensors } from '../safetensors/index.ts'
import { fromHfConfig, toHfConfig } from './config.ts'
import { readHfFolder, writeHfFolder } from './folder.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hf-folder-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const config = fromHfConfig({
  ...{ model_type: 'llama', vocab_size: 7, hidden_size: 4, intermediate_size: 6, num_hidden_layers: 1 },
  ...{ num_attention_heads: 2, num_key_value_heads: 1, eos_token_id: 2, pad_token_id: 0, bos_token_id: 1 },
})

/** Memory for every parameter; `value` gives the number at each place of the whole. */
function arena(made: ModelConfig, value: (place: number) => number) {
  const params = decoderParams(made)
  let place = 0
  const views = new Map(
    params.map((param) => [param.name, Float32Array.from({ length: elementCount(param.shape) }, () => value(place++))]),
  )
  return { params, view: (param: ParamSpec) => views.get(param.name)!, numbers: () => [...views.values()] }
}

/** Writes a folder whose tensors went through `change`, and tries to load it. */
async function loadChanged(made: ModelConfig, change: (tensors: NamedTensor[]) => NamedTensor[]) {
  const source = arena(made, (place) => place)
  await writeHfFolder(folder, made, source.params, source.view)
  const path = join(folder, 'model.safetensors')
  const file = await readSafetensors(path)
  const tensors: NamedTensor[] = []
  for (const { name, shape } of file.tensors.values()) tensors.push({ name, shape, data: await readFloats(file, name) })
  await file.close()
  await writeSafetensors(path, change(tensors))
  const target = arena(made, () => -1)
  const error = await readHfFolder(folder)
    .then(({ load }) => load(target.params, target.view))
    .catch((e: unknown) => e as { code: string; message: string })
  return { error, source: source.numbers(), target: target.numbers() }
}

describe('a model folder', () => {
  it('is written with configuration, special tokens, weights and card', async () => {
    const { params, view } = arena(config, (place) => place)
    await writeHfFolder(folder, config, params, view, { modelCard: '# Card\n', generationConfig: { temperature: 0.7 } })
    expect(readdirSync(folder)).toEqual(['README.md', 'config.json', 'generation_config.json', 'model.safetensors'])
    const json = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8'))
    expect(json('config.json')).toEqual(toHfConfig(config))
    expect(json('generation_config.json')).toEqual({
      ...{ bos_token_id: 1, eos_token_id: 2, pad_token_id: 0, temperature: 0.7 },
    })
    expect(readFileSync(join(folder, 'README.md'), 'utf8')).toBe('# Card\n')
  })

  it('holds the rows of fused matrices under the names of their parts', async () => {
    const { params, view } = arena(config, (place) => place)
    await writeHfFolder(folder, config, params, view)
    const file = await readSafetensors(join(folder, 'model.safetensors'))
    const fused = view(params.find(({ name }) => name.endsWith('qkv_proj.weight'))!)
    const read = (part: string) => readFloats(file, `model.layers.0.self_attn.${part}_proj.weight`)
    expect(file.metadata).toEqual({ format: 'pt' })
    expect(file.tensors.get('model.layers.0.self_attn.k_proj.weight')?.shape).toEqual([2, 4])
    expect(await read('q')).toEqual(fused.slice(0, 16))
    expect(await read('k')).toEqual(fused.slice(16, 24))
    expect(await read('v')).toEqual(fused.slice(24, 32))
    await file.close()
  })

  for (const options of [{}, { dtype: 'BF16' }, { dtype: 'F16', maxShardBytes: 50 }] as const) {
    it(`reads back what was written, with ${JSON.stringify(options)}`, async () => {
      // Whole numbers up to 255 are exact in every format.
      const { params, view, numbers } = arena(config, (place) => place % 256)
      await writeHfFolder(folder, config, params, view, options)
      const target = arena(config, () => -1)
      const read = await readHfFolder(folder)
      expect(read.config).toEqual(config)
      await read.load(target.params, target.view)
      expect(target.numbers()).toEqual(numbers())
    })
  }

  it('collects the end-of-sequence tokens of both files, also where only one names them', async () => {
    const silent = { ...toHfConfig(config), model_type: 'qwen2', eos_token_id: null }
    writeFileSync(join(folder, 'config.json'), JSON.stringify(silent))
    writeFileSync(join(folder, 'generation_config.json'), '{"eos_token_id": [5, 6]}')
    expect(await readHfFolder(folder)).toMatchObject({ config: { eosId: 5, otherEosIds: [6] } })
    writeFileSync(join(folder, 'config.json'), JSON.stringify({ ...silent, eos_token_id: 6 }))
    expect(await readHfFolder(folder)).toMatchObject({ config: { eosId: 6, otherEosIds: [5] } })
  })

  it('names missing tensors and writes nothing', async () => {
    const { error, target } = await loadChanged(config, (tensors) =>
      tensors.filter(({ name }) => !name.includes('_proj')),
    )
    expect(error).toMatchObject({ code: 'model/missing-tensors' })
    expect(error!.message).toMatch(/q_proj.weight; model.layers.0.self_attn.k_proj.weight/)
    expect(target.flatMap((values) => [...values]).every((value) => value === -1)).toBe(true)
  })

  it('names tensors that the model does not have', async () => {
    const surplus = { name: 'model.layers.1.x', shape: [1], data: new Float32Array(1) }
    const { error } = await loadChanged(config, (tensors) => [...tensors, surplus])
    expect(error).toMatchObject({ code: 'model/extra-tensors', message: expect.stringContaining('model.layers.1.x') })
  })

  it('names tensors of another shape, also when the number of elements agrees', async () => {
    const { error } = await loadChanged(config, (tensors) =>
      tensors.map((t) => (t.name.endsWith('up_proj.weight') ? { ...t, shape: t.shape.toReversed() } : t)),
    )
    expect(error).toMatchObject({ code: 'model/wrong-shape' })
    expect(error!.message).toContain('model.layers.0.mlp.up_proj.weight is [4, 6], not [6, 4]')
  })

  it('ignores rotary tables of old checkpoints', async () => {
    const table = { name: 'model.layers.0.self_attn.rotary_emb.inv_freq', shape: [1], data: new Float32Array(1) }
    const { error, source, target } = await loadChanged(config, (tensors) => [...tensors, table])
    expect(error).toBeUndefined()
    expect(target).toEqual(source)
  })

  it('takes a tied matrix under either name', async () => {
    const tied = { ...config, tied: true }
    const isEmbedding = ({ name }: NamedTensor) => name === 'model.embed_tokens.weight'
    const both = await loadChanged(tied, (tensors) => [
      ...tensors,
      { ...tensors.find(isEmbedding)!, name: 'lm_head.weight' },
    ])
    expect(both.error).toBeUndefined()
    expect(both.target).toEqual(both.source)
    const under = await loadChanged(tied, (tensors) =>
      tensors.map((t) => (isEmbedding(t) ? { ...t, name: 'lm_head.weight' } : t)),
    )
    expect(under.error).toBeUndefined()
    expect(under.target).toEqual(under.source)
  })

  it('says what is wrong with a folder that is none', async () => {
    await expect(readHfFolder(folder)).rejects.toMatchObject({ code: 'model/no-config' })
    writeFileSync(join(folder, 'config.json'), '{')
    await expect(readHfFolder(folder)).rejects.toMatchObject({ code: 'model/bad-config' })
    writeFileSync(join(folder, 'config.json'), JSON.stringify(toHfConfig(config)))
    const { params, view } = arena(config, () => 0)
    const { load } = await readHfFolder(folder)
    await expect(load(params, view)).rejects.toMatchObject({ code: 'model/no-weights' })
  })
})
