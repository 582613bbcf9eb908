// What a step's groups say as metrics: rewards, lengths, stop reasons, advantages. Names are those of the glossary.
import type { Group, MetricName, Rollout } from '../contracts/index.ts'
import { trainedAdvantages } from './advantage/whiten.ts'
import { isTrainedOn } from './group/trained-on.ts'

type Metrics = Record<MetricName, number>

const mean = (xs: readonly number[]): number => xs.reduce((a, b) => a + b, 0) / xs.length

function deviation(xs: readonly number[]): number {
  const centre = mean(xs)
  return Math.sqrt(mean(xs.map((x) => (x - centre) ** 2)))
}

/** Metrics of one step's groups; a quantity that nothing supports is left out. */
export function groupMetrics(groups: readonly Group[]): Metrics {
  const rollouts = groups.flatMap((group) => group.rollouts)
  const metrics: Metrics = {}
  if (rollouts.length === 0) return metrics
  const scored = rollouts.filter(({ status, reward }) => status === 'scored' && reward !== undefined)
  if (scored.length > 0) rewardMetrics(scored, groups, metrics)
  if (rollouts.some(({ origin }) => origin === 'policy')) lengthMetrics(rollouts, metrics)
  for (const status of ['undecided', 'failed'] as const)
    if (scored.length > 0) metrics[`rollout/${status}_frac`] = share(rollouts, (r) => r.status === status)
  const advantages = rollouts.filter(isTrainedOn).flatMap(trainedAdvantages)
  if (advantages.length > 0) {
    metrics['adv/mean'] = mean(advantages)
    metrics['adv/std'] = deviation(advantages)
  }
  return metrics
}

const share = (rollouts: readonly Rollout[], test: (rollout: Rollout) => boolean): number =>
  rollouts.filter(test).length / rollouts.length

function rewardMetrics(scored: readonly Rollout[], groups: readonly Group[], metrics: Metrics): void {
  const rewards = scored.map(({ reward }) => reward ?? 0)
  metrics['reward/mean'] = mean(rewards)
  metrics['reward/std'] = deviation(rewards)
  for (const part of new Set(scored.flatMap(({ parts }) => Object.keys(parts))))
    metrics[`reward/${part}/mean`] = mean(scored.map(({ parts }) => parts[part] ?? 0))
  const perGroup = groups
    .map((group) => group.rollouts.filter(({ status }) => status === 'scored'))
    .filter((group) => group.length > 0)
  const shareOf = (test: (group: readonly Rollout[]) => boolean): number =>
    perGroup.filter(test).length / perGroup.length
  const dropped = share(scored, (rollout) => rollout.dropped !== undefined)
  if (dropped > 0) metrics['group/dropped_frac'] = dropped
  metrics['group/zero_std_frac'] = shareOf((group) => group.every(({ reward }) => reward === group[0].reward))
  metrics['group/all_right_frac'] = shareOf((group) => group.every(({ verdict }) => verdict?.kind === 'right'))
  metrics['group/all_wrong_frac'] = shareOf((group) => group.every(({ verdict }) => verdict?.kind === 'wrong'))
}

function lengthMetrics(rollouts: readonly Rollout[], metrics: Metrics): void {
  const lengthOf = (list: readonly Rollout[]): number[] => list.map(({ sample }) => sample.ids.length)
  const lengths = lengthOf(rollouts)
  metrics['completion/length_mean'] = mean(lengths)
  metrics['completion/length_min'] = Math.min(...lengths)
  metrics['completion/length_max'] = Math.max(...lengths)
  for (const kind of ['right', 'wrong'] as const) {
    const some = rollouts.filter(({ verdict }) => verdict?.kind === kind)
    if (some.length > 0) metrics[`completion/length_${kind}_mean`] = mean(lengthOf(some))
  }
  metrics['completion/truncated_frac'] = share(rollouts, ({ sample }) => sample.stop === 'max')
  for (const reason of new Set(rollouts.map(({ sample }) => sample.stop)))
    metrics[`stop/${reason}`] = share(rollouts, ({ sample }) => sample.stop === reason)
}
