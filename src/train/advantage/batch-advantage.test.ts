// The baseline of REINFORCE against numbers worked out by hand.
import { describe, expect, it } from 'vitest'
import { expectListsClose } from '../__fixtures__/lists-close.ts'
import { credited, firstAdvantages, groupOf, rewarded, scored, undecided } from '../__fixtures__/rollouts.ts'
import { klInReward } from '../reward/kl-in-reward.ts'
import { batchAdvantage } from './batch-advantage.ts'

describe('batchAdvantage', () => {
  it('subtracts the mean reward over all groups', async () => {
    // (1 + 0 + 1 + 1) / 4 = 0.75; a mean over groups would be (0.5 + 1) / 2 too, so one more group tells them apart.
    const groups = [rewarded(1, 0), rewarded(1, 1), rewarded(3)]
    // 6 / 5 = 1.2
    expectListsClose(
      firstAdvantages(await credited([batchAdvantage({ baseline: 'batch-mean' })], groups)),
      [-0.2, -1.2, -0.2, -0.2, 1.8],
    )
  })

  it('gives the bare reward without a baseline', async () => {
    const got = firstAdvantages(await credited([batchAdvantage({ baseline: 'none' })], [rewarded(1, 0), rewarded(-3)]))
    expect(got).toEqual([1, 0, -3])
  })

  it('leaves undecided and dropped rollouts out of the mean', async () => {
    const groups = [groupOf(scored(1), undecided(), scored(0), scored(100, { dropped: 'for the test' }))]
    const [{ rollouts }] = await credited([batchAdvantage({ baseline: 'batch-mean' })], groups)
    expect(rollouts.map(({ advantages }) => advantages?.[0])).toEqual([0.5, undefined, -0.5, undefined])
  })

  it('gives exact zeros where all rewards are equal', async () => {
    const got = firstAdvantages(await credited([batchAdvantage({ baseline: 'batch-mean' })], [rewarded(0.1, 0.1, 0.1)]))
    expect(got).toEqual([0, 0, 0])
  })

  it('counts rewards of single tokens in the outcome', async () => {
    const referenceLogprobs = { data: Float32Array.of(-2, -2), shape: [2] as const }
    const groups = [groupOf(scored(1, { fields: { referenceLogprobs } }))]
    const got = await credited([klInReward(0.1), batchAdvantage({ baseline: 'none' })], groups)
    expectListsClose(firstAdvantages(got), [0.8])
  })
})
