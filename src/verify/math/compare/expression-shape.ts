// Questions about an expression's tree, and the few changes made to it: what it holds, whether two are the same tree,
// replacing a symbol. No arithmetic.
import type { Answer } from '../answer.ts'
import type { Expression, FunctionName, Rational } from '../expression.ts'

/** The direct parts of an expression. */
export function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'number':
    case 'constant':
    case 'symbol':
      return []
    case 'sum':
      return expression.terms
    case 'product':
      return expression.factors
    case 'quotient':
      return [expression.top, expression.bottom]
    case 'power':
      return [expression.base, expression.exponent]
    case 'negative':
    case 'plus-minus':
      return [expression.of]
    case 'call':
    case 'unknown-call':
      return expression.arguments
  }
}

/** The expression with every direct part changed. */
export function mapParts(expression: Expression, change: (part: Expression) => Expression): Expression {
  switch (expression.kind) {
    case 'number':
    case 'constant':
    case 'symbol':
      return expression
    case 'sum':
      return { kind: 'sum', terms: expression.terms.map(change) }
    case 'product':
      return { kind: 'product', factors: expression.factors.map(change) }
    case 'quotient':
      return { kind: 'quotient', top: change(expression.top), bottom: change(expression.bottom) }
    case 'power':
      return { kind: 'power', base: change(expression.base), exponent: change(expression.exponent) }
    case 'negative':
      return { kind: 'negative', of: change(expression.of) }
    case 'plus-minus':
      return { ...expression, of: change(expression.of) }
    case 'call':
      return { kind: 'call', name: expression.name, arguments: expression.arguments.map(change) }
    case 'unknown-call':
      return { kind: 'unknown-call', name: expression.name, arguments: expression.arguments.map(change) }
  }
}

/** What an expression holds, found in one walk. */
export interface Contents {
  readonly symbols: ReadonlySet<string>
  readonly calls: ReadonlySet<FunctionName>
  readonly numbers: readonly Rational[]
  readonly hasImaginary: boolean
  readonly hasInfinity: boolean
  readonly hasPlusMinus: boolean
  readonly hasUnknownCall: boolean
}

export function contentsOf(...expressions: readonly Expression[]): Contents {
  const symbols = new Set<string>()
  const calls = new Set<FunctionName>()
  const numbers: Rational[] = []
  const found = { hasImaginary: false, hasInfinity: false, hasPlusMinus: false, hasUnknownCall: false }
  const stack = [...expressions]
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node.kind === 'symbol') symbols.add(node.name)
    else if (node.kind === 'call') calls.add(node.name)
    else if (node.kind === 'number') numbers.push(node.value)
    else if (node.kind === 'plus-minus') found.hasPlusMinus = true
    else if (node.kind === 'unknown-call') found.hasUnknownCall = true
    else if (node.kind === 'constant') {
      if (node.name === 'i') found.hasImaginary = true
      if (node.name === 'infinity') found.hasInfinity = true
    }
    stack.push(...partsOf(node))
  }
  return { symbols, calls, numbers, ...found }
}

/** Whether no variable occurs. */
export function isConstant(expression: Expression): boolean {
  return expression.kind === 'symbol' ? false : partsOf(expression).every(isConstant)
}

/** Whether two trees are the same; 0.50 and 1/2 read from one number count as the same. */
export function isSameTree(a: Expression, b: Expression): boolean {
  if (a.kind === 'number')
    return b.kind === 'number' && a.value.top === b.value.top && a.value.bottom === b.value.bottom
  if (a.kind !== b.kind) return false
  if (a.kind === 'plus-minus' && b.kind === 'plus-minus' && a.isOpposite !== b.isOpposite) return false
  if ('name' in a && 'name' in b && a.name !== b.name) return false
  const left = partsOf(a)
  const right = partsOf(b)
  return left.length === right.length && left.every((part, i) => isSameTree(part, right[i]))
}

/** The expression with a symbol replaced everywhere. */
export function replaceSymbol(expression: Expression, name: string, by: Expression): Expression {
  if (expression.kind === 'symbol') return expression.name === name ? by : expression
  return mapParts(expression, (part) => replaceSymbol(part, name, by))
}

/** A symbol alone. */
export function symbolName(expression: Expression): string | undefined {
  return expression.kind === 'symbol' ? expression.name : undefined
}

export function numberExpression(value: Rational): Expression {
  return { kind: 'number', value }
}

/** What an answer of one expression holds. */
export function expressionOf(answer: Answer): Expression | undefined {
  return answer.kind === 'expression' ? answer.expression : undefined
}
