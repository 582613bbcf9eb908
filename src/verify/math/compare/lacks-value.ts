// Whether an answer has a part that is no number whatever its variables are: 1/0, 0^0, ln 0, infinity - infinity. Such an
// answer is wrong for any gold answer that is a value; it must not pass for one that cannot be decided, nor vanish in
// 0 · ln 0. Sound only one way: what this lets through may still have no value.
import type { Answer } from '../answer.ts'
import type { Expression } from '../expression.ts'
import * as iv from '../number/interval.ts'
import { Stop, startWork } from '../number/work.ts'
import { expressionsIn } from './answer-parts.ts'
import { realAt } from './compare-at-point.ts'
import { compareExpressions } from './compare-expressions.ts'
import { contentsOf, isConstant, numberExpression, partsOf } from './expression-shape.ts'
import { infiniteSign } from './infinite-sign.ts'
import type { Session } from './verdict.ts'

const zero = numberExpression({ top: 0n, bottom: 1n })
const mostWork = 20_000

export function lacksValue(answer: Answer, session: Session): boolean {
  const own: Session = { ...session, work: startWork(mostWork) }
  try {
    return expressionsIn(answer).some((expression) => isSenseless(expression, own))
  } catch (error) {
    if (error instanceof Stop) return false
    throw error
  }
}

function isSenseless(of: Expression, session: Session): boolean {
  return hasNoValue(of, session) || partsOf(of).some((part) => isSenseless(part, session))
}

function hasNoValue(of: Expression, session: Session): boolean {
  switch (of.kind) {
    case 'quotient':
      return isZero(of.bottom, session) || (isEndless(of.top, session) && isEndless(of.bottom, session))
    case 'power':
      return isZero(of.base, session) && isNotAboveZero(of.exponent, session)
    case 'call':
      return isPole(of, session)
    case 'unknown-call':
      return of.name === 'log' && of.arguments.length === 1 && isZero(of.arguments[0], session)
    case 'sum': {
      const signs = of.terms.map((term) => (contentsOf(term).hasInfinity ? infiniteSign(term, session) : 0))
      return signs.includes(1) && signs.includes(-1)
    }
    case 'product':
      return (
        of.factors.some((factor) => isEndless(factor, session)) && of.factors.some((factor) => isZero(factor, session))
      )
    default:
      return false
  }
}

function isPole({ name, arguments: list }: Extract<Expression, { kind: 'call' }>, session: Session): boolean {
  if (name === 'ln') return isZero(list[0], session)
  const bottom = name === 'tan' || name === 'sec' ? 'cos' : name === 'cot' || name === 'csc' ? 'sin' : undefined
  return bottom !== undefined && isZero({ kind: 'call', name: bottom, arguments: list }, session)
}

function isEndless(of: Expression, session: Session): boolean {
  return contentsOf(of).hasInfinity && Boolean(infiniteSign(of, session))
}

function isZero(of: Expression, session: Session): boolean {
  if (of.kind === 'number') return of.value.top === 0n
  if (!isConstant(of) || contentsOf(of).hasInfinity) return false
  const value = realAt(of, 96, session)
  if (value === undefined || !iv.containsZero(value.interval)) return false
  return compareExpressions(of, zero, session).verdict === 'equal'
}

function isNotAboveZero(of: Expression, session: Session): boolean {
  if (!isConstant(of) || contentsOf(of).hasInfinity) return false
  const value = realAt(of, 96, session)
  return value !== undefined && (iv.signOf(value.interval) === -1 || isZero(of, session))
}
