// A variable replaced inside an answer: renamed, so that { x : x > 1 } and { t : t > 1 } read alike, or by an expression.
import type { Answer } from '../answer.ts'
import type { Expression } from '../expression.ts'
import { replaceSymbol } from './expression-shape.ts'

/** The answer with one symbol replaced by another everywhere. */
export function renameVariable(answer: Answer, from: string, to: string): Answer {
  return replaceVariable(answer, from, { kind: 'symbol', name: to })
}

/** The answer with one symbol replaced everywhere. */
export function replaceVariable(answer: Answer, from: string, by: Expression): Answer {
  const replace = (part: Answer): Answer => replaceVariable(part, from, by)
  switch (answer.kind) {
    case 'expression':
      return { ...answer, expression: replaceSymbol(answer.expression, from, by) }
    case 'interval':
      return { ...answer, low: replaceSymbol(answer.low, from, by), high: replaceSymbol(answer.high, from, by) }
    case 'tuple':
    case 'list':
    case 'set':
      return { ...answer, items: answer.items.map(replace) }
    case 'set-operation':
    case 'chain':
    case 'ratio':
      return { ...answer, parts: answer.parts.map(replace) }
    case 'set-builder':
      // An inner builder of the same name binds its own.
      return answer.variable === from ? answer : { ...answer, condition: replace(answer.condition) }
    case 'relation':
      return { ...answer, left: replace(answer.left), right: replace(answer.right) }
    case 'matrix':
      return { ...answer, rows: answer.rows.map((row) => row.map(replace)) }
    default:
      return answer
  }
}
