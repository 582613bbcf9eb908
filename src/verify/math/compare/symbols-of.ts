// The variables of an answer, wherever they stand in it.
import type { Answer } from '../answer.ts'
import { contentsOf } from './expression-shape.ts'

export function symbolsOf(answer: Answer): ReadonlySet<string> {
  switch (answer.kind) {
    case 'expression':
      return contentsOf(answer.expression).symbols
    case 'interval':
      return contentsOf(answer.low, answer.high).symbols
    case 'tuple':
    case 'list':
    case 'set':
      return union(answer.items)
    case 'set-operation':
    case 'chain':
    case 'ratio':
      return union(answer.parts)
    case 'set-builder':
      return union([answer.condition])
    case 'relation':
      return union([answer.left, answer.right])
    case 'matrix':
      return union(answer.rows.flat())
    default:
      return new Set()
  }
}

function union(parts: readonly Answer[]): ReadonlySet<string> {
  return new Set(parts.flatMap((part) => [...symbolsOf(part)]))
}
