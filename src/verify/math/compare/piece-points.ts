// Points in every piece between the breaks of one variable: two inside each, the breaks themselves where they are exact,
// and beyond the outermost near and far. For floors, every piece of a period, in periods near zero, around each break
// and far out.
import type { Rng } from '../../../base/rng.ts'
import type { Rational } from '../expression.ts'
import * as q from '../number/rational.ts'
import type { RootInterval } from '../number/real-roots.ts'
import type { BreakPoints, Step } from './break-points.ts'

const mostPoints = 300

/** Undefined when there are too many pieces. `reach`: a number beyond all that are written. */
export function piecePoints({ breaks, steps }: BreakPoints, reach: bigint, rng: Rng): readonly Rational[] | undefined {
  const points = betweenBreaks(breaks, reach, rng)
  if (steps.length === 0) return points.length > mostPoints ? undefined : points
  const period = commonPeriod(steps)
  const residues = residuesOf(steps, period)
  if (residues === undefined) return undefined
  const windows = windowsOf(breaks, period, reach, rng)
  if (windows.size * residues.length * 2 > mostPoints) return undefined
  for (const window of windows) {
    const start = q.multiply(q.rational(window), period)
    const ends = residues.map((residue) => q.add(start, residue))
    const inner = breaks.filter(({ low, high }) => isBetween(low, start, period) && isBetween(high, start, period))
    const edges: RootInterval[] = [...ends.map((at) => ({ low: at, high: at })), ...inner]
    edges.push({ low: q.add(start, period), high: q.add(start, period) })
    edges.sort((a, b) => q.compareRationals(a.low, b.low))
    for (let i = 1; i < edges.length; i++) points.push(inside(edges[i - 1].high, edges[i].low, rng))
    points.push(...ends)
  }
  return points.length > 2 * mostPoints ? undefined : points
}

function betweenBreaks(breaks: readonly RootInterval[], reach: bigint, rng: Rng): Rational[] {
  const first = breaks[0] ?? { low: q.zero, high: q.zero }
  const last = breaks.at(-1) ?? first
  const points: Rational[] = []
  for (const span of [1n, 7n, reach]) {
    points.push(q.subtract(first.low, steps(span, rng)), q.add(last.high, steps(span, rng)))
  }
  breaks.forEach((one, i) => {
    if (q.areSame(one.low, one.high)) points.push(one.low)
    if (i > 0) for (let k = 0; k < 2; k++) points.push(inside(breaks[i - 1].high, one.low, rng))
  })
  return points
}

/** A random number between 0 and `span`, or a little beyond. */
function steps(span: bigint, rng: Rng): Rational {
  const bottom = BigInt(2 * rng.int(50) + 101)
  return q.rational(span * BigInt(rng.int(90) + 11) + 1n, bottom)
}

/** A random point strictly between two. */
function inside(low: Rational, high: Rational, rng: Rng): Rational {
  const share = q.rational(BigInt(rng.int(900) + 51), 1003n)
  return q.add(low, q.multiply(q.subtract(high, low), share))
}

function isBetween(at: Rational, start: Rational, period: Rational): boolean {
  return q.compareRationals(start, at) <= 0 && q.compareRationals(at, q.add(start, period)) <= 0
}

/** The smallest number that every slope makes whole. */
function commonPeriod(list: readonly Step[]): Rational {
  return list
    .map(({ slope }) => q.divide(q.one, slope.top < 0n ? q.negate(slope) : slope))
    .reduce((a, b) => {
      const divisor = q.greatestCommonDivisor(a.top * b.bottom, b.top * a.bottom)
      return q.rational(a.top * b.top, divisor)
    })
}

/** Where in one period a floor steps, rising; at least its start. */
function residuesOf(list: readonly Step[], period: Rational): readonly Rational[] | undefined {
  const found = new Map<string, Rational>()
  const add = (at: Rational): void => {
    const turns = q.rational(q.floorOf(q.divide(at, period)))
    const residue = q.subtract(at, q.multiply(turns, period))
    found.set(q.showExact(residue), residue)
  }
  add(q.zero)
  for (const { slope, offset } of list) {
    const count = q.floorOf(q.multiply(period, slope.top < 0n ? q.negate(slope) : slope))
    if (count > 40n) return undefined
    for (let k = 0n; k < count; k++) add(q.divide(q.subtract(q.rational(k), offset), slope))
  }
  return found.size > 60 ? undefined : [...found.values()].sort(q.compareRationals)
}

function windowsOf(breaks: readonly RootInterval[], period: Rational, reach: bigint, rng: Rng): ReadonlySet<bigint> {
  const far = q.floorOf(q.divide(steps(reach, rng), period)) + 1n
  const windows = new Set([0n, -1n, 1n, BigInt(rng.int(90) + 5), -BigInt(rng.int(90) + 5), far, -far])
  for (const { low, high } of breaks) {
    const [from, to] = [low, high].map((at) => q.floorOf(q.divide(at, period)))
    for (const window of [from - 1n, from, to, to + 1n]) windows.add(window)
  }
  return windows
}
