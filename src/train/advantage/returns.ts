// Rewards per token, and the returns that follow from them: the outcome counts at the last token, what is in
// `tokenRewards` (such as a KL penalty) at its own.
import { said } from '../../base/said.ts'
import type { Credit, Rollout } from '../../contracts/index.ts'
import { perRollout } from '../group/trained-on.ts'

/** The outcome and all rewards of single tokens, as one number. */
export const totalReward = ({ reward = 0, tokenRewards }: Rollout): number =>
  tokenRewards === undefined ? reward : tokenRewards.reduce((sum, r) => sum + r, reward)

/** [T] the reward of every token, the outcome added to the last. */
export function rewardsByToken({ sample, reward = 0, tokenRewards }: Rollout): Float32Array {
  const rewards = tokenRewards ? tokenRewards.slice() : new Float32Array(sample.ids.length)
  rewards[rewards.length - 1] += reward
  return rewards
}

/** Advantages as rewards to go: A_t = Σ_{s ≥ t} γ^(s-t) r_s (REINFORCE++, 2501.03262, eq. 5, before whitening). */
export const returnsToGo = ({ gamma = 1 }: { readonly gamma?: number } = {}): Credit =>
  said<Credit>(
    `A_t = Σ_{s ≥ t} ${gamma === 1 ? '' : `${gamma}^(s-t) `}r_s, with r_T = R_i at the last token`,
    perRollout((rollout) => {
      const advantages = rewardsByToken(rollout)
      for (let t = advantages.length - 2; t >= 0; t--) advantages[t] += gamma * advantages[t + 1]
      return { ...rollout, advantages }
    }),
  )
