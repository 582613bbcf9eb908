// Trigonometric functions of one variable as rational functions of the tangent t of half an angle, so that the pieces of
// ln|cos x| can be told: cos w = (1 - t²)/(1 + t²), sin w = 2t/(1 + t²). The variable outside such functions is left as
// it is, as if it had nothing to do with t: what is equal then is equal, what is not may be all the same.
import type { Expression, FunctionName, Rational } from '../expression.ts'
import * as q from '../number/rational.ts'
import { exactRational } from './exact-number.ts'
import { contentsOf, isConstant, mapParts, numberExpression, partsOf, replaceSymbol } from './expression-shape.ts'
import { coefficientOf } from './linear-part.ts'
import type { Session } from './verdict.ts'

type Angular = Extract<Expression, { kind: 'call' }>

const angular: ReadonlySet<FunctionName> = new Set(['sin', 'cos', 'tan', 'cot', 'sec', 'csc'])
const tangent: Expression = { kind: 'symbol', name: "tangent'" }
const largestMultiple = 6

export interface HalfAngle {
  readonly a: Expression
  readonly b: Expression
  /** Whether the variable is gone, so that what differs now differed before. */
  readonly isWhole: boolean
}

/** Both expressions so written; undefined when there is nothing to write so, or no common angle. */
export function byHalfAngle(a: Expression, b: Expression, session: Session): HalfAngle | undefined {
  const calls = [...angularCalls(a), ...angularCalls(b)]
  const [variable, ...others] = new Set(calls.flatMap((call) => [...contentsOf(call).symbols]))
  if (variable === undefined || others.length > 0) return undefined
  const slopes = calls.map((call) => slopeOf(call.arguments[0], variable, session))
  if (!slopes.every((slope) => slope !== undefined)) return undefined
  const unit = slopes.reduce(commonMeasure)
  const multiples = slopes.map((slope) => Number(q.divide(slope, unit).top))
  if (multiples.some((n) => Math.abs(n) > largestMultiple)) return undefined
  const write = (of: Expression): Expression => {
    if (of.kind !== 'call' || !angular.has(of.name) || isConstant(of)) return mapParts(of, write)
    const slope = slopeOf(of.arguments[0], variable, session)
    return slope === undefined ? of : rationalForm(of.name, Number(q.divide(slope, unit).top))
  }
  const [left, right] = [write(a), write(b)]
  return { a: left, b: right, isWhole: !contentsOf(left, right).symbols.has(variable) }
}

function angularCalls(of: Expression): readonly Angular[] {
  if (of.kind === 'call' && angular.has(of.name)) return isConstant(of) ? [] : [of]
  return partsOf(of).flatMap(angularCalls)
}

/** The factor of an angle that is a rational multiple of the variable. */
function slopeOf(angle: Expression, variable: string, session: Session): Rational | undefined {
  const slope = coefficientOf(angle, variable, session)
  if (slope === undefined || slope.top === 0n) return undefined
  const offset = exactRational(replaceSymbol(angle, variable, numberExpression(q.zero)), session)
  return offset?.top === 0n ? slope : undefined
}

/** The largest number of which both are multiples. */
function commonMeasure(a: Rational, b: Rational): Rational {
  return q.rational(q.greatestCommonDivisor(a.top * b.bottom, b.top * a.bottom), a.bottom * b.bottom)
}

function rationalForm(name: FunctionName, multiple: number): Expression {
  const size = Math.abs(multiple)
  // (1 + it)^2n = (1 + t²)^n (cos nw + i sin nw)
  const { re, im } = powerOfUnit(2 * size)
  const cosine = polynomial(re)
  const sine: Expression = multiple < 0 ? { kind: 'negative', of: polynomial(im) } : polynomial(im)
  const square: Expression = { kind: 'sum', terms: [numberExpression(q.one), monomial(1n, 2)] }
  const whole: Expression = { kind: 'power', base: square, exponent: numberExpression(q.rational(BigInt(size))) }
  const over = (top: Expression, bottom: Expression): Expression => ({ kind: 'quotient', top, bottom })
  switch (name) {
    case 'sin':
      return over(sine, whole)
    case 'cos':
      return over(cosine, whole)
    case 'tan':
      return over(sine, cosine)
    case 'cot':
      return over(cosine, sine)
    case 'sec':
      return over(whole, cosine)
    default:
      return over(whole, sine)
  }
}

/** Coefficients of (1 + it)^n by rising power. */
function powerOfUnit(n: number): { readonly re: readonly bigint[]; readonly im: readonly bigint[] } {
  const re: bigint[] = []
  const im: bigint[] = []
  let binomial = 1n
  for (let k = 0; k <= n; k++) {
    const sign = k % 4 < 2 ? 1n : -1n
    re.push(k % 2 === 0 ? sign * binomial : 0n)
    im.push(k % 2 === 1 ? sign * binomial : 0n)
    binomial = (binomial * BigInt(n - k)) / BigInt(k + 1)
  }
  return { re, im }
}

function polynomial(coefficients: readonly bigint[]): Expression {
  const terms = coefficients.flatMap((c, power) => (c === 0n ? [] : [monomial(c, power)]))
  return { kind: 'sum', terms }
}

function monomial(coefficient: bigint, power: number): Expression {
  const exponent = numberExpression(q.rational(BigInt(power)))
  const factors = [numberExpression(q.rational(coefficient)), { kind: 'power', base: tangent, exponent } as const]
  return { kind: 'product', factors: power === 0 ? factors.slice(0, 1) : factors }
}
