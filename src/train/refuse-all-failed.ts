// Tells a step with failures from a broken run.
import { GradusError } from '../base/error.ts'
import type { Group } from '../contracts/index.ts'

/**
 * One failed sample is a recorded outcome; a step of nothing else means that the model or the engine is broken.
 *
 * @throws `train/all-failed` with the first reason
 */
export function refuseAllFailed({ groups }: { readonly groups: readonly Group[] }, step: number): void {
  const rollouts = groups.flatMap((group) => group.rollouts)
  if (rollouts.length === 0 || rollouts.some(({ status }) => status !== 'failed')) return
  const reason = rollouts.find(({ sample }) => sample.error !== undefined)?.sample.error ?? 'no reason given'
  throw new GradusError('train/all-failed', `all ${rollouts.length} rollouts of step ${step} failed: ${reason}`, {
    hint: 'If a log-probability is not a number, the weights are: start from an earlier checkpoint with a lower rate.',
  })
}
