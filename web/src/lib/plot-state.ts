// What a plot is made with, and what changes while it lives. Types only.
import type { ChartRange } from './chart-data.ts'
import type { ChartMarker } from './chart-markers.ts'
import type { ChartPlan } from './chart-plan.ts'
import type { AxisKind } from './ticks.ts'

/** What a plot tells, and what it needs to know when it draws. */
export interface PlotSettings {
  readonly colors: readonly number[]
  readonly dashes: readonly boolean[]
  readonly height: number
  readonly xLabel: string
  readonly xKind: AxisKind
  readonly syncKey?: string
  /** Place in the axis and distance from the left in pixels; null when the cursor has left. */
  readonly onCursor: (at: { idx: number; left: number } | null) => void
  readonly onZoom: (range: ChartRange | null) => void
}

/** What changes while a plot lives. */
export interface PlotState {
  plan: ChartPlan
  range: ChartRange | null
  markers: readonly ChartMarker[]
  hidden: ReadonlySet<number>
}
