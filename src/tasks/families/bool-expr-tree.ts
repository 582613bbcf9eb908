// A propositional formula as a tree: its text, its value, its reduction step by step, and reading of texts that a
// model wrote. Reading is one pass with a bounded depth.

/** A constant, a negation or an operation. */
export type BoolNode = 'T' | 'F' | readonly ['!', BoolNode] | readonly ['&' | '|' | '^', BoolNode, BoolNode]

const maxLength = 400
const maxDepth = 40

/** The text, with parentheses around each operation inside another. */
export function showBool(node: BoolNode): string {
  if (typeof node === 'string') return node
  if (node.length === 2) return `!${inner(node[1])}`
  return `${inner(node[1])}${node[0]}${inner(node[2])}`
}

function inner(node: BoolNode): string {
  return node.length === 3 ? `(${showBool(node)})` : showBool(node)
}

/** The truth value. */
export function boolValue(node: BoolNode): boolean {
  if (typeof node === 'string') return node === 'T'
  const first = boolValue(node[1])
  if (node.length === 2) return !first
  const second = boolValue(node[2])
  return node[0] === '&' ? first && second : node[0] === '|' ? first || second : first !== second
}

/** The formula after each round in which all innermost operations are replaced by their values. */
export function boolSteps(node: BoolNode): string[] {
  const steps: string[] = []
  for (let rest = node; typeof rest !== 'string'; ) {
    rest = reduced(rest)
    steps.push(showBool(rest))
  }
  return steps
}

function reduced(node: BoolNode): BoolNode {
  if (typeof node === 'string') return node
  if (node.slice(1).every((part) => typeof part === 'string')) return boolValue(node) ? 'T' : 'F'
  if (node.length === 2) return ['!', reduced(node[1])]
  return [node[0], reduced(node[1]), reduced(node[2])]
}

/** The tree of a text, or undefined when it is no formula, longer than 400 characters or too deep. */
export function readBool(text: string): BoolNode | undefined {
  if (text.length > maxLength) return undefined
  let at = 0
  const unit = (depth: number): BoolNode | undefined => {
    const char = text[at++]
    if (char === 'T' || char === 'F') return char
    if (depth > maxDepth) return undefined
    if (char === '!') {
      const node = unit(depth + 1)
      return node === undefined ? undefined : ['!', node]
    }
    if (char !== '(') return undefined
    const node = operation(depth + 1)
    return text[at++] === ')' && node?.length === 3 ? node : undefined
  }
  const operation = (depth: number): BoolNode | undefined => {
    const first = unit(depth)
    const sign = text[at]
    if (first === undefined || (sign !== '&' && sign !== '|' && sign !== '^')) return first
    at++
    const second = unit(depth)
    return second === undefined ? undefined : [sign, first, second]
  }
  const node = operation(0)
  // What is written back must be the text: this refuses parentheses too many.
  return node !== undefined && at === text.length && showBool(node) === text ? node : undefined
}
