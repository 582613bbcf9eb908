// Scores against what they cost: a curve of points over tokens (or steps, or seconds), read at a common budget. A method
// that spent more is compared where the other one ended, not at its own end. Between points it is a straight line, and
// nothing is said beyond them.
import { GradusError } from '../base/error.ts'

/** A score that had been reached when this much was spent. */
export interface BudgetPoint {
  readonly x: number
  readonly value: number
}

/** The curve at x, on the line between its neighbours; undefined outside of the curve. */
export function valueAtBudget(curve: readonly BudgetPoint[], x: number): number | undefined {
  const points = ascending(curve)
  const after = points.findIndex((point) => point.x >= x)
  if (after < 0) return undefined
  const next = points[after]
  if (next.x === x) return points.findLast((point) => point.x === x)?.value
  if (after === 0) return undefined
  const last = points[after - 1]
  return last.value + ((x - last.x) / (next.x - last.x)) * (next.value - last.value)
}

/**
 * The mean of the curve from one budget to another: the area under it (trapezoids) over their distance. Undefined where
 * the curve does not cover them.
 */
export function meanOverBudget(curve: readonly BudgetPoint[], from: number, to: number): number | undefined {
  if (!(to > from)) return undefined
  const [first, last] = [valueAtBudget(curve, from), valueAtBudget(curve, to)]
  if (first === undefined || last === undefined) return undefined
  const inside = ascending(curve).filter(({ x }) => x > from && x < to)
  const points = [{ x: from, value: first }, ...inside, { x: to, value: last }]
  let area = 0
  for (let i = 1; i < points.length; i++) {
    area += ((points[i].value + points[i - 1].value) / 2) * (points[i].x - points[i - 1].x)
  }
  return area / (to - from)
}

/** The budgets that all curves cover: from the latest start to the earliest end; undefined where there are none. */
export function commonBudget(
  curves: readonly (readonly BudgetPoint[])[],
): { readonly from: number; readonly to: number } | undefined {
  if (curves.length === 0 || curves.some((curve) => curve.length === 0)) return undefined
  const from = Math.max(...curves.map((curve) => ascending(curve)[0].x))
  const to = Math.min(...curves.map((curve) => ascending(curve)[curve.length - 1].x))
  return from <= to ? { from, to } : undefined
}

function ascending(curve: readonly BudgetPoint[]): readonly BudgetPoint[] {
  if (!curve.every(({ x, value }) => Number.isFinite(x) && Number.isFinite(value))) {
    throw new GradusError('data/no-values', 'A point of a curve is not a number.', {
      hint: 'Leave out evaluations without a score.',
    })
  }
  return [...curve].sort((a, b) => a.x - b.x)
}
