// Equations and inequalities that are neither a named value nor a region: equal when one is the other times a constant
// that is not zero (for an inequality: with the sign turned if it is negative). Equations with the same solutions that
// are no multiples of each other count as different.
import type { Answer, Comparison, RelationSign } from '../answer.ts'
import type { Expression, Rational } from '../expression.ts'
import * as p from '../number/polynomial.ts'
import * as q from '../number/rational.ts'
import { attempt } from '../number/work.ts'
import { isConstant } from './expression-shape.ts'
import { addFractions, arePlain, type Fraction } from './fraction.ts'
import { toFraction } from './fraction-form.ts'
import { probeRelations } from './probe-relations.ts'
import { all, any, type CompareParts, different, equal, type Session, undecided } from './verdict.ts'

type Relation = Extract<Answer, { kind: 'relation' }>

const turned: Readonly<Record<RelationSign, RelationSign>> = {
  '=': '=',
  '≠': '≠',
  '<': '>',
  '>': '<',
  '≤': '≥',
  '≥': '≤',
  '≈': '≈',
  '∈': '∈',
  '≡': '≡',
}

/** Compares two relations; `compareParts` compares their sides. */
export function compareRelations(a: Relation, b: Relation, session: Session, compareParts: CompareParts): Comparison {
  const bySides = (): Comparison =>
    any([
      () => sidesAre(a, b.left, b.right, b.sign, compareParts),
      () =>
        b.sign === '∈' ? different('not the same sides') : sidesAre(a, b.right, b.left, turned[b.sign], compareParts),
    ])
  const sides = [a.left, a.right, b.left, b.right]
  // Without a variable nothing is asked for: such relations are the same by their sides only.
  const isAboutNumbers = sides.every((side) => side.kind === 'expression' && isConstant(side.expression))
  if (
    isAboutNumbers ||
    a.sign === '∈' ||
    a.sign === '≡' ||
    b.sign === '≡' ||
    !sides.every((side) => side.kind === 'expression')
  )
    return bySides()
  const [al, ar, bl, br] = sides.map((side) => (side.kind === 'expression' ? side.expression : zeroExpression))
  const result = attempt(session.work, 0.6, (work) => {
    const ring = p.makeRing(work)
    const left = difference(al, ar, ring)
    const right = difference(bl, br, ring)
    // 1 = 2 and 3 = 4 are both false and still not the same; so are x - x = 1 and x - x = 2.
    if (isConstantForm(left) || isConstantForm(right)) return undefined
    const areEquations = [a, b].every(({ sign }) => equations.has(sign))
    const factor = ratioOf(left, right, ring, areEquations)
    if (factor === undefined) {
      if (!areEquations || !arePlain([left, right], ring)) return undefined
      return different('not the same equation up to a factor')
    }
    const sign = factor.top < 0n ? turned[b.sign] : b.sign
    return sign === a.sign ? equal('the same relation up to a factor') : different('the relation signs differ')
  })
  if (result !== undefined) return result
  const direct = bySides()
  if (direct.verdict === 'equal') return direct
  return probeRelations([a, b], session) ?? undecided('equations that could not be compared')
}

/** Signs between sides that may be multiplied by an unknown: its sign says nothing. */
const equations: ReadonlySet<RelationSign> = new Set(['=', '≠', '≈'])

function isConstantForm({ top, bottom }: Fraction): boolean {
  return p.asConstant(top) !== undefined && p.asConstant(bottom) !== undefined
}

const zeroExpression: Expression = { kind: 'number', value: q.zero }

function sidesAre(a: Relation, left: Answer, right: Answer, sign: RelationSign, compare: CompareParts): Comparison {
  if (a.sign !== sign) return different('the relation signs differ')
  return all([() => compare(a.left, left), () => compare(a.right, right)], 'the same relation')
}

function difference(left: Expression, right: Expression, ring: p.Ring): Fraction {
  return addFractions(toFraction(left, ring), toFraction({ kind: 'negative', of: right }, ring), ring)
}

/** The constant c with a = c b, not zero; undefined when there is none. In equations bottoms may go. */
function ratioOf(a: Fraction, b: Fraction, ring: p.Ring, areEquations: boolean): Rational | undefined {
  const [top, bottom] = [p.multiplyPolynomials(a.top, b.bottom, ring), p.multiplyPolynomials(b.top, a.bottom, ring)]
  const direct = proportion(top, bottom)
  if (direct !== undefined || !areEquations) return direct
  // y = 1/x and xy = 1: a bottom that is a product of symbols may go when the top is never zero together with it.
  const tops = isNeverZeroWithBottom(a) && isNeverZeroWithBottom(b) ? proportion(a.top, b.top) : undefined
  return tops
}

function proportion(a: p.Polynomial, b: p.Polynomial): Rational | undefined {
  if (a.size !== b.size || a.size === 0) return undefined
  let ratio: Rational | undefined
  for (const [key, term] of a) {
    const other = b.get(key)
    if (other === undefined) return undefined
    const own = q.divide(term.coefficient, other.coefficient)
    if (ratio !== undefined && !q.areSame(ratio, own)) return undefined
    ratio = own
  }
  return ratio
}

/** True when the bottom is one term and every zero of a factor of it makes the top a constant that is not zero. */
function isNeverZeroWithBottom(a: Fraction): boolean {
  if (p.asConstant(a.bottom) !== undefined) return true
  if (a.bottom.size !== 1 || !a.top.has('')) return false
  const [{ factors }] = a.bottom.values()
  return factors.every(({ kernel }) =>
    [...a.top.values()].every((term) => term.factors.length === 0 || term.factors.some((f) => f.kernel === kernel)),
  )
}
