// Reads the runs of an arm from their directories: the counts of every evaluation, and what the run cost. A run that is
// not finished is named with where it stands. Samples without a verdict are kept apart: they are neither right nor wrong.
import { join } from 'node:path'
import { z } from 'zod'
import { GradusError, isGradusError, messageOf } from '../base/error.ts'
import type { ArmRun, EvaluationCounts } from '../contracts/index.ts'
import { listEvaluations, readEvaluation, readMetrics, readRunInfo } from '../store/index.ts'
import type { Manifest } from './manifest.ts'
import { type RunStanding, standingOf } from './queue.ts'

/** What an evaluation saw, with how many samples of each problem had a verdict. */
export interface DecidedCounts extends EvaluationCounts {
  readonly decided: readonly number[]
}

/** A finished run of an arm. */
export interface FinishedRun extends ArmRun {
  readonly first: DecidedCounts
  readonly last: DecidedCounts
  /** All of them by step, ascending: the first and the last too. */
  readonly evaluations: readonly { readonly step: number; readonly counts: DecidedCounts }[]
  /** Ids of the problems that it was evaluated on, in order. */
  readonly problems: readonly string[]
  /** Values of k that it was evaluated for, ascending. */
  readonly k: readonly number[]
  /** Samples of the last evaluation without a verdict. */
  readonly withoutVerdict: number
}

/** A run that is asked for and not finished. */
export interface MissingRun {
  readonly seed: number
  readonly standing: Exclude<RunStanding, 'done'>
  /** Why it ended, where it did. */
  readonly why: string | null
}

/** The runs of an arm, each in the order of seeds. */
export interface ArmRuns {
  readonly runs: readonly FinishedRun[]
  readonly missing: readonly MissingRun[]
}

/** Reads a finished run. What keeps what it has read before may take its place. @throws `store/...` */
export type RunReader = (dir: string, seed: number) => FinishedRun

/** Reads the runs of an arm with these seeds. */
export function readArmRuns(
  out: string,
  arm: Manifest['arms'][string],
  seeds: readonly number[],
  read: RunReader = readFinishedRun,
): ArmRuns {
  const runs: FinishedRun[] = []
  const missing: MissingRun[] = []
  for (const seed of seeds) {
    const dir = join(out, arm.dir, `seed-${seed}`)
    try {
      const standing = standingOf(dir)
      if (standing === 'done') runs.push(read(dir, seed))
      else missing.push({ seed, standing, why: standing === 'to do' ? null : (readRunInfo(dir).exitReason ?? null) })
    } catch (error) {
      if (!isGradusError(error)) throw error
      missing.push({ seed, standing: 'failed', why: messageOf(error) })
    }
  }
  return { runs, missing }
}

/** The {@link RunReader} that keeps nothing. */
export function readFinishedRun(dir: string, seed: number): FinishedRun {
  const { task } = readRunInfo(dir)
  const steps = listEvaluations(dir).flatMap((entry) => (entry.task === task ? [entry.step] : []))
  if (steps[0] !== 0 || steps.length < 2) {
    throw new GradusError('store/no-evaluation', `${dir} has no evaluation of its start and its end`)
  }
  const read = steps.map((step) => ({ step, ...readCounts(dir, task, step) }))
  const [first, last] = [read[0], read[read.length - 1]]
  const { problems, k, withoutVerdict } = last
  return {
    seed,
    first: first.counts,
    last: last.counts,
    evaluations: read.map(({ step, counts }) => ({ step, counts })),
    metrics: readMetrics(dir).rows,
    problems,
    k,
    withoutVerdict,
  }
}

const resultSchema = z.object({ n: z.int().min(1), k: z.record(z.string(), z.unknown()) })

interface ReadCounts {
  readonly counts: DecidedCounts
  readonly problems: readonly string[]
  readonly k: readonly number[]
  readonly withoutVerdict: number
}

// Samples lie problem by problem, as many of each.
function readCounts(dir: string, task: string, step: number): ReadCounts {
  const { result, samples: rows } = readEvaluation(dir, task, step)
  const { n, k } = resultSchema.parse(result)
  const samples = rows.length / n
  const groups = Array.from({ length: n }, (_, p) => rows.slice(p * samples, (p + 1) * samples))
  const isWhole = Number.isInteger(samples) && samples > 0
  if (!isWhole || groups.some((group) => group.some((row) => row.problem !== group[0].problem))) {
    throw new GradusError('store/bad-run', `the samples of evaluation ${step} of ${dir} are not those of ${n} problems`)
  }
  const decided = groups.map(
    (group) => group.filter(({ verdict }) => verdict === 'right' || verdict === 'wrong').length,
  )
  return {
    counts: {
      samples,
      right: groups.map((group) => group.filter(({ verdict }) => verdict === 'right').length),
      decided,
    },
    problems: groups.map((group) => group[0].problem),
    k: Object.keys(k)
      .map(Number)
      .sort((a, b) => a - b),
    withoutVerdict: rows.length - decided.reduce((sum, count) => sum + count, 0),
  }
}
