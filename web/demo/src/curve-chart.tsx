// A live curve, drawn by uPlot with the colours of the page. The same numbers stand in a table below it.
import { useEffect, useRef } from 'preact/hooks'
import uPlot from 'uplot'

/** One line of a chart; `low` and `high` make it a band. */
export interface Line {
  readonly label: string
  /** A colour variable of the page. */
  readonly color: '--s0' | '--s1' | '--s2'
  readonly values: readonly (number | null)[]
  readonly low?: readonly (number | null)[]
  readonly high?: readonly (number | null)[]
}

/** A chart over the seconds of training. */
export function CurveChart(props: {
  label: string
  seconds: readonly number[]
  lines: readonly Line[]
  /** Lowest and highest value; the highest grows with the data when it is left out. */
  range: readonly [number, number?]
  /** Second at which the second stage began, if it has. */
  mark: number | undefined
  height: number
}) {
  const place = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot | undefined>(undefined)
  const { seconds, lines, range, mark, height, label } = props
  const data = dataOf(seconds, lines)
  const newest = useRef(data)
  newest.current = data

  // Made anew when the mark or the theme changes, not with the numbers.
  useEffect(() => {
    const element = place.current
    if (element === null) return
    const draw = (): void => {
      plot.current?.destroy()
      plot.current = new uPlot(optionsOf(element, { lines, range, mark, height }), newest.current, element)
    }
    draw()
    const dark = window.matchMedia('(prefers-color-scheme: dark)')
    dark.addEventListener('change', draw)
    const watcher = new ResizeObserver(() => plot.current?.setSize({ width: element.clientWidth, height }))
    watcher.observe(element)
    return () => {
      dark.removeEventListener('change', draw)
      watcher.disconnect()
      plot.current?.destroy()
      plot.current = undefined
    }
  }, [mark])

  useEffect(() => plot.current?.setData(data))

  return <div class="chart" role="img" aria-label={label} ref={place} />
}

function dataOf(seconds: readonly number[], lines: readonly Line[]): uPlot.AlignedData {
  const columns = lines.flatMap(({ values, low, high }) => (low && high ? [values, high, low] : [values]))
  return [[...seconds], ...columns.map((column) => [...column])] as uPlot.AlignedData
}

type Setting = Pick<Parameters<typeof CurveChart>[0], 'lines' | 'range' | 'mark' | 'height'>

function optionsOf(element: HTMLElement, { lines, range, mark, height }: Setting): uPlot.Options {
  const style = getComputedStyle(element)
  const color = (name: string): string => style.getPropertyValue(name)
  const axis = {
    stroke: color('--muted'),
    grid: { stroke: color('--rule'), width: 1 },
    ticks: { stroke: color('--rule') },
  }
  const series: uPlot.Series[] = [{}]
  const bands: uPlot.Band[] = []
  for (const { label, color: name, low } of lines) {
    series.push({ label, stroke: color(name), width: 2, spanGaps: true, points: { show: low !== undefined, size: 5 } })
    if (low === undefined) continue
    const edge: uPlot.Series = { label: '', stroke: 'transparent', spanGaps: true, points: { show: false } }
    series.push(edge, edge)
    bands.push({ series: [series.length - 2, series.length - 1], fill: faint(color(name)) })
  }
  return {
    width: element.clientWidth,
    height,
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: false, range: (_plot, _min, max) => [0, Math.max(max ?? 0, 10)] },
      y: { range: (_plot, _min, max) => [range[0], range[1] ?? Math.max(max ?? 0, 0.1)] },
    },
    axes: [
      { ...axis, values: (_plot, ticks) => ticks.map((second) => `${second} s`) },
      { ...axis, size: 44 },
    ],
    series,
    bands,
    hooks: { drawAxes: [(plot) => mark !== undefined && drawMark(plot, mark, color('--border'))] },
  }
}

/** The same colour, mostly transparent. */
const faint = (color: string): string => `color-mix(in srgb, ${color} 22%, transparent)`

function drawMark(plot: uPlot, second: number, color: string): void {
  const { ctx, bbox } = plot
  const x = plot.valToPos(second, 'x', true)
  ctx.save()
  ctx.strokeStyle = color
  ctx.setLineDash([4, 4])
  ctx.beginPath()
  ctx.moveTo(x, bbox.top)
  ctx.lineTo(x, bbox.top + bbox.height)
  ctx.stroke()
  ctx.restore()
}
