// Which rollouts reach the loss, and the one way in which credits change rollouts.
import type { Credit, Rollout, StepContext } from '../../contracts/index.ts'

/** Scored, and not left out by a group policy. */
export const isTrainedOn = ({ status, dropped }: Rollout): boolean => status === 'scored' && dropped === undefined

/** A credit that looks at each trained-on rollout by itself. */
export const perRollout =
  (change: (rollout: Rollout, context: StepContext) => Rollout): Credit =>
  (groups, context) =>
    groups.map((group) => ({
      ...group,
      rollouts: group.rollouts.map((rollout) => (isTrainedOn(rollout) ? change(rollout, context) : rollout)),
    }))
