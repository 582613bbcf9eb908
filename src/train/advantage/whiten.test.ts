// Whitening against numbers worked out by hand, and its moments on any batch.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expectListsClose } from '../__fixtures__/lists-close.ts'
import { credited, groupOf, scored, tokenAdvantages } from '../__fixtures__/rollouts.ts'
import { whitenAdvantages } from './whiten.ts'

/** A rollout with these advantages, and a mask if some of them are not trained on. */
const withAdvantages = (advantages: readonly number[], mask?: readonly number[]) =>
  scored(0, {
    tokens: advantages.length,
    advantages: Float32Array.from(advantages),
    ...(mask && { mask: Uint8Array.from(mask) }),
  })

describe('whitenAdvantages', () => {
  it('subtracts the mean over all tokens of the batch and divides by the unbiased deviation', async () => {
    // 0, 1 and 2, 5 in two groups: mean 2, unbiased variance 14 / 3; the longer rollout counts with each of its tokens.
    const groups = [groupOf(withAdvantages([0])), groupOf(withAdvantages([1, 2, 5]))]
    const [a, b] = tokenAdvantages(await credited([whitenAdvantages()], groups))
    const deviation = Math.sqrt(14 / 3)
    expectListsClose([...a, ...b], [-2 / deviation, -1 / deviation, 0, 3 / deviation])
  })

  it('leaves masked tokens out of mean and deviation', async () => {
    const groups = [groupOf(withAdvantages([100, 0, 1], [0, 1, 1]), withAdvantages([2, 5]))]
    const [[, ...a], b] = tokenAdvantages(await credited([whitenAdvantages()], groups))
    const deviation = Math.sqrt(14 / 3)
    expectListsClose([...a, ...b], [-2 / deviation, -1 / deviation, 0, 3 / deviation])
  })

  it('leaves dropped rollouts out and as they are', async () => {
    const dropped = { ...withAdvantages([100]), dropped: 'for the test' }
    const [{ rollouts }] = await credited([whitenAdvantages()], [groupOf(withAdvantages([1, -1]), dropped)])
    expectListsClose(rollouts[0].advantages!, [Math.SQRT1_2, -Math.SQRT1_2])
    expect([...rollouts[1].advantages!]).toEqual([100])
  })

  it('gives exact zeros where all are equal, even without epsilon', async () => {
    const groups = [groupOf(withAdvantages([3, 3, 3]), withAdvantages([3, 9], [1, 0]))]
    const [a, [b]] = tokenAdvantages(await credited([whitenAdvantages({ epsilon: 0 })], groups))
    expect([...a, b]).toEqual([0, 0, 0, 0])
  })

  it('adds epsilon to the deviation', async () => {
    const groups = [groupOf(withAdvantages([1, -1]))]
    const [got] = tokenAdvantages(await credited([whitenAdvantages({ epsilon: Math.SQRT2 })], groups))
    expectListsClose(got, [1 / (2 * Math.SQRT2), -1 / (2 * Math.SQRT2)])
  })

  it('gives mean 0 and unbiased deviation 1 on any batch, in the order it had', async () => {
    const tokens = fc.array(fc.integer({ min: -8, max: 8 }), { minLength: 1, maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(fc.array(tokens, { minLength: 2, maxLength: 5 }), async (lists) => {
        const before = lists.flat()
        fc.pre(new Set(before).size > 1)
        const groups = [groupOf(...lists.map((list) => withAdvantages(list)))]
        const after = tokenAdvantages(await credited([whitenAdvantages()], groups)).flat()
        const mean = after.reduce((a, b) => a + b, 0) / after.length
        const variance = after.reduce((sum, a) => sum + (a - mean) ** 2, 0) / (after.length - 1)
        expect(mean).toBeCloseTo(0, 6)
        expect(variance).toBeCloseTo(1, 5)
        for (let i = 1; i < before.length; i++)
          expect(Math.sign(after[i] - after[i - 1])).toBe(Math.sign(before[i] - before[i - 1]))
      }),
      { numRuns: 50 },
    )
  })
})
