// Draws pass@k over k of a model before and after training, with 95 % intervals, from two evaluations: lines that
// `gradus eval --k 1,2,4,... --json` printed.
//   tsx scripts/testbed-picture.ts TITLE BEFORE.json AFTER.json docs/images/FILE.svg
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { drawCurves } from './draw-curves.ts'

const [title, before, after, target] = process.argv.slice(2)
if (!target) throw new Error('usage: tsx scripts/testbed-picture.ts TITLE BEFORE.json AFTER.json FILE.svg')

type Estimates = Readonly<Record<string, { value: number; low: number; high: number }>>
const read = (file: string): Estimates => (JSON.parse(readFileSync(file, 'utf8')) as { k: Estimates }).k
const estimates = { base: read(before), GRPO: read(after) }
const ks = Object.keys(estimates.base).map(Number)
const most = Math.max(...ks)
const place = (k: number): number => Math.log2(k) / Math.log2(most)
const words = Object.entries(estimates).map(
  ([name, at]) => `${name} ${at[1].value.toFixed(2)} to ${at[most].value.toFixed(2)}`,
)
const svg = drawCurves({
  title: `${title}: pass@k, 95 % intervals`,
  description: `${title}, pass@1 to pass@${most}: ${words.join(', ')}`,
  xName: 'k',
  xTicks: ks.map((k) => [place(k), String(k)]),
  curves: Object.entries(estimates).map(([name, at]) => ({
    name,
    points: ks.map((k) => ({ x: place(k), y: at[k].value, low: at[k].low, high: at[k].high })),
  })),
})
mkdirSync(dirname(target), { recursive: true })
writeFileSync(target, svg)
