// Whether two answers are written alike, tree by tree: the first and cheapest rung, and the only one for what cannot be
// computed.
import type { Answer } from '../answer.ts'
import { isSameTree } from './expression-shape.ts'

/** Same kind, same parts in the same order, same unit and percent sign. */
export function isSameAnswer(a: Answer, b: Answer): boolean {
  if (a.unit !== b.unit || a.percent !== b.percent) return false
  switch (a.kind) {
    case 'expression':
      return b.kind === 'expression' && isSameTree(a.expression, b.expression)
    case 'list':
      // Lists that are the same whatever joins them are left to compare-containers.ts.
      return b.kind === 'list' && a.connective === b.connective && areSame(a.items, b.items)
    case 'tuple':
    case 'set':
      return a.kind === b.kind && areSame(a.items, b.items)
    case 'interval':
      return (
        b.kind === 'interval' &&
        a.lowClosed === b.lowClosed &&
        a.highClosed === b.highClosed &&
        isSameTree(a.low, b.low) &&
        isSameTree(a.high, b.high)
      )
    case 'set-operation':
      return b.kind === 'set-operation' && a.operator === b.operator && areSame(a.parts, b.parts)
    case 'named-set':
      return b.kind === 'named-set' && a.name === b.name
    case 'set-builder':
      return b.kind === 'set-builder' && a.variable === b.variable && isSameAnswer(a.condition, b.condition)
    case 'relation':
      return (
        b.kind === 'relation' && a.sign === b.sign && isSameAnswer(a.left, b.left) && isSameAnswer(a.right, b.right)
      )
    case 'chain':
      return b.kind === 'chain' && a.signs.join() === b.signs.join() && areSame(a.parts, b.parts)
    case 'matrix':
      return b.kind === 'matrix' && a.rows.length === b.rows.length && a.rows.every((row, i) => areSame(row, b.rows[i]))
    case 'choice':
      return b.kind === 'choice' && a.letter === b.letter
    case 'ratio':
      return b.kind === 'ratio' && areSame(a.parts, b.parts)
    case 'text':
      return b.kind === 'text' && a.text === b.text
  }
}

function areSame(a: readonly Answer[], b: readonly Answer[]): boolean {
  return a.length === b.length && a.every((item, i) => isSameAnswer(item, b[i]))
}
