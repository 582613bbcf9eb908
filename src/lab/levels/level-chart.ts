// One small picture per task: pass rate by level with 95 % intervals, a dash where a guess would be. A static SVG that
// follows the reader's light or dark theme.
import { type LevelResults, levelTrend, passRate } from './level-results.ts'

const columns = 6
const cell = { width: 150, height: 118 }
const plot = { left: 30, right: 8, top: 26, bottom: 22 }
const inner = { width: cell.width - plot.left - plot.right, height: cell.height - plot.top - plot.bottom }

/** The picture of these results, in their order. */
export function levelChart(results: readonly LevelResults[]): string {
  const rows = Math.ceil(results.length / columns)
  const [width, height] = [columns * cell.width, rows * cell.height]
  const description = results
    .map((result) => `${result.task}: ${result.levels.map((row) => passRate(row).value.toFixed(2)).join(', ')}`)
    .join('; ')
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="Pass rate by level. ${description}">
<style>
text { font: 10px system-ui, sans-serif; fill: #57606a }
.title { font-weight: 600; font-size: 11px; fill: #1f2328 }
.grid { stroke: #d0d7de }
.chance { stroke: #8c959f; stroke-dasharray: 3 2 }
.falls { stroke: #0969da; fill: #0969da }
.other { stroke: #bc4c00; fill: #bc4c00 }
polyline { stroke-width: 2; fill: none !important }
@media (prefers-color-scheme: dark) {
  text { fill: #9198a1 } .title { fill: #f0f6fc } .grid { stroke: #3d444d } .chance { stroke: #6e7681 }
  .falls { stroke: #4493f8; fill: #4493f8 } .other { stroke: #f0883e; fill: #f0883e }
}
</style>
${results.map((result, i) => panel(result, (i % columns) * cell.width, Math.floor(i / columns) * cell.height)).join('\n')}
</svg>
`
}

function panel(result: LevelResults, left: number, top: number): string {
  const { levels, task } = result
  const x = (i: number): string =>
    (left + plot.left + inner.width * (levels.length === 1 ? 0.5 : i / (levels.length - 1))).toFixed(1)
  const y = (share: number): string => (top + plot.top + inner.height * (1 - share)).toFixed(1)
  const kind = levelTrend(result).trend === 'falls' ? 'falls' : 'other'
  const [start, end] = [x(0), x(levels.length - 1)]
  const points = levels.map((row, i) => ({ rate: passRate(row), at: x(i), row }))
  return [
    `<text class="title" x="${left + plot.left}" y="${top + 15}">${task}</text>`,
    ...[0, 0.5, 1].map(
      (share) =>
        `<line class="grid" x1="${start}" x2="${end}" y1="${y(share)}" y2="${y(share)}"/>` +
        `<text x="${left + plot.left - 5}" y="${Number(y(share)) + 3}" text-anchor="end">${share}</text>`,
    ),
    ...points.map(
      ({ at, row }) => `<text x="${at}" y="${top + cell.height - 8}" text-anchor="middle">${row.level}</text>`,
    ),
    `<polyline class="chance" points="${points.map(({ at, row }) => `${at},${y(row.chance)}`).join(' ')}"/>`,
    `<polyline class="${kind}" points="${points.map(({ at, rate }) => `${at},${y(rate.value)}`).join(' ')}"/>`,
    ...points.map(
      ({ at, rate }) =>
        `<line class="${kind}" x1="${at}" x2="${at}" y1="${y(rate.low)}" y2="${y(rate.high)}"/>` +
        `<circle class="${kind}" cx="${at}" cy="${y(rate.value)}" r="2.5"/>`,
    ),
  ].join('\n')
}
