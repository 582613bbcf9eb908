// Graphs of quantities for gsm-dag: how they are drawn, which quantities a question needs, what they are worth. It does not
// know words.
import type { Rng } from '../../base/rng.ts'

/** The name of a quantity, or a number. */
export type Operand = string | number

/** A given number (`=`, in `left`), or an operation on a quantity and a quantity or number. */
export type Quantity = {
  readonly name: string
  readonly sign: '=' | '+' | '-' | '*'
  readonly left: Operand
  readonly right: Operand
}

/** What the draw of a graph goes by. */
export interface GraphShape {
  readonly operations: number
  readonly distractors: number
  /** Largest value of a quantity. */
  readonly largest: number
}

/** Most given numbers that a question needs. */
export const mostGiven = 3
const tries = 6

/** What an operation gives. */
export function applySign(sign: string, left: number, right: number): number {
  return sign === '+' ? left + right : sign === '-' ? left - right : left * right
}

/**
 * Quantities in an order in which each can be worked out. The first ones are needed for the last of them, `asked`;
 * the `distractors` after it are not.
 */
export function drawGraph(shape: GraphShape, names: readonly string[], rng: Rng) {
  const { operations, distractors, largest } = shape
  const given = 1 + rng.int(Math.min(mostGiven, operations))
  const quantities: Quantity[] = []
  const values: number[] = []
  const add = (quantity: Omit<Quantity, 'name'>, value: number): void => {
    quantities.push({ name: names[quantities.length], ...quantity })
    values.push(value)
  }
  const addGiven = (): void => {
    const number = 1 + rng.int(Math.min(20, largest))
    add({ sign: '=', left: number, right: 0 }, number)
  }
  const addOperation = (a: number, b?: number): void => {
    const { quantity, value } = drawOperation(a, b, names, values, largest, rng)
    add(quantity, value)
  }

  for (let i = 0; i < given; i++) addGiven()
  // Quantities that nothing uses yet: every operation takes one, and in the end only the asked one may be left.
  let unused = quantities.map((_, i) => i)
  for (let left = operations; left > 0; left--) {
    const [a, next] = rng.shuffle(unused)
    const other = rng.int(2) === 0 ? undefined : rng.int(quantities.length)
    const b = unused.length > left ? next : other === a ? undefined : other
    unused = [...unused.filter((i) => i !== a && i !== b), quantities.length]
    addOperation(a, b)
  }
  const asked = quantities.length - 1
  for (let i = 0; i < distractors; i++) {
    if (rng.int(3) === 0) addGiven()
    else addOperation(rng.int(quantities.length))
  }
  return { quantities, asked: names[asked] }
}

/** An operation on quantity `a` and quantity `b` (or a number) with a value from 1 to `largest` where there is one. */
function drawOperation(
  a: number,
  b: number | undefined,
  names: readonly string[],
  values: readonly number[],
  largest: number,
  rng: Rng,
): { quantity: Omit<Quantity, 'name'>; value: number } {
  for (let i = 0; i < tries; i++) {
    const sign = rng.pick(['+', '-', '*'] as const)
    const number = sign === '*' ? 2 + rng.int(8) : 1 + rng.int(20)
    const value = applySign(sign, values[a], b === undefined ? number : values[b])
    const right = b === undefined ? number : names[b]
    if (value >= 1 && value <= largest) return { quantity: { sign, left: names[a], right }, value }
  }
  if (b === undefined) {
    const sign = values[a] > 1 ? '-' : '+'
    return { quantity: { sign, left: names[a], right: 1 }, value: applySign(sign, values[a], 1) }
  }
  const [more, less] = values[a] >= values[b] ? [a, b] : [b, a]
  return { quantity: { sign: '-', left: names[more], right: names[less] }, value: values[more] - values[less] }
}

/** The order in which the quantities are told: any, or one in which each stands after what it is made of. */
export function drawOrder(
  quantities: readonly Quantity[],
  asked: string,
  isShuffled: boolean,
  rng: Rng,
): readonly number[] {
  const indices = quantities.map((_, i) => i)
  if (isShuffled) return rng.shuffle(indices)
  const needed = 1 + quantities.findIndex(({ name }) => name === asked)
  const order = indices.slice(0, needed)
  for (const i of indices.slice(needed)) {
    const { left, right } = quantities[i]
    const earliest = 1 + Math.max(...order.map((j, at) => ([left, right].includes(quantities[j].name) ? at : -1)))
    order.splice(earliest + rng.int(order.length - earliest + 1), 0, i)
  }
  return order
}

/** The value of every quantity, by name. */
export function valuesOf(quantities: readonly Quantity[]): ReadonlyMap<string, number> {
  const values = new Map<string, number>()
  const worth = (operand: Operand): number => (typeof operand === 'number' ? operand : (values.get(operand) ?? 0))
  for (const { name, sign, left, right } of quantities) {
    values.set(name, sign === '=' ? worth(left) : applySign(sign, worth(left), worth(right)))
  }
  return values
}

/** The quantities that the asked one is made of, itself included, in the order given. */
export function neededFor(quantities: readonly Quantity[], asked: string): readonly Quantity[] {
  const needed = new Set<Operand>([asked])
  for (const { name, left, right } of [...quantities].reverse()) {
    if (needed.has(name)) needed.add(left).add(right)
  }
  return quantities.filter(({ name }) => needed.has(name))
}

/** The question without names, order and distractors: each needed quantity numbered as it is first met. */
export function canonicalGraph(quantities: readonly Quantity[], asked: string): string {
  const byName = new Map(quantities.map((quantity) => [quantity.name, quantity]))
  const numbers = new Map<string, number>()
  const lines: string[] = []
  const text = (operand: Operand): string => (typeof operand === 'number' ? `${operand}` : `q${visit(operand)}`)
  const visit = (name: string): number => {
    const known = numbers.get(name)
    const quantity = byName.get(name)
    if (known !== undefined || quantity === undefined) return known ?? -1
    const { sign, left, right } = quantity
    const line = sign === '=' ? `${left}` : `${text(left)}${sign}${text(right)}`
    numbers.set(name, lines.length)
    lines.push(line)
    return lines.length - 1
  }
  visit(asked)
  return lines.join(',')
}
