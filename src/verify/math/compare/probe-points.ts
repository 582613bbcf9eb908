// The points at which two expressions in variables are compared: rational, half of them negative, of several
// magnitudes, with odd bottoms (so that odd roots and (-1)^x are real), between and beyond the numbers written (where
// |x - 100| turns), and whole positive ones for factorials and binomials. The stream of randomness is named by the
// expressions' symbols, so equal questions get equal points.
import { stream } from '../../../base/rng.ts'
import type { FunctionName, Rational } from '../expression.ts'
import * as q from '../number/rational.ts'
import type { Contents } from './expression-shape.ts'

const wholeFunctions: readonly FunctionName[] = ['gcd', 'lcm', 'mod', 'binomial', 'factorial', 'double-factorial']
const turning: readonly FunctionName[] = ['abs', 'min', 'max', 'floor', 'ceil', 'sign']

export interface ProbePoint {
  readonly point: ReadonlyMap<string, Rational>
  /** Whether every variable is a whole number. */
  readonly isWhole: boolean
}

/** Whether functions occur that have values at whole numbers only. */
export function needsWholePoints(contents: Contents): boolean {
  return wholeFunctions.some((name) => contents.calls.has(name))
}

/** At most 40 points, in a fixed order for fixed contents. */
export function probePoints(contents: Contents): readonly ProbePoint[] {
  const names = [...contents.symbols].sort()
  const rng = stream('math-probe', ...names)
  const points: ProbePoint[] = []
  const push = (make: (i: number) => Rational, isWhole = false): void => {
    points.push({ point: new Map(names.map((name, i) => [name, make(i)])), isWhole })
  }
  const fraction = (span: number, offset: number): Rational => {
    const bottom = 2 * rng.int(50) + 51
    return q.rational(BigInt(Math.floor((offset + rng.next() * span) * bottom) + 1), BigInt(bottom))
  }
  const signed = (value: Rational, isNegative: boolean): Rational => (isNegative ? q.negate(value) : value)
  for (const [span, offset] of [
    [0.5, 0],
    [1, 0],
    [0.7, 0.3],
    [3, 0],
    [3, 1],
    [12, 0],
  ] as const) {
    push(() => fraction(span, offset))
    push(() => signed(fraction(span, offset), true))
    if (names.length > 1) push((i) => signed(fraction(span, offset), i % 2 === 0))
    if (names.length > 1) push((i) => signed(fraction(span, offset), i % 2 === 1))
  }
  push(() => fraction(900, 100))
  push(() => signed(fraction(900, 100), true))
  if (turning.some((name) => contents.calls.has(name))) {
    for (const centre of turningPoints(contents)) push(() => q.add(centre, fraction(0.01, 0)))
  }
  const wholes = needsWholePoints(contents) ? 12 : 3
  // Falling values, so that n > k more often than not when names are in the usual order.
  for (let k = 0; k < wholes; k++)
    push((i) => q.rational(BigInt(2 + rng.int(5 + k) + (i === names.length - 1 ? k : 0))), true)
  return points
}

/** The numbers written and the middles between them, both signs; at most 12. */
function turningPoints(contents: Contents): Rational[] {
  const written = contents.numbers.slice(0, 4)
  const all = [...written, ...written.map(q.negate), q.zero].sort(q.compareRationals)
  const half = q.rational(1n, 2n)
  const middles = all.slice(1).map((value, i) => q.multiply(half, q.add(value, all[i])))
  return [...all, ...middles].slice(0, 18)
}
