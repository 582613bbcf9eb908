// Curves of a run: which rows of its metrics lie in a range of an axis, and those as so many points as a chart can show.
import { z } from 'zod'
import type { AxisName, SeriesAnswer, SeriesColumn } from '../api.ts'
import { decimal, list, runName, whole } from '../query.ts'
import type { RunMetrics } from './metric-store.ts'
import type { MetricTable } from './metric-table.ts'
import { rowsBetween, thinCurves } from './thin-columns.ts'

/** Names of columns that axes are read from; the names of `gradus compare` mean the same. */
const columnOf = {
  step: 'step',
  sampled: 'tokens/sampled',
  trained: 'tokens/seen',
  tokens: 'tokens',
  time: 'time_s',
} satisfies Record<AxisName, string>

const axis = z.enum(Object.keys(columnOf) as [AxisName, ...AxisName[]])

/** The query of `GET /api/series`. */
export const seriesQuery = z.object({
  run: runName,
  names: list(64),
  x: axis.default('step'),
  points: whole(2, 20_000).default(800),
  from: decimal.optional(),
  to: decimal.optional(),
})

/** The answer. A metric that the run does not have is left out: what else was asked for is there. */
export function seriesOf({ table, version }: RunMetrics, query: z.infer<typeof seriesQuery>): SeriesAnswer {
  const { run, names, points, from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = query
  const x = axisOf(table, query.x)
  const columns = new Map<string, Float64Array>()
  for (const name of names) {
    const column = table.column(name)
    // Before the first row nothing is known to be missing.
    if (column !== undefined || table.rows === 0) columns.set(name, column ?? new Float64Array(0))
  }
  const rows = rowsBetween(x, from, to)
  const thin = thinCurves({ x, columns }, rows, points)
  return {
    run,
    axis: query.x,
    x: Array.from(thin.x),
    series: Object.fromEntries(
      [...thin.columns].map(([name, { mean, low, high }]): [string, SeriesColumn] => [
        name,
        { mean: numbersOf(mean), ...(low && high && { low: numbersOf(low), high: numbersOf(high) }) },
      ]),
    ),
    rows: rows.length,
    version,
  }
}

/** [N] An axis. A run that does not count tokens at its first evaluation has spent none by then. */
export function axisOf(table: MetricTable, name: AxisName): Float64Array {
  const steps = table.column('step') ?? new Float64Array(0)
  const column = table.column(columnOf[name]) ?? new Float64Array(table.rows).fill(Number.NaN)
  return column.map((value, row) => (Number.isNaN(value) && steps[row] === 0 ? 0 : value))
}

const numbersOf = (values: Float64Array): (number | null)[] =>
  Array.from(values, (value) => (Number.isFinite(value) ? value : null))
