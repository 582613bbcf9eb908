// Advantages relative to the whole batch (REINFORCE with a baseline, Williams 1992): the reward minus the mean reward of
// all trained-on rollouts. A uniform group in a mixed batch still learns.
import { said } from '../../base/said.ts'
import type { Credit } from '../../contracts/index.ts'
import { isTrainedOn, perRollout } from '../group/trained-on.ts'
import { constantTokens } from './group-advantage.ts'
import { totalReward } from './returns.ts'

/** One advantage for all tokens of a rollout: R - b, with b the batch's mean reward or 0. */
export const batchAdvantage = ({ baseline }: { readonly baseline: 'batch-mean' | 'none' }): Credit =>
  said<Credit>(baseline === 'none' ? 'A_i = R_i' : 'A_i = R_i - mean R over the batch', (groups, context) => {
    const rewards = groups.flatMap(({ rollouts }) => rollouts.filter(isTrainedOn).map(totalReward))
    const b = baseline === 'none' ? 0 : meanOf(rewards)
    return perRollout((rollout) => ({ ...rollout, advantages: constantTokens(rollout, totalReward(rollout) - b) }))(
      groups,
      context,
    )
  })

/** Exact where all are equal: a sum divided by a count need not be. */
function meanOf(xs: readonly number[]): number {
  if (xs.every((x) => x === xs[0])) return xs[0] ?? 0
  return xs.reduce((a, b) => a + b, 0) / xs.length
}
