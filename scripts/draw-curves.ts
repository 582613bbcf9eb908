// Draws one or two curves with their bands as an SVG that follows the reader's light or dark theme. Knows no file.

/** A point; `x` is a share of the axis, `y` a share of one. */
export interface CurvePoint {
  readonly x: number
  readonly y: number
  readonly low: number
  readonly high: number
}

/** What is drawn. */
export interface Picture {
  readonly title: string
  /** For who cannot see it. */
  readonly description: string
  readonly xName: string
  readonly xTicks: readonly (readonly [at: number, label: string])[]
  /** Two at most; names stand at their ends. */
  readonly curves: readonly { readonly name: string; readonly points: readonly CurvePoint[] }[]
}

const [width, height] = [720, 300]
const box = { left: 52, right: width - 112, top: 34, bottom: height - 40 }
const kinds = ['a', 'b']
const x = (share: number): string => (box.left + share * (box.right - box.left)).toFixed(1)
const y = (share: number): string => (box.bottom - share * (box.bottom - box.top)).toFixed(1)

/** The picture as SVG. */
export function drawCurves({ title, description, xName, xTicks, curves }: Picture): string {
  const grid = [0, 0.25, 0.5, 0.75, 1].map(
    (share) =>
      `<line class="grid" x1="${box.left}" x2="${box.right}" y1="${y(share)}" y2="${y(share)}"/>` +
      `<text x="${box.left - 8}" y="${Number(y(share)) + 4}" text-anchor="end">${share.toFixed(2)}</text>`,
  )
  const ticks = xTicks.map(
    ([at, label]) => `<text x="${x(at)}" y="${box.bottom + 18}" text-anchor="middle">${label}</text>`,
  )
  const drawn = curves.map(({ name, points }, i) => {
    const kind = kinds[i]
    const upper = points.map((point) => `${x(point.x)},${y(point.high)}`)
    const lower = points.map((point) => `${x(point.x)},${y(point.low)}`).reverse()
    const line = points.map((point) => `${x(point.x)},${y(point.y)}`)
    const dots = points.map((point) => `<circle class="${kind}" cx="${x(point.x)}" cy="${y(point.y)}" r="3.5"/>`)
    const end = points[points.length - 1]
    return [
      `<polygon class="band ${kind}" points="${[...upper, ...lower].join(' ')}"/>`,
      `<polyline class="line ${kind}" points="${line.join(' ')}"/>`,
      ...dots,
      `<text class="name ${kind}" x="${Number(x(end.x)) + 10}" y="${Number(y(end.y)) + 4}">${name} ${end.y.toFixed(2)}</text>`,
    ].join('\n')
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${description}">
<style>
text { font: 13px system-ui, sans-serif; fill: #57606a }
.title { font-weight: 600; fill: #1f2328 }
.grid { stroke: #d0d7de }
.line { fill: none; stroke-width: 2.5 }
.band { opacity: .18; stroke: none }
polyline.a { stroke: #0969da } circle.a, polygon.a, text.a { fill: #0969da }
polyline.b { stroke: #bc4c00 } circle.b, polygon.b, text.b { fill: #bc4c00 }
@media (prefers-color-scheme: dark) {
  text { fill: #9198a1 } .title { fill: #f0f6fc } .grid { stroke: #3d444d }
  polyline.a { stroke: #4493f8 } circle.a, polygon.a, text.a { fill: #4493f8 }
  polyline.b { stroke: #f0883e } circle.b, polygon.b, text.b { fill: #f0883e }
}
</style>
<text class="title" x="${box.left}" y="18">${title}</text>
${grid.join('\n')}
${ticks.join('\n')}
<text x="${(box.left + box.right) / 2}" y="${height - 6}" text-anchor="middle">${xName}</text>
${drawn.join('\n')}
</svg>
`
}
