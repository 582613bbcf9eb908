// Where an expression in one real variable is zero or has a pole, as far as that can be told for sure: rational functions
// by their polynomials, what can be turned round step by step (ln(x - 2) = 1), a single square root by its norm. What is
// found may hold more points than there are zeros; it never lacks one.
import type { Expression } from '../expression.ts'
import * as iv from '../number/interval.ts'
import * as q from '../number/rational.ts'
import { realAt } from './compare-at-point.ts'
import { exactRational } from './exact-number.ts'
import { isConstant, isSameTree, mapParts, numberExpression, partsOf } from './expression-shape.ts'
import { isPositive } from './is-positive.ts'
import { addPolynomials, type Zeros } from './polynomial-zeros.ts'
import { addNorm } from './root-norm.ts'
import type { Session } from './verdict.ts'

const deepest = 24

/** Adds the zeros and poles of `of`; false when they cannot be told. */
export function addZeros(of: Expression, variable: string, session: Session, into: Zeros, depth = 0): boolean {
  if (depth > deepest) return false
  if (isConstant(of)) return true
  const all = (parts: readonly Expression[]): boolean =>
    parts.every((part) => addZeros(part, variable, session, into, depth + 1))
  switch (of.kind) {
    case 'symbol':
      into.polynomials.push([q.zero, q.one])
      return true
    case 'negative':
      return all([of.of])
    case 'product':
      return all(of.factors)
    case 'quotient':
      return all([of.top, of.bottom])
    case 'power':
      // A power of a constant is never zero, and neither is x^x but where x is.
      return all([of.base])
    case 'call':
      return addZerosOfCall(of, variable, session, into, depth)
    case 'sum':
      return addZerosOfSum(of, variable, session, into, depth)
    default:
      return false
  }
}

/** Adds the poles of `of` alone. */
export function addPoles(of: Expression, variable: string, session: Session, into: Zeros): boolean {
  if (isConstant(of)) return true
  if (of.kind === 'quotient' && !addZeros(of.bottom, variable, session, into)) return false
  if (of.kind === 'power' && !isConstant(of.base)) {
    const exponent = isConstant(of.exponent) ? exactRational(of.exponent, session) : undefined
    if ((exponent === undefined || exponent.top < 0n) && !addZeros(of.base, variable, session, into)) return false
  }
  if (
    of.kind === 'call' &&
    !['exp', 'sin', 'cos', 'sinh', 'cosh', 'tanh', 'abs', 'arctan', 'arsinh'].includes(of.name)
  ) {
    // The poles of a logarithm are where it turns anyway.
    if (of.name !== 'ln' || !addZeros(of.arguments[0], variable, session, into)) return false
  }
  return partsOf(of).every((part) => addPoles(part, variable, session, into))
}

type Call = Extract<Expression, { kind: 'call' }>
type Sum = Extract<Expression, { kind: 'sum' }>

function addZerosOfCall(of: Call, variable: string, session: Session, into: Zeros, depth: number): boolean {
  const [inner] = of.arguments
  const next = (part: Expression): boolean => addZeros(part, variable, session, into, depth + 1)
  switch (of.name) {
    case 'exp':
    case 'cosh':
      return true
    case 'abs':
    case 'sign':
    case 'conjugate':
    case 'sinh':
    case 'tanh':
    case 'arsinh':
    case 'arctan':
    case 'arcsin':
    case 'artanh':
      return next(inner)
    case 'ln':
    case 'arcosh':
    case 'arccos':
      return next(inner) && next({ kind: 'sum', terms: [inner, numberExpression({ top: -1n, bottom: 1n })] })
    default:
      return false
  }
}

function addZerosOfSum(of: Sum, variable: string, session: Session, into: Zeros, depth: number): boolean {
  const split = firstAbs(of)
  if (split !== undefined) {
    // Where |u| is u and where it is -u: whichever holds, the zeros are among those of both.
    return [split, { kind: 'negative', of: split } as const].every((by) =>
      addZeros(replaceAbs(of, split, by), variable, session, into, depth + 4),
    )
  }
  if (isPositive(of, session)) return addPoles(of, variable, session, into)
  return (
    addPolynomials(of, variable, session, into) ||
    addInverse(of, variable, session, into, depth) ||
    addNorm(of, variable, session, into)
  )
}

function firstAbs(of: Expression): Expression | undefined {
  if (of.kind === 'call' && of.name === 'abs' && !isConstant(of)) return of.arguments[0]
  for (const part of partsOf(of)) {
    const found = firstAbs(part)
    if (found !== undefined) return found
  }
  return undefined
}

function replaceAbs(of: Expression, inner: Expression, by: Expression): Expression {
  if (of.kind === 'call' && of.name === 'abs' && isSameTree(of.arguments[0], inner)) return by
  return mapParts(of, (part) => replaceAbs(part, inner, by))
}

/** One term with the variable and constants: turned round until the variable is alone. */
function addInverse(of: Sum, variable: string, session: Session, into: Zeros, depth: number): boolean {
  const own = of.terms.filter((term) => !isConstant(term))
  if (own.length !== 1) return false
  const rest: Expression = { kind: 'negative', of: { kind: 'sum', terms: of.terms.filter(isConstant) } }
  return addSolutions(own[0], rest, variable, session, into, depth + 1)
}

/** Adds where `of` equals a constant. */
function addSolutions(
  of: Expression,
  value: Expression,
  variable: string,
  session: Session,
  into: Zeros,
  depth: number,
): boolean {
  if (depth > deepest) return false
  const solve = (part: Expression, to: Expression): boolean =>
    addSolutions(part, to, variable, session, into, depth + 1)
  const zero = (part: Expression, to: Expression): boolean =>
    addZeros({ kind: 'sum', terms: [part, { kind: 'negative', of: to }] }, variable, session, into, depth + 1)
  const sign = signOf(value, session)
  switch (of.kind) {
    case 'negative':
      return solve(of.of, { kind: 'negative', of: value })
    case 'product': {
      const own = of.factors.filter((factor) => !isConstant(factor))
      const others: Expression = { kind: 'product', factors: of.factors.filter(isConstant) }
      if (own.length !== 1 || !signOf(others, session)) return false
      return solve(own[0], { kind: 'quotient', top: value, bottom: others })
    }
    case 'quotient':
      if (isConstant(of.bottom)) return solve(of.top, { kind: 'product', factors: [value, of.bottom] })
      if (!isConstant(of.top) || !sign || !addZeros(of.bottom, variable, session, into, depth + 1)) return false
      return solve(of.bottom, { kind: 'quotient', top: of.top, bottom: value })
    case 'power':
      if (isConstant(of.base)) {
        if (signOf(of.base, session) !== 1 || sign === undefined) return false
        return sign < 1 || zero(of.exponent, quotientOfLogs(value, of.base))
      }
      return addRoots(of, value, sign, session, zero) && addZeros(of.base, variable, session, into, depth + 1)
    case 'call':
      if (of.name === 'exp')
        return (
          sign !== undefined && (sign < 1 || zero(of.arguments[0], { kind: 'call', name: 'ln', arguments: [value] }))
        )
      if (of.name === 'ln') {
        const power: Expression = { kind: 'power', base: { kind: 'constant', name: 'e' }, exponent: value }
        return zero(of.arguments[0], power) && addZeros(of.arguments[0], variable, session, into, depth + 1)
      }
      return false
    case 'symbol':
      return zero(of, value)
    default:
      return false
  }
}

/** Where base^power is `value`: base is plus or minus |value|^(1/power). */
function addRoots(
  { base, exponent }: Extract<Expression, { kind: 'power' }>,
  value: Expression,
  sign: number | undefined,
  session: Session,
  zero: (part: Expression, to: Expression) => boolean,
): boolean {
  const power = isConstant(exponent) ? exactRational(exponent, session) : undefined
  if (power === undefined || power.top === 0n || sign === undefined || sign === 0) return false
  const size: Expression = { kind: 'call', name: 'abs', arguments: [value] }
  const root: Expression = { kind: 'power', base: size, exponent: numberExpression(q.divide(q.one, power)) }
  return zero(base, root) && zero(base, { kind: 'negative', of: root })
}

function quotientOfLogs(value: Expression, base: Expression): Expression {
  const logarithm = (of: Expression): Expression => ({ kind: 'call', name: 'ln', arguments: [of] })
  return { kind: 'quotient', top: logarithm(value), bottom: logarithm(base) }
}

function signOf(constant: Expression, session: Session): number | undefined {
  const value = realAt(constant, 256, session)
  if (value === undefined) return undefined
  return value.exact === undefined ? iv.signOf(value.interval) : Math.sign(Number(value.exact.top))
}
