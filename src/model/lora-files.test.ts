// Adapter files: what PEFT expects to find, what was written read back, and what is refused.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { tinyConfigs } from './__fixtures__/tiny-model.ts'
import type { ModelConfig } from './config.ts'
import { freshLora, type LoraAdapter, loraConfig } from './lora.ts'
import { readLora, writeLora } from './lora-files.ts'
import { decoderParams, whole } from './param-spec.ts'
import { readFloats, readSafetensors, writeSafetensors } from './safetensors/index.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lora-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const params = decoderParams(tinyConfigs.llama)
const configPath = () => join(folder, 'adapter_config.json')
const weightsPath = () => join(folder, 'adapter_model.safetensors')

/** No number is zero. */
function adapterOf(config: ModelConfig, targets: string[]): LoraAdapter {
  const beside = [whole('value_head.weight', [1, config.hiddenSize])]
  const adapter = freshLora(decoderParams(config), loraConfig.parse({ rank: 2, alpha: 5, targets }), beside)
  adapter.arena.data.forEach((_, i, data) => {
    data[i] = i + 1
  })
  return adapter
}

/** Writes an adapter with changed settings, and gives what reading it rejects with. */
async function readChanged(settings: Record<string, unknown>) {
  await writeLora(folder, params, adapterOf(tinyConfigs.llama, ['q_proj']))
  writeFileSync(configPath(), JSON.stringify({ ...JSON.parse(readFileSync(configPath(), 'utf8')), ...settings }))
  return readLora(folder, params).catch((error: unknown) => error)
}

describe('adapter files', () => {
  it('hold the settings and the tensor names of PEFT, and nothing that is no adapter', async () => {
    const adapter = adapterOf(tinyConfigs.llama, ['v_proj', 'layers.1.mlp.up_proj'])
    await writeLora(folder, params, adapter)
    expect(JSON.parse(readFileSync(configPath(), 'utf8'))).toMatchObject({
      peft_type: 'LORA',
      task_type: 'CAUSAL_LM',
      r: 2,
      lora_alpha: 5,
      target_modules: ['v_proj', 'model.layers.1.mlp.up_proj'],
    })
    const file = await readSafetensors(weightsPath())
    expect([...file.tensors].map(([name, { shape }]) => [name, shape])).toEqual([
      ['base_model.model.model.layers.0.self_attn.v_proj.lora_A.weight', [2, 24]],
      ['base_model.model.model.layers.0.self_attn.v_proj.lora_B.weight', [12, 2]],
      ['base_model.model.model.layers.1.mlp.up_proj.lora_A.weight', [2, 24]],
      ['base_model.model.model.layers.1.mlp.up_proj.lora_B.weight', [20, 2]],
      ['base_model.model.model.layers.1.self_attn.v_proj.lora_A.weight', [2, 24]],
      ['base_model.model.model.layers.1.self_attn.v_proj.lora_B.weight', [12, 2]],
    ])
    const up = 'model.layers.1.mlp.up_proj.lora_B.weight'
    expect(await readFloats(file, `base_model.model.${up}`)).toEqual(adapter.arena.view(up).slice())
    await file.close()
  })

  it.each([
    ['llama', ['q_proj', 'layers.0.mlp.down_proj']],
    ['phi3', ['all-linear']],
  ] as const)('read back what was written: %s', async (name, targets) => {
    const config = tinyConfigs[name]
    const adapter = adapterOf(config, [...targets])
    await writeLora(folder, decoderParams(config), adapter)
    const read = await readLora(folder, decoderParams(config))
    expect(read).toMatchObject({ rank: 2, alpha: 5 })
    const written = [...adapter.arena.views()].filter(([key]) => key !== 'value_head.weight')
    expect([...read!.arena.views()]).toEqual(written)
  })

  it('go when a model without adapter is written over them', async () => {
    expect(await readLora(folder, params)).toBeUndefined()
    await writeLora(folder, params, adapterOf(tinyConfigs.llama, ['q_proj']))
    expect(existsSync(weightsPath())).toBe(true)
    await writeLora(folder, params)
    expect([configPath(), weightsPath()].filter(existsSync)).toEqual([])
    expect(await readLora(folder, params)).toBeUndefined()
  })
})

describe('reading an adapter', () => {
  it.each([
    [{ peft_type: 'IA3' }, 'peft_type'],
    [{ use_dora: true }, 'use_dora'],
    [{ use_rslora: true }, 'use_rslora'],
    [{ bias: 'all' }, 'bias'],
    [{ rank_pattern: { q_proj: 4 } }, 'rank_pattern'],
    [{ modules_to_save: ['lm_head'] }, 'modules_to_save'],
    [{ r: 0 }, 'r'],
  ])('refuses what is not plain LoRA: %j', async (settings, key) => {
    expect(await readChanged(settings)).toMatchObject({
      code: 'model/unsupported',
      message: expect.stringMatching(new RegExp(`: ${key}$`)),
    })
  })

  it('takes a configuration with only what matters, and with settings unknown here', async () => {
    const bare = { use_dora: undefined, bias: undefined, rank_pattern: null, target_modules: undefined, new_setting: 1 }
    expect(await readChanged(bare)).toMatchObject({ rank: 2, alpha: 5 })
  })

  it('refuses tensors that do not fit the model or the rank', async () => {
    expect(await readChanged({ r: 3 })).toMatchObject({
      code: 'model/bad-adapter',
      message: expect.stringContaining('wanted [3, 24]'),
    })
    const phi3 = decoderParams(tinyConfigs.phi3)
    await expect(readLora(folder, phi3)).rejects.toMatchObject({ code: 'model/bad-adapter' })
    await writeLora(folder, params, adapterOf(tinyConfigs.llama, ['q_proj']))
    const file = await readSafetensors(weightsPath())
    const tensors = await Promise.all(
      [...file.tensors.values()].map(async ({ name, shape }) => ({ name, shape, data: await readFloats(file, name) })),
    )
    await file.close()
    const stranger = { name: 'base_model.model.lm_head.lora_A.weight', shape: [1], data: new Float32Array(1) }
    await writeSafetensors(weightsPath(), [...tensors, stranger])
    await expect(readLora(folder, params)).rejects.toThrow(/no place in the model: base_model.model.lm_head/)
    await writeSafetensors(weightsPath(), tensors.slice(1))
    await expect(readLora(folder, params)).rejects.toMatchObject({ code: 'model/bad-adapter' })
  })

  it('says when a file is damaged', async () => {
    writeFileSync(configPath(), '{')
    await expect(readLora(folder, params)).rejects.toMatchObject({ code: 'model/bad-adapter' })
  })
})
