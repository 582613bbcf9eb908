// Group policies that leave rollouts out of the batch. What is left out stays in its group with the reason, so that
// rewards, lengths and recorded rollouts still tell of everything that was sampled.
import { said } from '../../base/said.ts'
import type { Credit, Group, Rollout } from '../../contracts/index.ts'
import { isTrainedOn, perRollout } from './trained-on.ts'

const drop = (rollout: Rollout, dropped: string): Rollout => ({ ...rollout, dropped })

/** Keeps only completions with this verdict (RLVR-Decomposed, 2506.01347; rejection sampling, 2308.01825). */
export const keepOnly = (kind: 'right' | 'wrong'): Credit =>
  said<Credit>(
    `keep only the ${kind} ones`,
    perRollout((rollout) => (rollout.verdict?.kind === kind ? rollout : drop(rollout, `not ${kind}`))),
  )

/** Leaves out completions that the token budget ended (overlong filtering, DAPO, 2503.14476, section 3.4). */
export const dropTruncated = (): Credit =>
  said<Credit>(
    'leave out what the token limit ended',
    perRollout((rollout) => (rollout.sample.stop === 'max' ? drop(rollout, 'truncated') : rollout)),
  )

/** Leaves out repeated completions of a problem, keeping the first of each (RFT, 2308.01825, section 3.2). */
export const dropRepeated = (): Credit =>
  said<Credit>('leave out repeated completions of a problem', (groups) =>
    groups.map((group) => {
      const seen = new Set<string>()
      const rollouts = group.rollouts.map((rollout) => {
        if (!isTrainedOn(rollout)) return rollout
        if (seen.has(rollout.sample.text)) return drop(rollout, 'repeated')
        seen.add(rollout.sample.text)
        return rollout
      })
      return { ...group, rollouts }
    }),
  )

/** What the rollouts of a group must have in common for the group to teach nothing. */
export type Likeness = 'reward' | 'verdict'

/** True when all trained-on rollouts of a group have one reward, or one verdict. */
export function isUniform({ rollouts }: Group, by: Likeness = 'reward'): boolean {
  const trained = rollouts.filter(isTrainedOn)
  return by === 'reward'
    ? trained.every(({ reward }) => reward === trained[0].reward)
    : trained.every(({ verdict }) => verdict?.kind === trained[0].verdict?.kind)
}

const uniformText = { reward: 'whose rewards are all equal', verdict: 'that are all right or all wrong' } as const

/** Leaves out groups whose rewards, or verdicts, are all equal. */
export const dropUniform = (by: Likeness = 'reward'): Credit =>
  said<Credit>(`leave out groups ${uniformText[by]}`, (groups) =>
    groups.map((group) =>
      isUniform(group, by)
        ? { ...group, rollouts: group.rollouts.map((r) => (isTrainedOn(r) ? drop(r, `group ${uniformText[by]}`) : r)) }
        : group,
    ),
  )
