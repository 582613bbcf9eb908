// Draws the picture of the README from the folder of a finished `gradus start`: held-out accuracy of both kinds of
// training, with 95 % intervals. Knows only the run directories' metrics.jsonl.
//   tsx scripts/readme-picture.ts runs/first docs/images/start.svg
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

interface Point {
  readonly step: number
  readonly y: number
  readonly low: number
  readonly high: number
}

const [folder, target] = process.argv.slice(2)
if (!folder || !target) throw new Error('usage: tsx scripts/readme-picture.ts START_FOLDER FILE.svg')

const METRIC = 'eval/chain-arithmetic/pass@1'
const curve = (run: string): Point[] =>
  readFileSync(join(folder, run, 'metrics.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, number>)
    .filter((row) => row[METRIC] !== undefined)
    .map((row) => ({ step: row.step, y: row[METRIC], low: row[`${METRIC}_low`], high: row[`${METRIC}_high`] }))

const curves = [
  { name: 'full set', run: 'full', kind: 'full', points: curve('full') },
  { name: 'one problem', run: 'one-shot', kind: 'one', points: curve('one-shot') },
]

const [width, height] = [720, 300]
const box = { left: 52, right: width - 112, top: 34, bottom: height - 40 }
const lastStep = Math.max(...curves.flatMap(({ points }) => points.map(({ step }) => step)))
const x = (step: number): string => (box.left + (step / lastStep) * (box.right - box.left)).toFixed(1)
const y = (share: number): string => (box.bottom - share * (box.bottom - box.top)).toFixed(1)

const grid = [0, 0.25, 0.5, 0.75, 1].map(
  (share) =>
    `<line class="grid" x1="${box.left}" x2="${box.right}" y1="${y(share)}" y2="${y(share)}"/>` +
    `<text x="${box.left - 8}" y="${Number(y(share)) + 4}" text-anchor="end">${share.toFixed(2)}</text>`,
)
const steps = Array.from({ length: 5 }, (_, i) => Math.round((i * lastStep) / 4)).map(
  (step) => `<text x="${x(step)}" y="${box.bottom + 18}" text-anchor="middle">${step}</text>`,
)
const drawn = curves.map(({ name, kind, points }) => {
  const upper = points.map(({ step, high }) => `${x(step)},${y(high)}`)
  const lower = points.map(({ step, low }) => `${x(step)},${y(low)}`).reverse()
  const line = points.map((point) => `${x(point.step)},${y(point.y)}`)
  const dots = points.map((point) => `<circle class="${kind}" cx="${x(point.step)}" cy="${y(point.y)}" r="3.5"/>`)
  const end = points[points.length - 1]
  return [
    `<polygon class="band ${kind}" points="${[...upper, ...lower].join(' ')}"/>`,
    `<polyline class="line ${kind}" points="${line.join(' ')}"/>`,
    ...dots,
    `<text class="name ${kind}" x="${Number(x(end.step)) + 10}" y="${Number(y(end.y)) + 4}">${name} ${end.y.toFixed(2)}</text>`,
  ].join('\n')
})

const first = curves[0].points[0]
const label = curves.map(({ name, points }) => `${name} to ${points[points.length - 1].y.toFixed(2)}`).join(', ')
const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="Accuracy on unseen problems over steps of RLVR: from ${first.y.toFixed(2)}, ${label}">
<style>
text { font: 13px system-ui, sans-serif; fill: #57606a }
.title { font-weight: 600; fill: #1f2328 }
.grid { stroke: #d0d7de }
.line { fill: none; stroke-width: 2.5 }
.band { opacity: .18; stroke: none }
polyline.full { stroke: #0969da } circle.full, polygon.full, text.full { fill: #0969da }
polyline.one { stroke: #bc4c00 } circle.one, polygon.one, text.one { fill: #bc4c00 }
@media (prefers-color-scheme: dark) {
  text { fill: #9198a1 } .title { fill: #f0f6fc } .grid { stroke: #3d444d }
  polyline.full { stroke: #4493f8 } circle.full, polygon.full, text.full { fill: #4493f8 }
  polyline.one { stroke: #f0883e } circle.one, polygon.one, text.one { fill: #f0883e }
}
</style>
<text class="title" x="${box.left}" y="18">Accuracy on unseen problems, 95 % intervals</text>
${grid.join('\n')}
${steps.join('\n')}
<text x="${(box.left + box.right) / 2}" y="${height - 6}" text-anchor="middle">steps of reinforcement learning</text>
${drawn.join('\n')}
</svg>
`
mkdirSync(dirname(target), { recursive: true })
writeFileSync(target, svg)
