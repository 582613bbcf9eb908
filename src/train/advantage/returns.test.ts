// Rewards to go against numbers worked out by hand.
import { describe, expect, it } from 'vitest'
import { expectListsClose } from '../__fixtures__/lists-close.ts'
import { credited, groupOf, rewarded, scored, tokenAdvantages } from '../__fixtures__/rollouts.ts'
import { returnsToGo, rewardsByToken } from './returns.ts'

describe('rewardsByToken', () => {
  it('adds the outcome to the last token and leaves the rollout as it is', () => {
    const rollout = scored(2, { tokens: 3, tokenRewards: Float32Array.of(0.5, 0, 0.25) })
    expect([...rewardsByToken(rollout)]).toEqual([0.5, 0, 2.25])
    expect([...rollout.tokenRewards!]).toEqual([0.5, 0, 0.25])
    expect([...rewardsByToken(scored(1, { tokens: 3 }))]).toEqual([0, 0, 1])
  })
})

describe('returnsToGo', () => {
  it('without discount is the outcome at every token', async () => {
    const groups = [rewarded(1, 0), groupOf(scored(-2, { tokens: 3 }))]
    expect(tokenAdvantages(await credited([returnsToGo()], groups))).toEqual([
      [1, 1],
      [0, 0],
      [-2, -2, -2],
    ])
  })

  it('adds token rewards from each token on, discounted by its distance', async () => {
    // Rewards 1, 2, 3 + 1: with γ = 0.5: 4, 2 + 2 = 4, 1 + 2 = 3.
    const group = groupOf(scored(1, { tokens: 3, tokenRewards: Float32Array.of(1, 2, 3) }))
    expect(tokenAdvantages(await credited([returnsToGo({ gamma: 0.5 })], [group]))).toEqual([[3, 4, 4]])
    expect(tokenAdvantages(await credited([returnsToGo()], [group]))).toEqual([[7, 6, 4]])
    const thin = groupOf(scored(1, { tokens: 3 }))
    expectListsClose(tokenAdvantages(await credited([returnsToGo({ gamma: 0.9 })], [thin]))[0], [0.81, 0.9, 1])
  })

  it('leaves out what is not trained on', async () => {
    const [{ rollouts }] = await credited([returnsToGo()], [groupOf(scored(1, { dropped: 'for the test' }))])
    expect(rollouts[0].advantages).toBeUndefined()
  })
})
