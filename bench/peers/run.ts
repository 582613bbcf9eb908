// Our speed beside that of PyTorch, transformers and TRL on the same work: processes take turns, since machines drift, and
// what counts is the ratio inside one round. See bench/README.md.
//   npx tsx bench/peers/run.ts [--quick] [--rounds 5] [--only train,decode,grpo,cold,accuracy] [--sizes 0.8M,5M] [--base DIR]
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Spread, spreadOf } from '../../src/bench/index.ts'
import { hasPython, python } from './child.ts'
import {
  type ComparedNumber,
  type Comparison,
  decoding,
  FULL,
  grpoStep,
  QUICK,
  ratioOf,
  type Side,
  training,
} from './comparisons.ts'
import { coldStart, timeToAccuracy } from './from-start.ts'
import { sizeOf, writeWork } from './work.ts'

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    only: { type: 'string', default: 'train,decode,grpo,cold,accuracy' },
    sizes: { type: 'string', default: '0.8M,5M' },
    base: { type: 'string' },
    out: { type: 'string', default: 'bench/results/peers.json' },
  },
})
const rounds = Number(values.rounds ?? (values.quick ? 1 : 5))
const only = values.only.split(',')
const sizes = values.sizes.split(',').map(sizeOf)
const effort = values.quick ? QUICK : FULL

function comparisons(work: string): Comparison[] {
  const list: Comparison[] = []
  for (const { name } of sizes) {
    if (only.includes('train')) list.push(training(work, name, effort))
    if (only.includes('decode')) list.push(decoding(work, name, effort))
    if (only.includes('grpo')) list.push(grpoStep(work, name, effort))
  }
  if (only.includes('cold')) list.push(coldStart(work))
  if (only.includes('accuracy')) {
    if (values.base) list.push(timeToAccuracy(values.base))
    else console.error('time to accuracy is left out: name the base model with --base FOLDER')
  }
  return list
}

/** All sides in turn, the order reversed in every second round. */
async function compare({ name, unit, ours, peers }: Comparison): Promise<ComparedNumber[]> {
  const sides = [ours, ...peers]
  const measured = new Map<Side, Readonly<Record<string, number>>[]>(sides.map((side) => [side, []]))
  for (let round = 0; round < rounds; round++)
    for (const side of round % 2 === 0 ? sides : [...sides].reverse()) {
      console.error(`${name}, round ${round + 1} of ${rounds}: ${side.who}`)
      measured.get(side)?.push(await side.run())
    }
  const valuesOf = (side: Side, number: string): number[] => (measured.get(side) ?? []).map((row) => row[number])
  const [first] = measured.get(ours) ?? []
  return peers.flatMap((side) =>
    Object.keys(first).map((number) => {
      const [own, other] = [valuesOf(ours, number), valuesOf(side, number)]
      const ratio = spreadOf(own.map((value, round) => ratioOf(unit, value, other[round])))
      return { comparison: name, number, unit, peer: side.who, ours: spreadOf(own), theirs: spreadOf(other), ratio }
    }),
  )
}

const show = (value: number): string => (value >= 1000 ? `${(value / 1000).toPrecision(3)}k` : value.toPrecision(3))

function printed({ comparison, number, unit, peer, ours, theirs, ratio }: ComparedNumber): string {
  const times = ({ median, min, max }: Spread): string => `${show(median)}x [${show(min)}, ${show(max)}]`
  return `${comparison} ${number}: ${show(ours.median)} ${unit}, ${peer} ${show(theirs.median)} ${unit}: ${times(ratio)}`
}

async function main(): Promise<void> {
  if (!hasPython) throw new Error(`no ${python}: run scripts/python-env.sh first`)
  const work = mkdtempSync(join(tmpdir(), 'gradus-peers-'))
  const results: ComparedNumber[] = []
  try {
    for (const size of [...new Set([sizeOf('0.8M'), ...sizes])]) await writeWork(work, size)
    for (const comparison of comparisons(work)) {
      const compared = await compare(comparison)
      for (const number of compared) console.log(printed(number))
      results.push(...compared)
      // After each one: an hour of measurements is not lost to the last of them.
      mkdirSync(dirname(values.out), { recursive: true })
      const machine = {
        cpu: cpus()[0]?.model,
        cores: availableParallelism(),
        node: process.version,
        load: loadavg()[0],
      }
      writeFileSync(values.out, `${JSON.stringify({ machine, quick: values.quick, rounds, results }, null, 2)}\n`)
    }
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

await main()
