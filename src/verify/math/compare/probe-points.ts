// The points at which two expressions in variables are compared, whatever they are made of: rational, half of them
// negative, of several magnitudes, with odd bottoms (so that odd roots and (-1)^x are real), whole positive ones for
// factorials and binomials, complex ones for letters that stand for complex numbers. The pieces of |x| and the like have
// points of their own (piece-points.ts). Every comparison draws from a stream named by its two expressions: nobody can
// write an expression that is zero at the points at which it will be tried.
import { type Rng, stream } from '../../../base/rng.ts'
import type { Expression, FunctionName, Rational } from '../expression.ts'
import { fromRational, type Gaussian } from '../number/gaussian.ts'
import * as q from '../number/rational.ts'
import type { Contents } from './expression-shape.ts'
import { treeKey } from './tree-key.ts'

const wholeFunctions: readonly FunctionName[] = ['gcd', 'lcm', 'mod', 'binomial', 'factorial', 'double-factorial']

export type Point = ReadonlyMap<string, Gaussian>

export interface ProbePoint {
  readonly point: Point
  /** Whether every variable is a whole number. */
  readonly isWhole: boolean
}

/** Whether functions occur that have values at whole numbers only. */
export function needsWholePoints(contents: Contents): boolean {
  return wholeFunctions.some((name) => contents.calls.has(name))
}

/** Randomness for one comparison, the same whichever expression comes first. */
export function probeRng(a: Expression, b: Expression): Rng {
  return stream('math-probe', ...[treeKey(a), treeKey(b)].sort())
}

/** A point with one value for each name. */
export function pointOf(names: readonly string[], make: (i: number) => Rational): Point {
  return new Map(names.map((name, i) => [name, fromRational(make(i))]))
}

function fraction(span: number, offset: number, rng: Rng): Rational {
  const bottom = 2 * rng.int(50) + 51
  return q.rational(BigInt(Math.floor((offset + rng.next() * span) * bottom) + 1), BigInt(bottom))
}

const signed = (value: Rational, isNegative: boolean): Rational => (isNegative ? q.negate(value) : value)

/** Points of every kind, at most 60; `names` in order. `grows`: there are powers with variable exponents, whose values far out are too long. */
export function probePoints(
  names: readonly string[],
  contents: Contents,
  grows: boolean,
  rng: Rng,
): readonly ProbePoint[] {
  const points: ProbePoint[] = []
  const push = (make: (i: number) => Rational, isWhole = false): void => {
    points.push({ point: pointOf(names, make), isWhole })
  }
  for (const [span, offset] of [
    [0.5, 0],
    [1, 0],
    [0.7, 0.3],
    [3, 0],
    [3, 1],
    [12, 0],
  ] as const) {
    push(() => fraction(span, offset, rng))
    push(() => signed(fraction(span, offset, rng), true))
    if (names.length > 1) push((i) => signed(fraction(span, offset, rng), i % 2 === 0))
    if (names.length > 1) push((i) => signed(fraction(span, offset, rng), i % 2 === 1))
  }
  // e^900 costs more than it tells.
  const far = grows ? 20 : 900
  push(() => fraction(far, 10, rng))
  push(() => signed(fraction(far, 10, rng), true))
  // Powers of negative numbers, which have values at whole exponents only: |x|^n is not x^n.
  if (grows) {
    for (let k = 0; k < 16; k++) {
      const size = (): Rational => q.rational(BigInt(2 + rng.int(4)))
      push((i) => signed(size(), ((k >> (i % 4)) & 1) === 1), true)
    }
  }
  const wholes = needsWholePoints(contents) ? 12 : 3
  // Falling values, so that n > k more often than not when names are in the usual order.
  for (let k = 0; k < wholes; k++)
    push((i) => q.rational(BigInt(2 + rng.int(5 + k) + (i === names.length - 1 ? k : 0))), true)
  return points
}

/** Points of any signs out to `reach`, which is beyond the numbers written; `count` of them. */
export function farPoints(names: readonly string[], reach: bigint, count: number, rng: Rng): readonly Point[] {
  const scales = [1n, 10n, 1000n, reach]
  return Array.from({ length: count }, (_, k) =>
    pointOf(names, (i) => {
      // The first points are far in every variable, with all signs.
      const scale = k < 4 ? reach : scales[rng.int(4)]
      const isNegative = k < 4 ? ((k >> (i % 2)) & 1) === 1 : rng.int(2) === 1
      return signed(q.multiply(q.rational(scale), fraction(2, 0.2, rng)), isNegative)
    }),
  )
}

/** Every variable through all whole numbers to beyond `reach` while the others are random, and all of them beyond. */
export function wholePoints(names: readonly string[], reach: number, rng: Rng): readonly Point[] {
  const whole = (n: number): Rational => q.rational(BigInt(n))
  const through = names.flatMap((_, own) =>
    Array.from({ length: reach + 12 }, (_, n) => pointOf(names, (i) => whole(i === own ? n : rng.int(reach + 12)))),
  )
  const beyond = Array.from({ length: 10 }, (_, k) =>
    pointOf(names, (i) => whole(reach + 1 + rng.int(12) + (i === names.length - 1 ? 3 * k : 0))),
  )
  return [...through, ...beyond]
}

/** Points with complex values for the names in `complex`, in all four quarters of the plane. */
export function complexPoints(
  names: readonly string[],
  complex: ReadonlySet<string>,
  reach: bigint,
  rng: Rng,
): readonly Point[] {
  return Array.from({ length: 16 }, (_, k) => {
    const scale = q.rational([1n, 4n, 40n, reach][k >> 2])
    const part = (isNegative: boolean): Rational => signed(q.multiply(scale, fraction(1, 0.1, rng)), isNegative)
    return new Map(
      names.map((name, i) => {
        const re = part(((k + i) & 1) === 1)
        const im = complex.has(name) ? part(((k + i) & 2) === 2) : q.zero
        return [name, { re, im }] as const
      }),
    )
  })
}
