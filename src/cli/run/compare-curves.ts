// Scores of runs over what they had cost by then: steps, sampled or trained tokens, or seconds. Seeds are joined step by
// step. At the end of the shortest curve all are read again: accuracy at an equal budget.
import {
  commonBudget,
  type Estimate,
  estimateScores,
  meanOverBudget,
  nestedMean,
  problemScore,
  valueAtBudget,
} from '../../eval/index.ts'
import { listEvaluations, readMetrics } from '../../store/index.ts'
import type { CompareMetric } from './compare-rows.ts'
import { evaluationPath, type Member, type Subject } from './compare-sources.ts'
import { readEvaluationFile } from './evaluation-file.ts'

/** What a curve may be drawn over. */
export const axes = ['steps', 'sampled', 'trained', 'seconds'] as const

/** One of {@link axes}. */
export type Axis = (typeof axes)[number]

/** How an axis is called for readers. */
export const axisNames: Readonly<Record<Axis, string>> = {
  steps: 'step',
  sampled: 'sampled tokens',
  trained: 'trained tokens',
  seconds: 'seconds',
}

/** A point of a curve: the mean over seeds of what was spent, and the score with its interval. */
export interface CurvePoint extends Omit<Estimate, 'n'> {
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

/** Curves of the subjects that have two evaluations or more. */
export function curvesOf(subjects: readonly Subject[], metric: CompareMetric, axis: Axis): readonly CompareCurve[] {
  const drawn = subjects
    .map((subject) => ({ run: subject.name, points: pointsOf(subject, metric, axis) }))
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

function pointsOf({ members }: Subject, metric: CompareMetric, axis: Axis): readonly CurvePoint[] {
  const curves = members.map((member) => memberPoints(member, metric, axis))
  const steps = [...curves[0].keys()].filter((step) => curves.every((curve) => curve.has(step)))
  return steps
    .sort((a, b) => a - b)
    .flatMap((step) => {
      const points = curves.flatMap((curve) => curve.get(step) ?? [])
      const x = points.reduce((sum, point) => sum + point.x, 0) / points.length
      const ids = [...points[0].scores.keys()].filter((id) => points.every(({ scores }) => scores.has(id)))
      if (ids.length === 0) return []
      const table = points.map(({ scores }) => ids.map((id) => scores.get(id) ?? Number.NaN))
      const seed = metric.measure.k
      const { value, low, high } =
        table.length === 1 ? estimateScores(table[0]) : nestedMean(table, { seed, resamples: 1000 })
      return [{ x, value, low, high }]
    })
}

interface MemberPoint {
  readonly x: number
  readonly scores: ReadonlyMap<string, number>
}

function memberPoints(member: Member, { task, measure }: CompareMetric, axis: Axis): ReadonlyMap<number, MemberPoint> {
  if (member.kind === 'file') return new Map()
  const { dir, info, step: last = Number.POSITIVE_INFINITY } = member
  const wanted = task ?? info.task
  const spent = spentBy(dir, axis)
  const points = listEvaluations(dir)
    .filter((entry) => entry.task === wanted && entry.step <= last)
    .flatMap(({ step }): (readonly [number, MemberPoint])[] => {
      const x = spent(step)
      if (x === undefined) return []
      const { problems } = readEvaluationFile(evaluationPath(dir, wanted, step))
      const scores = [...problems].flatMap(([id, samples]): (readonly [string, number])[] => {
        const score = problemScore(samples, measure)
        return score === undefined ? [] : [[id, score]]
      })
      return [[step, { x, scores: new Map(scores) }]]
    })
  return new Map(points)
}

const columns = { sampled: 'tokens/sampled', trained: 'tokens/seen', seconds: 'time_s' } as const

/** What a run had spent by a step; undefined where its metrics do not say. */
function spentBy(dir: string, axis: Axis): (step: number) => number | undefined {
  if (axis === 'steps') return (step) => step
  const column = columns[axis]
  const byStep = new Map(readMetrics(dir).rows.map((row) => [row.step, row[column]]))
  return (step) => byStep.get(step) ?? (step === 0 ? 0 : undefined)
}
