// Which rollouts of a step a reader asked for. Counts are of the whole step, whatever is searched for; a group is in the
// answer when one of its rollouts is kept.
import { z } from 'zod'
import type { RolloutFilter, RolloutGroup, RolloutsAnswer } from '../api.ts'
import { paging, runName, search, whole } from '../query.ts'
import type { RolloutRows, ShownRollout } from './rollout-rows.ts'

type Keeps = (rollout: ShownRollout, group: RolloutRows) => boolean

const keepers: Readonly<Record<Exclude<RolloutFilter, 'high-advantage'>, Keeps>> = {
  all: () => true,
  right: ({ verdict }) => verdict === 'right',
  wrong: ({ verdict }) => verdict === 'wrong',
  truncated: ({ stop }) => stop === 'max',
  undecided: ({ status, verdict }) => status === 'undecided' || verdict === 'undecided',
  failed: ({ status, verdict }) => status === 'failed' || verdict === 'failed',
  disagreement: (_rollout, { rollouts }) =>
    rollouts.some(({ verdict }) => verdict === 'right') && rollouts.some(({ verdict }) => verdict === 'wrong'),
}

/** The filters, in the order of the contract. */
const filters = [
  'all',
  'right',
  'wrong',
  'truncated',
  'undecided',
  'failed',
  'high-advantage',
  'disagreement',
] as const satisfies readonly RolloutFilter[]

/** The query of `GET /api/rollouts`. */
export const rolloutsQuery = z.object({
  run: runName,
  step: whole(0, 1e12),
  filter: z.enum(filters).default('all'),
  search,
  ...paging,
})

/** The share of a step's rollouts that count as those of high advantage. */
const HIGH_SHARE = 0.1

/** The answer. */
export function rolloutsOf(groups: readonly RolloutRows[], query: z.infer<typeof rolloutsQuery>): RolloutsAnswer {
  const { step, filter, offset, limit } = query
  const keeps: Readonly<Record<RolloutFilter, Keeps>> = { ...keepers, 'high-advantage': highAdvantage(groups) }
  const isFound = finder(query.search)
  const kept = groups
    .map((group) => ({
      group,
      flags: group.rollouts.map((rollout) => keeps[filter](rollout, group) && isFound(rollout, group)),
    }))
    .filter(({ flags }) => flags.includes(true))
  const count = (name: RolloutFilter): number =>
    groups.reduce((sum, group) => sum + group.rollouts.filter((rollout) => keeps[name](rollout, group)).length, 0)
  return {
    step,
    total: kept.length,
    counts: Object.fromEntries(filters.map((name) => [name, count(name)])) as Record<RolloutFilter, number>,
    groups: kept.slice(offset, offset + limit).map(({ group, flags }) => shownGroup(group, flags)),
  }
}

function shownGroup({ problem, prompt, answer, rollouts }: RolloutRows, flags: readonly boolean[]): RolloutGroup {
  const rewards = rollouts.flatMap(({ reward }) => reward ?? [])
  const mean = rewards.reduce((sum, reward) => sum + reward, 0) / rewards.length
  const variance = rewards.reduce((sum, reward) => sum + (reward - mean) ** 2, 0) / rewards.length
  return {
    problem,
    prompt,
    ...(answer !== undefined && { answer }),
    rewardMean: rewards.length === 0 ? null : mean,
    rewardStd: rewards.length === 0 ? null : Math.sqrt(variance),
    rollouts: rollouts.map((rollout, i) => ({ ...rollout, isKept: flags[i] })),
  }
}

/** The tenth of the rollouts that training is pushed by most, for or against; never one of advantage 0. */
function highAdvantage(groups: readonly RolloutRows[]): Keeps {
  const sizes = groups
    .flatMap(({ rollouts }) => rollouts.map(({ advantage }) => Math.abs(advantage ?? 0)))
    .sort((a, b) => b - a)
  const least = sizes[Math.max(0, Math.ceil(sizes.length * HIGH_SHARE) - 1)] ?? 0
  return ({ advantage }) => advantage != null && advantage !== 0 && Math.abs(advantage) >= least
}

function finder(text: string): Keeps {
  if (text === '') return () => true
  const wanted = text.toLowerCase()
  const has = (where: string): boolean => where.toLowerCase().includes(wanted)
  return ({ completion }, { problem, prompt }) => has(problem) || has(prompt) || has(completion)
}
