// Adapters against naive products in float64, and in the graph: nothing at first, and the same as when merged.
import { describe, expect, it } from 'vitest'
import { stream } from '../base/rng.ts'
import { input } from '../tensor/index.ts'
import { causalMask, largestDifference, namedStream, runOnce, weightTensors } from './__fixtures__/run-decoder.ts'
import { randomWeights, tinyConfigs, tinyNames } from './__fixtures__/tiny-model.ts'
import { causalAttention } from './attention.ts'
import type { ModelConfig } from './config.ts'
import { decode, logitsOf, plainWeights } from './decoder.ts'
import {
  adaptedMaps,
  freshLora,
  type LoraAdapter,
  linearMaps,
  loraAdditions,
  loraConfig,
  mergeLora,
  sameAdapters,
} from './lora.ts'
import { decoderParams } from './param-spec.ts'
import type { WeightArena } from './weight-arena.ts'

const ids = [2, 5, 3, 7, 11, 4, 18, 9, 6]

function adapterOf(config: ModelConfig, settings: Record<string, unknown> = {}): LoraAdapter {
  return freshLora(decoderParams(config), loraConfig.parse({ rank: 3, alpha: 6, ...settings }))
}

/** B away from zero. */
function trained(adapter: LoraAdapter): LoraAdapter {
  const rng = stream('lora-test')
  for (const map of adaptedMaps(adapter.arena)) {
    const up = adapter.arena.view(`${map}.lora_B.weight`)
    for (let i = 0; i < up.length; i++) up[i] = 0.3 * rng.normal()
  }
  return adapter
}

/** Logits of one row in the training graph. */
async function trainingLogits(config: ModelConfig, arena: WeightArena, adapter?: LoraAdapter): Promise<Float32Array> {
  const tensors = new Map([...weightTensors(arena), ...(adapter ? weightTensors(adapter.arena) : [])])
  const additions = adapter && loraAdditions(arena.params, adapter, tensors)
  const weights = plainWeights(config, tensors, { training: true, additions })
  const { hidden } = decode(
    config,
    weights,
    namedStream(config, 'rows', ['P', 'T']),
    causalAttention(input('mask', ['T', 'T'])),
  )
  const feeds = {
    ...(adapter && Object.fromEntries(adapter.arena.views())),
    'rows.ids': Int32Array.from(ids),
    'rows.positions': Int32Array.from(ids.keys()),
    mask: causalMask(ids.length),
  }
  const { logits } = await runOnce(config, arena, { logits: logitsOf(config, weights, hidden) }, feeds, {
    P: 1,
    T: ids.length,
  })
  return logits
}

describe('the maps that can be adapted', () => {
  it('are the matrices of the layers under their Hugging Face names, with outputs and inputs', () => {
    expect(linearMaps(decoderParams(tinyConfigs.qwen2)).slice(0, 7)).toEqual([
      { name: 'model.layers.0.self_attn.q_proj', outputs: 24, inputs: 24 },
      { name: 'model.layers.0.self_attn.k_proj', outputs: 6, inputs: 24 },
      { name: 'model.layers.0.self_attn.v_proj', outputs: 6, inputs: 24 },
      { name: 'model.layers.0.self_attn.o_proj', outputs: 24, inputs: 24 },
      { name: 'model.layers.0.mlp.gate_proj', outputs: 20, inputs: 24 },
      { name: 'model.layers.0.mlp.up_proj', outputs: 20, inputs: 24 },
      { name: 'model.layers.0.mlp.down_proj', outputs: 24, inputs: 20 },
    ])
    const phi3 = linearMaps(decoderParams(tinyConfigs.phi3)).map(({ name }) => name.split('.').at(-1))
    expect(phi3.slice(0, 4)).toEqual(['qkv_proj', 'o_proj', 'gate_up_proj', 'down_proj'])
    expect(phi3).toHaveLength(8)
  })

  it('are chosen by the end of their names', () => {
    const chosen = (...targets: string[]) => adaptedMaps(adapterOf(tinyConfigs.llama, { targets }).arena)
    expect(chosen('q_proj', 'layers.1.mlp.up_proj')).toEqual([
      'model.layers.0.self_attn.q_proj',
      'model.layers.1.self_attn.q_proj',
      'model.layers.1.mlp.up_proj',
    ])
    expect(chosen('all-linear')).toHaveLength(14)
    expect(loraConfig.parse({}).targets).toEqual(['all-linear'])
  })

  it.each(['lm_head', 'embed_tokens', 'roj', 'q_prj'])('must exist: %s is refused with the names that do', (target) => {
    const make = () => adapterOf(tinyConfigs.llama, { targets: ['v_proj', target] })
    expect(make).toThrow(
      expect.objectContaining({ code: 'config/no-such-map', message: expect.stringContaining(`"${target}"`) }),
    )
    expect(make).toThrow(
      expect.objectContaining({
        hint: expect.stringContaining('q_proj, k_proj, v_proj, o_proj, gate_proj, up_proj, down_proj'),
      }),
    )
    if (target === 'q_prj')
      expect(make).toThrow(expect.objectContaining({ hint: expect.stringContaining('Did you mean q_proj?') }))
  })
})

describe('fresh adapters', () => {
  it('are uniform between ±1 / sqrt(inputs) in A, and zero in B', () => {
    const { arena } = adapterOf(tinyConfigs.llama, { rank: 64 })
    const down = arena.view('model.layers.0.mlp.down_proj.lora_A.weight')
    expect(down).toHaveLength(64 * 20)
    const bound = 1 / Math.sqrt(20)
    expect(Math.max(...down)).toBeLessThan(bound)
    expect(Math.max(...down)).toBeGreaterThan(0.98 * bound)
    expect(Math.min(...down)).toBeLessThan(-0.98 * bound)
    expect(down.reduce((sum, x) => sum + x * x, 0) / down.length).toBeCloseTo(bound ** 2 / 3, 2)
    for (const { name } of arena.params)
      if (name.includes('lora_B')) expect(arena.view(name).every((x) => x === 0)).toBe(true)
  })

  it('draw each map from a stream of its own, by seed', () => {
    const name = 'model.layers.1.mlp.up_proj.lora_A.weight'
    const draw = (settings: Record<string, unknown>) => adapterOf(tinyConfigs.llama, settings).arena.view(name)
    expect(draw({ targets: ['up_proj'] })).toEqual(draw({}))
    expect(draw({ seed: 1 })).not.toEqual(draw({}))
    expect(draw({})).not.toEqual(adapterOf(tinyConfigs.llama).arena.view('model.layers.1.mlp.gate_proj.lora_A.weight'))
  })

  it('change no logit', async () => {
    for (const name of ['llama-untied-biases', 'phi3'] as const) {
      const config = tinyConfigs[name]
      const arena = randomWeights(config, name)
      expect(await trainingLogits(config, arena, adapterOf(config))).toEqual(await trainingLogits(config, arena))
    }
  })
})

describe('merging', () => {
  it('adds alpha / rank times B A to the rows of its map, and to nothing else', () => {
    const config = tinyConfigs.llama
    const arena = randomWeights(config, 'merge')
    const before = arena.clone()
    const adapter = trained(adapterOf(config, { targets: ['layers.1.self_attn.k_proj'] }))
    mergeLora(arena, adapter)
    const map = 'model.layers.1.self_attn.k_proj'
    const [up, down] = [adapter.arena.view(`${map}.lora_B.weight`), adapter.arena.view(`${map}.lora_A.weight`)]
    const [merged, origin] = [arena.part(`${map}.weight`)!, before.part(`${map}.weight`)!]
    for (let o = 0; o < 12; o++) {
      for (let i = 0; i < 24; i++) {
        const product = [0, 1, 2].reduce((sum, r) => sum + up[o * 3 + r] * down[r * 24 + i], 0)
        expect(merged[o * 24 + i]).toBeCloseTo(origin[o * 24 + i] + 2 * product, 6)
      }
    }
    expect(merged).not.toEqual(origin)
    merged.set(origin)
    expect(arena.data).toEqual(before.data)
  })

  it.each(tinyNames)('computes what the adapters beside the weights compute: %s', async (name) => {
    const config = tinyConfigs[name]
    const arena = randomWeights(config, name)
    const adapter = trained(adapterOf(config))
    const plain = await trainingLogits(config, arena)
    const beside = await trainingLogits(config, arena, adapter)
    mergeLora(arena, adapter)
    const merged = await trainingLogits(config, arena)
    const scale = Math.max(...merged.map(Math.abs))
    expect(largestDifference(merged, beside) / scale).toBeLessThan(1e-5)
    expect(largestDifference(beside, plain) / scale).toBeGreaterThan(0.05)
  })

  it('refuses the adapter of another model', () => {
    const arena = randomWeights(tinyConfigs.llama, 'other')
    expect(() => mergeLora(arena, adapterOf(tinyConfigs.phi3, { targets: ['qkv_proj'] }))).toThrow(/qkv_proj/)
  })
})

it('adapters are alike when rank, alpha and maps are', () => {
  const one = adapterOf(tinyConfigs.llama)
  const same = (settings: Record<string, unknown>) => sameAdapters(one, adapterOf(tinyConfigs.llama, settings))
  expect([same({}), same({ seed: 7 }), same({ rank: 4 }), same({ alpha: 7 }), same({ targets: ['q_proj'] })]).toEqual([
    ...[true, true, false, false, false],
  ])
})
