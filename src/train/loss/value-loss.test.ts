// The critic's loss against numbers worked out by hand and its formula in plain loops.
import { describe, expect, it } from 'vitest'
import { stream } from '../../base/rng.ts'
import { expectListsClose } from '../__fixtures__/lists-close.ts'
import { evaluateLoss } from '../__fixtures__/reference-loss.ts'
import { valueLoss } from './value-loss.ts'

/** One token with weight 1; plus zero, so that there is no minus zero. */
const single = (value: number, old: number, target: number) => {
  const { total, wantGradient } = evaluateLoss(valueLoss({ range: 0.5 }), {
    logprobs: [0],
    fields: { weights: [1], oldValues: [old], returns: [target] },
    wants: { values: [value] },
  })
  return { total, slope: wantGradient.values[0] + 0 }
}

describe('valueLoss', () => {
  it('is half the squared error inside the range', () => {
    expect(single(0.25, 0, 1)).toEqual({ total: 0.5 * 0.75 ** 2, slope: -0.75 })
  })

  it('stops pulling a value that has come its range towards the return', () => {
    // V = 1 counts as 0.5: ½ (0.5 - 2)², which is larger than ½ (1 - 2)².
    expect(single(1, 0, 2)).toEqual({ total: 0.5 * 1.5 ** 2, slope: 0 })
    expect(single(-1, 0, -2)).toEqual({ total: 0.5 * 1.5 ** 2, slope: 0 })
  })

  it('goes on pulling back a value that went the wrong way, however far', () => {
    expect(single(1, 0, -1)).toEqual({ total: 0.5 * 2 ** 2, slope: 2 })
  })

  it('is its formula on random tokens, weighted', () => {
    const rng = stream('value-loss-test')
    const list = () => Array.from({ length: 24 }, () => 2 * rng.normal())
    const [values, oldValues, returns] = [list(), list(), list()]
    const weights = Array.from({ length: 24 }, (_, i) => (i % 4 === 0 ? 0 : rng.next()))
    const batch = { logprobs: values.map(() => 0), fields: { weights, oldValues, returns }, wants: { values } }
    const range = 0.7
    const want = values.reduce((sum, value, i) => {
      const bounded = oldValues[i] + Math.min(Math.max(value - oldValues[i], -range), range)
      return sum + 0.5 * weights[i] * Math.max((value - returns[i]) ** 2, (bounded - returns[i]) ** 2)
    }, 0)
    const { total, gradient } = evaluateLoss(valueLoss({ range }), batch)
    expect(total).toBeCloseTo(want, 5)
    expectListsClose(gradient, new Array<number>(24).fill(0), 0)
  })
})
