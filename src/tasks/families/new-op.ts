// new-op: operators defined in the prompt, then an expression over them, `a@b=2a+b. 3@(4@1)=`. The trace expands and
// evaluates from the inside out.
import { z } from 'zod'
import type { Rng } from '../../base/rng.ts'
import { taskOf } from '../family/task-of.ts'
import { quote } from '../verdict.ts'
import type { Side, Tree } from './expression-tree.ts'
import { drawTree, leaves, treeText, withLeaves } from './expression-tree.ts'
import type { Operator } from './new-op-operator.ts'
import {
  applyOperator,
  definition,
  drawOperator,
  expansion,
  operand,
  operatorSigns,
  sizeBound,
} from './new-op-operator.ts'
import { badSlot, fillNumber, numberedSlots } from './numbered-slots.ts'
import type { Write } from './worked-steps.ts'
import { nearMiss, workedSteps } from './worked-steps.ts'

/** The tree's signs are those of the operators. */
type NewOp = { readonly operators: readonly Operator[]; readonly tree: Tree }

type NewOpKnobs = {
  readonly operators: number
  readonly depth: number
  readonly operations: number
  readonly condition: number
  readonly largest: number
}

// The commonest answer's share of 2,000 problems a level, where that is more than noise.
const chances = [0.04, 0.025, 0.015, 0.01, 0.005]
// Values on the way stay within this, so that no step is long.
const longestValue = 9999

function draw({ operators, depth, operations, condition, largest }: NewOpKnobs, rng: Rng): NewOp {
  const signs = operatorSigns.slice(0, operators)
  // Each operator occurs as long as there are operations for it.
  const queue = rng.shuffle(Array.from({ length: operations }, (_, i) => signs[i] ?? rng.pick(signs)))
  const parts = { number: () => rng.int(largest + 1), sign: () => queue.pop() ?? rng.pick(signs) }
  const tree = drawTree(depth, operations, parts, rng)
  return { operators: signs.map((sign) => drawOperator(sign, condition, rng)), tree }
}

function operatorOf({ operators }: NewOp, sign: string): Operator {
  return operators.find((operator) => operator.sign === sign) ?? operators[0]
}

/** Works the tree out from the inside, the left side first. */
function evaluate(instance: NewOp, each: (operator: Operator, a: number, b: number) => number): number {
  const value = (node: Tree): number => {
    if (typeof node === 'number') return node
    const a = value(node[1])
    return each(operatorOf(instance, node[0]), a, value(node[2]))
  }
  return value(instance.tree)
}

function work(instance: NewOp, write: Write): string {
  return `${evaluate(instance, (operator, a, b) => write(expansion(operator, a, b), applyOperator(operator, a, b)))}`
}

function join(sign: string, left: Side, right: Side): string {
  const side = ({ tree, text }: Side): string => (typeof tree === 'number' ? text : `(${text})`)
  return `${side(left)}${sign}${side(right)}`
}

function expression({ tree }: NewOp): string {
  return `${treeText(tree, operand, join)}=`
}

const answerOf = (instance: NewOp): number => evaluate(instance, applyOperator)
const wrongAnswer = (instance: NewOp, rng: Rng): string => `${nearMiss(answerOf(instance), rng)}`
const worked = workedSteps(work, wrongAnswer)

function withNumber(instance: NewOp, at: number, number: number): NewOp {
  return { ...instance, tree: withLeaves(instance.tree, leaves(instance.tree).with(at, number)) }
}

/** The largest number in this place with which no value can grow long; undefined when there is none. */
function slotTop(instance: NewOp, at: number): number | undefined {
  return [99, 20, 9].find(
    (top) => evaluate(withNumber(instance, at, top), (op, a, b) => sizeBound(op, Math.abs(a), Math.abs(b))) < 1e9,
  )
}

/** Expressions over operators that the prompt defines. */
export const newOp = taskOf<NewOp, NewOpKnobs>({
  id: 'new-op',
  summary: 'Evaluate an expression over operators that the prompt defines: `a@b=2a+b. 3@(4@1)=`.',
  rules: [
    'Definitions come first, each closed by a full stop and a space; then an expression over integers and defined operators,',
    'then =. A definition is a@b=formula or a@b=test?formula:formula, with @, &, $ or ~ as the sign; the first formula holds',
    'when the test is true, else the second. Tests: a>b, a<b, a%2=0 (a is even). A formula is a sum of terms ab (a times b),',
    'a, b and a number, with a factor before the letters (2a is twice a). An operation inside another is in parentheses, as is',
    'a number below zero. Right is the value as a decimal integer: no leading zeros, no +, no spaces, 0 never as -0.',
    'Steps go from the inside out, the left side first, each with the outcome of the test if there is one, then the operation,',
    'the formula with the numbers put in, and the value: `4@1=2*4+1=9;3@9=2*3+9=15;#15`, `4>9 no:4@9=4-9=-5`.',
  ].join(' '),
  tags: ['arithmetic', 'in-context-rule', 'nesting'],
  knobs: z.object({
    operators: z.int().min(1).max(4).optional().describe('How many operators are defined.'),
    depth: z.int().min(1).max(5).optional().describe('Operations on the longest path of the expression.'),
    operations: z.int().min(1).max(12).optional().describe('Operations in all; moved into what the depth allows.'),
    condition: z.number().min(0).max(1).optional().describe('Share of operators with a test.'),
    largest: z.int().min(5).max(99).optional().describe('Largest number in the expression.'),
  }),
  ladder: [
    { operators: 1, depth: 1, operations: 1, condition: 0, largest: 9 },
    { operators: 1, depth: 2, operations: 2, condition: 0.25, largest: 9 },
    { operators: 2, depth: 2, operations: 3, condition: 0.5, largest: 9 },
    { operators: 3, depth: 3, operations: 5, condition: 0.5, largest: 12 },
    { operators: 4, depth: 4, operations: 8, condition: 0.75, largest: 12 },
  ],
  alphabet: '0123456789ab@&$~+-*%<>=?:(). yesno;#',
  draw,
  accept(instance) {
    let isShort = true
    evaluate(instance, (operator, a, b) => {
      const value = applyOperator(operator, a, b)
      isShort &&= Math.abs(value) <= longestValue
      return value
    })
    return isShort
  },
  prompt: (instance) =>
    `${instance.operators.map((operator) => `${definition(operator)}. `).join('')}${expression(instance)}`,
  ...worked,
  judge(instance, answer) {
    const right = `${answerOf(instance)}`
    return answer === right || `${quote(answer)} is not the value ${right}`
  },
  wrongAnswer,
  chance: (level) => chances[level - 1],
  slots: (instance) =>
    numberedSlots(leaves(instance.tree).length, [0, 99]).flatMap(({ name }, at) => {
      const top = slotTop(instance, at)
      return top === undefined ? [] : [{ name, range: [0, top] as const }]
    }),
  fill(instance, slot, value) {
    if (Math.abs(value) > 1e6) throw badSlot(slot, value)
    return { ...instance, tree: withLeaves(instance.tree, fillNumber(leaves(instance.tree), slot, value)) }
  },
  perturb(instance, rng) {
    const numbers = leaves(instance.tree)
    const others = rng.shuffle([...numbers.keys()]).map((at) => withNumber(instance, at, nearMiss(numbers[at], rng)))
    return others.find((other) => answerOf(other) !== answerOf(instance))
  },
  // The definition of an operator that occurs goes missing.
  unanswerable(instance, rng) {
    const text = expression(instance)
    const missing = rng.shuffle(instance.operators).find(({ sign }) => text.includes(sign))
    const others = instance.operators.filter((operator) => operator !== missing)
    return missing === undefined ? undefined : others.map((operator) => `${definition(operator)}. `).join('') + text
  },
})
