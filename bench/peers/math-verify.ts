// Our verifier of mathematics beside Math-Verify 0.9.0 on our own pairs: verdicts against what is right, and pairs a
// second. One process each and one core; ours in this one, warm. The pairs are ours, so that they say what we mean by
// equal: where the two disagree, docs/verify.md says why. Needs bench/peers/math-verify.requirements.txt.
//   npx tsx bench/peers/math-verify.ts [--show] [--repetitions 3] [--pairs FILE.jsonl]    rows {gold, prediction, equal, bare?}
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { judgedTexts } from '../../src/verify/math/__fixtures__/completions.ts'
import { pairs as ownPairs } from '../../src/verify/math/compare/__fixtures__/pairs.ts'
import type { MathPreset } from '../../src/verify/math/presets.ts'
import { verifyMath } from '../../src/verify/math/verify-math.ts'
import { hasPython, measure, peer, python } from './child.ts'

interface Pair {
  readonly gold: string
  readonly prediction: string
  readonly equal: boolean
  /** The prediction is an answer and nothing else. */
  readonly bare?: boolean
}

/** What one side said, in the order of the pairs, and how long it took. */
interface Judged {
  readonly who: string
  readonly verdicts: readonly (boolean | null)[]
  readonly seconds: readonly number[]
  readonly slowestMs: number
}

const { values } = parseArgs({
  options: {
    show: { type: 'boolean', default: false },
    repetitions: { type: 'string', default: '3' },
    pairs: { type: 'string' },
  },
})
const repetitions = Number(values.repetitions)

function allPairs(): Pair[] {
  if (values.pairs !== undefined)
    return readFileSync(values.pairs, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Pair)
  const own = ([true, false] as const).flatMap((equal) =>
    ownPairs[equal ? 'equal' : 'different'].map(([gold, prediction]) => ({ gold, prediction, equal, bare: true })),
  )
  return [...own, ...judgedTexts]
}

function judgeOurs(pairs: readonly Pair[], preset: MathPreset): Judged {
  const seconds: number[] = []
  let verdicts: (boolean | null)[] = []
  let slowestMs = 0
  // The first round warms up and is not counted, as on the other side.
  for (let round = -1; round < repetitions; round++) {
    const begun = performance.now()
    verdicts = pairs.map(({ gold, prediction }) => {
      const start = performance.now()
      const { equal } = verifyMath(gold, prediction, preset)
      slowestMs = Math.max(slowestMs, performance.now() - start)
      return equal
    })
    if (round >= 0) seconds.push((performance.now() - begun) / 1000)
  }
  return { who: `gradus, preset ${preset}`, verdicts, seconds, slowestMs }
}

async function judgePeer(pairs: readonly Pair[], who: string, ...flags: string[]): Promise<Judged> {
  const folder = mkdtempSync(join(tmpdir(), 'gradus-pairs-'))
  try {
    const path = join(folder, 'pairs.jsonl')
    writeFileSync(path, pairs.map((pair) => `${JSON.stringify(pair)}\n`).join(''))
    const args = ['--pairs', path, '--repetitions', String(repetitions), ...flags]
    const json = await measure(peer('math_verify_peer.py', ...args))
    const { verdicts, seconds, slowest_s } = json as { verdicts: boolean[]; seconds: number[]; slowest_s: number }
    return { who, verdicts, seconds, slowestMs: slowest_s * 1000 }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function printed(pairs: readonly Pair[], { who, verdicts, seconds, slowestMs }: Judged): string {
  const count = (equal: boolean, verdict: boolean | null): number =>
    pairs.filter((pair, i) => pair.equal === equal && verdicts[i] === verdict).length
  const rightly = pairs.filter(({ equal }) => equal).length
  const median = [...seconds].sort((a, b) => a - b)[Math.floor(seconds.length / 2)]
  return [
    `${who}: recall ${(count(true, true) / rightly).toFixed(3)} (${count(true, true)} of ${rightly})`,
    `false positives ${count(false, true)} of ${pairs.length - rightly}`,
    `undecided ${count(true, null) + count(false, null)}`,
    `${Math.round(pairs.length / median)} pairs/s`,
    `slowest ${slowestMs.toFixed(0)} ms`,
  ].join(', ')
}

function agreement(a: Judged, b: Judged): string {
  const same = a.verdicts.filter((verdict, i) => (verdict ?? false) === (b.verdicts[i] ?? false)).length
  return `${a.who} and ${b.who} agree on ${same} of ${a.verdicts.length} (${(same / a.verdicts.length).toFixed(3)})`
}

async function main(): Promise<void> {
  if (!hasPython) throw new Error(`no ${python}: run scripts/python-env.sh first`)
  const pairs = allPairs()
  const ours = judgeOurs(pairs, 'gradus')
  const preset = judgeOurs(pairs, 'math-verify')
  const plain = await judgePeer(pairs, 'Math-Verify, plain')
  const dollars = await judgePeer(pairs, 'Math-Verify, answers between dollars', '--dollars')
  for (const judged of [ours, preset, plain, dollars]) console.log(printed(pairs, judged))
  for (const [a, b] of [
    [ours, plain],
    [ours, dollars],
    [preset, dollars],
  ])
    console.log(agreement(a, b))
  if (!values.show) return
  pairs.forEach(({ gold, prediction, equal }, i) => {
    const said = [ours, preset, plain, dollars].map(({ verdicts }) => verdicts[i])
    if (said.some((one) => one !== equal)) console.log(JSON.stringify({ gold, prediction, equal, said }))
  })
}

await main()
