// A chart of curves with bands. Lines are SVG stretched to their box, labels are HTML at percentages of it,
// so that a phone gets narrower curves and the same letters. No script.
import { formatNumber } from '../format.ts'
import { type Axis, axisOf, placeOn, tickLabel } from './axis.ts'
import { type Html, html } from './html.ts'
import type { Chart, Point, Series } from './report-data.ts'
import { thinPoints } from './thin-points.ts'

/** The colour and dash of a series, by its number on the page. */
export type StyleOf = (seriesName: string) => number

/** Numbers of styles in the stylesheet; more series than that begin again. */
export const styleCount = 6

/** Charts in the order given, wide ones first; small ones share rows. */
export function renderCharts(charts: readonly Chart[], styleOf: StyleOf): Html {
  const small = charts.filter((chart) => chart.size !== 'wide')
  return html`${charts.filter((chart) => chart.size === 'wide').map((chart) => renderChart(chart, styleOf))}
<div class="multiples">${small.map((chart) => renderChart(chart, styleOf))}</div>`
}

/** A figure with its legend. */
function renderChart(chart: Chart, styleOf: StyleOf): Html {
  const series = chart.series.map((s) => ({ ...s, points: thinPoints(s.points) }))
  const points = series.flatMap((s) => s.points)
  const x = axisOf([...points.map((p) => p.x), ...(chart.covers?.x ?? [])], { round: false, count: 5 })
  const y = axisOf([...points.flatMap((p) => [p.y, p.low ?? p.y, p.high ?? p.y]), ...(chart.covers?.y ?? [])], {
    round: true,
  })
  return html`<figure class="chart ${chart.size ?? 'small'}">
<figcaption><span class="chart-title">${chart.title}</span>${renderLegend(chart.series, styleOf)}</figcaption>
<div class="plot">
<svg viewBox="0 0 100 100" preserveAspectRatio="none" role="img" aria-label="${describe(chart)}">
${y.ticks.map((tick) => html`<line class="grid" x1="0" x2="100" y1="${down(y, tick)}" y2="${down(y, tick)}"/>`)}
${series.map((s) => html`<path class="band s${styleOf(s.name)}" d="${bandPath(s.points, x, y)}"/>`)}
${series.map((s) => html`<path class="line s${styleOf(s.name)}" d="${linePath(s.points, x, y)}"/>`)}
${series.map((s) => renderDots(s, styleOf(s.name), x, y))}
</svg>
${y.ticks.map((tick) => html`<span class="tick y" aria-hidden="true" style="top:${down(y, tick)}%">${tickLabel(tick, y.step)}</span>`)}
${x.ticks.map((tick) => html`<span class="tick x" aria-hidden="true" style="left:${across(x, tick)}%">${tickLabel(tick, x.step)}</span>`)}
<span class="axis-name" aria-hidden="true">${chart.xLabel}</span>
</div>
${chart.caption !== undefined && html`<p class="chart-note">${chart.caption}</p>`}
</figure>`
}

/** A short stroke in the colour and dash of a series. */
export function renderSwatch(style: number): Html {
  return html`<svg class="swatch" viewBox="0 0 24 8" aria-hidden="true"><path class="line s${style}" d="M1 4H23"/></svg>`
}

// The last value of each curve stands in the legend: it is what most readers look for.
function renderLegend(series: readonly Series[], styleOf: StyleOf): Html {
  const named = series.length > 1
  return html`<ul class="legend">${series.map((s) => {
    const last = lastPoint(s)
    return html`<li>${named && html`${renderSwatch(styleOf(s.name))}<span class="key">${s.name}</span>`}${
      last !== undefined && html`<b>${formatNumber(last.y)}</b>`
    }</li>`
  })}</ul>`
}

// Strokes of no length with round ends: dots that stay round in a stretched picture. Each tells its value on hover.
function renderDots(series: Series, style: number, x: Axis, y: Axis): readonly Html[] {
  const shown = series.points.filter(isDrawn)
  const few = shown.length <= 24
  return (few ? shown : []).map((p) => {
    const interval =
      p.low !== undefined && p.high !== undefined ? ` [${formatNumber(p.low)}, ${formatNumber(p.high)}]` : ''
    const text = `${series.name}, ${tickLabel(p.x, p.x >= 10_000 ? 1000 : 1)}: ${formatNumber(p.y)}${interval}`
    return html`<path class="dot s${style}" d="M${across(x, p.x)} ${down(y, p.y)}h0"><title>${text}</title></path>`
  })
}

function linePath(points: readonly Point[], x: Axis, y: Axis): string {
  return segments(points, isDrawn)
    .map((part) => `M${part.map((p) => `${across(x, p.x)} ${down(y, p.y)}`).join('L')}`)
    .join('')
}

function bandPath(points: readonly Point[], x: Axis, y: Axis): string {
  return segments(points, (p) => Number.isFinite(p.low) && Number.isFinite(p.high))
    .filter((part) => part.length > 1)
    .map((part) => {
      const upper = part.map((p) => `${across(x, p.x)} ${down(y, p.high ?? p.y)}`)
      const lower = part.map((p) => `${across(x, p.x)} ${down(y, p.low ?? p.y)}`).reverse()
      return `M${[...upper, ...lower].join('L')}Z`
    })
    .join('')
}

// Runs of points that can be drawn.
function segments(points: readonly Point[], drawn: (p: Point) => boolean): readonly (readonly Point[])[] {
  const parts: Point[][] = [[]]
  for (const point of points) {
    if (drawn(point)) parts[parts.length - 1].push(point)
    else if (parts[parts.length - 1].length > 0) parts.push([])
  }
  return parts.filter((part) => part.length > 0)
}

function describe(chart: Chart): string {
  const curves = chart.series.map((s) => {
    const first = s.points.find(isDrawn)
    const last = lastPoint(s)
    if (first === undefined || last === undefined) return `${s.name}: no values`
    return `${s.name}: from ${formatNumber(first.y)} to ${formatNumber(last.y)}`
  })
  return `${chart.title} over ${chart.xLabel}. ${curves.join('; ')}.`
}

function lastPoint(series: Series): Point | undefined {
  return series.points.findLast(isDrawn)
}

function isDrawn(point: Point): boolean {
  return Number.isFinite(point.y)
}

function across(axis: Axis, value: number): string {
  return percent(placeOn(axis, value))
}

function down(axis: Axis, value: number): string {
  return percent(1 - placeOn(axis, value))
}

function percent(share: number): string {
  return String(Number((share * 100).toFixed(2)))
}
