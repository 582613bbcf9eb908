// Questions about the tree of an answer, as expression-shape.ts has them about that of an expression.
import type { Answer } from '../answer.ts'
import type { Expression } from '../expression.ts'

/** The answers that an answer is made of; none for a value, an interval or a text. */
export function partsOfAnswer(answer: Answer): readonly Answer[] {
  switch (answer.kind) {
    case 'tuple':
    case 'list':
    case 'set':
      return answer.items
    case 'set-operation':
    case 'chain':
    case 'ratio':
      return answer.parts
    case 'set-builder':
      return [answer.condition]
    case 'relation':
      return [answer.left, answer.right]
    case 'matrix':
      return answer.rows.flat()
    default:
      return []
  }
}

/** The expressions in an answer, wherever they stand in it. */
export function expressionsIn(answer: Answer): readonly Expression[] {
  if (answer.kind === 'expression') return [answer.expression]
  if (answer.kind === 'interval') return [answer.low, answer.high]
  return partsOfAnswer(answer).flatMap(expressionsIn)
}
