// Which tensors a file holds: names by family, the order of rows, rotary factors, and what llama.cpp has no place for.
import { describe, expect, it } from 'vitest'
import { randomWeights, tinyConfigs } from '../__fixtures__/tiny-model.ts'
import type { ModelConfig } from '../config.ts'
import { ggufTensors } from './tensors.ts'

const namesOf = (config: ModelConfig): string[] =>
  ggufTensors(config, randomWeights(config, 'names')).map((t) => t.name)

describe('ggufTensors', () => {
  it('names the tensors of a plain Llama', () => {
    const layer = 'attn_norm attn_q attn_k attn_v attn_output ffn_norm ffn_gate ffn_up ffn_down'.split(' ')
    const layers = [0, 1].flatMap((n) => layer.map((name) => `blk.${n}.${name}.weight`))
    expect(namesOf(tinyConfigs.llama)).toEqual(['token_embd.weight', ...layers, 'output_norm.weight'])
  })

  it('names what other families have', () => {
    expect(namesOf(tinyConfigs['llama-untied-biases'])).toEqual(
      expect.arrayContaining(['output.weight', 'blk.1.attn_k.bias', 'blk.0.attn_output.bias', 'blk.0.ffn_down.bias']),
    )
    expect(namesOf(tinyConfigs.qwen2)).toEqual(expect.arrayContaining(['blk.0.attn_v.bias']))
    expect(namesOf(tinyConfigs.qwen3)).toEqual(expect.arrayContaining(['blk.0.attn_q_norm.weight', 'output.weight']))
    const phi = namesOf(tinyConfigs['phi3-longrope'])
    expect(phi.slice(1, 7).map((name) => name.split('.')[2])).toEqual(
      'attn_norm attn_qkv attn_output ffn_norm ffn_up ffn_down'.split(' '),
    )
    expect(phi.slice(-2)).toEqual(['rope_factors_long.weight', 'rope_factors_short.weight'])
  })

  it('deals out the rows of each Llama query and key head, weights and biases, and of nothing else', () => {
    const config = { ...tinyConfigs['llama-untied-biases'], heads: 2, kvHeads: 1, headDim: 6, hiddenSize: 12 }
    const tensors = ggufTensors(config, randomWeights(config, 'rows'))
    const orders = tensors.filter(({ rowOrder }) => rowOrder).map(({ name, rowOrder }) => [name, [...rowOrder!]])
    const query = [0, 3, 1, 4, 2, 5, 6, 9, 7, 10, 8, 11]
    const wanted = [0, 1].flatMap((n) => [
      [`blk.${n}.attn_q.weight`, query],
      [`blk.${n}.attn_k.weight`, query.slice(0, 6)],
      [`blk.${n}.attn_q.bias`, query],
      [`blk.${n}.attn_k.bias`, query.slice(0, 6)],
    ])
    expect(orders).toEqual(wanted)
    const other = ggufTensors(tinyConfigs.qwen2, randomWeights(tinyConfigs.qwen2, 'rows'))
    expect(other.every(({ rowOrder }) => rowOrder === undefined)).toBe(true)
  })

  it('writes the factors by which llama3 divides frequencies: from one up to its factor', () => {
    const config = tinyConfigs['llama-llama3-rope']
    const factors = ggufTensors(config, randomWeights(config, 'rope')).at(-1)!
    expect(factors).toMatchObject({ name: 'rope_freqs.weight', shape: [3] })
    // Theta 100 and width 6: wavelengths of 6.3, 29.2 and 135.4 positions, of which only those below 4 stay as they are.
    const smooth = (16 / (2 * Math.PI) - 1) / 3
    expect(factors.data[0]).toBeCloseTo(1 / ((1 - smooth) / 4 + smooth), 5)
    expect([...factors.data.slice(1)]).toEqual([4, 4])
  })

  it.each<[string, ModelConfig]>([
    ['heads of 8 numbers', { ...tinyConfigs.qwen2, headDim: 8 }],
    ['attention_bias', { ...tinyConfigs.qwen3, qkvBias: true, outBias: true }],
    ['rope scaling "llama3"', { ...tinyConfigs.qwen3, ropeScaling: tinyConfigs['llama-llama3-rope'].ropeScaling }],
    ['rotated numbers per head (5)', { ...tinyConfigs.phi3, partialRotary: 0.9 }],
    ['qkNorm false', { ...tinyConfigs.qwen3, qkNorm: false }],
  ])('refuses %s', (what, config) => {
    const refusal = expect.objectContaining({ code: 'model/unsupported', message: expect.stringContaining(what) })
    expect(() => ggufTensors(config, randomWeights(config, 'refused'))).toThrow(refusal)
  })
})
