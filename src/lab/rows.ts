// One row of the table: what an arm is worth, against the model that it started from and against its baseline, and what
// it cost. Every interval is over seeds and problems; differences are paired by both.
import type { Estimate } from '../eval/index.ts'
import type { ArmRuns, FinishedRun, MissingRun } from './arm-runs.ts'
import { meanDifference, meanScore, passScores } from './scores.ts'
import type { Settings } from './testbed.ts'

/** What an arm is. */
export interface RowSubject {
  /** Its name in the lab's manifest. */
  readonly arm: string
  readonly testbed: string
  readonly recipe: string
  readonly settings: Settings
  /** Whether it is a chosen recipe's own arm on the chosen testbed, and not only there for a claim. */
  readonly isOwn: boolean
  readonly baseline: string | null
}

/** A row of the table. Null where no run is finished, or nothing can be compared. */
export interface LabRow extends RowSubject {
  /** Of the finished runs. */
  readonly seeds: readonly number[]
  readonly missing: readonly MissingRun[]
  /** Problems of an evaluation, and samples of each. */
  readonly problems: number | null
  readonly samples: number | null
  /** pass@1 at the end. */
  readonly pass1: Estimate | null
  /** pass@1 at the end minus that of the starting model. */
  readonly overStart: Estimate | null
  /** pass@1 at the end minus that of the baseline's own arm, over the seeds that both have. */
  readonly overBaseline: Estimate | null
  /** pass@k at the end for the largest k. */
  readonly largestK: { readonly k: number; readonly pass: Estimate } | null
  /** Of one run, on average over seeds. */
  readonly cost: RunCost | null
  /** Samples of the last evaluations without a verdict: left out. */
  readonly withoutVerdict: number
}

/** What a run cost. */
export interface RunCost {
  readonly trainedTokens: number
  readonly sampledTokens: number
  readonly steps: number
  readonly seconds: number
}

/** Makes the row of an arm. `baseline` are the runs of its baseline's own arm, where they are known. */
export function labRow(subject: RowSubject, { runs, missing }: ArmRuns, baseline?: ArmRuns): LabRow {
  const common = { ...subject, missing, seeds: runs.map((run) => run.seed) }
  const withoutVerdict = runs.reduce((sum, run) => sum + run.withoutVerdict, 0)
  if (runs.length === 0) {
    const nothing = { pass1: null, overStart: null, overBaseline: null, largestK: null, cost: null }
    return { ...common, ...nothing, problems: null, samples: null, withoutVerdict }
  }
  const largest = Math.max(...runs[0].k)
  const ends = runs.map(({ last }) => passScores(last, 1))
  const starts = runs.map(({ first }) => passScores(first, 1))
  const atLargest = meanScore(runs.map(({ last }) => passScores(last, largest)))
  return {
    ...common,
    problems: runs[0].problems.length,
    samples: runs[0].last.samples,
    pass1: meanScore(ends),
    overStart: meanDifference(ends, starts),
    overBaseline: baseline === undefined ? null : pairedOver(runs, baseline.runs),
    largestK: atLargest === null ? null : { k: largest, pass: atLargest },
    cost: costOf(runs),
    withoutVerdict,
  }
}

function pairedOver(runs: readonly FinishedRun[], theirs: readonly FinishedRun[]): Estimate | null {
  const pairs = runs.flatMap((run) => {
    const other = theirs.find(({ seed }) => seed === run.seed)
    return other === undefined ? [] : [[run, other] as const]
  })
  const isPaired = pairs.every(([run, other]) => run.problems.join('\n') === other.problems.join('\n'))
  if (pairs.length === 0 || !isPaired) return null
  return meanDifference(
    pairs.map(([run]) => passScores(run.last, 1)),
    pairs.map(([, other]) => passScores(other.last, 1)),
  )
}

function costOf(runs: readonly FinishedRun[]): RunCost {
  const mean = (name: 'tokens/seen' | 'tokens/sampled' | 'step' | 'time_s'): number =>
    runs.reduce((sum, { metrics }) => sum + (metrics.at(-1)?.[name] ?? 0), 0) / runs.length
  return {
    trainedTokens: mean('tokens/seen'),
    sampledTokens: mean('tokens/sampled'),
    steps: mean('step'),
    seconds: mean('time_s'),
  }
}
