// The extended real numbers: whether an expression with infinity in it is plus or minus infinity.
import type { Expression } from '../expression.ts'
import * as iv from '../number/interval.ts'
import { realAt } from './compare-at-point.ts'
import { contentsOf } from './expression-shape.ts'
import type { Session } from './verdict.ts'

/** 1 or -1 for an infinity, 0 for a finite constant, undefined when it has no clear meaning (infinity - infinity). */
export function infiniteSign(expression: Expression, session: Session): 1 | -1 | 0 | undefined {
  const { hasInfinity, symbols } = contentsOf(expression)
  if (!hasInfinity) return symbols.size === 0 && realAt(expression, 128, session) !== undefined ? 0 : undefined
  switch (expression.kind) {
    case 'constant':
      return 1
    case 'negative': {
      const sign = infiniteSign(expression.of, session)
      return sign === undefined ? undefined : flip(sign)
    }
    case 'sum': {
      const signs = expression.terms.map((term) => infiniteSign(term, session))
      if (signs.includes(undefined) || (signs.includes(1) && signs.includes(-1))) return undefined
      return signs.includes(1) ? 1 : -1
    }
    case 'product': {
      const signs = expression.factors.map((factor) =>
        contentsOf(factor).hasInfinity ? infiniteSign(factor, session) : finiteSign(factor, session),
      )
      return signs.reduce<1 | -1 | 0 | undefined>(
        (product, sign) =>
          product === undefined || product === 0 || sign === undefined || sign === 0
            ? undefined
            : product === sign
              ? 1
              : -1,
        1,
      )
    }
    case 'quotient': {
      const top = infiniteSign(expression.top, session)
      const bottom = contentsOf(expression.bottom).hasInfinity ? undefined : finiteSign(expression.bottom, session)
      if (top === undefined || top === 0 || bottom === undefined || bottom === 0) return undefined
      return top === bottom ? 1 : -1
    }
    default:
      return undefined
  }
}

function flip(sign: 1 | -1 | 0): 1 | -1 | 0 {
  return sign === 0 ? 0 : sign === 1 ? -1 : 1
}

function finiteSign(expression: Expression, session: Session): 1 | -1 | 0 | undefined {
  if (contentsOf(expression).symbols.size > 0) return undefined
  const value = realAt(expression, 256, session)
  return value === undefined ? undefined : iv.signOf(value.interval)
}
