// Inequalities in one variable that are not linear, as sets of real numbers: |2x - 1| < 3, x² > 4, 1/x < 1, polynomials and
// their quotients, all of whose real roots are rational.
import type { RelationSign } from '../answer.ts'
import type { Expression, Rational } from '../expression.ts'
import * as p from '../number/polynomial.ts'
import * as q from '../number/rational.ts'
import { realRoots } from '../number/real-roots.ts'
import { attempt } from '../number/work.ts'
import { contentsOf, isSameTree, mapParts, numberExpression, partsOf } from './expression-shape.ts'
import { toFraction } from './fraction-form.ts'
import { coefficientOf } from './linear-part.ts'
import { coefficientsOf } from './polynomial-zeros.ts'
import * as set from './real-set.ts'
import type { Session } from './verdict.ts'

/** The solutions of a linear relation between two expressions. */
export type Linear = (left: Expression, sign: RelationSign, right: Expression) => set.RealSet

const sizeName = "size'"
const zero = numberExpression(q.zero)

/** The set where `difference` stands in this relation to 0; {@link set.noRealSet} when it cannot be told. */
export function curvedSolutions(
  difference: Expression,
  sign: RelationSign,
  variable: string,
  session: Session,
  linear: Linear,
): set.RealSet {
  const inner = firstSize(difference)
  if (inner !== undefined) return sizeSolutions(difference, inner, sign, variable, session, linear)
  const sides = attempt(session.work, 0.3, (work) => {
    const ring = p.makeRing(work)
    const { top, bottom } = toFraction(difference, ring)
    const [above, below] = [top, bottom].map((side) => coefficientsOf(side, variable, ring))
    return above && below && { above, below }
  })
  if (sides === undefined || sides.above.length + sides.below.length < 4) return set.noRealSet()
  const { above, below } = sides
  // A quotient has the sign of the product, where its bottom is not zero.
  const solutions = polynomialSolutions(product(above, below), sign, session)
  if (below.length < 2) return solutions
  return set.intersectionOf(solutions, polynomialSolutions(below, '≠', session), session)
}

/** The product of two polynomials, by rising power. */
function product(a: readonly Rational[], b: readonly Rational[]): readonly Rational[] {
  const all = Array.from({ length: a.length + b.length - 1 }, () => q.zero)
  for (const [i, x] of a.entries()) for (const [j, y] of b.entries()) all[i + j] = q.add(all[i + j], q.multiply(x, y))
  return all
}

/** The inside of the first |u| with a variable. */
function firstSize(of: Expression): Expression | undefined {
  if (of.kind === 'call' && of.name === 'abs' && contentsOf(of).symbols.size > 0) return of.arguments[0]
  for (const part of partsOf(of)) {
    const found = firstSize(part)
    if (found !== undefined) return found
  }
  return undefined
}

/** Linear in |u|: the sizes first, then u between them, on both sides of zero. */
function sizeSolutions(
  difference: Expression,
  inner: Expression,
  sign: RelationSign,
  variable: string,
  session: Session,
  linear: Linear,
): set.RealSet {
  const symbol: Expression = { kind: 'symbol', name: sizeName }
  const replace = (of: Expression): Expression =>
    of.kind === 'call' && of.name === 'abs' && isSameTree(of.arguments[0], inner) ? symbol : mapParts(of, replace)
  const named = replace(difference)
  const slope = coefficientOf(inner, variable, session)
  const isPlain = contentsOf(named).symbols.size === 1 && slope !== undefined && slope.top !== 0n
  if (!isPlain || !coefficientOf(named, sizeName, session)?.top) return set.noRealSet()
  const positive: set.RealSet = [{ low: zero, high: 'infinite', lowClosed: true, highClosed: false }]
  const sizes = set.intersectionOf(linear(named, sign, zero), positive, session)
  const pieces = sizes.flatMap(({ low, high, lowClosed, highClosed }) =>
    [inner, { kind: 'negative', of: inner } as const].flatMap((side) => {
      const above = low === 'infinite' ? set.wholeLine : linear(side, lowClosed ? '≥' : '>', low)
      const below = high === 'infinite' ? set.wholeLine : linear(side, highClosed ? '≤' : '<', high)
      return set.intersectionOf(above, below, session)
    }),
  )
  return set.unionOf(pieces, session)
}

function polynomialSolutions(coefficients: readonly Rational[], sign: RelationSign, session: Session): set.RealSet {
  const roots = rootsOf(coefficients, session)
  const isIn = (value: number): boolean => holds(value, sign)
  const pieces: set.Piece[] = isIn(0) ? roots.map(({ root }) => set.pointPiece(root)) : []
  const edges: readonly set.End[] = ['infinite', ...roots.map(({ root }) => root), 'infinite']
  for (let i = 1; i < edges.length; i++) {
    const between = betweenRoots(roots, i - 1)
    if (isIn(signAt(coefficients, between)))
      pieces.push({ low: edges[i - 1], high: edges[i], lowClosed: false, highClosed: false })
  }
  return set.unionOf(pieces, session)
}

interface Root {
  readonly root: Expression
  /** Rational numbers on either side, with no other root between. */
  readonly below: Rational
  readonly above: Rational
}

/** A number between root i - 1 and root i. */
function betweenRoots(roots: readonly Root[], i: number): Rational {
  if (roots.length === 0) return q.zero
  return i === 0 ? q.subtract(roots[0].below, q.one) : q.add(roots[i - 1].above, i === roots.length ? q.one : q.zero)
}

/** In order, as expressions; {@link set.noRealSet} when one is irrational and there are more than two. */
function rootsOf(coefficients: readonly Rational[], session: Session): readonly Root[] {
  const found = attempt(session.work, 0.3, (work) => realRoots(coefficients, work, 60))
  if (found === undefined) return set.noRealSet()
  return found.map(({ low, high }, i) => {
    const simple = simplestBetween(low, high)
    const isRational = signAt(coefficients, simple) === 0
    if (!isRational && coefficients.length !== 3) return set.noRealSet()
    const root = isRational ? numberExpression(simple) : quadraticRoot(coefficients, i)
    // A root may be an end of its interval; the gap to the next one is open.
    const next = found[i + 1]?.low ?? q.add(high, q.one)
    const half = q.rational(1n, 2n)
    return { root, below: low, above: q.multiply(half, q.add(high, next)) }
  })
}

/** (-b ∓ sqrt(b² - 4ac)) / 2a, the smaller one first. */
function quadraticRoot([c, b, a]: readonly Rational[], index: number): Expression {
  const four = q.rational(4n)
  const under = q.subtract(q.multiply(b, b), q.multiply(four, q.multiply(a, c)))
  const half = numberExpression(q.rational(1n, 2n))
  const root: Expression = { kind: 'power', base: numberExpression(under), exponent: half }
  const isFirst = (index === 0) === a.top > 0n
  const terms = [numberExpression(q.negate(b)), isFirst ? ({ kind: 'negative', of: root } as const) : root]
  return { kind: 'quotient', top: { kind: 'sum', terms }, bottom: numberExpression(q.multiply(q.rational(2n), a)) }
}

/** The rational number with the smallest bottom in [low, high], by continued fractions. */
function simplestBetween(low: Rational, high: Rational): Rational {
  const down = q.floorOf(low)
  if (low.top === down * low.bottom) return low
  const up = down + 1n
  if (up * high.bottom <= high.top) return q.rational(up)
  const whole = q.rational(down)
  const inner = simplestBetween(q.divide(q.one, q.subtract(high, whole)), q.divide(q.one, q.subtract(low, whole)))
  return q.add(whole, q.divide(q.one, inner))
}

function signAt(coefficients: readonly Rational[], at: Rational): number {
  const value = coefficients.reduceRight((sum, c) => q.add(q.multiply(sum, at), c), q.zero)
  return value.top === 0n ? 0 : value.top < 0n ? -1 : 1
}

function holds(value: number, sign: RelationSign): boolean {
  switch (sign) {
    case '<':
      return value < 0
    case '>':
      return value > 0
    case '≤':
      return value <= 0
    case '≥':
      return value >= 0
    case '≠':
      return value !== 0
    case '=':
      return value === 0
    default:
      return set.noRealSet()
  }
}
