// The solutions of a linear relation in one variable that stands alone: a ray, a point, or the line without one.
import type { RelationSign } from '../answer.ts'
import type { Expression } from '../expression.ts'
import * as set from './real-set.ts'

/** Where x stands in this relation to `bound`. */
export function raySet(sign: RelationSign, bound: Expression): set.RealSet {
  const below = { low: 'infinite', high: bound, lowClosed: false } as const
  const above = { low: bound, high: 'infinite', highClosed: false } as const
  switch (sign) {
    case '<':
      return [{ ...below, highClosed: false }]
    case '≤':
      return [{ ...below, highClosed: true }]
    case '>':
      return [{ ...above, lowClosed: false }]
    case '≥':
      return [{ ...above, lowClosed: true }]
    case '≠':
      return [
        { ...below, highClosed: false },
        { ...above, lowClosed: false },
      ]
    case '=':
    case '≈':
      return [set.pointPiece(bound)]
    default:
      return set.noRealSet()
  }
}
