// The size of an answer's tree, measured without recursion, so that whoever walks it later may recurse.
import type { Answer } from '../answer.ts'
import type { Expression } from '../expression.ts'
import { limits } from '../limits.ts'

/** Tree levels that one level of brackets may take: a sum of products of powers of a quotient. */
const levelsPerBracket = 4

type Node = Answer | Expression

/** Whether the tree has at most the nodes and levels that the limits allow. */
export function hasSaneSize(answer: Answer): boolean {
  const open: (readonly [node: Node, depth: number])[] = [[answer, 1]]
  let nodes = 0
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [node, depth] = next
    if (++nodes > limits.nodes || depth > levelsPerBracket * limits.depth) return false
    for (const child of children(node)) open.push([child, depth + 1])
  }
  return true
}

function children(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'expression':
      return [node.expression]
    case 'tuple':
    case 'list':
    case 'set':
      return node.items
    case 'interval':
      return [node.low, node.high]
    case 'set-operation':
    case 'chain':
    case 'ratio':
      return node.parts
    case 'set-builder':
      return [node.condition]
    case 'relation':
      return [node.left, node.right]
    case 'matrix':
      return node.rows.flat()
    case 'sum':
      return node.terms
    case 'product':
      return node.factors
    case 'quotient':
      return [node.top, node.bottom]
    case 'power':
      return [node.base, node.exponent]
    case 'negative':
    case 'plus-minus':
      return [node.of]
    case 'call':
    case 'unknown-call':
      return node.arguments
    case 'named-set':
    case 'choice':
    case 'text':
    case 'number':
    case 'constant':
    case 'symbol':
      return []
    default:
      return node satisfies never
  }
}
