// arrangements: how many different words can be made of these letters? All of them, with a given first letter, with two
// letters together or apart, or shorter words. Solved by factorials; the answer is a number.
import { z } from 'zod'
import type { Rng } from '../../base/rng.ts'
import type { Family, Solution } from '../family/family.ts'
import { taskOf } from '../family/task-of.ts'
import { quote } from '../verdict.ts'

type Condition =
  | { readonly kind: 'all' }
  | { readonly kind: 'first'; readonly letter: string }
  | { readonly kind: 'together' | 'apart'; readonly pair: string }
  | { readonly kind: 'length'; readonly length: number }

type Arrangements = { readonly letters: string; readonly condition: Condition }

interface ArrangementsKnobs {
  readonly letters: number
  /** How many of the conditions, in the order of `kinds`, are in play. */
  readonly conditions: number
}

const kinds = ['all', 'first', 'length', 'together', 'apart'] as const

const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1))

function draw(knobs: ArrangementsKnobs, rng: Rng): Arrangements {
  const kind = kinds[rng.int(knobs.conditions)]
  const names = rng.shuffle([...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'])
  const count = knobs.letters - rng.int(2)
  if (kind === 'length' || kind === 'together' || kind === 'apart') {
    const letters = names.slice(0, count)
    const condition: Condition =
      kind === 'length'
        ? { kind, length: 2 + rng.int(count - 2) }
        : { kind, pair: rng.shuffle(letters).slice(0, 2).sort().join('') }
    return { letters: letters.sort().join(''), condition }
  }
  const different = names.slice(0, 2 + rng.int(count - 1))
  const letters = [...different, ...Array.from({ length: count - different.length }, () => rng.pick(different))]
  const condition: Condition = kind === 'all' ? { kind } : { kind, letter: rng.pick(different) }
  return { letters: letters.sort().join(''), condition }
}

/** Different words of all the letters: n! over the factorials of how often each letter occurs. */
function words(letters: string): Solution {
  const all = factorial(letters.length)
  const often = [...new Set(letters)].map((letter) => letters.split(letter).length - 1).filter((times) => times > 1)
  const steps = [`${letters.length}!=${all}`]
  if (often.length === 0) return { steps, answer: String(all) }
  const same = often.reduce((product, times) => product * factorial(times), 1)
  steps.push(`${often.map((times) => `${times}!`).join('*')}=${same}`, `${all}/${same}=${all / same}`)
  return { steps, answer: String(all / same) }
}

function solve({ letters, condition }: Arrangements): Solution {
  const n = letters.length
  switch (condition.kind) {
    case 'all':
      return words(letters)
    case 'first': {
      const rest = letters.replace(condition.letter, '')
      const { steps, answer } = words(rest)
      return { steps: [rest, ...steps], answer }
    }
    case 'length': {
      const factors = Array.from({ length: condition.length }, (_, i) => n - i)
      const product = factors.reduce((a, b) => a * b, 1)
      return { steps: [`${factors.join('*')}=${product}`], answer: String(product) }
    }
    case 'together':
    case 'apart': {
      const pairs = factorial(n - 1)
      const steps = [`${n - 1}!=${pairs}`, `2*${pairs}=${2 * pairs}`]
      if (condition.kind === 'together') return { steps, answer: String(2 * pairs) }
      const all = factorial(n)
      return {
        steps: [...steps, `${n}!=${all}`, `${all}-${2 * pairs}=${all - 2 * pairs}`],
        answer: String(all - 2 * pairs),
      }
    }
    default:
      return condition satisfies never
  }
}

const unseen = { all: 'all', first: 'all', length: 'all', together: 'all', apart: 'together' } as const

/** What a model gets that overlooks the condition, or that letters repeat. */
function wrongSolution(instance: Arrangements, rng: Rng): Solution {
  const { letters, condition } = instance
  const right = solve(instance)
  const slips: Solution[] = [
    solve({ letters, condition: condition.kind === 'apart' ? { ...condition, kind: unseen.apart } : { kind: 'all' } }),
    { steps: [`${letters.length}!=${factorial(letters.length)}`], answer: String(factorial(letters.length)) },
    { steps: right.steps.slice(0, -1), answer: String(Number(right.answer) * 2) },
  ]
  return rng.pick(slips.filter(({ answer }) => answer !== right.answer))
}

/** A step's arithmetic is right (`first` also writes the letters that are left); what it is used for is not judged. */
function stepScores({ letters, condition }: Arrangements, steps: readonly string[]): readonly number[] {
  return steps.map((step) => {
    if (condition.kind === 'first' && step === letters.replace(condition.letter, '')) return 1
    const [, left, right] = /^([0-9!*/-]{1,40})=(\d{1,9})$/.exec(step) ?? []
    return left !== undefined && arithmetic(left) === Number(right) ? 1 : 0
  })
}

/** Numbers and factorials joined by one kind of sign, from left to right. */
function arithmetic(text: string): number {
  const sign = /[*/-]/.exec(text)?.[0] ?? '*'
  const parts = text.split(sign).map((part) => {
    if (!/^\d{1,6}!?$/.test(part)) return Number.NaN
    const n = Number.parseInt(part, 10)
    return part.endsWith('!') ? (n > 12 ? Number.NaN : factorial(n)) : n
  })
  return parts.reduce((a, b) => (sign === '*' ? a * b : sign === '/' ? a / b : a - b))
}

function conditionText(condition: Condition): string {
  switch (condition.kind) {
    case 'all':
      return 'all'
    case 'first':
      return `first ${condition.letter}`
    case 'length':
      return `length ${condition.length}`
    case 'together':
    case 'apart':
      return `${condition.pair} ${condition.kind}`
    default:
      return condition satisfies never
  }
}

const family: Family<Arrangements, ArrangementsKnobs> = {
  id: 'arrangements',
  summary: 'Count the different words that letters make, as in `AAB all?`, which is 3, or `ABCD AB apart?`.',
  rules:
    'First the letters, a space, then which words count. `all`: words that use every letter, each as often as it stands ' +
    'there; equal letters cannot be told apart, so `AAB all?` is 3. `first A`: of those the words that begin with A. `AB ' +
    'together`: those in which A and B stand side by side, in either order; `AB apart`: those in which they do not. `length 3`: words of ' +
    '3 of the letters, each used at most once. The answer is the number of different words, in digits without leading zeros. Steps are ' +
    'equations such as `5!=120`, `2!*2!=4`, `120/4=30`; after `first A` the letters that are left come first.',
  tags: ['counting', 'arithmetic'],
  knobs: z.object({
    letters: z.int().min(4).max(10).optional().describe('Letters, or one fewer.'),
    conditions: z
      .int()
      .min(1)
      .max(5)
      .optional()
      .describe('How many kinds of question: all, first, length, together, apart, in this order.'),
  }),
  ladder: [
    { letters: 4, conditions: 1 },
    { letters: 5, conditions: 2 },
    { letters: 6, conditions: 3 },
    { letters: 7, conditions: 4 },
    { letters: 8, conditions: 5 },
  ],
  alphabet: ' !#*-/0123456789:;=?ABCDEFGHIJKLMNOPQRSTUVWXYZaefghilnoprst',
  draw,
  prompt: ({ letters, condition }) => `${letters} ${conditionText(condition)}?`,
  solve,
  judge(instance, answer) {
    if (!/^(?:0|[1-9]\d{0,9})$/.test(answer)) return `${quote(answer)} is no number`
    return answer === solve(instance).answer || `${answer} is not the number of words`
  },
  wrongAnswer: (instance, rng) => wrongSolution(instance, rng).answer,
  wrongSolution,
  stepScores,
  chance: (level) => [0.36, 0.2, 0.17, 0.15, 0.13][level - 1] ?? 0.36,
  /** One letter more or less of a kind, or the other condition, so that the number changes. */
  perturb(instance, rng) {
    const { letters, condition } = instance
    const others: Arrangements[] = []
    if (condition.kind === 'together') others.push({ letters, condition: { ...condition, kind: 'apart' } })
    if (condition.kind === 'apart') others.push({ letters, condition: { ...condition, kind: 'together' } })
    if (condition.kind === 'length')
      others.push({ letters, condition: { kind: 'length', length: condition.length - 1 } })
    if (condition.kind === 'all' || condition.kind === 'first') {
      for (const letter of new Set(letters)) others.push({ letters: [...letters, letter].sort().join(''), condition })
    }
    const right = solve(instance).answer
    const fit = others.filter((other) => solve(other).answer !== right)
    return fit.length > 0 ? rng.pick(fit) : undefined
  },
}

/** Words to count. */
export const arrangements = taskOf(family)
