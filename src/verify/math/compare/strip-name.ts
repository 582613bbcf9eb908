// An answer with the name it is given: `x = 3` is 3 named x, `x = 1 or x = 2` is the list 1, 2 named x, `x in \{1, 2\}`
// the set named x, `(x, y) = (1, 2)` and `x = 1, y = 2` are the tuple (1, 2) named x,y. A name is a symbol alone, or an
// unknown function of symbols, that does not occur in the value. A single equation may also name a quantity: x/y = 3/4.
import type { Answer } from '../answer.ts'
import type { Expression } from '../expression.ts'
import { contentsOf, isConstant } from './expression-shape.ts'
import { treeKey } from './tree-key.ts'
import { usualOrder } from './usual-order.ts'

export interface Named {
  /** Undefined when the answer has no name. Several names are joined by commas. */
  readonly name?: string
  readonly answer: Answer
  /** Whether the tuple was written as one equation per variable, so that it may stand for a plain list. */
  readonly isRecord?: boolean
  /** The names of a tuple, in the order of its items. */
  readonly names?: readonly string[]
  /** The one value of several names, x = y = 1, which may stand alone. */
  readonly only?: Answer
  /** What is named is a function of these variables, all different. */
  readonly call?: { readonly name: string; readonly parameters: readonly string[] }
}

/** Takes the name off an answer that has one. */
export function stripName(answer: Answer): Named {
  if (answer.kind === 'relation') {
    const { left, sign, right } = answer
    return stripRelation(left, sign, right) ?? stripQuantity(left, sign, right) ?? { answer }
  }
  if (answer.kind === 'chain') return stripChain(answer.parts, answer.signs) ?? { answer }
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
    names: sorted.map((item) => item.name ?? ''),
    answer: { kind: 'tuple', items: sorted.map((item) => item.answer) },
    isRecord: true,
  }
}

/** x = y = 1 gives the value of x and of y, and AB = BC = 5 two lengths. */
function stripChain(parts: readonly Answer[], signs: readonly string[]): Named | undefined {
  if (signs.some((sign) => sign !== '=')) return undefined
  const value = parts[parts.length - 1]
  if (value.kind !== 'expression' || !isConstant(value.expression)) return undefined
  const names = parts.slice(0, -1).map((part) => nameOf(part) ?? lengthOf(part))
  const known = names.flatMap((name) => name ?? [])
  if (known.length !== names.length || new Set(known).size !== known.length) return undefined
  const sorted = known.toSorted(compareNames)
  return {
    name: sorted.join(','),
    names: sorted,
    answer: { kind: 'tuple', items: sorted.map(() => value) },
    isRecord: true,
    only: value,
  }
}

function lengthOf(part: Answer): string | undefined {
  if (part.kind === 'text') return part.text
  if (part.kind !== 'expression') return undefined
  const { expression } = part
  const isName = expression.kind === 'product' ? isOfLetters(expression) : isQuantity(expression)
  return isName ? treeKey(expression) : undefined
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
    // x = y is an equation between two variables, not a value of one; f(x) = x is a function.
    const call = callOf(left)
    const other = nameOf(right)
    const isValue = (other === undefined || call.call?.parameters.includes(other)) && !mentions(right, name)
    return isValue ? { name, answer: right, ...call } : undefined
  }
  if (left.kind !== 'tuple' || (right.kind !== 'tuple' && right.kind !== 'list' && right.kind !== 'set'))
    return undefined
  const names = left.items.flatMap((item) => nameOf(item) ?? [])
  if (names.length !== left.items.length || names.length === 0) return undefined
  const order = usualOrder(names)
  return {
    name: order.map((i) => names[i]).join(','),
    answer: inOrder(right, order),
    names: order.map((i) => names[i]),
  }
}

/** The items of a tuple, or of every tuple in a list, so ordered. */
function inOrder(answer: Answer, order: readonly number[]): Answer {
  if (order.every((from, i) => from === i)) return answer
  if (answer.kind === 'tuple') {
    if (answer.items.length !== order.length) return answer
    const { mayBeInterval, ...rest } = answer
    return { ...rest, items: order.map((i) => answer.items[i]) }
  }
  if (answer.kind !== 'list' && answer.kind !== 'set') return answer
  return { ...answer, items: answer.items.map((item) => inOrder(item, order)) }
}

/** The named tuple with its items in the order of these names; undefined when the names are others. */
export function reordered({ answer, names = [], ...rest }: Named, wanted: readonly string[] = []): Named | undefined {
  if (names.length === 0 || names.length !== wanted.length || new Set(wanted).size !== wanted.length) return undefined
  const order = wanted.map((name) => names.indexOf(name))
  return order.includes(-1)
    ? undefined
    : { ...rest, name: wanted.join(','), names: wanted, answer: inOrder(answer, order) }
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
