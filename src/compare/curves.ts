// Scores of runs over what they had cost by then: steps, sampled or trained tokens or both, or seconds. Seeds are joined step by
// step. At the end of the shortest curve all are read again: accuracy at an equal budget.
import {
  commonBudget,
  type Estimate,
  estimateScores,
  meanOverBudget,
  nestedMean,
  problemScore,
  valueAtBudget,
} from '../eval/index.ts'
import { listEvaluations, readMetrics } from '../store/index.ts'
import { readEvaluationFile } from './read-evaluation.ts'
import type { CompareMetric } from './rows.ts'
import { evaluationPath, type Member, type Subject } from './subjects.ts'

/** What a curve may be drawn over. */
export const axes = ['steps', 'sampled', 'trained', 'tokens', 'seconds'] as const

/** One of {@link axes}. */
export type Axis = (typeof axes)[number]

/** How an axis is called for readers. */
export const axisNames: Readonly<Record<Axis, string>> = {
  steps: 'step',
  sampled: 'sampled tokens',
  trained: 'trained tokens',
  tokens: 'tokens',
  seconds: 'seconds',
}

/** A point of a curve: the mean over seeds of what was spent, and the score with its interval; `n` counts problems. */
export interface CurvePoint extends Estimate {
  readonly x: number
}

/** The curve of a subject. */
export interface CompareCurve {
  readonly run: string
  readonly points: readonly CurvePoint[]
  /** At the largest budget that all curves reach. */
  readonly atBudget: { readonly x: number; readonly value: number } | null
  /** Mean of the curve over the budgets that all curves cover: the area under it over its width. */
  readonly mean: number | null
}

/** How curves are drawn. */
export interface CurveOptions {
  readonly axis: Axis
  /** Points of a curve at most, 2 or more; the others are not even read. Default: all. */
  readonly mostPoints?: number
}

/** Curves of the subjects that have two evaluations or more. */
export function curvesOf(
  subjects: readonly Subject[],
  metric: CompareMetric,
  options: CurveOptions,
): readonly CompareCurve[] {
  const drawn = subjects
    .map((subject) => ({ run: subject.name, points: pointsOf(subject, metric, options) }))
    .filter(({ points }) => points.length > 1)
  const budget = drawn.length > 1 ? commonBudget(drawn.map(({ points }) => points)) : undefined
  return drawn.map(({ run, points }) => {
    const value = budget && valueAtBudget(points, budget.to)
    const mean = budget && meanOverBudget(points, budget.from, budget.to)
    return {
      run,
      points,
      atBudget: budget === undefined || value === undefined ? null : { x: budget.to, value },
      mean: mean ?? null,
    }
  })
}

function pointsOf(
  { members }: Subject,
  metric: CompareMetric,
  { axis, mostPoints }: CurveOptions,
): readonly CurvePoint[] {
  const curves = members.map((member) => evaluationsOf(member, metric, axis))
  const common = [...curves[0].keys()].filter((step) => curves.every((curve) => curve.has(step)))
  const steps = thinned(
    common.sort((a, b) => a - b),
    mostPoints,
  )
  return steps.flatMap((step) => {
    const points = curves.flatMap((curve) => curve.get(step) ?? [])
    const x = points.reduce((sum, point) => sum + point.x, 0) / points.length
    const scores = points.map(({ path }) => scoresOf(path, metric))
    const ids = [...scores[0].keys()].filter((id) => scores.every((one) => one.has(id)))
    if (ids.length === 0) return []
    const table = scores.map((one) => ids.map((id) => one.get(id) ?? Number.NaN))
    const seed = metric.measure.k
    const { value, low, high } =
      table.length === 1 ? estimateScores(table[0]) : nestedMean(table, { seed, resamples: 1000 })
    return [{ x, value, low, high, n: ids.length }]
  })
}

/** At most `most` of the steps, evenly spread; first and last stay. */
function thinned(steps: readonly number[], most = steps.length): readonly number[] {
  if (steps.length <= most) return steps
  return Array.from({ length: most }, (_, i) => steps[Math.round((i * (steps.length - 1)) / (most - 1))])
}

interface MemberPoint {
  readonly x: number
  /** Of the evaluation. */
  readonly path: string
}

/** Where the evaluations of a member lie on the axis, by step. */
function evaluationsOf(member: Member, { task }: CompareMetric, axis: Axis): ReadonlyMap<number, MemberPoint> {
  if (member.kind === 'file') return new Map()
  const { dir, info, step: last = Number.POSITIVE_INFINITY } = member
  const wanted = task ?? info.task
  const spent = spentBy(dir, axis)
  const points = listEvaluations(dir)
    .filter((entry) => entry.task === wanted && entry.step <= last)
    .flatMap(({ step }): (readonly [number, MemberPoint])[] => {
      const x = spent(step)
      return x === undefined ? [] : [[step, { x, path: evaluationPath(dir, wanted, step) }]]
    })
  return new Map(points)
}

function scoresOf(path: string, { measure }: CompareMetric): ReadonlyMap<string, number> {
  const scores = [...readEvaluationFile(path).problems].flatMap(([id, samples]): (readonly [string, number])[] => {
    const score = problemScore(samples, measure)
    return score === undefined ? [] : [[id, score]]
  })
  return new Map(scores)
}

const columns = { sampled: 'tokens/sampled', trained: 'tokens/seen', tokens: 'tokens', seconds: 'time_s' } as const

/** What a run had spent by a step; undefined where its metrics do not say. */
function spentBy(dir: string, axis: Axis): (step: number) => number | undefined {
  if (axis === 'steps') return (step) => step
  const column = columns[axis]
  const byStep = new Map(readMetrics(dir).rows.map((row) => [row.step, row[column]]))
  return (step) => byStep.get(step) ?? (step === 0 ? 0 : undefined)
}
