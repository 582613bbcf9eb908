// Names of the curves of a chart with their values at the cursor, or the last ones while there is no cursor. Where there are
// several curves, each can be hidden.
import { type ChartSeries, ownPlace } from '../lib/chart-data.ts'
import type { ChartMarker } from '../lib/chart-markers.ts'
import type { ChartPlan } from '../lib/chart-plan.ts'
import { formatCount, formatDuration, formatEstimate } from '../lib/format.ts'
import type { AxisKind } from '../lib/ticks.ts'

interface LegendProps {
  readonly title: string
  readonly series: readonly ChartSeries[]
  readonly plan: ChartPlan
  readonly hidden: ReadonlySet<number>
  readonly xLabel: string
  readonly xKind: AxisKind
  /** Place of the cursor in the axis. */
  readonly idx: number | null
  readonly onToggle: (source: number) => void
}

/** The lines below a chart's title. */
export function ChartLegend({ title, series, plan, hidden, idx, onToggle }: Omit<LegendProps, 'xLabel' | 'xKind'>) {
  return (
    <div class="chart-legend">
      {series.map((curve, source) => {
        const value = <span class="chart-value">{valueText(plan, source, idx)}</span>
        const mark = <LineMark color={curve.color ?? source % 6} isDashed={curve.dash ?? source >= 6} />
        if (series.length === 1) {
          return (
            <span key={curve.name} class="chart-key">
              {mark}
              {curve.name !== title && <span class="chart-name">{curve.name}</span>}
              {value}
            </span>
          )
        }
        return (
          <button
            key={curve.name}
            type="button"
            class="chart-key"
            aria-pressed={!hidden.has(source)}
            title={hidden.has(source) ? `Show ${curve.name}` : `Hide ${curve.name}`}
            onClick={() => onToggle(source)}
          >
            {mark}
            <span class="chart-name">{curve.name}</span>
            {value}
          </button>
        )
      })}
    </div>
  )
}

/** Where the values of the legend are from, and what is marked there. */
export function ChartMoment({
  plan,
  idx,
  near,
  xLabel,
  xKind,
}: Pick<LegendProps, 'plan' | 'idx' | 'xLabel' | 'xKind'> & {
  /** Moments at the cursor. */
  readonly near: readonly ChartMarker[]
}) {
  return (
    <span class="chart-at muted">
      {near.map((marker) => (
        <span key={`${marker.kind}${marker.x}`} class={`chart-near ${marker.kind}`}>
          {marker.label}
        </span>
      ))}
      {idx === null ? 'last' : axisText(plan.axis[idx], xLabel, xKind)}
    </span>
  )
}

/** Where the cursor is and all values there, to be said aloud. */
export function cursorText(
  at: Pick<LegendProps, 'series' | 'plan' | 'hidden' | 'xLabel' | 'xKind'> & { readonly idx: number },
): string {
  const { series, plan, hidden, xLabel, xKind, idx } = at
  const values = series.flatMap(({ name }, i) => (hidden.has(i) ? [] : [`${name} ${valueText(plan, i, idx)}`]))
  return `${axisText(plan.axis[idx], xLabel, xKind)}: ${values.join(', ')}`
}

function LineMark({ color, isDashed }: { color: number; isDashed: boolean }) {
  return (
    <svg class="line-mark" width="14" height="8" viewBox="0 0 14 8" aria-hidden="true">
      <line
        x1="0"
        y1="4"
        x2="14"
        y2="4"
        style={{ stroke: `var(--s${color % 6})` }}
        stroke-width="2.5"
        stroke-dasharray={isDashed ? '4 3' : undefined}
      />
    </svg>
  )
}

const axisText = (x: number, label: string, kind: AxisKind): string =>
  kind === 'seconds' ? formatDuration(x) : `${label} ${Number.isInteger(x) && Math.abs(x) < 1e5 ? x : formatCount(x)}`

function valueText(plan: ChartPlan, source: number, idx: number | null): string {
  const { y, low, high } = plan.recorded[source]
  const at = idx === null ? y.findLastIndex((value) => typeof value === 'number') : ownPlace(y, idx)
  const value = at === null ? undefined : y[at]
  if (at === null || typeof value !== 'number') return '–'
  return formatEstimate({ value, low: low?.[at] ?? undefined, high: high?.[at] ?? undefined })
}
