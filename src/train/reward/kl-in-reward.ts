// The KL penalty as a reward of every token (PPO for language models, 2203.02155; REINFORCE++, 2501.03262): the sampled
// token's log-probabilities under the policy that sampled it and under the reference. No gradient goes through it.
import { said } from '../../base/said.ts'
import type { Credit } from '../../contracts/index.ts'
import { perRollout } from '../group/trained-on.ts'

/** -β k(d) on each trained-on token, with d = log π_ref - log π_old: k1 = -d, k2 = d²/2, k3 = e^d - d - 1. */
export const klInReward = (coefficient: number, estimator: 'k1' | 'k2' | 'k3' = 'k1'): Credit =>
  said<Credit>(
    `r_t ← r_t - ${coefficient} ${estimator}(π_old ‖ π_ref)`,
    perRollout((rollout) => {
      const reference = rollout.fields.referenceLogprobs.data
      const tokenRewards = rollout.tokenRewards?.slice() ?? new Float32Array(rollout.sample.ids.length)
      for (let t = 0; t < tokenRewards.length; t++)
        if (rollout.mask?.[t] !== 0)
          tokenRewards[t] -= coefficient * estimates[estimator](reference[t] - rollout.sample.logprobs[t])
      return { ...rollout, tokenRewards }
    }),
  )

const estimates = {
  k1: (d: number) => -d,
  k2: (d: number) => (d * d) / 2,
  k3: (d: number) => Math.exp(d) - d - 1,
} as const
