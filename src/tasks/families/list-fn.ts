// list-fn: the next term of a sequence, or a list function shown by examples, `2,5,8,11,14,?`. A problem is kept only when
// all rules of the stated list that fit what is shown say the same. The trace tests hypotheses one after the other.
import { z } from 'zod'
import type { Rng } from '../../base/rng.ts'
import type { Solution } from '../family/family.ts'
import { taskOf } from '../family/task-of.ts'
import { quote } from '../verdict.ts'
import { drawFunction } from './list-fn-functions.ts'
import type { Hypothesis, ListFn } from './list-fn-hypotheses.ts'
import { hasOneAnswer, hypotheses, hypothesisNamed, outputText } from './list-fn-hypotheses.ts'
import { drawSequence } from './list-fn-sequences.ts'
import { nearMiss } from './worked-steps.ts'

type ListFnKnobs = {
  readonly complexity: number
  readonly terms: number
  readonly examples: number
  readonly items: number
  readonly kind: 'sequence' | 'list' | 'both'
}

// The commonest answer's share of 2,000 problems a level, where that is more than noise.
const chances = [0.03, 0.04, 0.02, 0.04, 0.04]
const largestTerm = 99_999
// A trace shows at most so many rules that fail, and that many lines of a model's are scored.
const mostFailures = 4
const mostLines = 12

function draw({ complexity, terms, examples, items, kind }: ListFnKnobs, rng: Rng): ListFn {
  if (kind === 'sequence' || (kind === 'both' && rng.int(2) === 0)) {
    const all = drawSequence(complexity, terms + 1, rng)
    return { kind: 'sequence', terms: all.slice(0, -1), answer: all[terms] }
  }
  const { apply } = drawFunction(complexity, rng)
  const list = (): readonly number[] => Array.from({ length: items - rng.int(2) }, () => rng.int(10))
  const shown = Array.from({ length: examples }, list).map((input) => ({ input, output: apply(input) ?? [] }))
  const query = list()
  // A function that is undefined on one of the lists is refused by `accept`: nothing then fits `[]`.
  return { kind: 'list', examples: shown, query, answer: apply(query) ?? [] }
}

/** Refuses what is ambiguous or long, a rule that changes nothing, and an undefined function. */
function accept(instance: ListFn): boolean {
  if (instance.kind === 'sequence') {
    const { terms, answer } = instance
    const isIdle = terms.every((term) => term === terms[0])
    const isShort = [...terms, answer].every((term) => Math.abs(term) <= largestTerm)
    return !isIdle && isShort && hasRule(instance) && hasOneAnswer(instance)
  }
  const { examples, query, answer } = instance
  const changes = [...examples, { input: query, output: answer }]
  const isIdle = changes.every(({ input, output }) => outputText(input) === outputText(output))
  return !isIdle && hasRule(instance) && hasOneAnswer(instance)
}

function hasRule(instance: ListFn): boolean {
  return hypotheses(instance).some(({ fits }) => fits)
}

function prompt(instance: ListFn): string {
  if (instance.kind === 'sequence') return `${instance.terms.join(',')},?`
  const shown = instance.examples.map(({ input, output }) => `${outputText(input)}>${outputText(output)},`)
  return `${shown.join('')}${outputText(instance.query)}>?`
}

/** The rules that are tried, up to the first that fits. */
function tried(instance: ListFn): readonly Hypothesis[] {
  const all = hypotheses(instance)
  const right = all.findIndex(({ fits }) => fits)
  return [...all.slice(0, right).slice(0, mostFailures), ...all.slice(right, right + 1)]
}

function solve(instance: ListFn): Solution {
  return { steps: tried(instance).map(({ line }) => line), answer: outputText(instance.answer) }
}

function wrongAnswer({ answer }: ListFn, rng: Rng): string {
  if (typeof answer === 'number') return `${nearMiss(answer, rng)}`
  if (answer.length === 0) return outputText([rng.int(10)])
  const at = rng.int(answer.length)
  return outputText(rng.int(3) === 0 ? answer.toSpliced(at, 1) : answer.with(at, nearMiss(answer[at], rng)))
}

/** A rule that fails is taken for right. */
function wrongSolution(instance: ListFn, rng: Rng): Solution {
  const lines = tried(instance)
  const right = outputText(instance.answer)
  const misread = lines.findIndex(({ fits, answer }) => !fits && answer !== undefined && outputText(answer) !== right)
  const steps = lines.map(({ line }) => line)
  if (misread < 0) return { steps, answer: wrongAnswer(instance, rng) }
  const { line, answer } = lines[misread]
  return { steps: [...steps.slice(0, misread), line.slice(0, -1)], answer: outputText(answer) }
}

/** 1 for a true line about a rule of the list, each rule once, until one fits; else 0. */
function stepScores(instance: ListFn, steps: readonly string[]): readonly number[] {
  const seen = new Set<string>()
  let isDone = false
  return steps.map((step, i) => {
    const name = step.slice(0, Math.max(0, step.indexOf(':')))
    if (isDone || i >= mostLines || name === '' || name.length > 40 || seen.has(name)) return 0
    seen.add(name)
    const hypothesis = hypothesisNamed(instance, name)
    if (hypothesis?.line !== step) return 0
    isDone = hypothesis.fits
    return 1
  })
}

/** Rules found from examples. */
export const listFn = taskOf<ListFn, ListFnKnobs>({
  id: 'list-fn',
  summary: 'Find the rule of a sequence or of a list function and apply it: `2,5,8,11,14,?`.',
  rules: [
    'Either a sequence of integers t0,t1,... and a question mark for its next term; or list>output pairs with commas between',
    'them, then a list, > and ?. A list is [a,b,...], [] when empty; an output is a list or an integer.',
    'Sequences follow one of these forms with integers d, e, p, q: t[i]=t[i-1]+d (add); t[i]=p*t[i-1] (mul); t[i]-t[i-1] is d',
    'for odd i and e for even i (alt); t[i]=p*t[i-1]+q (lin); t[i]-t[i-1] grows by d each time (quad); t[i]=t[i-1]+t[i-2]+d',
    '(fib); t[i]-t[i-2] is d for even i and e for odd i (two); t[i]=p*t[i-1]+q*t[i-2] (mix).',
    'List functions are one or two of these, one after the other, only the last giving an integer: rev (reverse), up and down',
    '(sort), tail (without the first), init (without the last), rot (first item to the end), even, odd (keep such items), uniq',
    '(keep the first of equals), sums (running totals), addN N=1-9, mulN N=2-5 (every item), takeN, dropN N=2-3 (first items),',
    'overN N=1-8 (keep items above N), sum, len, max, min, first, last (the last four not of an empty list).',
    'All rules here that fit what is shown give the same answer; right is that answer, written as in the prompt without spaces',
    '(integers without leading zeros or +, 0 never as -0). A step tests one rule: its name with its numbers (add d, mul p, alt',
    'd e, lin p q, quad d, fib d, two d e, mix p q; rev.add3 is rev first), a colon, its predictions with spaces between: of a',
    'sequence from the first term that the rule does not need for its numbers, of a list function from the first example; up',
    'to the first that is wrong and then !, or all and the answer.',
  ].join(' '),
  tags: ['induction', 'arithmetic', 'lists'],
  knobs: z.object({
    complexity: z.int().min(1).max(5).optional().describe('Which rules are drawn, simplest first.'),
    terms: z.int().min(5).max(10).optional().describe('Terms of a sequence that are shown.'),
    examples: z.int().min(2).max(6).optional().describe('Examples of a list function.'),
    items: z.int().min(3).max(8).optional().describe('Most items of a list; some have one less.'),
    kind: z.enum(['sequence', 'list', 'both']).optional().describe('Sequences, list functions, or either.'),
  }),
  ladder: [
    { complexity: 1, terms: 5, examples: 3, items: 4, kind: 'both' },
    { complexity: 2, terms: 5, examples: 3, items: 4, kind: 'both' },
    { complexity: 3, terms: 6, examples: 3, items: 4, kind: 'both' },
    { complexity: 4, terms: 6, examples: 4, items: 5, kind: 'both' },
    { complexity: 5, terms: 7, examples: 4, items: 6, kind: 'both' },
  ],
  alphabet: '0123456789abcdefghijklmnopqrstuvwxyz[],>?!:. -;#',
  draw,
  accept,
  // Examples in another order show the same function.
  content: (instance) =>
    instance.kind === 'sequence'
      ? prompt(instance)
      : prompt({ ...instance, examples: sortedExamples(instance.examples) }),
  prompt,
  solve,
  wrongSolution,
  stepScores,
  judge(instance, answer) {
    const right = outputText(instance.answer)
    return answer === right || `${quote(answer)} is not ${quote(right)}`
  },
  wrongAnswer,
  chance: (level) => chances[level - 1],
})

type Examples = Extract<ListFn, { kind: 'list' }>['examples']

function sortedExamples(examples: Examples): Examples {
  const text = ({ input }: Examples[number]): string => outputText(input)
  return [...examples].sort((a, b) => (text(a) < text(b) ? -1 : 1))
}
