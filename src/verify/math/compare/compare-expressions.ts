// Whether two expressions are equal, by rising cost: the same tree, exact numbers, infinities, the exact normal form,
// then intervals: at once for constants, at seeded points for functions. `different` is proved, by exact values,
// disjoint intervals or polynomial forms. `equal` is proved by exact values and forms; otherwise it means agreement to
// 640 bits (constants) or to 256 bits at no fewer than 5 points (functions), beyond what the sizes of the numbers in
// them could hide: near-coincidences of short expressions are far coarser. What is not analytic is tried in every piece
// (probe.ts).
import type { Comparison } from '../answer.ts'
import type { Expression } from '../expression.ts'
import * as g from '../number/gaussian.ts'
import * as iv from '../number/interval.ts'
import { makeRing } from '../number/polynomial.ts'
import { rational, showRational } from '../number/rational.ts'
import { asRational, type Value } from '../number/value.ts'
import { attempt, Stop, spend } from '../number/work.ts'
import { compareAtPoint, realAt } from './compare-at-point.ts'
import { compareByLogarithms } from './compare-logarithms.ts'
import { exactNumber } from './exact-number.ts'
import { type Contents, contentsOf, isSameTree, mapParts } from './expression-shape.ts'
import { arePlain, areSameFractions, fractionKey } from './fraction.ts'
import { toFraction } from './fraction-form.ts'
import { infiniteSign } from './infinite-sign.ts'
import { probe } from './probe.ts'
import { different, equal, type Session, undecided } from './verdict.ts'

const constantBits = 640

/** Compares two expressions without plus-minus; undecided when the budget does not suffice. */
export function compareExpressions(a: Expression, b: Expression, session: Session): Comparison {
  spend(session.work, 10)
  if (isSameTree(a, b)) return equal('the same expression')
  const exactA = exactNumber(a, session)
  const exactB = exactNumber(b, session)
  if (exactA !== undefined && exactB !== undefined) return compareExact(exactA, exactB)
  const contents = contentsOf(a, b)
  if (contents.hasPlusMinus) return undecided('plus-minus inside an expression')
  if (contents.hasInfinity) return compareInfinite(a, b, session)
  if (dependsOnMore(a, b, session) || dependsOnMore(b, a, session)) return different('only one depends on a letter')
  const byForm = attempt(session.work, 0.4, (work) => {
    const ring = makeRing(work)
    const left = toFraction(a, ring)
    const right = toFraction(b, ring)
    if (areSameFractions(left, right, ring)) return equal('the same after simplifying')
    return arePlain([left, right], ring) ? different('different polynomials') : undefined
  })
  if (byForm !== undefined) return byForm
  if (!contents.hasUnknownCall) return byValues(a, b, contents, session)
  const left = nameCalls(a, session)
  const right = nameCalls(b, session)
  return byValues(left, right, contentsOf(left, right), session)
}

/** Whether a letter that b does not hold changes the value of a. */
function dependsOnMore(a: Expression, b: Expression, session: Session): boolean {
  const [own, other] = [contentsOf(a), contentsOf(b)]
  const name = [...own.symbols].find((symbol) => !other.symbols.has(symbol))
  if (name === undefined || own.hasUnknownCall || other.hasUnknownCall) return false
  const names = [...own.symbols].sort()
  const at = (value: bigint) =>
    new Map(names.map((each, i) => [each, g.fromRational(rational(each === name ? value : BigInt(i + 2), 7n))]))
  const values = attempt(session.work, 0.1, (work) =>
    [3n, 5n].map((value) => realAt(a, 128, { ...session, work }, at(value))),
  )
  const [x, y] = values ?? []
  return x !== undefined && y !== undefined && Boolean(iv.signOf(iv.subtract(x.interval, y.interval, 128)))
}

function byValues(a: Expression, b: Expression, contents: Contents, session: Session): Comparison {
  return contents.symbols.size === 0 ? compareConstants(a, b, session) : probe(a, b, contents, session)
}

function showExactValue(value: Value): string {
  const real = asRational(value)
  if (real !== undefined) return showRational(real)
  return value.kind === 'exact' ? `${showRational(value.exact.re)} + ${showRational(value.exact.im)} i` : 'a number'
}

function compareExact(a: Value, b: Value): Comparison {
  if (a.kind === 'exact' && b.kind === 'exact' && g.areSameGaussian(a.exact, b.exact))
    return equal(`both are ${showExactValue(a)}`)
  return different(`${showExactValue(b)} is not ${showExactValue(a)}`)
}

function compareInfinite(a: Expression, b: Expression, session: Session): Comparison {
  const left = infiniteSign(a, session)
  const right = infiniteSign(b, session)
  // However large the finite one gets.
  if ((left && !contentsOf(b).hasInfinity) || (right && !contentsOf(a).hasInfinity))
    return different('one is infinite, the other is not')
  if (left === undefined || right === undefined) return undecided('an infinity inside an expression')
  if (left === right && left !== 0) return equal('the same infinity')
  return different('not the same infinity')
}

function compareConstants(a: Expression, b: Expression, session: Session): Comparison {
  const at = compareAtPoint(a, b, new Map(), constantBits, session, true)
  if (at === 'apart') return different('different numbers')
  if (at === 'together') return equal('the same number to more than 600 bits')
  const byLogarithm = compareByLogarithms(a, b, session)
  if (byLogarithm === 'apart') return different('numbers of different size')
  return undecided(at === 'open' ? 'too large to compare' : 'a number without a value')
}

/** Unknown functions become symbols named by the normal form of their arguments. */
export function nameCalls(expression: Expression, session: Session): Expression {
  if (expression.kind !== 'unknown-call') return mapParts(expression, (part) => nameCalls(part, session))
  const ring = makeRing(session.work)
  try {
    const keys = expression.arguments.map((argument) => fractionKey(toFraction(argument, ring), ring))
    return { kind: 'symbol', name: `${expression.name}!(${keys.join(',')})` }
  } catch (error) {
    if (error instanceof Stop && error.reason !== 'work') throw new Stop('work')
    throw error
  }
}
