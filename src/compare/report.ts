// What a comparison found. Types only.
import type { Axis, CompareCurve } from './curves.ts'
import type { CompareMetric, CompareRow, Correction } from './rows.ts'

/** A comparison on one metric. */
export interface ComparisonReport {
  readonly metric: CompareMetric
  /** The baseline first. */
  readonly rows: readonly CompareRow[]
  readonly correction: Correction
  readonly isPaired: boolean
  readonly axis: Axis
  readonly curves: readonly CompareCurve[]
  /** What a reader should know. */
  readonly notes: readonly string[]
}
