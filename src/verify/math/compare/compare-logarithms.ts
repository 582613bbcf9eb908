// Towers of powers by their logarithms: 10^(10^20) and 9^(10^20) are never computed, but 10^20 ln 10 and 10^20 ln 9
// are. Proves positive constants apart, never together.
import type { Expression } from '../expression.ts'
import * as iv from '../number/interval.ts'
import { Stop } from '../number/work.ts'
import { compareAtPoint, realAt } from './compare-at-point.ts'
import type { Session } from './verdict.ts'

const levels = 3

/** `apart` when the logarithms, or their logarithms, are. */
export function compareByLogarithms(a: Expression, b: Expression, session: Session): 'apart' | 'open' {
  let left: Expression = a
  let right: Expression = b
  for (let level = 0; level < levels; level++) {
    if (isNegative(left, session) && isNegative(right, session)) {
      left = { kind: 'negative', of: left }
      right = { kind: 'negative', of: right }
    }
    const nextLeft = logarithmOf(left, session)
    const nextRight = logarithmOf(right, session)
    if (nextLeft === undefined || nextRight === undefined) return 'open'
    const at = compareAtPoint(nextLeft, nextRight, new Map(), 128, session, true)
    if (at === 'apart') return 'apart'
    left = nextLeft
    right = nextRight
  }
  return 'open'
}

function isNegative(expression: Expression, session: Session): boolean {
  if (expression.kind === 'negative') return true
  const value = realAt(expression, 64, session)
  return value !== undefined && iv.signOf(value.interval) === -1
}

/** ln of a positive real constant, with powers and products taken apart; undefined when it is not known to be positive. */
function logarithmOf(expression: Expression, session: Session): Expression | undefined {
  if (expression.kind === 'power') {
    const base = logarithmOf(expression.base, session)
    return base === undefined ? undefined : { kind: 'product', factors: [expression.exponent, base] }
  }
  if (expression.kind === 'product') {
    const terms = expression.factors.map((factor) => logarithmOf(factor, session))
    return terms.every((term) => term !== undefined) ? { kind: 'sum', terms } : undefined
  }
  if (expression.kind === 'negative') return undefined
  try {
    const value = realAt(expression, 128, session)
    if (value === undefined || iv.signOf(value.interval) !== 1) return undefined
  } catch (error) {
    if (error instanceof Stop && error.reason !== 'work') return undefined
    throw error
  }
  return { kind: 'call', name: 'ln', arguments: [expression] }
}
