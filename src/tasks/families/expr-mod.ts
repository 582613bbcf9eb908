// expr-mod: an expression with + - * and parentheses, modulo a number, `(3*4+5)%7=`. The trace works from the inside out
// and reduces every value that leaves the range, so that no number grows.
import { z } from 'zod'
import type { Rng } from '../../base/rng.ts'
import { taskOf } from '../family/task-of.ts'
import { quote } from '../verdict.ts'
import type { Side, Tree } from './expression-tree.ts'
import { drawTree, leaves, treeText, withLeaves } from './expression-tree.ts'
import { fillNumber, numberedSlots } from './numbered-slots.ts'
import type { Write } from './worked-steps.ts'
import { nearMiss, workedSteps } from './worked-steps.ts'

type ExprMod = { readonly tree: Tree; readonly modulus: number }

type ExprModKnobs = {
  readonly depth: number
  readonly operations: number
  readonly largest: number
  readonly modulus: number
}

// The commonest answer's share of 2,000 problems a level, where that is more than noise.
const chances = [0.19, 0.2, 0.18, 0.11, 0.08]
const smallestModulus = 5

function draw({ depth, operations, largest, modulus }: ExprModKnobs, rng: Rng): ExprMod {
  const parts = { number: () => 1 + rng.int(largest), sign: () => rng.pick(['+', '-', '*']) }
  const tree = drawTree(depth, operations, parts, rng)
  return { tree, modulus: smallestModulus + rng.int(modulus - smallestModulus + 1) }
}

/** Parentheses only where * before + - and left before right would read another tree. */
function join(sign: string, left: Side, right: Side): string {
  const isSum = ({ tree }: Side): boolean => typeof tree !== 'number' && tree[0] !== '*'
  const first = sign === '*' && isSum(left) ? `(${left.text})` : left.text
  const needsParentheses = sign === '*' ? typeof right.tree !== 'number' : isSum(right)
  return `${first}${sign}${needsParentheses ? `(${right.text})` : right.text}`
}

/** The expression and its modulus, perhaps with an `x` in place of one number. */
function exprText({ tree, modulus }: ExprMod, hidden?: number): string {
  return `(${treeText(tree, (value, i) => (i === hidden ? 'x' : `${value}`), join)})%${modulus}`
}

function apply(sign: string, left: number, right: number): number {
  return sign === '+' ? left + right : sign === '-' ? left - right : left * right
}

function residue(value: number, modulus: number): number {
  return ((value % modulus) + modulus) % modulus
}

function work({ tree, modulus }: ExprMod, write: Write): string {
  const reduce = (node: Tree): number => {
    if (typeof node === 'number') return node
    const left = reduce(node[1])
    const right = reduce(node[2])
    const exact = write(`${left}${node[0]}${right}`, apply(node[0], left, right))
    const isReduced = exact >= 0 && exact < modulus
    return isReduced ? exact : write(`${exact}%${modulus}`, residue(exact, modulus), modulus)
  }
  return `${residue(reduce(tree), modulus)}`
}

function evaluate({ tree, modulus }: ExprMod): number {
  const value = (node: Tree): number =>
    typeof node === 'number' ? node : residue(apply(node[0], value(node[1]), value(node[2])), modulus)
  return residue(value(tree), modulus)
}

const wrongAnswer = (instance: ExprMod, rng: Rng): string =>
  `${(evaluate(instance) + 1 + rng.int(instance.modulus - 1)) % instance.modulus}`
const worked = workedSteps(work, wrongAnswer)

function withLeaf({ tree, modulus }: ExprMod, at: number, number: number): ExprMod {
  return { tree: withLeaves(tree, leaves(tree).with(at, number)), modulus }
}

/** Values of the expression when the number at `at` is 0, 1, ... modulus-1. */
function valuesAt(instance: ExprMod, at: number): readonly number[] {
  return Array.from({ length: instance.modulus }, (_, x) => evaluate(withLeaf(instance, at, x)))
}

const leafOrder = ({ tree }: ExprMod, rng: Rng): readonly number[] => rng.shuffle([...leaves(tree).keys()])

/** Modular arithmetic with nested operations. */
export const exprMod = taskOf<ExprMod, ExprModKnobs>({
  id: 'expr-mod',
  summary: 'Evaluate an expression modulo a number: `(3*4+5)%7=`.',
  rules: [
    'The prompt is (expression)%m=, the expression over non-negative integers with + - * and parentheses.',
    '* goes before + and -, equal signs go from left to right.',
    'Right is the remainder r of the exact value with 0 <= r < m, also when the value is below zero:',
    'a decimal integer without leading zeros, sign or spaces.',
    'Steps go from the inside out, the left side first: `3*4=12;12%7=5;5+5=10;10%7=3;#3`.',
  ].join(' '),
  tags: ['arithmetic', 'modular', 'nesting'],
  knobs: z.object({
    depth: z.int().min(1).max(6).optional().describe('Signs on the longest path of the expression.'),
    operations: z.int().min(1).max(20).optional().describe('Signs in all; moved into what the depth allows.'),
    largest: z.int().min(9).max(999).optional().describe('Largest number in the expression.'),
    modulus: z.int().min(smallestModulus).max(999).optional().describe(`Largest modulus, from ${smallestModulus} up.`),
  }),
  ladder: [
    { depth: 1, operations: 1, largest: 20, modulus: 10 },
    { depth: 2, operations: 3, largest: 20, modulus: 12 },
    { depth: 3, operations: 5, largest: 30, modulus: 20 },
    { depth: 4, operations: 7, largest: 50, modulus: 50 },
    { depth: 5, operations: 10, largest: 99, modulus: 97 },
  ],
  alphabet: '0123456789+-*%()=;#x,<',
  draw,
  prompt: (instance) => `${exprText(instance)}=`,
  ...worked,
  judge(instance, answer) {
    const right = `${evaluate(instance)}`
    return answer === right || `${quote(answer)} is not the remainder ${right}`
  },
  wrongAnswer,
  chance: (level) => chances[level - 1],
  slots: ({ tree }) => numberedSlots(leaves(tree).length, [0, 999]),
  fill: ({ tree, modulus }, slot, value) => ({
    tree: withLeaves(tree, fillNumber(leaves(tree), slot, value)),
    modulus,
  }),
  // The hidden number must be the only one below the modulus that gives the value.
  invert(instance, rng) {
    const { modulus, tree } = instance
    const value = evaluate(instance)
    const isOnly = (at: number): boolean => valuesAt(instance, at).filter((other) => other === value).length === 1
    const at = leafOrder(instance, rng).find((leaf) => leaves(tree)[leaf] < modulus && isOnly(leaf))
    if (at === undefined) return undefined
    return { prompt: `${exprText(instance, at)}=${value},x<${modulus},x=`, answer: `${leaves(tree)[at]}` }
  },
  perturb(instance, rng) {
    const value = evaluate(instance)
    const others = leafOrder(instance, rng).map((at) =>
      withLeaf(instance, at, nearMiss(leaves(instance.tree)[at], rng)),
    )
    return others.find((other) => evaluate(other) !== value)
  },
  unanswerable(instance, rng) {
    const at = leafOrder(instance, rng).find((leaf) => new Set(valuesAt(instance, leaf)).size > 1)
    return at === undefined ? undefined : `${exprText(instance, at)}=`
  },
})
