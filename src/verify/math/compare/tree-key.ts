// The tree of an expression as a text: equal texts are equal trees.
import type { Expression } from '../expression.ts'
import { showExact } from '../number/rational.ts'
import { partsOf } from './expression-shape.ts'

export function treeKey(expression: Expression): string {
  if (expression.kind === 'number') return showExact(expression.value)
  const own = 'name' in expression ? expression.name : ''
  return `${expression.kind} ${own}(${partsOf(expression).map(treeKey).join(',')})`
}
