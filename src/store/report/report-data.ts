// What a report shows, as plain data. Types only; where the numbers come from is the caller's business.
import type { Estimate } from '../format.ts'

/** One line of the summary. */
export interface SummaryRow {
  readonly name: string
  /** One for each of the table's measures; undefined where it was not measured. */
  readonly estimates: readonly (Estimate | undefined)[]
  /** Problems. */
  readonly n?: number
  readonly seeds?: readonly number[]
  readonly tokens?: number
  readonly seconds?: number
  readonly note?: string
}

/** The summary table. The first measure is also drawn, as dots with intervals on one scale. */
export interface SummaryTable {
  readonly measures: readonly string[]
  readonly rows: readonly SummaryRow[]
  readonly caption?: string
}

/** A point of a curve; the ends of its interval make a band. A y that is not finite leaves a gap. */
export interface Point {
  readonly x: number
  readonly y: number
  readonly low?: number
  readonly high?: number
}

/** A curve. The same name has the same colour in every chart. */
export interface Series {
  readonly name: string
  readonly points: readonly Point[]
}

/** Curves over a common axis. */
export interface Chart {
  readonly title: string
  readonly xLabel: string
  readonly caption?: string
  /** Wide charts come first, one a row; small ones share rows. Default small. */
  readonly size?: 'wide' | 'small'
  readonly series: readonly Series[]
}

/** One completion of a sample: base and trained model, say. */
export interface SampleCompletion {
  /** `before`, `after`. */
  readonly label: string
  readonly text: string
  readonly verdict: 'right' | 'wrong' | 'undecided' | 'failed'
  readonly reason: string
}

/** A problem and what models made of it. */
export interface ReportSample {
  readonly problem: string
  readonly answer?: string
  readonly completions: readonly SampleCompletion[]
}

/** Everything on the page. Parts that are left out or empty do not appear. */
export interface ReportData {
  readonly title: string
  readonly subtitle?: string
  readonly table?: SummaryTable
  readonly charts?: readonly Chart[]
  readonly samples?: readonly ReportSample[]
  /** The resolved configuration. */
  readonly config?: unknown
  /** What differs from the recipe's defaults, shown in full view. */
  readonly configDiff?: unknown
  /** The command that makes the run again. */
  readonly command?: string
  readonly notes?: readonly string[]
}
