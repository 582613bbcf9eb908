// Curves over an axis, as a figure: title, legend with values, canvas, and the same in words for those who do not see it.
// Drag to zoom, double click or Escape to see all; with the chart in focus arrow keys walk along the points, + and - zoom.
// Asks no server and knows no metric.
import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import '../styles/chart.css'
import type { ChartRange, ChartSeries } from '../lib/chart-data.ts'
import { type ChartMarker, markersNear } from '../lib/chart-markers.ts'
import { planChart } from '../lib/chart-plan.ts'
import { ChartPlot } from '../lib/chart-plot.ts'
import { onPaletteChange } from '../lib/palette.ts'
import type { AxisKind } from '../lib/ticks.ts'
import { useZoomGroup } from '../lib/zoom-group.ts'
import { ChartLegend, ChartMoment, cursorText } from './chart-legend.tsx'
import { ChartSummary } from './chart-summary.tsx'

export type { ChartRange, ChartSeries } from '../lib/chart-data.ts'
export type { ChartMarker } from '../lib/chart-markers.ts'

/** What a chart shows and how. */
export interface LineChartProps {
  readonly title: string
  readonly series: readonly ChartSeries[]
  readonly xLabel: string
  /** Of y, said behind the title. */
  readonly unit?: string
  readonly logY?: boolean
  /** 0 to 0.99: weight of the past in a moving average; the raw line stays, faint. */
  readonly smoothing?: number
  /** Charts with the same key share cursor and zoom. */
  readonly syncKey?: string
  /** The part of the x axis that is shown, where the page keeps it; null is all. */
  readonly range?: ChartRange | null
  readonly onRange?: (range: ChartRange | null) => void
  /** Pixels of the plot. */
  readonly height?: number
  readonly markers?: readonly ChartMarker[]
  /** `seconds`: labels of the x axis are durations. */
  readonly xKind?: AxisKind
  /** An empty chart waits for data, and does not say that there is none. */
  readonly isWaiting?: boolean
}

const none: readonly ChartMarker[] = []
const noneHidden: ReadonlySet<number> = new Set()
const PALETTE = 6

/** A chart of lines with bands. */
export function LineChart(props: LineChartProps) {
  const { title, series, xLabel, unit, logY, smoothing, syncKey, height = 190, markers = none } = props
  const { xKind = 'number' } = props
  const [shared, setShared] = useZoomGroup(syncKey)
  const range = props.range === undefined ? shared : props.range
  const onZoom = props.onRange ?? setShared
  const plan = useMemo(() => planChart(series, { smoothing, logY }), [series, smoothing, logY])
  const [hidden, setHidden] = useState(noneHidden)
  const [cursor, setCursor] = useState<{ idx: number; left: number } | null>(null)
  const [announced, setAnnounced] = useState('')
  const host = useRef<HTMLDivElement>(null)
  const plot = useRef<ChartPlot | null>(null)
  const state = { plan, range, markers, hidden }
  // What handlers made once must see as it is now.
  const latest = useRef({ onZoom, state })
  latest.current = { onZoom, state }
  const help = useId()
  const isEmpty = plan.axis.length === 0

  useLayoutEffect(() => {
    const element = host.current
    if (element === null || isEmpty) return
    const made = new ChartPlot(
      element,
      {
        colors: series.map(({ color }, i) => color ?? i % PALETTE),
        dashes: series.map(({ dash }, i) => dash ?? i >= PALETTE),
        height,
        xLabel,
        xKind,
        syncKey,
        onCursor: setCursor,
        onZoom: (next) => latest.current.onZoom(next),
      },
      latest.current.state,
    )
    plot.current = made
    const observer = new ResizeObserver(([entry]) => made.resize(Math.floor(entry.contentRect.width)))
    observer.observe(element)
    const forget = onPaletteChange(() => made.recolor())
    return () => {
      observer.disconnect()
      forget()
      made.destroy()
      plot.current = null
    }
  }, [plan.shape, isEmpty, height, xLabel, xKind, syncKey])

  const [from, to] = range ?? [undefined, undefined]
  useEffect(() => plot.current?.update(latest.current.state), [plan, from, to, markers, hidden])

  const atCursor = cursor !== null && cursor.idx < plan.axis.length ? cursor.idx : null
  const near = cursor !== null && plot.current !== null ? markersNear(plot.current.u, markers, cursor.left) : none
  const onKeyDown = (event: KeyboardEvent): void => {
    const made = plot.current
    if (made === null || event.ctrlKey || event.metaKey || event.altKey) return
    const far = event.shiftKey ? 10 : 1
    const actions: Record<string, () => void> = {
      ArrowRight: () => made.moveCursor(far),
      ArrowLeft: () => made.moveCursor(-far),
      Home: () => made.moveCursor('first'),
      End: () => made.moveCursor('last'),
      '+': () => made.zoomBy(0.5),
      '=': () => made.zoomBy(0.5),
      '-': () => made.zoomBy(2),
      Escape: () => onZoom(null),
    }
    const action = actions[event.key]
    if (action === undefined) return
    event.preventDefault()
    action()
    const idx = made.u.cursor.idx
    if (typeof idx === 'number') setAnnounced(cursorText({ series, plan, hidden, idx, xLabel, xKind }))
  }

  return (
    <figure class="chart">
      <figcaption>
        <div class="chart-head">
          <span class="chart-title" title={title}>
            {title}
          </span>
          {unit && <span class="muted"> {unit}</span>}
          <ChartMoment {...{ plan, xLabel, xKind, idx: atCursor, near }} />
          {range !== null && props.onRange === undefined && (
            <button type="button" class="quiet chart-reset" onClick={() => onZoom(null)}>
              Show all
            </button>
          )}
        </div>
        <ChartLegend
          {...{ title, series, plan, hidden, idx: atCursor }}
          onToggle={(source) => setHidden(toggled(hidden, source))}
        />
      </figcaption>
      {isEmpty ? (
        <div class={`chart-empty muted ${props.isWaiting ? 'waiting' : ''}`} style={{ height: `${height}px` }}>
          {props.isWaiting ? '' : 'Nothing recorded yet'}
        </div>
      ) : (
        // biome-ignore lint/a11y/useSemanticElements: no element is a chart that can be walked along
        <div
          ref={host}
          class="chart-plot"
          role="group"
          aria-roledescription="chart"
          aria-label={title}
          aria-describedby={help}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys walk along the points
          tabIndex={0}
          style={{ height: `${height}px` }}
          onKeyDown={onKeyDown}
          onBlur={() => plot.current?.leave()}
        />
      )}
      {plan.hiddenByLog > 0 && (
        <p class="chart-note muted">
          {plan.isLog
            ? `Not on a log scale: ${plan.hiddenByLog} at or below zero.`
            : 'Nothing above zero: drawn on a linear scale.'}
        </p>
      )}
      <p class="visually-hidden" id={help}>
        Arrow keys walk along the points, plus and minus zoom, Escape shows all.
      </p>
      <p class="visually-hidden" aria-live="polite">
        {announced}
      </p>
      <ChartSummary title={title} series={series} markers={markers} />
    </figure>
  )
}

function toggled(hidden: ReadonlySet<number>, source: number): ReadonlySet<number> {
  const next = new Set(hidden)
  if (!next.delete(source)) next.add(source)
  return next
}
