import { describe, expect, it } from 'vitest'
import { float32, int64, type WireDatum } from '../../engine/remote/tinker/wire/index.ts'
import { servedLosses } from './losses.ts'
import { checkSettings, toSequence } from './sequence.ts'

const bounds = { vocabSize: 16, contextLimit: 8 }
const crossEntropy = servedLosses.get('cross_entropy')!
const ppo = servedLosses.get('ppo')!

const of = (tokens: number[], targets: number[], inputs: WireDatum['inputs'] = {}): WireDatum => ({
  tokens: Int32Array.from(tokens),
  inputs: { target_tokens: int64(Int32Array.from(targets)), ...inputs },
})

const numbers = (...list: number[]) => float32(Float32Array.from(list))
const read = (datum: WireDatum, served = crossEntropy, settings = {}) => toSequence(datum, 4, served, settings, bounds)

describe('toSequence', () => {
  it('keeps targets that are not the inputs moved by one', () => {
    const { datum, targets } = read(of([3, 4, 5], [9, 9, 10]))
    expect([...datum.ids]).toEqual([3, 4, 5, 10])
    expect(datum.promptLength).toBe(1)
    expect([...targets]).toEqual([9, 9, 10])
  })

  it('takes as many tokens as the model has positions, and not one more', () => {
    const full = Array.from({ length: 8 }, () => 3)
    expect(read(of(full, full)).targets).toHaveLength(8)
    expect(() => read(of([...full, 3], [...full, 3]))).toThrow('data[4]: model_input has 9 tokens')
  })

  it('fills what may be left out: weights with one, bounds from the settings, then from the defaults', () => {
    expect([...read(of([3, 4], [5, 6])).datum.fields.weights.data]).toEqual([1, 1])
    const inputs = { logprobs: numbers(-1, -1), advantages: numbers(1, 1), clip_low_threshold: numbers(0.5, 0.6) }
    const { fields } = read(of([3, 4], [5, 6], inputs), ppo, {
      clip_high_threshold: 1.5,
      clip_low_threshold: 0.1,
    }).datum
    expect([...fields.clip_high_threshold.data]).toEqual([1.5, 1.5])
    expect([...fields.clip_low_threshold.data]).toEqual([...Float32Array.of(0.5, 0.6)])
    expect([
      ...read(of([3], [4], { logprobs: numbers(0), advantages: numbers(0) }), ppo).datum.fields.clip_low_threshold.data,
    ]).toEqual([...Float32Array.of(0.8)])
  })

  it.each<[string, WireDatum, typeof ppo, string]>([
    ['no token', of([], []), crossEntropy, 'no tokens'],
    ['an input out of the vocabulary', of([3, 16], [4, 5]), crossEntropy, 'model_input[1] is token 16'],
    ['a target below zero', of([3, 4], [4, -100]), crossEntropy, 'target_tokens[1] is token -100'],
    ['too few targets', of([3, 4], [4]), crossEntropy, '1 numbers for the 2 tokens'],
    ['no targets', { tokens: Int32Array.of(3), inputs: {} }, crossEntropy, 'target_tokens is missing'],
    ['weights of another length', of([3, 4], [4, 5], { weights: numbers(1) }), crossEntropy, 'weights has 1 numbers'],
    ['a weight that is no number', of([3], [4], { weights: numbers(Number.NaN) }), crossEntropy, 'weights[0] is NaN'],
    [
      'targets that are floats',
      { tokens: Int32Array.of(3), inputs: { target_tokens: numbers(4) } },
      crossEntropy,
      'int64',
    ],
    [
      'a tensor that the loss does not read',
      of([3], [4], { mask: numbers(1) }),
      crossEntropy,
      'does not read loss_fn_inputs.mask',
    ],
    ['a tensor that is missing', of([3], [4], { logprobs: numbers(-1) }), ppo, 'needs loss_fn_inputs.advantages'],
    [
      'soft targets',
      { tokens: Int32Array.of(3), inputs: { target_tokens: { ...int64(Int32Array.of(4)), shape: [1, 1] } } },
      crossEntropy,
      'soft targets',
    ],
  ])('refuses %s and says where', (_, datum, served, why) => {
    expect(() => read(datum, served)).toThrow(why)
    expect(() => read(datum, served)).toThrow('data[4]')
  })
})

describe('checkSettings', () => {
  it('refuses what is no setting of the loss, and what is no number', () => {
    expect(() => checkSettings(ppo, { clip_low_threshold: 0.7 })).not.toThrow()
    expect(() => checkSettings(crossEntropy, { beta: 1 })).toThrow(
      'loss_fn_config.beta is not a setting of cross_entropy',
    )
    expect(() => checkSettings(ppo, { clip_low_threshold: Number.POSITIVE_INFINITY })).toThrow('Infinity')
  })
})
