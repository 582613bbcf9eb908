// Whether an expression in real variables is above zero wherever it is real, as far as its shape shows: e^x + 1, x² + 2.
import type { Expression, FunctionName } from '../expression.ts'
import * as iv from '../number/interval.ts'
import { realAt } from './compare-at-point.ts'
import { exactRational } from './exact-number.ts'
import { contentsOf, partsOf } from './expression-shape.ts'
import type { Session } from './verdict.ts'

/** True only when it is certain. */
export function isPositive(of: Expression, session: Session): boolean {
  return staysReal(of, session) && leastSign(of, session) === 1
}

/** Whether no part leaves the real numbers, where squares may be negative. */
function staysReal(of: Expression, session: Session): boolean {
  const { symbols, hasImaginary } = contentsOf(of)
  if (hasImaginary) return false
  if (symbols.size === 0) return realAt(of, 128, session) !== undefined
  if (!partsOf(of).every((part) => staysReal(part, session))) return false
  if (of.kind === 'power') {
    const exponent = exactRational(of.exponent, session)
    if (exponent === undefined) return leastSign(of.base, session) === 1
    return exponent.bottom % 2n === 1n || leastSign(of.base, session) !== undefined
  }
  if (of.kind !== 'call') return true
  if (of.name === 'ln') return leastSign(of.arguments[0], session) === 1
  return everReal.has(of.name)
}

const everReal: ReadonlySet<FunctionName> = new Set([
  'sin',
  'cos',
  'sinh',
  'cosh',
  'tanh',
  'exp',
  'abs',
  'floor',
  'ceil',
  'sign',
  'min',
  'max',
  'arctan',
  'arsinh',
])

/** 1: above zero; 0: not below; undefined: not known. */
function leastSign(of: Expression, session: Session): 1 | 0 | undefined {
  const { symbols, hasImaginary } = contentsOf(of)
  if (hasImaginary) return undefined
  if (symbols.size === 0) {
    const value = realAt(of, 128, session)
    const sign = value === undefined ? undefined : iv.signOf(value.interval)
    return sign === 1 || sign === 0 ? sign : undefined
  }
  switch (of.kind) {
    case 'sum': {
      const signs = of.terms.map((term) => leastSign(term, session))
      return signs.includes(undefined) ? undefined : signs.includes(1) ? 1 : 0
    }
    case 'product': {
      const signs = of.factors.map((factor) => leastSign(factor, session))
      return signs.includes(undefined) ? undefined : signs.includes(0) ? 0 : 1
    }
    case 'quotient': {
      const [top, bottom] = [leastSign(of.top, session), leastSign(of.bottom, session)]
      return bottom === undefined ? undefined : top
    }
    case 'power': {
      const base = leastSign(of.base, session)
      if (base === 1) return 1
      const exponent = exactRational(of.exponent, session)
      if (exponent === undefined) return undefined
      const isEven = exponent.top % 2n === 0n || exponent.bottom % 2n === 0n
      return isEven || base === 0 ? 0 : undefined
    }
    case 'call':
      if (of.name === 'exp' || of.name === 'cosh') return 1
      return of.name === 'abs' ? 0 : undefined
    default:
      return undefined
  }
}
