// Curves of arms over the tokens that they were trained on, joined over seeds: pass@1 of every evaluation, and quantities
// logged at every step of training.
import type { MetricName } from '../contracts/index.ts'
import type { FinishedRun } from './arm-runs.ts'
import type { LabRuns } from './results.ts'
import { meanScore, passScores } from './scores.ts'

/** A point over trained tokens, the mean over seeds: the value with its interval, or with the lowest and highest seed. */
export interface ArmPoint {
  readonly x: number
  readonly value: number
  readonly low: number
  readonly high: number
  /** Seeds times problems, or seeds. */
  readonly n: number
}

/**
 * pass@1 of every evaluation with 95 % intervals; empty before any run is finished. Evaluations are joined in their order,
 * since runs end at a number of tokens and so at other steps; where seeds have more or fewer of them, at equal steps.
 */
export function evaluationCurve(runs: readonly FinishedRun[]): readonly ArmPoint[] {
  return joined(runs).flatMap((evaluations): readonly ArmPoint[] => {
    const mean = meanScore(
      evaluations.map(({ counts }) => passScores(counts, 1)),
      1000,
    )
    if (mean === null) return []
    const { value, low, high, n } = mean
    return [{ x: meanOf(evaluations.map(({ step }, i) => trainedBy(runs[i], step))), value, low, high, n }]
  })
}

/** Evaluations that belong together, one of each run. */
function joined(runs: readonly FinishedRun[]): readonly FinishedRun['evaluations'][] {
  const counts = new Set(runs.map(({ evaluations }) => evaluations.length))
  if (counts.size === 1) return runs[0].evaluations.map((_, i) => runs.map(({ evaluations }) => evaluations[i]))
  const bySeed = runs.map(({ evaluations }) => new Map(evaluations.map((one) => [one.step, one])))
  return stepsOf(bySeed).map((step) => bySeed.flatMap((evaluations) => evaluations.get(step) ?? []))
}

/** A logged quantity with its lowest and highest seed at the steps that every seed has; empty where a run did not log it. */
export function metricCurve(runs: readonly FinishedRun[], name: MetricName): readonly ArmPoint[] {
  const bySeed = runs.map(
    ({ metrics }) =>
      new Map(
        metrics.flatMap((row) => {
          const value = row[name]
          return typeof value === 'number' ? [[row.step, value] as const] : []
        }),
      ),
  )
  return stepsOf(bySeed).map((step) => {
    const values = bySeed.flatMap((one) => one.get(step) ?? [])
    const x = meanOf(runs.map((run) => trainedBy(run, step)))
    return { x, value: meanOf(values), low: Math.min(...values), high: Math.max(...values), n: values.length }
  })
}

function stepsOf(bySeed: readonly ReadonlyMap<number, unknown>[]): readonly number[] {
  const [first] = bySeed
  if (first === undefined) return []
  return [...first.keys()].filter((step) => bySeed.every((one) => one.has(step))).sort((a, b) => a - b)
}

/** Tokens that a run had been trained on by a step: those of the last step up to it that says so. */
function trainedBy({ metrics }: FinishedRun, step: number): number {
  const row = metrics.findLast((one) => one.step <= step && typeof one['tokens/seen'] === 'number')
  return row?.['tokens/seen'] ?? 0
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length

/** The curves of an arm. */
export interface ArmCurves {
  /** Its name in the lab's manifest. */
  readonly arm: string
  /** pass@1 on held-out problems, with 95 % intervals. */
  readonly evaluation: readonly ArmPoint[]
  /** Share of right rollouts while training, with its lowest and highest seed; empty for recipes without rollouts. */
  readonly training: readonly ArmPoint[]
}

/** The curves of all arms. */
export const labCurves = (runs: LabRuns): readonly ArmCurves[] =>
  [...runs].map(([arm, { runs: finished }]) => ({
    arm,
    evaluation: evaluationCurve(finished),
    training: metricCurve(finished, 'reward/verdict/mean'),
  }))
