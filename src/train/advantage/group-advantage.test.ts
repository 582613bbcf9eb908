// Group baselines against numbers worked out by hand; credit.test.ts beside the folder has the commonest ones.
import { describe, expect, it } from 'vitest'
import { expectListsClose } from '../__fixtures__/lists-close.ts'
import { credited, firstAdvantages, groupOf, rewarded, scored, tokenAdvantages } from '../__fixtures__/rollouts.ts'
import { klInReward } from '../reward/kl-in-reward.ts'
import { groupAdvantage } from './group-advantage.ts'

const grpo = groupAdvantage({ normalize: true })
const drGrpo = groupAdvantage({ normalize: false })
const rloo = groupAdvantage({ normalize: false, leaveOneOut: true })

/** Epsilon in the denominator, 1e-6 here, is more than float32 rounding. */
const EPSILON = 3e-6

describe('GRPO', () => {
  it('divides by the unbiased deviation', async () => {
    // Rewards 0, 1, 2, 5: mean 2, squares 4 + 1 + 0 + 9 = 14, deviation sqrt(14 / 3) = 2.1602.
    const deviation = Math.sqrt(14 / 3)
    const got = firstAdvantages(await credited([grpo], [rewarded(0, 1, 2, 5)]))
    expectListsClose(got, [-2 / deviation, -1 / deviation, 0, 3 / deviation], EPSILON)
  })

  it('gives plus and minus 1/√2 to two samples of which one is right', async () => {
    expectListsClose(firstAdvantages(await credited([grpo], [rewarded(1, 0)])), [Math.SQRT1_2, -Math.SQRT1_2], EPSILON)
  })

  it('adds epsilon to the deviation', async () => {
    const loose = groupAdvantage({ normalize: true, epsilon: Math.SQRT1_2 })
    expectListsClose(firstAdvantages(await credited([loose], [rewarded(1, 0)])), [0.5 / Math.SQRT2, -0.5 / Math.SQRT2])
  })

  it('looks at each group by itself', async () => {
    const got = firstAdvantages(await credited([grpo], [rewarded(1, 0), rewarded(10, 8)]))
    expectListsClose(got, [Math.SQRT1_2, -Math.SQRT1_2, Math.SQRT1_2, -Math.SQRT1_2], EPSILON)
  })

  it('gives exact zeros where a sum of equal rewards rounds', async () => {
    // 0.1 + 0.1 + 0.1 is not 0.3.
    expect(firstAdvantages(await credited([grpo], [rewarded(0.1, 0.1, 0.1)]))).toEqual([0, 0, 0])
  })

  it('gives a sample without company zero', async () => {
    for (const credit of [grpo, drGrpo, rloo])
      expect(firstAdvantages(await credited([credit], [rewarded(5)]))).toEqual([0])
  })
})

describe('Dr. GRPO', () => {
  it('subtracts the mean and scales nothing', async () => {
    expectListsClose(firstAdvantages(await credited([drGrpo], [rewarded(0, 1, 2, 5)])), [-2, -1, 0, 3])
  })
})

describe('RLOO', () => {
  it('subtracts the mean of the others', async () => {
    const rewards = [0, 1, 2, 5]
    const minusOthers = rewards.map(
      (reward, i) => reward - rewards.filter((_, j) => j !== i).reduce((a, b) => a + b) / 3,
    )
    expectListsClose(minusOthers, [-8 / 3, -4 / 3, 0, 4], 1e-12)
    expectListsClose(firstAdvantages(await credited([rloo], [rewarded(...rewards)])), minusOthers)
  })
})

describe('every group baseline', () => {
  it('is the same on every token of a rollout, and leaves out what a group policy dropped', async () => {
    const group = groupOf(scored(1, { tokens: 3 }), scored(0, { tokens: 1 }), scored(9, { dropped: 'for the test' }))
    const [{ rollouts }] = await credited([drGrpo], [group])
    expect([...rollouts[0].advantages!]).toEqual([0.5, 0.5, 0.5])
    expect([...rollouts[1].advantages!]).toEqual([-0.5])
    expect(rollouts[2].advantages).toBeUndefined()
  })

  it('counts rewards of single tokens in the outcome', async () => {
    const referenceLogprobs = { data: Float32Array.of(-2, -2), shape: [2] as const }
    const group = groupOf(scored(1, { fields: { referenceLogprobs } }), scored(1))
    const near = { ...group.rollouts[1], tokenRewards: Float32Array.of(0, 0) }
    const [far] = (await credited([klInReward(0.1)], [groupOf(group.rollouts[0])]))[0].rollouts
    // k1 = -1 - -2 = 1 on each of two tokens: the outcomes are 1 - 0.2 and 1.
    expectListsClose(
      tokenAdvantages(await credited([rloo], [groupOf(far, near)])).map(([a]) => a),
      [-0.2, 0.2],
    )
  })
})
