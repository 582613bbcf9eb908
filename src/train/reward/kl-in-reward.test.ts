// The KL penalty as a reward of every token, against numbers worked out by hand.
import { describe, expect, it } from 'vitest'
import { expectListsClose } from '../__fixtures__/lists-close.ts'
import { credited, groupOf, scored, tokenAdvantages } from '../__fixtures__/rollouts.ts'
import { returnsToGo } from '../advantage/returns.ts'
import { klInReward } from './kl-in-reward.ts'

/** log π_old = -1, -2, -3 and log π_ref = -0.5, -2, -4: d = 0.5, 0, -1. */
const rollout = scored(1, {
  tokens: 3,
  logprobs: [-1, -2, -3],
  fields: { referenceLogprobs: { data: Float32Array.of(-0.5, -2, -4), shape: [3] } },
})

const tokenRewards = async (...options: Parameters<typeof klInReward>): Promise<number[]> => {
  const [{ rollouts }] = await credited([klInReward(...options)], [groupOf(rollout)])
  return [...rollouts[0].tokenRewards!]
}

describe('klInReward', () => {
  it('takes off the estimate k1 = -d unless another is named', async () => {
    expectListsClose(await tokenRewards(0.1), [0.05, 0, -0.1])
    expectListsClose(await tokenRewards(0.1, 'k1'), [0.05, 0, -0.1])
  })

  it('takes off k2 = d²/2', async () => {
    expectListsClose(await tokenRewards(0.1, 'k2'), [-0.0125, 0, -0.05])
  })

  it('takes off k3 = e^d - d - 1', async () => {
    expectListsClose(await tokenRewards(0.1, 'k3'), [-0.1 * (Math.exp(0.5) - 1.5), 0, -0.1 * Math.exp(-1)])
  })

  it('adds to token rewards that are there, in a new list', async () => {
    const before = { ...rollout, tokenRewards: Float32Array.of(1, 1, 1) }
    const [{ rollouts }] = await credited([klInReward(0.1)], [groupOf(before)])
    expectListsClose(rollouts[0].tokenRewards!, [1.05, 1, 0.9])
    expect([...before.tokenRewards]).toEqual([1, 1, 1])
  })

  it('flows to all tokens before it as a return', async () => {
    // Token rewards 0.05, 0, -0.1 + 1.
    const groups = await credited([klInReward(0.1), returnsToGo()], [groupOf(rollout)])
    expectListsClose(tokenAdvantages(groups)[0], [0.95, 0.9, 0.9])
  })
})
