// Steps of gsm-dag, `C=A*B=3*7=21`: writing them, scoring each, and the process reward of a whole solution
// (Interplay of pre-training, mid-training and RL, arXiv 2512.07783: penalties over the step graph, divided by its size).
// Steps may come in any order that works; a quantity counts once.

import type { Operand, Quantity } from './gsm-dag-graph.ts'
import { applySign, neededFor, valuesOf } from './gsm-dag-graph.ts'
import type { Write } from './worked-steps.ts'

/** A graph and the quantity that is asked for. */
export type Question = { readonly quantities: readonly Quantity[]; readonly asked: string }

const longestStep = 120
const integer = /^-?\d{1,15}$/
const shown = (number: number): string => (number < 0 ? `(${number})` : `${number}`)

/** Works out every needed quantity in turn; returns the answer. */
export function workQuestion({ quantities, asked }: Question, write: Write): string {
  const values = new Map<Operand, number>()
  const worth = (operand: Operand): number => (typeof operand === 'number' ? operand : (values.get(operand) ?? 0))
  for (const { name, sign, left, right } of neededFor(quantities, asked)) {
    const [a, b] = [worth(left), worth(right)]
    values.set(
      name,
      sign === '=' ? a : write(`${name}=${left}${sign}${right}=${a}${sign}${shown(b)}`, applySign(sign, a, b)),
    )
  }
  return `${values.get(asked)}`
}

interface ReadStep {
  readonly name: string
  readonly formula: string
  readonly numbers: string
  readonly value: number
}

function readStep(step: string): ReadStep | undefined {
  const [name, formula, numbers, value, ...more] = step.length > longestStep ? [] : step.split('=')
  if (value === undefined || more.length > 0 || !integer.test(value) || String(Number(value)) !== value)
    return undefined
  return { name, formula, numbers, value: Number(value) }
}

/** 1 for a needed quantity by its own formula with the values written before, each quantity once; else 0. */
export function scoreSteps({ quantities, asked }: Question, steps: readonly string[]): readonly number[] {
  const needed = new Map(neededFor(quantities, asked).map((quantity) => [quantity.name, quantity]))
  const known = new Map<Operand, number>()
  for (const { name, sign, left } of needed.values()) if (sign === '=') known.set(name, Number(left))
  const worth = (operand: Operand): number | undefined => (typeof operand === 'number' ? operand : known.get(operand))
  return steps.map((step) => {
    const read = readStep(step)
    const quantity = read === undefined ? undefined : needed.get(read.name)
    if (read === undefined || quantity === undefined || known.has(read.name)) return 0
    const { sign, left, right } = quantity
    const [a, b] = [worth(left), worth(right)]
    if (read.formula !== `${left}${sign}${right}` || a === undefined || b === undefined) return 0
    known.set(read.name, read.value)
    return read.numbers === `${a}${sign}${shown(b)}` && read.value === applySign(sign, a, b) ? 1 : 0
  })
}

/**
 * `max(0, 1 - penalty / N)` for a solution against the N operations that are needed. One penalty each for a wrong value,
 * a wrong formula, a missing operation, a step too many (at most N), and a wrong answer.
 */
export function processReward(question: Question, steps: readonly string[], answer: string): number {
  const { quantities, asked } = question
  const values = valuesOf(quantities)
  const operations = neededFor(quantities, asked).filter(({ sign }) => sign !== '=')
  const due = new Map(operations.map((quantity) => [quantity.name, quantity]))
  let penalty = answer === `${values.get(asked)}` ? 0 : 1
  let extra = 0
  for (const step of steps) {
    const read = readStep(step)
    const quantity = read === undefined ? undefined : due.get(read.name)
    if (read === undefined || quantity === undefined) {
      extra++
      continue
    }
    due.delete(read.name)
    if (read.value !== values.get(read.name)) penalty++
    if (read.formula !== `${quantity.left}${quantity.sign}${quantity.right}`) penalty++
  }
  penalty += due.size + Math.min(extra, operations.length)
  return Math.max(0, 1 - penalty / operations.length)
}
