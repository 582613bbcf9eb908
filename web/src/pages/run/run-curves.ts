// What one chart of a run draws: its own curve, the mean of the other seeds, and other runs laid over it. Pure.
import type { ChartSeries } from '../../lib/chart-data.ts'
import { bandOverSeeds, describeBand } from './seed-band.ts'
import type { Curve } from './series-feed.ts'

/** A curve with the edges of its interval, where it has them as metrics of their own. */
export interface MeasuredCurve {
  readonly curve: Curve
  readonly interval?: readonly [low: Curve, high: Curve]
}

/** Whose curves a chart has. */
export interface ChartSources {
  readonly name: string
  readonly own?: MeasuredCurve
  readonly siblings: readonly Curve[]
  readonly others: readonly { readonly label: string; readonly measured?: MeasuredCurve }[]
}

/** The curves of a chart. Colours: this run, the other seeds, then one for each run laid over it. */
export function chartSeries({ name, own, siblings, others }: ChartSources): readonly ChartSeries[] {
  const seeds = bandOverSeeds(siblings.map((curve) => ({ x: curve.x, y: curve.mean })))
  const isAlone = siblings.length === 0 && others.length === 0
  return [
    ...(own === undefined ? [] : [measured(name, isAlone ? '' : 'this run', own, 0)]),
    ...(seeds === undefined
      ? []
      : [
          {
            name: describeBand(seeds),
            x: seeds.x,
            y: seeds.mean,
            ...(seeds.band !== 'none' && { low: seeds.low, high: seeds.high }),
            color: 1,
            dash: true,
          },
        ]),
    ...others.flatMap(({ label, measured: found }, i) =>
      found === undefined ? [] : [{ ...measured(name, label, found, 2 + (i % 4)), dash: i >= 4 }],
    ),
  ]
}

function measured(metric: string, label: string, { curve, interval }: MeasuredCurve, color: number): ChartSeries {
  const told = presentOnly(metric, curve)
  if (interval !== undefined) {
    const edges = interval.map((edge) => presentOnly(metric, edge).y)
    // Three metrics that are asked for apart may differ in length for a moment.
    if (edges.every((edge) => edge.length === told.y.length)) {
      return { ...told, name: named(label, '95 % interval'), low: edges[0], high: edges[1], color }
    }
  }
  if (curve.low !== undefined && curve.high !== undefined && told.y.length === curve.mean.length) {
    return { ...told, name: named(label, 'min to max of each point'), low: curve.low, high: curve.high, color }
  }
  return { ...told, name: label === '' ? metric : label, color }
}

const named = (label: string, band: string): string => (label === '' ? band : `${label}, ${band}`)

/**
 * A metric that is recorded now and then (an evaluation) is a line between its points; for one that is recorded at every
 * step a missing number is a gap. Told apart by the name, and by whether most rows have none.
 */
export function presentOnly(
  metric: string,
  { x, mean }: Curve,
): { x: readonly number[]; y: readonly (number | null)[] } {
  const first = mean.findIndex((value) => value !== null)
  if (first < 0) return { x: [], y: [] }
  const last = mean.findLastIndex((value) => value !== null)
  const present = mean.filter((value) => value !== null).length
  const isSparse = metric.startsWith('eval/') || present < (last - first + 1) / 2
  if (!isSparse) return { x, y: mean }
  const places = mean.flatMap((value, i) => (value === null ? [] : [i]))
  return { x: places.map((i) => x[i]), y: places.map((i) => mean[i]) }
}
