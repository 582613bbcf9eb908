// Signs that training goes wrong, as pure functions over the history of metric rows. They stop nothing.
// An alert is given at the row where its condition begins to hold, not at every row while it holds, and not again before the
// condition has been away for some rows: a share that swings around its limit is one alert, not hundreds.
import type { MetricName } from '../contracts/metrics.ts'
import type { Alert, MetricRow } from '../contracts/run.ts'

/** The alerts that begin with the last row of the history. */
export function checkAlerts(history: readonly MetricRow[]): readonly Alert[] {
  return rules.flatMap((rule) => {
    const alert = rule(history)
    if (alert === undefined) return []
    for (let back = 1; back <= quietRows; back++) if (rule(history.slice(0, -back)) !== undefined) return []
    return [alert]
  })
}

/** Only what {@link checkAlerts} reads of a row, so that a long history stays small. */
export function keepAlertMetrics(row: MetricRow): MetricRow {
  const kept = Object.entries(row).filter(
    ([name]) => watched.has(name) || failureReasons.some((reason) => reason === name),
  )
  return { step: row.step, time_s: row.time_s, tokens: row.tokens, ...Object.fromEntries(kept) }
}

type Rule = (history: readonly MetricRow[]) => Alert | undefined

const failureReasons: readonly MetricName[] = [
  'stop/error',
  'stop/parse-error',
  'stop/tool-limit',
  'stop/timeout',
  'stop/sandbox-error',
]

const watched: ReadonlySet<string> = new Set([
  'policy/mismatch_kl',
  'policy/entropy',
  'completion/truncated_frac',
  'group/zero_std_frac',
  'optim/grad_norm',
])

// Rows compared at each end of the history: enough to smooth noise, few enough to be seen in a short run.
const windowRows = 10
// So many rows without its condition end an alert.
const quietRows = 10
// Below this, mismatch is the rounding of float32 arithmetic, whatever it grows by.
const mismatchFloor = 1e-3

const rules: readonly Rule[] = [
  (history) => {
    const values = valuesOf(history, 'policy/mismatch_kl')
    if (values.length < 2 * windowRows) return undefined
    const limit = Math.max(3 * median(values.slice(0, windowRows)), mismatchFloor)
    return above(history, 'mismatch-kl', 'policy/mismatch_kl', median(values.slice(-windowRows)), limit, {
      message: 'sampler and trainer drift apart: the mismatch of their log-probabilities grows',
      hint: 'Check that the sampler has the latest weights, and that both use the same precision.',
    })
  },
  (history) => {
    const values = valuesOf(history, 'policy/entropy')
    if (values.length < 2 * windowRows) return undefined
    const value = median(values.slice(-windowRows))
    const limit = 0.1 * median(values.slice(0, windowRows))
    return value >= limit
      ? undefined
      : alertOf(history, 'entropy-collapse', 'policy/entropy', value, limit, {
          message: 'entropy has collapsed below a tenth of where it began: samples hardly differ any more',
          hint: 'Lower the learning rate, raise clipHigh, or add an entropy bonus.',
        })
  },
  (history) =>
    above(history, 'truncated', 'completion/truncated_frac', lastOf(history, 'completion/truncated_frac'), 0.3, {
      message: 'many completions are cut by the token budget before their answer',
      hint: 'Raise maxTokens, or penalise length.',
    }),
  (history) =>
    above(history, 'zero-std', 'group/zero_std_frac', lastOf(history, 'group/zero_std_frac'), 0.9, {
      message: 'almost no group teaches: all samples of a problem score alike',
      hint: 'The problems are too easy or too hard: change the level, or use a curriculum or dynamic sampling.',
    }),
  (history) => {
    // A step without a gradient (no group teaches) says nothing of how large one is.
    const norms = valuesOf(history.slice(0, -1), 'optim/grad_norm')
      .filter((norm) => norm > 0)
      .slice(-100)
    if (norms.length < windowRows) return undefined
    return above(history, 'grad-norm', 'optim/grad_norm', lastOf(history, 'optim/grad_norm'), 10 * median(norms), {
      message: 'the gradient is more than ten times its median',
      hint: 'One such step is harmless with clipping; if it repeats, lower the learning rate.',
    })
  },
  (history) => {
    const shares = failureReasons.map((name) => ({ name, share: lastOf(history, name) ?? 0 }))
    const worst = shares.reduce((a, b) => (b.share > a.share ? b : a))
    const total = shares.reduce((sum, { share }) => sum + share, 0)
    return above(history, 'errored-rollouts', worst.name, total, 0.05, {
      message: 'more than one rollout in twenty failed',
      hint: 'The rollout files hold the reason of each; the named stop reason is the most frequent.',
    })
  },
]

type Advice = Pick<Alert, 'message' | 'hint'>

function above(
  history: readonly MetricRow[],
  name: string,
  metric: MetricName,
  value: number | undefined,
  limit: number,
  advice: Advice,
): Alert | undefined {
  return value !== undefined && value > limit ? alertOf(history, name, metric, value, limit, advice) : undefined
}

function alertOf(
  history: readonly MetricRow[],
  name: string,
  metric: MetricName,
  value: number,
  limit: number,
  advice: Advice,
): Alert {
  return { name, step: history[history.length - 1].step, metric, value, limit, ...advice }
}

function lastOf(history: readonly MetricRow[], name: MetricName): number | undefined {
  return history.length === 0 ? undefined : (history[history.length - 1][name] ?? undefined)
}

function valuesOf(history: readonly MetricRow[], name: MetricName): readonly number[] {
  return history.flatMap((row) => {
    const value = row[name]
    return typeof value === 'number' && Number.isFinite(value) ? [value] : []
  })
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}
