// cryptarithm: letters stand for digits in a sum, `7A+2A=B8?`, and exactly one assignment makes it true. The trace is
// a search column by column from the right with its dead ends (cryptarithm-search.ts).
import { z } from 'zod'
import type { Rng } from '../../base/rng.ts'
import { taskOf } from '../family/task-of.ts'
import { quote } from '../verdict.ts'
import type { SearchResult, Sum } from './cryptarithm-search.ts'
import { faultOf, lettersOf, searchSum } from './cryptarithm-search.ts'
import { scoreSearchSteps } from './cryptarithm-steps.ts'

/** The numbers, the last the total of the others. */
type Cryptarithm = { readonly sum: Sum }
type CryptarithmKnobs = {
  readonly letters: number
  readonly digits: number
  readonly terms: number
  readonly maxSteps: number
}

const names = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
// More than any level's `maxSteps`: what `solve` may need for a puzzle that was accepted.
const mostSteps = 400
const drawTries = 100

function draw({ letters, digits, terms, maxSteps }: CryptarithmKnobs, rng: Rng): Cryptarithm {
  let sum: Sum = []
  for (let tries = 0; tries < drawTries; tries++) {
    const numbers = Array.from({ length: terms }, () => 10 ** (digits - 1) + rng.int(9 * 10 ** (digits - 1)))
    const texts = [...numbers, numbers.reduce((a, b) => a + b)].map(String)
    const present = rng.shuffle([...new Set(texts.join(''))])
    if (present.length < letters) continue
    const chosen = rng.shuffle(names)
    const hidden = new Map(present.slice(0, letters).map((digit, i) => [digit, chosen[i]]))
    sum = texts.map((text) => [...text].map((digit) => hidden.get(digit) ?? digit).join(''))
    // Only the length of the search is looked at here; that there is one solution costs more (see `accept`).
    if (searchSum(sum, maxSteps).steps.length <= maxSteps) break
  }
  return { sum }
}

const prompt = ({ sum }: Cryptarithm): string => `${sum.slice(0, -1).join('+')}=${sum[sum.length - 1]}?`

const assignmentText = (digits: ReadonlyMap<string, number>): string =>
  [...digits]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([letter, digit]) => `${letter}=${digit}`)
    .join(',')

/** The letters in the order of their first occurrence become A, B, C; the smallest text over the orders of the terms. */
function content({ sum }: Cryptarithm): string {
  const orders = permutations(sum.slice(0, -1))
  const texts = orders.map((terms) => {
    const order = new Map<string, string>()
    const text = [...terms, sum[sum.length - 1]].join('+')
    for (const letter of text.match(/[A-Z]/g) ?? []) if (!order.has(letter)) order.set(letter, names[order.size])
    return text.replace(/[A-Z]/g, (letter) => order.get(letter) ?? letter)
  })
  return texts.sort()[0]
}

function permutations(terms: readonly string[]): readonly (readonly string[])[] {
  if (terms.length <= 1) return [terms]
  return terms.flatMap((term, i) => permutations(terms.toSpliced(i, 1)).map((rest) => [term, ...rest]))
}

/** The assignment of an answer `A=1,B=2` with exactly these letters in order, or why it cannot be read. */
function readAssignment(answer: string, letters: readonly string[]): ReadonlyMap<string, number> | string {
  const clauses = answer.split(',')
  if (clauses.length !== letters.length) return `${quote(answer)} does not give ${letters.length} letters`
  const digits = new Map<string, number>()
  for (const [i, clause] of clauses.entries()) {
    const isClause = clause.length === 3 && clause[0] === letters[i] && clause[1] === '=' && /^\d$/.test(clause[2])
    if (!isClause) return `${quote(clause)} is not ${letters[i]}= and a digit`
    digits.set(letters[i], Number(clause[2]))
  }
  return digits
}

function judge({ sum }: Cryptarithm, answer: string): true | string {
  const digits = readAssignment(answer, lettersOf(sum))
  if (typeof digits === 'string') return digits
  return faultOf(sum, digits) ?? true
}

function solved({ sum }: Cryptarithm): SearchResult {
  return searchSum(sum, mostSteps)
}

/** Sums with letters in place of digits. */
export const cryptarithm = taskOf<Cryptarithm, CryptarithmKnobs>({
  id: 'cryptarithm',
  summary: 'Find the digits that letters stand for in a sum: `7A+2A=B8?`.',
  rules: [
    'The prompt is a sum of two or more numbers with + between them, = and the total, then ?. Capitals stand for digits:',
    'the same letter for the same digit, different letters for different digits, never for a digit that is written out in',
    'the prompt; no number begins with 0. Exactly one assignment makes the sum true.',
    'Right is that assignment with the letters in alphabetical order: `A=1,B=9,C=2`.',
    'Steps search column by column from the right, digits of new letters in ascending order: `1 A=4 c0` says that column 1',
    'fits with A=4 and carries 0; `2 x` says that nothing (more) fits in column 2, so that an earlier one must change.',
  ].join(' '),
  tags: ['search', 'arithmetic'],
  knobs: z.object({
    letters: z.int().min(2).max(7).optional().describe('Different letters.'),
    digits: z.int().min(2).max(5).optional().describe('Digits of each term.'),
    terms: z.int().min(2).max(4).optional().describe('Numbers that are added.'),
    maxSteps: z.int().min(4).max(200).optional().describe('Most steps of the search.'),
  }),
  ladder: [
    { letters: 2, digits: 2, terms: 2, maxSteps: 12 },
    { letters: 3, digits: 3, terms: 2, maxSteps: 20 },
    { letters: 4, digits: 3, terms: 2, maxSteps: 30 },
    { letters: 5, digits: 4, terms: 2, maxSteps: 45 },
    { letters: 5, digits: 4, terms: 3, maxSteps: 60 },
  ],
  alphabet: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+=?, xc;#',
  draw,
  accept({ sum }) {
    // Knobs with more letters than the numbers have digits leave nothing to draw.
    if (sum.length === 0) return false
    const { solutions, isCut } = searchSum(sum, mostSteps)
    return solutions.length === 1 && !isCut
  },
  content,
  prompt,
  solve(instance) {
    const { steps, solutions } = solved(instance)
    return { steps, answer: assignmentText(solutions[0] ?? new Map()) }
  },
  judge,
  // With one solution only, any other assignment is wrong.
  wrongAnswer(instance, rng) {
    const right = new Map(solved(instance).solutions[0])
    const letters = [...right.keys()].sort()
    const [a, b] = rng.shuffle(letters)
    const kept = right.get(a) ?? 0
    right.set(a, right.get(b) ?? 0).set(b, kept)
    return assignmentText(right)
  },
  stepScores: ({ sum }, steps) => scoreSearchSteps(sum, steps),
  // A guess of different digits that are not written out.
  chance: (level) => [1 / 42, 1 / 210, 1 / 1680, 1 / 2520, 1 / 6720][level - 1],
})
