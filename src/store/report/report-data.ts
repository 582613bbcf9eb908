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
  /** One text for each of the table's extra columns. */
  readonly extra?: readonly (string | undefined)[]
  readonly note?: string
}

/** A column of estimates. */
export interface MeasureColumn {
  readonly name: string
  /** Whether it is a difference, so that a plus is written. */
  readonly isSigned?: boolean
  /** What stands where it was not measured; default `not measured`. */
  readonly none?: string
}

/** The summary table. The first measure is also drawn, as dots with intervals on one scale. */
export interface SummaryTable {
  readonly measures: readonly (string | MeasureColumn)[]
  readonly rows: readonly SummaryRow[]
  readonly caption?: string
  /** Titles of columns of text, before the note. */
  readonly extra?: readonly string[]
  /** A line across the drawn intervals: where all rows began, say. */
  readonly mark?: { readonly value: number; readonly label: string }
  /** Rows that are no curves need no colours of their own. Default false. */
  readonly isPlain?: boolean
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
  /** What the axes cover at least, so that several charts have one scale. */
  readonly covers?: { readonly x?: readonly [number, number]; readonly y?: readonly [number, number] }
}

/** A cell of text; `tone` makes it a label that says how good the news is, `note` stands below it. */
export interface FactCell {
  readonly text: string | readonly string[]
  readonly tone?: 'good' | 'bad' | 'open'
  readonly note?: string
}

/** A table of text: findings, settings. The first cell of a row is its name. */
export interface FactTable {
  readonly head: readonly string[]
  readonly rows: readonly (readonly (string | FactCell)[])[]
  readonly caption?: string
}

/** A part of the page of its own. What is left out does not appear; the order on the page is that of the fields. */
export interface ReportSection {
  readonly title: string
  /** Paragraphs. */
  readonly text?: readonly string[]
  readonly table?: SummaryTable
  readonly facts?: FactTable
  readonly charts?: readonly Chart[]
  readonly points?: readonly string[]
  /** Terms that the page uses and what they mean. */
  readonly definitions?: readonly { readonly term: string; readonly meaning: string }[]
  /** Long texts that are closed at first. */
  readonly details?: readonly { readonly summary: string; readonly text: string }[]
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
  /** What was found, in paragraphs for someone who was not there. */
  readonly lead?: readonly string[]
  /** Before all other parts. */
  readonly sections?: readonly ReportSection[]
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
