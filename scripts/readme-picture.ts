// Draws the picture of the README from the folder of a finished `gradus start`: held-out accuracy of both kinds of
// training, with 95 % intervals. Knows only the run directories' metrics.jsonl.
//   tsx scripts/readme-picture.ts runs/first docs/images/start.svg
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { drawCurves } from './draw-curves.ts'

const [folder, target] = process.argv.slice(2)
if (!folder || !target) throw new Error('usage: tsx scripts/readme-picture.ts START_FOLDER FILE.svg')

const METRIC = 'eval/chain-arithmetic/pass@1'
const rowsOf = (run: string): Record<string, number>[] =>
  readFileSync(join(folder, run, 'metrics.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, number>)
    .filter((row) => row[METRIC] !== undefined)

const runs = [
  { name: 'full set', rows: rowsOf('full') },
  { name: 'one problem', rows: rowsOf('one-shot') },
]
const lastStep = Math.max(...runs.flatMap(({ rows }) => rows.map(({ step }) => step)))
const ends = runs.map(({ name, rows }) => `${name} to ${rows[rows.length - 1][METRIC].toFixed(2)}`).join(', ')
const steps = Array.from({ length: 5 }, (_, i) => Math.round((i * lastStep) / 4))
const svg = drawCurves({
  title: 'Accuracy on unseen problems, 95 % intervals',
  description: `Accuracy on unseen problems over steps of RLVR: from ${runs[0].rows[0][METRIC].toFixed(2)}, ${ends}`,
  xName: 'steps of reinforcement learning',
  xTicks: steps.map((step) => [step / lastStep, String(step)]),
  curves: runs.map(({ name, rows }) => ({
    name,
    points: rows.map((row) => ({
      x: row.step / lastStep,
      y: row[METRIC],
      low: row[`${METRIC}_low`],
      high: row[`${METRIC}_high`],
    })),
  })),
})
mkdirSync(dirname(target), { recursive: true })
writeFileSync(target, svg)
