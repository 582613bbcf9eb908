// Group policies that leave rollouts out of the batch. What is left out stays in its group with the reason, so that
// rewards, lengths and recorded rollouts still tell of everything that was sampled.
import type { Credit, Group, Rollout } from '../../contracts/index.ts'
import { isTrainedOn, perRollout } from './trained-on.ts'

const drop = (rollout: Rollout, dropped: string): Rollout => ({ ...rollout, dropped })

/** Keeps only completions with this verdict (RLVR-Decomposed, 2506.01347; rejection sampling, 2308.01825). */
export const keepOnly = (kind: 'right' | 'wrong'): Credit =>
  perRollout((rollout) => (rollout.verdict?.kind === kind ? rollout : drop(rollout, `not ${kind}`)))

/** Leaves out completions that the token budget ended (overlong filtering, DAPO, 2503.14476, section 3.4). */
export const dropTruncated = (): Credit =>
  perRollout((rollout) => (rollout.sample.stop === 'max' ? drop(rollout, 'truncated') : rollout))

/** Leaves out repeated completions of a problem, keeping the first of each (RFT, 2308.01825, section 3.2). */
export const dropRepeated = (): Credit => (groups) =>
  groups.map((group) => {
    const seen = new Set<string>()
    const rollouts = group.rollouts.map((rollout) => {
      if (!isTrainedOn(rollout)) return rollout
      if (seen.has(rollout.sample.text)) return drop(rollout, 'repeated')
      seen.add(rollout.sample.text)
      return rollout
    })
    return { ...group, rollouts }
  })

/** True when all scored rollouts of a group have one reward: nothing to learn relative to the group. */
export function isUniform({ rollouts }: Group): boolean {
  const scored = rollouts.filter(isTrainedOn)
  return scored.every(({ reward }) => reward === scored[0].reward)
}

/** Leaves out groups whose rewards are all equal. */
export const dropUniform = (): Credit => (groups) =>
  groups.map((group) => (isUniform(group) ? { ...group, rollouts: group.rollouts.map(dropIfTrained) } : group))

const dropIfTrained = (rollout: Rollout): Rollout =>
  isTrainedOn(rollout) ? drop(rollout, 'all rewards of the group are equal') : rollout
