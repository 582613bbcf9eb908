// Tells a piece that computes nonsense from a model that has blown up: a reward or an advantage must be a number.
import { GradusError } from '../base/error.ts'
import type { Group, Rollout } from '../contracts/index.ts'
import { isTrainedOn } from './group/trained-on.ts'

/** @throws `train/not-a-number`, naming the first rollout whose reward or advantage is no finite number */
export function refuseNotFinite(groups: readonly Group[]): void {
  for (const { rollouts } of groups)
    for (const [index, rollout] of rollouts.entries()) {
      const what = isTrainedOn(rollout) ? notFinite(rollout) : undefined
      if (what !== undefined)
        throw new GradusError('train/not-a-number', `sample ${index} of problem ${rollout.problem.id} has ${what}`, {
          hint: 'A reward or an advantage is computed from nothing, or divided by zero: look at the credits of the recipe.',
        })
    }
}

function notFinite({ reward = 0, advantages }: Rollout): string | undefined {
  if (!Number.isFinite(reward)) return `the reward ${reward}`
  const bad = advantages?.find((value) => !Number.isFinite(value))
  return bad === undefined ? undefined : `the advantage ${bad}`
}
