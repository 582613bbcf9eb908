// Which charts a run gets and in which order: the most telling metrics first, the others by the first part of their names.
// A metric and its interval (`eval/x/pass@1`, `_low`, `_high`) are one chart. Pure.
import type { MetricFacts } from '../../../../src/serve/dashboard/api.ts'

/** One chart. */
export interface ChartFacts extends MetricFacts {
  /** Metrics of the edges of its interval. */
  readonly interval?: readonly [low: string, high: string]
}

/** Charts under one heading. */
export interface ChartGroup {
  readonly key: string
  readonly title: string
  readonly charts: readonly ChartFacts[]
}

/** What a reader looks at first; a part that may be anything is `*`. */
const telling: readonly string[] = [
  'sft/nll',
  'dpo/accuracy',
  'reward/mean',
  'eval/*/pass@1',
  'policy/entropy',
  'policy/mismatch_kl',
  'completion/truncated_frac',
  'group/zero_std_frac',
  'completion/length_mean',
  'optim/grad_norm',
]

/** Groups in this order, then those not named here, then the last ones. */
const firstGroups = [
  'reward',
  'eval',
  'sft',
  'dpo',
  'policy',
  'adv',
  'value',
  'loss',
  'optim',
  'completion',
  'stop',
  'group',
  'rollout',
]
const lastGroups = ['tokens', 'time', 'perf']

/** The charts of these metrics; with a `filter`, only those whose names hold all of its words, by prefix alone. */
export function groupCharts(metrics: readonly MetricFacts[], filter = ''): readonly ChartGroup[] {
  const words = filter
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  const charts = chartsOf(metrics).filter(({ name }) => words.every((word) => name.toLowerCase().includes(word)))
  const first = words.length > 0 ? [] : telling.flatMap((pattern) => charts.filter(({ name }) => isLike(name, pattern)))
  const groups = new Map<string, ChartFacts[]>()
  for (const chart of charts) {
    if (first.includes(chart)) continue
    const key = groupOf(chart.name)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [chart])
    else group.push(chart)
  }
  const rest = [...groups].sort(([a], [b]) => rankOf(a) - rankOf(b) || (a < b ? -1 : 1))
  return [
    ...(first.length > 0 ? [{ key: 'overview', title: 'overview', charts: first }] : []),
    ...rest.map(([key, members]) => ({ key, title: key, charts: members })),
  ]
}

/** Metrics as charts: edges of intervals belong to what they are the edges of. */
export function chartsOf(metrics: readonly MetricFacts[]): readonly ChartFacts[] {
  const names = new Set(metrics.map(({ name }) => name))
  const hasInterval = (name: string): boolean => names.has(`${name}_low`) && names.has(`${name}_high`)
  return metrics.flatMap((metric): ChartFacts[] => {
    const { name } = metric
    const base = name.replace(/_(low|high)$/, '')
    if (base !== name && names.has(base) && hasInterval(base)) return []
    return [hasInterval(name) ? { ...metric, interval: [`${name}_low`, `${name}_high`] } : metric]
  })
}

const groupOf = (name: string): string => {
  const first = name.split('/', 1)[0]
  return lastGroups.includes(first) ? 'time and tokens' : name.includes('/') ? first : 'other'
}

function rankOf(group: string): number {
  const place = firstGroups.indexOf(group)
  if (place >= 0) return place
  return group === 'time and tokens' ? firstGroups.length + 1 : firstGroups.length
}

function isLike(name: string, pattern: string): boolean {
  const wanted = pattern.split('/')
  const parts = name.split('/')
  return parts.length === wanted.length && wanted.every((part, i) => part === '*' || part === parts[i])
}
