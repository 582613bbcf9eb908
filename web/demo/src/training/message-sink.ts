// A run's sink that tells a page: metrics as they are, and a few rollouts of each kind, in turn from all that came.
import type { EvalSampleRow, MetricRow, RolloutRow, RunSink } from '../../../../src/contracts/run.ts'
import type { FromWorker, JudgedRow, ShownRollout } from './messages.ts'

/** Rollouts shown at a time. */
const SHOWN = 6

/** A sink that hands everything to `say`. */
export function messageSink(say: (message: FromWorker) => void): RunSink {
  return {
    metrics(row: MetricRow) {
      say({ kind: 'metrics', row })
      return []
    },
    rollouts(step, rows: readonly RolloutRow[]) {
      say({ kind: 'rollouts', step, from: 'training', shown: spread(rows) })
    },
    evaluation(_name, step, _result, samples: readonly EvalSampleRow[]) {
      say({ kind: 'rollouts', step, from: 'held-out', shown: spread(samples) })
    },
    event() {},
    span() {},
    alert() {},
    checkpointFolder: (step) => `step ${step}`,
    commitCheckpoint: (step) => `step ${step}`,
  }
}

/** Rows at even distances: the samples of one problem lie side by side. */
function spread(rows: readonly JudgedRow[]): ShownRollout[] {
  const count = Math.min(SHOWN, rows.length)
  return Array.from({ length: count }, (_, i) => shown(rows[Math.floor((i * rows.length) / count)]))
}

function shown(row: JudgedRow): ShownRollout {
  const { prompt, completion, verdict = 'undecided', reason = '' } = row
  return { prompt, completion, verdict, reason, ...(typeof row.reward === 'number' && { reward: row.reward }) }
}
