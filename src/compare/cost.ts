// What the runs of a row had spent at their ends, on average over seeds. A result file does not say.
import type { MetricName } from '../contracts/index.ts'
import { readMetrics } from '../store/index.ts'
import type { Subject } from './subjects.ts'

/** What a run of a subject cost. */
export interface SubjectCost {
  /** Seen in training and sampling. */
  readonly tokens: number
  readonly seconds: number
}

/** The mean over a subject's runs; null where one has no metrics. For RUN@STEP, what it had spent by then. */
export function costOf({ members }: Subject): SubjectCost | null {
  const rows = members.flatMap((member) => {
    if (member.kind === 'file') return []
    const { step: last = Number.POSITIVE_INFINITY } = member
    const row = readMetrics(member.dir).rows.findLast(({ step }) => step <= last)
    return row === undefined ? [] : [row satisfies Readonly<Record<MetricName, unknown>>]
  })
  if (rows.length < members.length || rows.length === 0) return null
  const mean = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0) / numbers.length
  return { tokens: mean(rows.map((row) => row.tokens)), seconds: mean(rows.map((row) => row.time_s)) }
}
