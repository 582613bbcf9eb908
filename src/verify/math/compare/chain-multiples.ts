// The equations a = b = c multiplied by a number are the same: (x-1)/2 = (y+3)/-1 = z/4 and the line with all signs turned.
// Which number it may be shows at one point.
import type { Answer } from '../answer.ts'
import type { Expression, Rational } from '../expression.ts'
import * as q from '../number/rational.ts'
import { expressionsIn } from './answer-parts.ts'
import { realAt } from './compare-at-point.ts'
import { contentsOf, numberExpression } from './expression-shape.ts'
import { pointOf } from './probe-points.ts'
import type { Session } from './verdict.ts'

const bits = 96
const most = 4

/** The parts times every number, but 1, that makes one of them what `first` is at a point. */
export function multiplesOf(first: Answer, parts: readonly Answer[], session: Session): readonly (readonly Answer[])[] {
  if (parts.length > most || ![first, ...parts].every((part) => part.kind === 'expression' && part.unit === undefined))
    return []
  const all = [first, ...parts].flatMap(expressionsIn)
  const { symbols, hasUnknownCall, hasInfinity } = contentsOf(...all)
  if (hasUnknownCall || hasInfinity || symbols.size === 0) return []
  const point = pointOf([...symbols].sort(), (i) => q.rational(BigInt(17 + 12 * i * i), BigInt(7 + 4 * i)))
  const [own, ...others] = all.map((of) => realAt(of, bits, session, point)?.exact)
  if (own === undefined || own.top === 0n) return []
  const ratios = new Map<string, Rational>()
  for (const other of others) {
    if (other === undefined || other.top === 0n) return []
    const ratio = q.divide(own, other)
    if (!q.areSame(ratio, q.one)) ratios.set(q.showExact(ratio), ratio)
  }
  return [...ratios.values()].map((ratio) => parts.map((part) => times(part, numberExpression(ratio))))
}

function times(part: Answer, factor: Expression): Answer {
  return part.kind === 'expression'
    ? { ...part, expression: { kind: 'product', factors: [factor, part.expression] } }
    : part
}
