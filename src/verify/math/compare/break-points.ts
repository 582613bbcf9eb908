// The points of one variable at which a pair of expressions may turn, in order, and the floors with their periods. Not
// found means that equality must not be concluded from values.
import type { Expression, Rational } from '../expression.ts'
import * as p from '../number/polynomial.ts'
import * as q from '../number/rational.ts'
import { type RootInterval, realRoots } from '../number/real-roots.ts'
import { attempt, Stop } from '../number/work.ts'
import { contentsOf } from './expression-shape.ts'
import { toFraction } from './fraction-form.ts'
import { coefficientsOf, type Zeros } from './polynomial-zeros.ts'
import type { Turn } from './turning.ts'
import type { Session } from './verdict.ts'
import { addPoles, addZeros } from './zeros.ts'

/** floor(slope·x + offset) */
export interface Step {
  readonly slope: Rational
  readonly offset: Rational
}

export interface BreakPoints {
  /** Rising; a break lies in each. */
  readonly breaks: readonly RootInterval[]
  readonly steps: readonly Step[]
}

const highestDegree = 40
/** Halvings that part the root of a polynomial from an irrational point. */
const narrow = 480

/** All breaks, or undefined when they cannot be told. The turns may hold no other variable. */
export function breakPoints(turns: readonly Turn[], variable: string, session: Session): BreakPoints | undefined {
  const found: Zeros = { polynomials: [], points: [] }
  const steps: Step[] = []
  for (const turn of turns) {
    if (turn.as === 'anywhere') return undefined
    if (!contentsOf(turn.of).symbols.has(variable)) continue
    if (turn.as === 'whole') {
      const step = stepOf(turn.of, variable, session)
      if (step === undefined) return undefined
      steps.push(step)
    } else {
      const add = turn.as === 'zero' ? addZeros : addPoles
      if (!add(turn.of, variable, session, found)) return undefined
    }
  }
  const breaks = attempt(session.work, 0.3, (work) => {
    const roots = rootsOf(found.polynomials, found.points.length > 0 ? narrow : undefined, work)
    return merged([...roots, ...found.points])
  })
  return breaks && { breaks, steps }
}

function stepOf(of: Expression, variable: string, session: Session): Step | undefined {
  return attempt(session.work, 0.2, (work) => {
    const ring = p.makeRing(work)
    const { top, bottom } = toFraction(of, ring)
    const coefficients = coefficientsOf(top, variable, ring)
    if (p.asConstant(bottom) === undefined || coefficients?.length !== 2) return undefined
    return { offset: coefficients[0], slope: coefficients[1] }
  })
}

function rootsOf(
  polynomials: readonly (readonly Rational[])[],
  halvings: number | undefined,
  work: Session['work'],
): readonly RootInterval[] {
  const known = new Map(polynomials.map((one) => [one.map(q.showExact).join(), one]))
  const different = [...known.values()]
  if (different.every((one) => one.length === 2)) {
    return different.map(([offset, slope]) => {
      const at = q.negate(q.divide(offset, slope))
      return { low: at, high: at }
    })
  }
  const degree = different.reduce((sum, one) => sum + one.length - 1, 0)
  if (degree > highestDegree) throw new Stop('size')
  return realRoots(different.reduce(timesPolynomial, [q.one]), work, halvings)
}

function timesPolynomial(a: readonly Rational[], b: readonly Rational[]): readonly Rational[] {
  const out = Array.from({ length: a.length + b.length - 1 }, () => q.zero)
  a.forEach((x, i) => {
    b.forEach((y, j) => {
      out[i + j] = q.add(out[i + j], q.multiply(x, y))
    })
  })
  return out
}

/** In order, those that overlap as one. */
function merged(all: readonly RootInterval[]): readonly RootInterval[] {
  const out: RootInterval[] = []
  for (const one of all.toSorted((a, b) => q.compareRationals(a.low, b.low))) {
    const last = out.at(-1)
    if (last === undefined || q.compareRationals(last.high, one.low) < 0) out.push(one)
    else if (q.compareRationals(last.high, one.high) < 0) out[out.length - 1] = { low: last.low, high: one.high }
  }
  return out
}
