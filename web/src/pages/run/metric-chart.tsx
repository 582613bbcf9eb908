// One metric of a run. Its place is there from the start; its curves are asked for and drawn once it comes near the screen,
// and kept up to date only while it is there.
import { useMemo, useRef } from 'preact/hooks'
import { LineChart } from '../../components/line-chart.tsx'
import type { ChartMarker } from '../../lib/chart-markers.ts'
import { useView } from '../../lib/use-view.ts'
import type { ChartFacts } from './chart-groups.ts'
import type { Feeds } from './feeds.ts'
import { chartSeries, type MeasuredCurve } from './run-curves.ts'
import type { Curve } from './series-feed.ts'
import { type ReadCurve, useCurves } from './use-curves.ts'
import type { ViewOptions } from './view-options.ts'

/** A chart and what its metric means. */
export function MetricChart({
  run,
  chart,
  feeds,
  siblings,
  view,
  markers,
}: {
  run: string
  chart: ChartFacts
  feeds: Feeds
  /** Runs with other seeds that are to be shown. */
  siblings: readonly string[]
  view: ViewOptions
  markers: readonly ChartMarker[]
}) {
  const cell = useRef<HTMLElement>(null)
  const { isInView, wasSeen } = useView(cell)
  const names = useMemo(() => [chart.name, ...(chart.interval ?? [])], [chart.name, chart.interval?.[0]])
  const { others, range } = view
  const measuredRuns = useMemo(() => [run, ...others], [run, others])
  const read = useCurves(feeds, { runs: measuredRuns, names, range, isWanted: isInView })
  const seedNames = useMemo(() => [chart.name], [chart.name])
  const readSeeds = useCurves(feeds, { runs: siblings, names: seedNames, range, isWanted: isInView })
  const own = measuredCurve(read, run, chart)
  const seeds = siblings.flatMap((one) => readSeeds(one, chart.name) ?? [])
  const laidOver = others.map((one) => ({ label: one, measured: measuredCurve(read, one, chart) }))
  // Curves are new objects when they have changed and only then.
  const parts: readonly (Curve | undefined)[] = [own, ...laidOver.map(({ measured }) => measured)]
    .flatMap((one) => [one?.curve, ...(one?.interval ?? [])])
    .concat(seeds)
  const series = useStable(parts, () => chartSeries({ name: chart.name, own, siblings: seeds, others: laidOver }))
  return (
    <article class="metric-chart" ref={cell} id={`chart-${chart.name}`} aria-label={chart.name}>
      {wasSeen && (
        <>
          <LineChart
            title={chart.name}
            series={series}
            xLabel={view.axis.xLabel}
            xKind={view.axis.kind}
            logY={view.isLog}
            // Evaluations are few, and have their interval.
            smoothing={chart.interval === undefined ? view.smoothing : 0}
            syncKey="run-charts"
            range={range}
            onRange={view.setRange}
            markers={markers}
            isWaiting={own === undefined}
          />
          <details class="glossary">
            <summary>{chart.better === null ? 'What it means' : `${chart.better} is better`}</summary>
            <p>{chart.definition}</p>
          </details>
        </>
      )}
    </article>
  )
}

function measuredCurve(read: ReadCurve, run: string, { name, interval }: ChartFacts): MeasuredCurve | undefined {
  const curve = read(run, name)
  if (curve === undefined) return undefined
  const edges = interval?.map((edge) => read(run, edge))
  const [low, high] = edges ?? []
  return low !== undefined && high !== undefined ? { curve, interval: [low, high] } : { curve }
}

// The same value while the parts that it is made of are the same objects.
function useStable<Value>(parts: readonly unknown[], make: () => Value): Value {
  const kept = useRef<{ parts: readonly unknown[]; value: Value }>()
  const old = kept.current
  if (old !== undefined && old.parts.length === parts.length && parts.every((part, i) => part === old.parts[i])) {
    return old.value
  }
  const value = make()
  kept.current = { parts, value }
  return value
}
