// Advantages relative to the group (GRPO, 2402.03300; Dr. GRPO, 2503.20783; RLOO, 2402.14740): the reward minus a
// baseline, by choice over the group's deviation. A group whose rewards are equal gets exact zeros.
import { said } from '../../base/said.ts'
import type { Credit, Group, Rollout } from '../../contracts/index.ts'
import { isTrainedOn } from '../group/trained-on.ts'
import { totalReward } from './returns.ts'

/** Which baseline and scale. */
export interface GroupAdvantageOptions {
  /** Divide by the unbiased standard deviation plus `epsilon`. */
  readonly normalize: boolean
  /** Subtract the mean of the others instead of the mean of all. */
  readonly leaveOneOut?: boolean
  readonly epsilon?: number
}

/** One advantage for all tokens of a rollout. */
export const groupAdvantage = (options: GroupAdvantageOptions): Credit =>
  said<Credit>(groupText(options), (groups) => groups.map((group) => creditGroup(group, options)))

function creditGroup(group: Group, { normalize, leaveOneOut = false, epsilon = 1e-6 }: GroupAdvantageOptions): Group {
  const rewards = group.rollouts.filter(isTrainedOn).map(totalReward)
  const count = rewards.length
  const mean = rewards.reduce((a, b) => a + b, 0) / Math.max(count, 1)
  const equal = rewards.every((reward) => reward === rewards[0])
  const variance = rewards.reduce((sum, reward) => sum + (reward - mean) ** 2, 0) / Math.max(count - 1, 1)
  const scale = (leaveOneOut && count > 1 ? count / (count - 1) : 1) / (normalize ? Math.sqrt(variance) + epsilon : 1)
  const credit = (rollout: Rollout): Rollout =>
    isTrainedOn(rollout)
      ? { ...rollout, advantages: constantTokens(rollout, equal ? 0 : (totalReward(rollout) - mean) * scale) }
      : rollout
  return { ...group, rollouts: group.rollouts.map(credit) }
}

/** The same number for every token of a rollout. */
export const constantTokens = ({ sample }: Rollout, value: number): Float32Array =>
  new Float32Array(sample.ids.length).fill(value)

const groupText = ({ normalize, leaveOneOut = false }: GroupAdvantageOptions): string =>
  leaveOneOut
    ? `A_i = R_i - mean R of the others of its group${normalize ? ', / std R' : ''}`
    : `A_i = ${normalize ? '(R_i - mean R) / std R' : 'R_i - mean R'} over its group`
