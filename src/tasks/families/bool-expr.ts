// Values of propositional formulas, one or several at once. Parentheses stand around every operation inside another,
// so no order of precedence is needed.
import { z } from 'zod'
import type { Rng } from '../../base/rng.ts'
import type { Family, Judgement, Solution } from '../family/family.ts'
import { taskOf } from '../family/task-of.ts'
import { quote } from '../verdict.ts'
import type { BoolNode } from './bool-expr-tree.ts'
import { boolSteps, boolValue, readBool, showBool } from './bool-expr-tree.ts'

interface BoolKnobs {
  readonly depth: number
  readonly formulas: number
}

export type BoolInstance = { readonly formulas: readonly BoolNode[] }

const ladder = [
  { depth: 3, formulas: 1 },
  { depth: 4, formulas: 1 },
  { depth: 4, formulas: 2 },
  { depth: 5, formulas: 3 },
  { depth: 7, formulas: 4 },
] as const satisfies readonly BoolKnobs[]

const signs = ['&', '|', '^'] as const

/** A chain of operations of this depth; the other side of each is a constant or one operation. */
function drawFormula(depth: number, rng: Rng): BoolNode {
  const constant = (): BoolNode => (rng.int(2) === 1 ? 'T' : 'F')
  const negate = (node: BoolNode): BoolNode => (rng.int(4) === 0 ? ['!', node] : node)
  let node: BoolNode = [rng.pick(signs), negate(constant()), negate(constant())]
  for (let level = 2; level <= depth; level++) {
    const side: BoolNode = rng.int(3) === 0 ? [rng.pick(signs), negate(constant()), constant()] : constant()
    const parts: BoolNode[] = rng.shuffle([negate(node), negate(side)])
    node = [rng.pick(signs), parts[0], parts[1]]
  }
  return node
}

function solve({ formulas }: BoolInstance): Solution {
  return { steps: formulas.flatMap((node) => boolSteps(node)), answer: formulas.map(letter).join('') }
}

function letter(node: BoolNode): string {
  return boolValue(node) ? 'T' : 'F'
}

function judge(instance: BoolInstance, answer: string): Judgement {
  const right = instance.formulas.map(letter).join('')
  if (answer === right) return true
  if (answer.length !== right.length || !/^[TF]+$/.test(answer))
    return `${quote(answer)} is not ${right.length} letters T or F`
  return `formula ${[...right].findIndex((char, i) => char !== answer[i]) + 1} has the other value`
}

/** One value turned round. */
function wrongAnswer({ formulas }: BoolInstance, rng: Rng): string {
  const at = rng.int(formulas.length)
  return formulas.map((node, i) => ((boolValue(node) ? i !== at : i === at) ? 'T' : 'F')).join('')
}

/** Someone who misreads one constant, where that matters. */
function wrongSolution(instance: BoolInstance, rng: Rng): Solution {
  const changed = perturb(instance, rng)
  if (changed === undefined) return { steps: solve(instance).steps, answer: wrongAnswer(instance, rng) }
  return solve(changed)
}

/** One constant turned round, so that the answer changes. */
function perturb(instance: BoolInstance, rng: Rng): BoolInstance | undefined {
  const right = solve(instance).answer
  const texts = instance.formulas.map(showBool)
  const places = texts.flatMap((text, f) => [...text].flatMap((char, at) => ('TF'.includes(char) ? [{ f, at }] : [])))
  for (const { f, at } of rng.shuffle(places)) {
    const text = `${texts[f].slice(0, at)}${texts[f][at] === 'T' ? 'F' : 'T'}${texts[f].slice(at + 1)}`
    const formulas = instance.formulas.with(f, readBool(text) ?? 'T')
    if (formulas.map(letter).join('') !== right) return { formulas }
  }
  return undefined
}

/** A step has the value of the formula that is being reduced and is shorter than what stood there. */
function stepScores({ formulas }: BoolInstance, steps: readonly string[]): number[] {
  let at = 0
  let length = formulas.length > 0 ? showBool(formulas[0]).length : 0
  return steps.map((step) => {
    const node = step.length < length ? readBool(step) : undefined
    if (node === undefined || at >= formulas.length || boolValue(node) !== boolValue(formulas[at])) return 0
    length = step.length
    if (length === 1) {
      at++
      length = at < formulas.length ? showBool(formulas[at]).length : 0
    }
    return 1
  })
}

/** Propositional formulas without variables. */
export const boolExpr = taskOf<BoolInstance, BoolKnobs>({
  id: 'bool-expr',
  summary: 'Find the truth values of formulas, e.g. `(T^F)&!(F|T)=` has the answer F and `T|F,!T&F=` has TF.',
  rules:
    'The prompt is one or more formulas joined by `,` and followed by `=`. `T` is true, `F` false, `!` negates what ' +
    'follows it (a constant, another `!` or a pair of parentheses), `&` is and, `|` is or, `^` is true when exactly ' +
    'one side is true. An operation inside another or under `!` always stands in parentheses. The answer is one ' +
    'letter T or F for each formula, in order, nothing between them. Steps reduce the formulas in turn: each writes ' +
    'the formula with all its innermost operations replaced by their values, down to T or F.',
  tags: ['logic', 'evaluation'],
  knobs: z.object({
    depth: z.int().min(1).max(10).optional().describe('Operations inside each other, negation not counted.'),
    formulas: z.int().min(1).max(8).optional().describe('Formulas in a problem.'),
  }),
  ladder,
  alphabet: 'TF!&|^(),=;#',
  draw: ({ depth, formulas }, rng) => ({ formulas: Array.from({ length: formulas }, () => drawFormula(depth, rng)) }),
  prompt: ({ formulas }) => `${formulas.map(showBool).join(',')}=`,
  solve,
  judge,
  wrongAnswer,
  wrongSolution,
  stepScores,
  chance: (level) => 2 ** -ladder[level - 1].formulas,
  perturb,
} satisfies Family<BoolInstance, BoolKnobs>)
