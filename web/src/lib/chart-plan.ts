// From curves to the columns that uPlot draws: bands below, then the raw values that smoothing hides, then lines. One
// column of x for all. Pure; the canvas is in chart-plot.ts.
import { type AlignedValues, type ChartSeries, commonAxis, lonelyPoints, onAxis, smooth } from './chart-data.ts'

/** One column of a chart. */
export interface PlannedLine {
  readonly role: 'high' | 'low' | 'raw' | 'main'
  /** Whose it is: its place among the curves. */
  readonly source: number
  readonly values: AlignedValues
  /** Values without neighbours, by place. */
  readonly lonely: readonly number[]
}

/** All columns of a chart. */
export interface ChartPlan {
  readonly axis: number[]
  readonly lines: readonly PlannedLine[]
  /** By curve: what was recorded, for the legend. */
  readonly recorded: readonly {
    readonly y: AlignedValues
    readonly low?: AlignedValues
    readonly high?: AlignedValues
  }[]
  /** False where a log scale was asked for, but nothing is above zero. */
  readonly isLog: boolean
  /** Values that a log scale cannot show. */
  readonly hiddenByLog: number
  /** Changes when the chart must be made anew instead of being given new data. */
  readonly shape: string
}

/** How curves are to be drawn. */
export interface PlanOptions {
  readonly smoothing?: number
  readonly logY?: boolean
}

/** The columns for some curves. */
export function planChart(
  series: readonly ChartSeries[],
  { smoothing = 0, logY = false }: PlanOptions = {},
): ChartPlan {
  const axis = commonAxis(series.map((curve) => curve.x))
  const hiddenByLog = logY ? count(series, (value) => value <= 0) : 0
  const isLog = logY && count(series, (value) => value > 0) > 0
  const place = (curve: ChartSeries, values: readonly (number | null)[]): AlignedValues =>
    onAxis(axis, curve.x, values, isLog)
  const line = (role: PlannedLine['role'], source: number, values: AlignedValues): PlannedLine => ({
    role,
    source,
    values,
    lonely: role === 'main' ? lonelyPoints(values) : [],
  })
  const bands: PlannedLine[] = []
  const raws: PlannedLine[] = []
  const mains: PlannedLine[] = []
  series.forEach((curve, source) => {
    const { y, low, high } = curve
    if (low !== undefined && high !== undefined) {
      // Averages keep order, so a smoothed line stays inside of its smoothed band.
      bands.push(line('high', source, place(curve, smooth(high, smoothing))))
      bands.push(line('low', source, place(curve, smooth(low, smoothing))))
    }
    if (smoothing > 0) raws.push(line('raw', source, place(curve, y)))
    mains.push(line('main', source, place(curve, smooth(y, smoothing))))
  })
  const lines = [...bands, ...raws, ...mains]
  return {
    axis,
    lines,
    recorded: series.map((curve) => ({
      y: onAxis(axis, curve.x, curve.y),
      low: curve.low && onAxis(axis, curve.x, curve.low),
      high: curve.high && onAxis(axis, curve.x, curve.high),
    })),
    isLog,
    hiddenByLog,
    shape: JSON.stringify([isLog, lines.map(({ role, source }) => [role, source]), series.map(look)]),
  }
}

const look = ({ name, color, dash }: ChartSeries): unknown => [name, color, dash]

function count(series: readonly ChartSeries[], test: (value: number) => boolean): number {
  let found = 0
  for (const { y } of series)
    for (const value of y) if (value !== null && Number.isFinite(value) && test(value)) found++
  return found
}
