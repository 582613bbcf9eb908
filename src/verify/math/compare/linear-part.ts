// The slope of an expression that is linear in one symbol: a·x + rest, a rational, rest without x.
import type { Expression, Rational } from '../expression.ts'
import { makeRing } from '../number/polynomial.ts'
import * as q from '../number/rational.ts'
import { attempt } from '../number/work.ts'
import { toFraction } from './fraction-form.ts'
import type { Session } from './verdict.ts'

/** The rational coefficient, zero when the symbol does not occur; undefined when the expression is not linear in it. */
export function coefficientOf(expression: Expression, symbol: string, session: Session): Rational | undefined {
  return attempt(session.work, 0.3, (work) => {
    const ring = makeRing(work)
    const form = toFraction(expression, ring)
    const own = ring.numbers.get(`$${symbol}`)
    if (form.bottom.size !== 1 || !form.bottom.has('')) return undefined
    let slope = q.zero
    for (const { factors, coefficient } of form.top.values()) {
      // A kernel such as sin(x) holds the symbol in its name.
      const holds = factors.some(({ kernel }) => kernel !== own && ring.names[kernel].includes(`$${symbol}`))
      if (holds) return undefined
      const mine = factors.find(({ kernel }) => kernel === own)
      if (mine === undefined) continue
      if (mine.power !== 1 || factors.length > 1) return undefined
      slope = coefficient
    }
    return slope
  })
}
