// alchemy: transform a word of letters, `APLE[R13][S1]:`, after DataAlchemy (arXiv 2508.01191), which probes whether a
// chain of thought survives a shift of task, length or format. Differs from it: the amounts stand in the prompt, so
// one prompt has one answer whatever the knobs; noise only adds marks to pass over, so the answer stays derivable.
import { z } from 'zod'
import type { Rng } from '../../base/rng.ts'
import type { Solution } from '../family/family.ts'
import { taskOf } from '../family/task-of.ts'
import { quote } from '../verdict.ts'

/** `noise[i]` marks stand before letter i. */
type Alchemy = { readonly word: string; readonly operations: readonly string[]; readonly noise: readonly number[] }
type AlchemyKnobs = {
  readonly letters: number
  readonly operations: number
  readonly rotate: number
  readonly shift: number
  readonly noise: number
  readonly compositions: 'all' | 'train' | 'held-out'
}

const capitals = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']

function draw(knobs: AlchemyKnobs, rng: Rng): Alchemy {
  const word = Array.from({ length: knobs.letters }, () => rng.pick(capitals)).join('')
  const kinds = [`R${knobs.rotate}`, `S${knobs.shift}`, 'V']
  let chosen: number[]
  do chosen = Array.from({ length: knobs.operations }, () => rng.int(3))
  while (knobs.compositions !== 'all' && isHeldOut(chosen) !== (knobs.compositions === 'held-out'))
  const noise = [...word].map(() => (knobs.noise > 0 && rng.next() < knobs.noise ? 1 : 0))
  return { word, operations: chosen.map((kind) => kinds[kind]), noise }
}

/** A third of the compositions of any length, which leaves every operation and place in training from length 2 on. */
function isHeldOut(kinds: readonly number[]): boolean {
  return kinds.reduce((sum, kind) => sum + kind, 0) % 3 === 0
}

/** The word after one operation. */
function transform(word: string, operation: string): string {
  const amount = Number(operation.slice(1))
  switch (operation[0]) {
    case 'R':
      return [...word].map((letter) => capitals[(capitals.indexOf(letter) + amount) % 26]).join('')
    case 'S':
      return word.slice(amount % word.length) + word.slice(0, amount % word.length)
    default:
      return [...word].reverse().join('')
  }
}

const tokens = (operations: readonly string[]): string => operations.map((operation) => `[${operation}]`).join('')

/** Each step: the operations still to do and the word so far. */
function work({ word, operations }: Alchemy, slip?: { at: number; spoil: (text: string) => string }): Solution {
  let value = word
  const steps = operations.map((operation, i) => {
    value = transform(value, operation)
    if (slip?.at === i) value = slip.spoil(value)
    return tokens(operations.slice(i + 1)) + value
  })
  return { steps, answer: value }
}

function spoiled(text: string, rng: Rng): string {
  const at = rng.int(text.length)
  const other = rng.pick(capitals.filter((letter) => letter !== text[at]))
  return text.slice(0, at) + other + text.slice(at + 1)
}

function stepScores({ word, operations }: Alchemy, steps: readonly string[]): number[] {
  let value = word
  return steps.map((step, i) => {
    if (operations[i] === undefined) return 0
    const left = tokens(operations.slice(i + 1))
    const expected = transform(value, operations[i])
    const said = step.startsWith(left) ? step.slice(left.length) : ''
    const isWord = said.length === word.length && /^[A-Z]+$/.test(said)
    if (isWord) value = said
    return isWord && said === expected ? 1 : 0
  })
}

/** Rotations, cyclic shifts and reversals of a word of letters. */
export const alchemy = taskOf<Alchemy, AlchemyKnobs>({
  id: 'alchemy',
  summary: 'Rotate, shift and reverse a word of letters: `APLE[R13][S1]:`.',
  rules: [
    'The prompt is a word of capital letters, then operations in brackets, worked from left to right, then a colon.',
    '`[R13]` moves every letter 13 places on in the alphabet, from Z on to A; `[S1]` moves the first letter to the end,',
    '`[S2]` the first two, and so on; `[V]` reverses the word. A mark _ in the word is noise and not part of it.',
    'Right is the resulting word. Each step is what is left to do and the word so far: `[S1]NCYR;CYRN;#CYRN`.',
  ].join(' '),
  tags: ['strings', 'composition'],
  knobs: z.object({
    letters: z.int().min(2).max(12).optional().describe('Letters of the word.'),
    operations: z.int().min(1).max(8).optional().describe('How many operations.'),
    rotate: z.int().min(1).max(25).optional().describe('Places that R moves letters in the alphabet.'),
    shift: z.int().min(1).max(11).optional().describe('Letters that S moves to the end.'),
    noise: z.number().min(0).max(0.9).optional().describe('Probability of a mark _ before a letter.'),
    compositions: z
      .enum(['all', 'train', 'held-out'])
      .optional()
      .describe(
        'Which orders of operations: all, or those of a third of the compositions (held-out) or the rest (train).',
      ),
  }),
  ladder: [
    { letters: 3, operations: 1, rotate: 13, shift: 1, noise: 0, compositions: 'all' },
    { letters: 4, operations: 2, rotate: 13, shift: 1, noise: 0, compositions: 'all' },
    { letters: 4, operations: 3, rotate: 13, shift: 1, noise: 0, compositions: 'all' },
    { letters: 5, operations: 4, rotate: 13, shift: 1, noise: 0, compositions: 'all' },
    { letters: 6, operations: 6, rotate: 13, shift: 1, noise: 0, compositions: 'all' },
  ],
  alphabet: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789[]_:;#?=',
  draw,
  // Noise does not change what is asked.
  content: ({ word, operations }) => word + tokens(operations),
  prompt({ word, operations, noise }) {
    return `${[...word].map((letter, i) => '_'.repeat(noise[i]) + letter).join('')}${tokens(operations)}:`
  },
  solve: (instance) => work(instance),
  judge(instance, answer) {
    const right = work(instance).answer
    return answer === right || `${quote(answer)} is not ${quote(right)}`
  },
  wrongAnswer: (instance, rng) => spoiled(work(instance).answer, rng),
  // Every operation is a bijection, so a slip always reaches the answer.
  wrongSolution: (instance, rng) =>
    work(instance, { at: rng.int(instance.operations.length), spoil: (text) => spoiled(text, rng) }),
  stepScores,
  chance: (level) => 26 ** -[3, 4, 4, 5, 6][level - 1],
  perturb: (instance, rng) => ({ ...instance, word: spoiled(instance.word, rng) }),
  invert({ word, operations }) {
    const { answer } = work({ word, operations, noise: [] })
    return { prompt: `?${tokens(operations)}=${answer}:`, answer: word }
  },
})
