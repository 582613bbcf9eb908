// Ratios: 3:4 and 6:8 are one, and 1:2 may stand for one half.
import type { Answer, Comparison } from '../answer.ts'
import { compareInOrder } from './compare-containers.ts'
import { compareExpressions } from './compare-expressions.ts'
import { expressionOf } from './expression-shape.ts'
import { notAlike } from './not-alike.ts'
import { all, type CompareParts, different, type Session, undecided } from './verdict.ts'

/** Up to a common factor: a_i b_j = a_j b_i. A ratio of two parts also stands for their quotient. */
export function compareRatios(
  a: Extract<Answer, { kind: 'ratio' }>,
  b: Answer,
  session: Session,
  compare: CompareParts,
): Comparison {
  const parts = a.parts.map(expressionOf)
  if (b.kind === 'expression') {
    const [top, bottom] = parts
    if (parts.length !== 2 || !top || !bottom || !session.options.dropVariable) return notAlike(a, b)
    return compareExpressions({ kind: 'quotient', top, bottom }, b.expression, session)
  }
  if (b.kind !== 'ratio') return notAlike(a, b)
  if (a.parts.length !== b.parts.length) return different('the ratios differ in length')
  const others = b.parts.map(expressionOf)
  const [first] = parts
  const [firstOther] = others
  if (!first || !firstOther) return compareInOrder(a.parts, b.parts, compare)
  const checks = parts.slice(1).map((part, i) => (): Comparison => {
    const other = others[i + 1]
    if (!part || !other) return undecided('a part of a ratio is no expression')
    const cross = { kind: 'product', factors: [first, other] } as const
    return compareExpressions(cross, { kind: 'product', factors: [firstOther, part] }, session)
  })
  const isZero = (side: typeof first): boolean =>
    compareExpressions(side, { kind: 'number', value: { top: 0n, bottom: 1n } }, session).verdict !== 'different'
  if (isZero(first) || isZero(firstOther)) return compareInOrder(a.parts, b.parts, compare)
  return all(checks, 'the same ratio')
}
