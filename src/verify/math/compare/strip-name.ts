// An answer with the name it is given: `x = 3` is 3 named x, `x = 1 or x = 2` is the list 1, 2 named x, `x in \{1, 2\}`
// the set named x, `(x, y) = (1, 2)` and `x = 1, y = 2` are the tuple (1, 2) named x,y. A name is a symbol alone, or an
// unknown function of symbols, that does not occur in the value. A single equation may also name a quantity: x/y = 3/4.
import type { Answer } from '../answer.ts'
import type { Expression } from '../expression.ts'
import { contentsOf, isConstant } from './expression-shape.ts'
import { treeKey } from './tree-key.ts'

export interface Named {
  /** Undefined when the answer has no name. Several names are joined by commas. */
  readonly name?: string
  readonly answer: Answer
  /** Whether the tuple was written as one equation per variable, so that it may stand for a plain list. */
  readonly isRecord?: boolean
  /** What is named is a function of these variables, all different. */
  readonly call?: { readonly name: string; readonly parameters: readonly string[] }
}

/** Takes the name off an answer that has one. */
export function stripName(answer: Answer): Named {
  if (answer.kind === 'relation') {
    const { left, sign, right } = answer
    return stripRelation(left, sign, right) ?? stripQuantity(left, sign, right) ?? { answer }
  }
  if (answer.kind !== 'list' || answer.items.length === 0) return { answer }
  const items = answer.items.map(stripItem)
  const names = items.map((item) => item.name)
  const [first] = names
  if (first === undefined || names.includes(undefined)) return { answer }
  if (names.every((name) => name === first)) {
    // The values of one variable, whatever joins them.
    const { connective, ...rest } = answer
    return { name: first, answer: { ...rest, items: items.flatMap((item) => flatten(item.answer)) } }
  }
  // x = 1 or y = 2 gives no value of either.
  if (answer.connective === 'or') return { answer }
  if (new Set(names).size !== names.length) return { answer }
  const sorted = items.toSorted((a, b) => compareNames(a.name, b.name))
  return {
    name: sorted.map((item) => item.name).join(','),
    answer: { kind: 'tuple', items: sorted.map((item) => item.answer) },
    isRecord: true,
  }
}

function stripItem(answer: Answer): Named {
  if (answer.kind !== 'relation') return stripName(answer)
  return stripRelation(answer.left, answer.sign, answer.right) ?? { answer }
}

/** x/y = 3/4 and f(2) = 5 give the value of a quantity; 2x = 3 and x + 1 = 3 are equations for x. */
function stripQuantity(left: Answer, sign: string, right: Answer): Named | undefined {
  if (sign !== '=' || right.kind !== 'expression' || !isConstant(right.expression)) return undefined
  if (left.kind !== 'expression' || !isQuantity(left.expression)) return undefined
  return { name: treeKey(left.expression), answer: right }
}

function isQuantity(expression: Expression): boolean {
  if (expression.kind === 'unknown-call') return expression.name !== 'log'
  if (expression.kind !== 'quotient') return false
  const { top, bottom } = expression
  const names = [top, bottom].map((side) => [...contentsOf(side).symbols])
  return isOfLetters(top) && isOfLetters(bottom) && !names[0].some((name) => names[1].includes(name))
}

function isOfLetters(expression: Expression): boolean {
  if (expression.kind === 'product') return expression.factors.every(isOfLetters)
  return expression.kind === 'symbol'
}

function compareNames(a = '', b = ''): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function flatten(answer: Answer): readonly Answer[] {
  return answer.kind === 'list' ? answer.items : [answer]
}

function stripRelation(left: Answer, sign: string, right: Answer): Named | undefined {
  if (sign === '∈') {
    const name = nameOf(left)
    const isSet = right.kind === 'set' || right.kind === 'list'
    return name === undefined || !isSet ? undefined : { name, answer: right }
  }
  if (sign !== '=' && sign !== '≈') return undefined
  const found = assigned(left, right) ?? assigned(right, left)
  if (found === undefined || sign === '=') return found
  return { ...found, answer: { ...found.answer, approximate: true } }
}

function assigned(left: Answer, right: Answer): Named | undefined {
  const name = nameOf(left)
  if (name !== undefined) {
    // x = y is an equation between two variables, not a value of one.
    const isValue = nameOf(right) === undefined && !mentions(right, name)
    return isValue ? { name, answer: right, ...callOf(left) } : undefined
  }
  if (left.kind !== 'tuple' || (right.kind !== 'tuple' && right.kind !== 'list' && right.kind !== 'set'))
    return undefined
  const names = left.items.map(nameOf)
  if (names.includes(undefined) || names.length === 0) return undefined
  return { name: names.join(','), answer: right }
}

function nameOf(answer: Answer): string | undefined {
  if (answer.kind === 'choice') return answer.letter
  return answer.kind === 'expression' ? nameOfExpression(answer.expression) : undefined
}

function nameOfExpression(expression: Expression): string | undefined {
  if (expression.kind === 'symbol') return expression.name
  if (expression.kind !== 'unknown-call' || expression.name === 'log') return undefined
  const inner = expression.arguments.map((argument) => (argument.kind === 'symbol' ? argument.name : undefined))
  return inner.includes(undefined) ? undefined : `${expression.name}(${inner.join(' ')})`
}

function callOf(left: Answer): Pick<Named, 'call'> {
  if (left.kind !== 'expression' || left.expression.kind !== 'unknown-call') return {}
  const { name, arguments: list } = left.expression
  const parameters = list.flatMap((argument) => (argument.kind === 'symbol' ? [argument.name] : []))
  return new Set(parameters).size === list.length ? { call: { name, parameters } } : {}
}

function mentions(answer: Answer, name: string): boolean {
  if (answer.kind !== 'expression') return false
  const { symbols, hasUnknownCall } = contentsOf(answer.expression)
  if (symbols.has(name)) return true
  if (!hasUnknownCall) return false
  return holdsCall(answer.expression, name.split('(')[0])
}

function holdsCall(expression: Expression, name: string): boolean {
  return expression.kind === 'unknown-call' && expression.name === name
}
