// Configurations: real checkpoints' files (shortened), what is refused and under which name, and the way back.
// Long because it is mostly tables of cases.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ModelConfig, ModelType } from '../config.ts'
import { eosIdsOf, fromHfConfig, toHfConfig } from './config.ts'

const sizes = {
  vocab_size: 100,
  hidden_size: 48,
  intermediate_size: 96,
  num_hidden_layers: 2,
  num_attention_heads: 4,
  num_key_value_heads: 2,
  max_position_embeddings: 64,
  eos_token_id: 2,
  pad_token_id: 0,
}
const llama = { model_type: 'llama', ...sizes }
const phi3 = { model_type: 'phi3', ...sizes, bos_token_id: 1 }

/** The code and message of what reading `json` throws. */
function failure(run: () => unknown): { code: string; message: string } {
  try {
    run()
  } catch (error) {
    return error as { code: string; message: string }
  }
  return expect.unreachable('nothing was thrown')
}

describe('fromHfConfig', () => {
  it('reads Llama 3.2 1B', () => {
    const config = fromHfConfig({
      ...{ model_type: 'llama', attention_bias: false, mlp_bias: false, hidden_act: 'silu', head_dim: 64 },
      ...{ vocab_size: 128256, hidden_size: 2048, intermediate_size: 8192, num_hidden_layers: 16 },
      ...{ num_attention_heads: 32, num_key_value_heads: 8, max_position_embeddings: 131072, rms_norm_eps: 1e-5 },
      ...{ bos_token_id: 128000, eos_token_id: [128001, 128008, 128009], tie_word_embeddings: true },
      rope_scaling: {
        ...{ factor: 32, high_freq_factor: 4, low_freq_factor: 1, original_max_position_embeddings: 8192 },
        rope_type: 'llama3',
      },
      ...{ rope_theta: 500000, initializer_range: 0.02, torch_dtype: 'bfloat16', unknown_key: [1] },
    })
    expect(config).toEqual({
      ...{ modelType: 'llama', vocabSize: 128256, hiddenSize: 2048, layers: 16, heads: 32, kvHeads: 8, headDim: 64 },
      ...{ feedForward: 8192, maxPositions: 131072, ropeTheta: 500000, partialRotary: 1, normEps: 1e-5, tied: true },
      ...{ qkvBias: false, outBias: false, mlpBias: false, qkNorm: false, initStd: 0.02 },
      ropeScaling: {
        ...{ kind: 'llama3', factor: 32, lowFreqFactor: 1, highFreqFactor: 4, originalMaxPositions: 8192 },
      },
      ...{ bosId: 128000, eosId: 128001, otherEosIds: [128008, 128009], padId: 128001 },
    })
  })

  it('takes the defaults of each family for absent keys', () => {
    const { num_key_value_heads: _, max_position_embeddings: __, ...bare } = { ...sizes, num_attention_heads: 32 }
    const read = (model_type: string, more = {}) => fromHfConfig({ model_type, ...bare, hidden_size: 64, ...more })
    expect(read('llama')).toMatchObject({ kvHeads: 32, headDim: 2, maxPositions: 2048, normEps: 1e-6, bosId: 1 })
    expect(read('qwen2')).toMatchObject({ kvHeads: 32, headDim: 2, maxPositions: 32768, qkvBias: true, outBias: false })
    expect(read('qwen3')).toMatchObject({ kvHeads: 32, headDim: 128, qkNorm: true, qkvBias: false, tied: false })
    expect(read('phi3', { pad_token_id: null })).toMatchObject({ maxPositions: 4096, normEps: 1e-5, padId: 2 })
    expect(read('qwen2')).not.toHaveProperty('bosId')
    expect(read('qwen2', { num_attention_heads: 8, num_key_value_heads: null })).toMatchObject({ kvHeads: 8 })
    expect(read('llama')).toMatchObject({ ropeTheta: 10000, initStd: 0.02 })
  })

  it('puts biases where each family has them', () => {
    const biases = (model_type: string, more = {}) => {
      const { qkvBias, outBias, mlpBias } = fromHfConfig({ model_type, ...sizes, ...more })
      return [qkvBias, outBias, mlpBias]
    }
    expect(biases('llama', { attention_bias: true })).toEqual([true, true, false])
    expect(biases('llama', { mlp_bias: true })).toEqual([false, false, true])
    expect(biases('qwen2')).toEqual([true, false, false])
    expect(biases('qwen3', { attention_bias: true })).toEqual([true, true, false])
    expect(biases('phi3')).toEqual([false, false, false])
  })

  it('reads the rotary settings of transformers 5 and lets rope_scaling win', () => {
    const rope_parameters = { rope_type: 'linear', factor: 3, rope_theta: 77 }
    expect(fromHfConfig({ ...llama, rope_theta: 5, rope_parameters })).toMatchObject({
      ropeTheta: 77,
      ropeScaling: { kind: 'linear', factor: 3 },
    })
    const nested = { rope_parameters: { full_attention: rope_parameters } }
    expect(fromHfConfig({ ...llama, ...nested })).toMatchObject({ ropeTheta: 77 })
    const rope_scaling = { type: 'linear', factor: 2 }
    expect(fromHfConfig({ ...llama, rope_theta: 5, rope_parameters, rope_scaling })).toMatchObject({
      ropeTheta: 5,
      ropeScaling: { kind: 'linear', factor: 2 },
    })
    expect(fromHfConfig({ ...llama, rope_scaling: { rope_type: 'default' } })).not.toHaveProperty('ropeScaling')
  })

  it('reads Phi-4-mini: partial rotation and long rope, under its older names too', () => {
    const factors = { short_factor: Array(4).fill(1), long_factor: Array(4).fill(2) }
    for (const type of ['longrope', 'su', 'yarn']) {
      const config = fromHfConfig({
        ...{ ...phi3, partial_rotary_factor: 0.7, rope_scaling: { type, ...factors } },
        ...{ original_max_position_embeddings: 16, sliding_window: 262144 },
      })
      expect(config).toMatchObject({
        partialRotary: 0.7,
        ropeScaling: { kind: 'longrope', longFactor: [2, 2, 2, 2], originalMaxPositions: 16 },
      })
      expect(config.ropeScaling).not.toHaveProperty('attentionFactor')
    }
  })

  it('turns a factor that is not the context ratio into the attention factor that it implies', () => {
    const rope = { rope_type: 'longrope', short_factor: Array(6).fill(1), long_factor: Array(6).fill(2) }
    const read = (more: object) =>
      fromHfConfig({ ...llama, rope_parameters: { ...rope, original_max_position_embeddings: 16, ...more } })
        .ropeScaling
    expect(read({ factor: 4 })).not.toHaveProperty('attentionFactor')
    expect(read({ factor: 16 })).toMatchObject({ attentionFactor: Math.SQRT2 })
    expect(read({ factor: 0.5 })).toMatchObject({ attentionFactor: 1 })
    expect(read({ factor: 16, attention_factor: 1.25 })).toMatchObject({ attentionFactor: 1.25 })
  })

  it('takes special tokens from the caller where the file has none', () => {
    const { eos_token_id: _, pad_token_id: __, ...silent } = { ...sizes, model_type: 'qwen2' }
    expect(fromHfConfig(silent, { eosIds: [7] })).toMatchObject({ eosId: 7, padId: 7 })
    expect(fromHfConfig({ ...llama, pad_token_id: -1 }, { eosIds: [7], padId: 9 })).toMatchObject({
      eosId: 2,
      padId: 2,
    })
    expect(failure(() => fromHfConfig(silent))).toMatchObject({ code: 'model/bad-config' })
  })

  it('lists all end-of-sequence ids', () => {
    expect(eosIdsOf({ eos_token_id: [3, 4] })).toEqual([3, 4])
    expect(eosIdsOf({ eos_token_id: 3 })).toEqual([3])
    expect(eosIdsOf({ eos_token_id: null })).toEqual([])
    expect(eosIdsOf(undefined)).toEqual([])
  })

  const qwenWindow = { model_type: 'qwen2', use_sliding_window: true, sliding_window: 8, max_window_layers: 1 }
  const unsupported: [string, object, RegExp][] = [
    ['another model type', { model_type: 'mamba' }, /model_type "mamba"/],
    ['another activation', { hidden_act: 'gelu' }, /hidden_act "gelu"/],
    ['quantised weights', { quantization_config: { bits: 4 } }, /quantization_config/],
    ['yarn', { rope_scaling: { rope_type: 'yarn', factor: 4 } }, /rope_type "yarn"/],
    ['dynamic rope', { rope_scaling: { type: 'dynamic', factor: 4 } }, /rope_type "dynamic"/],
    ['a linear Phi-3', { model_type: 'phi3', rope_scaling: { type: 'linear', factor: 4 } }, /rope_type "linear"/],
    ['a partial rotation in Llama', { partial_rotary_factor: 0.5 }, /partial_rotary_factor 0.5/],
    ['rope settings per layer type', { rope_parameters: { sliding_attention: {} } }, /per layer type/],
    ['a Phi-3 window', { model_type: 'phi3', sliding_window: 63 }, /sliding_window 63/],
    ['a Qwen window', qwenWindow, /sliding_window 8/],
    ['chunked attention', { layer_types: ['chunked_attention'], ...qwenWindow }, /chunked_attention/],
    ['biases that a family does not have', { model_type: 'qwen3', mlp_bias: true }, /mlp_bias/],
    ['an odd rotary width', { head_dim: 5 }, /odd number of rotated/],
    ['a bias on the head', { lm_head_bias: true }, /lm_head_bias/],
  ]
  for (const [what, change, message] of unsupported) {
    it(`refuses ${what} by name`, () => {
      const error = failure(() => fromHfConfig({ ...llama, ...change }))
      expect(error).toMatchObject({ code: 'model/unsupported', message: expect.stringMatching(message) })
    })
  }

  const harmless: [string, object][] = [
    ['a window as long as the context', { model_type: 'phi3', sliding_window: 64 }],
    ['a window that is switched off', { model_type: 'qwen2', use_sliding_window: false, sliding_window: 8 }],
    ['a window that begins after the last layer', { ...qwenWindow, max_window_layers: 2 }],
    ['a window that no layer uses', { ...qwenWindow, layer_types: ['full_attention', 'full_attention'] }],
    ['a window on Llama, which ignores it', { sliding_window: 8 }],
  ]
  for (const [what, change] of harmless) {
    it(`accepts ${what}`, () => {
      expect(fromHfConfig({ ...llama, ...change }).layers).toBe(2)
    })
  }

  const bad: [string, unknown, RegExp][] = [
    ['no object', 7, /the file/],
    ['a missing size', { ...llama, hidden_size: undefined }, /hidden_size/],
    ['a size of the wrong type', { ...llama, vocab_size: '100' }, /vocab_size/],
    ['heads that do not divide', { ...llama, num_key_value_heads: 3 }, /num_key_value_heads 3/],
    ['too few factors', { ...phi3, rope_scaling: { type: 'su', short_factor: [1], long_factor: [1] } }, /6 pairs/],
    ['llama3 without factor', { ...llama, rope_scaling: { rope_type: 'llama3', low_freq_factor: 1 } }, /needs factor/],
    ['a factor of the wrong type', { ...llama, rope_scaling: { type: 'linear', factor: '2' } }, /factor/],
    ['an id outside the vocabulary', { ...llama, eos_token_id: 100 }, /eos_token_id 100/],
  ]
  for (const [what, json, message] of bad) {
    it(`calls ${what} a bad configuration`, () => {
      const error = failure(() => fromHfConfig(json))
      expect(error).toMatchObject({ code: 'model/bad-config', message: expect.stringMatching(message) })
    })
  }
})

describe('toHfConfig', () => {
  const config = fromHfConfig({ ...llama, bos_token_id: 1 })

  it('writes what transformers reads, old and new names alike', () => {
    expect(toHfConfig(config, { torchDtype: 'bfloat16' })).toMatchObject({
      ...{ ...llama, bos_token_id: 1, head_dim: 12, hidden_act: 'silu', torch_dtype: 'bfloat16' },
      ...{ architectures: ['LlamaForCausalLM'], attention_bias: false, mlp_bias: false, rope_theta: 10000 },
      ...{ rope_scaling: null, rope_parameters: { rope_type: 'default', rope_theta: 10000 } },
    })
  })

  it('leaves the padding token out when it is the end-of-sequence token', () => {
    const shared = { ...config, padId: config.eosId }
    expect(toHfConfig(shared)).toMatchObject({ pad_token_id: null })
    expect(fromHfConfig(toHfConfig(shared))).toEqual(shared)
  })

  it('keeps long rope of Phi-3 in the three keys that transformers 4 accepts', () => {
    const ropeScaling = { kind: 'longrope', shortFactor: [1, 1], longFactor: [2, 3], originalMaxPositions: 16 } as const
    const phi = { ...fromHfConfig(phi3), hiddenSize: 16, headDim: 4, ropeScaling }
    const json = toHfConfig(phi)
    expect(json.rope_scaling).toEqual({ type: 'longrope', short_factor: [1, 1], long_factor: [2, 3] })
    expect(json).toMatchObject({ original_max_position_embeddings: 16, partial_rotary_factor: 1 })
    expect(json.rope_parameters).toMatchObject({ rope_type: 'longrope', original_max_position_embeddings: 16 })
    expect(failure(() => toHfConfig({ ...phi, hiddenSize: 32 }))).toMatchObject({ code: 'model/unsupported' })
  })

  const impossible: [string, Partial<ModelConfig>, RegExp][] = [
    ['Llama with biases on queries only', { qkvBias: true }, /outBias false/],
    ['Llama with head norms', { qkNorm: true }, /qkNorm true/],
    ['Qwen3 without head norms', { modelType: 'qwen3' }, /qkNorm false/],
    ['Qwen2 without biases', { modelType: 'qwen2' }, /qkvBias false/],
    ['Phi-3 with biases', { modelType: 'phi3', mlpBias: true }, /mlpBias true/],
    ['Llama with partial rotation', { partialRotary: 0.5 }, /partialRotary 0.5/],
    ['Phi-3 with linear rope', { modelType: 'phi3', ropeScaling: { kind: 'linear', factor: 2 } }, /"linear"/],
    ['Llama with heads that do not divide its width', { heads: 5, kvHeads: 5 }, /hidden size 48 with 5 heads/],
  ]
  for (const [what, change, message] of impossible) {
    it(`refuses ${what}`, () => {
      const error = failure(() => toHfConfig({ ...config, ...change }))
      expect(error).toMatchObject({ code: 'model/unsupported', message: expect.stringMatching(message) })
    })
  }

  it('is undone by fromHfConfig, through JSON', () => {
    const positive = fc.double({ min: 0.01, max: 100, noNaN: true })
    const list = fc.array(positive, { minLength: 6, maxLength: 6 })
    const original = fc.integer({ min: 2, max: 64 })
    const scaling = {
      linear: fc.record({ kind: fc.constant('linear' as const), factor: positive }),
      llama3: fc.record({
        ...{ kind: fc.constant('llama3' as const), factor: positive, lowFreqFactor: positive },
        ...{ highFreqFactor: positive, originalMaxPositions: original },
      }),
      longrope: fc.record(
        {
          ...{ kind: fc.constant('longrope' as const), shortFactor: list, longFactor: list },
          ...{ originalMaxPositions: original, attentionFactor: positive },
        },
        { requiredKeys: ['kind', 'shortFactor', 'longFactor', 'originalMaxPositions'] },
      ),
    }
    const any = fc.option(fc.oneof(scaling.linear, scaling.llama3, scaling.longrope), { nil: undefined })
    const shapes: Record<ModelType, fc.Arbitrary<Partial<ModelConfig>>> = {
      llama: fc.record({ mlpBias: fc.boolean(), ropeScaling: any }),
      qwen2: fc.record({ qkvBias: fc.constant(true), ropeScaling: any }),
      qwen3: fc.record({ qkNorm: fc.constant(true), ropeScaling: any }),
      phi3: fc.record({ ropeScaling: fc.option(scaling.longrope, { nil: undefined }) }),
    }
    const types = Object.keys(shapes) as ModelType[]
    const configs = fc.constantFrom(...types).chain((modelType) =>
      fc
        .record({ shape: shapes[modelType], tied: fc.boolean(), theta: positive, pad: fc.integer({ min: 0, max: 2 }) })
        .map(
          ({ shape: { ropeScaling, ...shape }, tied, theta, pad }): ModelConfig => ({
            ...{ ...config, ...shape, modelType, tied, ropeTheta: theta, padId: pad },
            ...(ropeScaling === undefined ? {} : { ropeScaling }),
          }),
        ),
    )
    fc.assert(
      fc.property(configs, (made) => {
        expect(fromHfConfig(JSON.parse(JSON.stringify(toHfConfig(made))))).toEqual(made)
      }),
    )
  })
})
