// The exact value of a constant expression, as long as it is a Gaussian rational and not too large.
import type { Expression, Rational } from '../expression.ts'
import * as g from '../number/gaussian.ts'
import { asRational, type Value } from '../number/value.ts'
import { attempt } from '../number/work.ts'
import { evaluate, type Scene } from './evaluate.ts'
import { contentsOf } from './expression-shape.ts'
import type { Session } from './verdict.ts'

/** The exact value of an expression of numbers only. */
export function exactNumber(expression: Expression, session: Session): Value | undefined {
  if (expression.kind === 'number') return { kind: 'exact', exact: g.fromRational(expression.value) }
  const { symbols, hasInfinity } = contentsOf(expression)
  if (symbols.size > 0 || hasInfinity) return undefined
  return attempt(session.work, 0.3, (work) => {
    const scene: Scene = {
      bits: 64,
      constants: session.constants,
      work,
      exactOnly: true,
      point: new Map(),
      seen: { leaves: 0, extreme: 0 },
    }
    return evaluate(expression, scene)
  })
}

/** The value when it is real. */
export function exactRational(expression: Expression, session: Session): Rational | undefined {
  const value = exactNumber(expression, session)
  return value && asRational(value)
}
