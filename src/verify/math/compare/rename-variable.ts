// A bound variable renamed inside an answer, so that { x : x > 1 } and { t : t > 1 } read alike.
import type { Answer } from '../answer.ts'
import type { Expression } from '../expression.ts'
import { replaceSymbol } from './expression-shape.ts'

/** The answer with one symbol replaced by another everywhere. */
export function renameVariable(answer: Answer, from: string, to: string): Answer {
  const symbol: Expression = { kind: 'symbol', name: to }
  const rename = (part: Answer): Answer => renameVariable(part, from, to)
  switch (answer.kind) {
    case 'expression':
      return { ...answer, expression: replaceSymbol(answer.expression, from, symbol) }
    case 'interval':
      return {
        ...answer,
        low: replaceSymbol(answer.low, from, symbol),
        high: replaceSymbol(answer.high, from, symbol),
      }
    case 'tuple':
    case 'list':
    case 'set':
      return { ...answer, items: answer.items.map(rename) }
    case 'set-operation':
    case 'chain':
    case 'ratio':
      return { ...answer, parts: answer.parts.map(rename) }
    case 'set-builder':
      // An inner builder of the same name binds its own.
      return answer.variable === from ? answer : { ...answer, condition: rename(answer.condition) }
    case 'relation':
      return { ...answer, left: rename(answer.left), right: rename(answer.right) }
    case 'matrix':
      return { ...answer, rows: answer.rows.map((row) => row.map(rename)) }
    default:
      return answer
  }
}
