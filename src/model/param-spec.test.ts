// The parameter list against shapes worked out by hand.
import { describe, expect, it } from 'vitest'
import type { ModelConfig } from './config.ts'
import { decoderParams, elementCount, partShape } from './param-spec.ts'

const base: ModelConfig = {
  modelType: 'llama',
  vocabSize: 11,
  hiddenSize: 6,
  layers: 1,
  heads: 3,
  kvHeads: 1,
  headDim: 2,
  feedForward: 5,
  maxPositions: 16,
  ropeTheta: 10000,
  partialRotary: 1,
  normEps: 1e-6,
  tied: true,
  qkvBias: false,
  outBias: false,
  mlpBias: false,
  qkNorm: false,
  initStd: 0.02,
  eosId: 1,
  padId: 0,
}

describe('decoderParams', () => {
  it('lists a plain layer in order with fused shapes', () => {
    expect(decoderParams(base).map(({ name, shape }) => [name, ...shape])).toEqual([
      ['model.embed_tokens.weight', 11, 6],
      ['model.layers.0.input_layernorm.weight', 6],
      ['model.layers.0.self_attn.qkv_proj.weight', 10, 6],
      ['model.layers.0.self_attn.o_proj.weight', 6, 6],
      ['model.layers.0.post_attention_layernorm.weight', 6],
      ['model.layers.0.mlp.gate_up_proj.weight', 10, 6],
      ['model.layers.0.mlp.down_proj.weight', 6, 5],
      ['model.norm.weight', 6],
    ])
  })

  it('adds biases, head norms and an untied head where the configuration has them', () => {
    const everything = { ...base, tied: false, qkvBias: true, outBias: true, mlpBias: true, qkNorm: true }
    const plain = new Set(decoderParams(base).map(({ name }) => name))
    const added = decoderParams(everything).filter(({ name }) => !plain.has(name))
    expect(added.map(({ name, shape }) => [name, ...shape])).toEqual([
      ['model.layers.0.self_attn.qkv_proj.bias', 10],
      ['model.layers.0.self_attn.q_norm.weight', 2],
      ['model.layers.0.self_attn.k_norm.weight', 2],
      ['model.layers.0.self_attn.o_proj.bias', 6],
      ['model.layers.0.mlp.gate_up_proj.bias', 10],
      ['model.layers.0.mlp.down_proj.bias', 6],
      ['lm_head.weight', 11, 6],
    ])
  })

  it('splits fused matrices into query, key, value and gate, up', () => {
    const qkv = decoderParams(base)[2]
    expect(qkv.parts).toEqual([
      { name: 'model.layers.0.self_attn.q_proj.weight', rows: 6 },
      { name: 'model.layers.0.self_attn.k_proj.weight', rows: 2 },
      { name: 'model.layers.0.self_attn.v_proj.weight', rows: 2 },
    ])
    expect(partShape(qkv, qkv.parts[1])).toEqual([2, 6])
    expect(decoderParams(base)[5].parts.map(({ name }) => name.split('.').at(-2))).toEqual(['gate_proj', 'up_proj'])
  })

  it('keeps matrices whole for Phi-3, which stores them fused', () => {
    for (const param of decoderParams({ ...base, modelType: 'phi3' })) {
      expect(param.parts).toEqual([{ name: param.name, rows: param.shape[0] }])
    }
  })

  it('has parts that fill each parameter exactly', () => {
    const biased = { ...base, layers: 3, qkvBias: true, mlpBias: true }
    for (const param of decoderParams(biased)) {
      const filled = param.parts.reduce((sum, part) => sum + elementCount(partShape(param, part)), 0)
      expect(filled, param.name).toBe(elementCount(param.shape))
    }
  })
})
