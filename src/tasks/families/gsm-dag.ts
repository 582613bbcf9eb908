// gsm-dag: quantities made from each other, told in letters or in words, `A=3.B=A+4.C=A*B.C?`. How many operations the
// answer takes and which words tell them are separate knobs (GSM-Infinite's idea, as in arXiv 2512.07783).
import { z } from 'zod'
import type { Rng } from '../../base/rng.ts'
import { taskOf } from '../family/task-of.ts'
import { quote } from '../verdict.ts'
import type { Quantity } from './gsm-dag-graph.ts'
import { canonicalGraph, drawGraph, drawOrder, neededFor, valuesOf } from './gsm-dag-graph.ts'
import { scoreSteps, workQuestion } from './gsm-dag-steps.ts'
import type { Context, ContextName } from './gsm-dag-text.ts'
import { contexts, sentence } from './gsm-dag-text.ts'
import { badSlot } from './numbered-slots.ts'
import { nearMiss, workedSteps } from './worked-steps.ts'

/** `quantities` in an order in which they can be worked out, `order` as they are told. */
type GsmDag = {
  readonly context: ContextName
  readonly quantities: readonly Quantity[]
  readonly order: readonly number[]
  readonly asked: string
}

type GsmDagKnobs = {
  readonly minOps: number
  readonly maxOps: number
  readonly distractors: number
  readonly shuffle: boolean
  readonly largest: number
  readonly context: ContextName | 'mixed'
}

const contextNames = ['abstract', 'zoo', 'teacher'] as const
// The commonest answer's share of 2,000 problems a level, where that is more than noise.
const chances = [0.03, 0.03, 0.02, 0.02, 0.01]
// A hidden number must be the only one of this size that gives the answer.
const largestHidden = 999

function draw({ minOps, maxOps, distractors, shuffle, largest, context }: GsmDagKnobs, rng: Rng): GsmDag {
  const chosen = context === 'mixed' ? rng.pick(contextNames) : context
  const operations = minOps + rng.int(Math.max(1, maxOps - minOps + 1))
  const names = rng.shuffle(contexts[chosen].names)
  const { quantities, asked } = drawGraph({ operations, distractors, largest }, names, rng)
  return { context: chosen, quantities, order: drawOrder(quantities, asked, shuffle, rng), asked }
}

/** Sentences of the quantities as told; `number` may replace the number of a given one, or say '' to leave it out. */
function story(
  { context, quantities, order }: GsmDag,
  number?: (quantity: Quantity) => string | undefined,
): readonly string[] {
  return order.flatMap((i) => {
    const text = number?.(quantities[i])
    return text === '' ? [] : [sentence(contexts[context], quantities[i], text)]
  })
}

function told(context: Context, sentences: readonly string[], question: string): string {
  return [...sentences, question].join(context.gap)
}

const answerOf = ({ quantities, asked }: GsmDag): number => valuesOf(quantities).get(asked) ?? 0
const wrongAnswer = (instance: GsmDag, rng: Rng): string => `${nearMiss(answerOf(instance), rng)}`
const worked = workedSteps<GsmDag>(workQuestion, wrongAnswer)

function givenNumbers({ quantities, asked }: GsmDag): readonly Quantity[] {
  return neededFor(quantities, asked).filter(({ sign }) => sign === '=')
}

function withGiven(instance: GsmDag, name: string, number: number): GsmDag {
  const quantities = instance.quantities.map((quantity) =>
    quantity.name === name && quantity.sign === '=' ? { ...quantity, left: number } : quantity,
  )
  return { ...instance, quantities }
}

/** Whether the answer moves with this given number; it does not where one way to it cancels another. */
function isMoved(instance: GsmDag, name: string): boolean {
  return [0, 1, 17].some((number) => answerOf(withGiven(instance, name, number)) !== answerOf(instance))
}

/** The largest number that surely keeps all values small, whatever is subtracted; undefined when there is none. */
function slotTop(instance: GsmDag, name: string): number | undefined {
  const grown: readonly Quantity[] = instance.quantities.map((q) => (q.sign === '-' ? { ...q, sign: '+' } : q))
  return [99, 20, 9].find((top) => {
    const values = valuesOf(withGiven({ ...instance, quantities: grown }, name, top).quantities)
    return Math.max(...values.values()) <= 1e9
  })
}

/** Arithmetic over a graph of quantities. */
export const gsmDag = taskOf<GsmDag, GsmDagKnobs>({
  id: 'gsm-dag',
  summary: 'Work out one of several quantities that are made from each other: `A=3.B=A+4.C=A*B.C?`.',
  rules: [
    'Each sentence gives one quantity as a number or makes it from others; sentences come in any order, and some may not be',
    'needed. The last sentence asks for one quantity. Values are integers. In letters: A=3. B=A+4. C=A*B. (+ - *, at most one',
    'sign; right of it a letter or a number, no spaces) and C?. In the zoo: "ant: 3." "bee: 4 more than ant." (ant+4)',
    '"bee: 4 fewer than ant." (ant-4) "bee: 4 times ant." "cat: ant and bee." (+) "cat: ant without bee." (ant-bee)',
    '"cat: ant times bee." "How many cat?". With people: "Ann has 3." "Bob has Ann\'s plus 4." minus, by (times);',
    '"Cy has Ann\'s plus Bob\'s." "What has Cy?". Right is the value as a decimal integer: no leading zeros, no +, no spaces,',
    '0 never as -0. Steps name each needed quantity that is not given, with formula, numbers and value: `C=A*B=3*7=21`',
    '(`cat=ant*bee=3*7=21`), in any order that works; a number below zero after the sign is in parentheses.',
  ].join(' '),
  tags: ['arithmetic', 'multi-step', 'graph'],
  knobs: z.object({
    minOps: z.int().min(1).max(20).optional().describe('Fewest operations that the answer takes.'),
    maxOps: z.int().min(1).max(20).optional().describe('Most operations that the answer takes.'),
    distractors: z.int().min(0).max(3).optional().describe('Quantities that the answer does not need.'),
    shuffle: z.boolean().optional().describe('Whether the sentences come in any order.'),
    largest: z.int().min(20).max(9999).optional().describe('Largest value of a quantity.'),
    context: z
      .enum([...contextNames, 'mixed'])
      .optional()
      .describe('The words: letters, a zoo, people, or any of them.'),
  }),
  ladder: [
    { minOps: 2, maxOps: 3, distractors: 0, shuffle: false, largest: 50, context: 'abstract' },
    { minOps: 4, maxOps: 5, distractors: 1, shuffle: false, largest: 50, context: 'abstract' },
    { minOps: 6, maxOps: 8, distractors: 1, shuffle: true, largest: 99, context: 'abstract' },
    { minOps: 9, maxOps: 13, distractors: 2, shuffle: true, largest: 99, context: 'abstract' },
    { minOps: 14, maxOps: 20, distractors: 3, shuffle: true, largest: 200, context: 'abstract' },
  ],
  alphabet: `0123456789+-*()=.:;#?' abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ`,
  draw,
  accept: (instance) => givenNumbers(instance).every(({ name }) => isMoved(instance, name)),
  content: ({ quantities, asked }) => canonicalGraph(quantities, asked),
  prompt: (instance) =>
    told(contexts[instance.context], story(instance), contexts[instance.context].question(instance.asked)),
  solve: worked.solve,
  wrongSolution: worked.wrongSolution,
  stepScores: scoreSteps,
  judge(instance, answer) {
    const right = `${answerOf(instance)}`
    return answer === right || `${quote(answer)} is not the value ${right}`
  },
  wrongAnswer,
  chance: (level) => chances[level - 1],
  slots: (instance) =>
    givenNumbers(instance).flatMap(({ name }) => {
      const top = slotTop(instance, name)
      return top === undefined ? [] : [{ name, range: [0, top] as const }]
    }),
  fill(instance, slot, value) {
    const isGiven = givenNumbers(instance).some(({ name }) => name === slot)
    if (!isGiven || !Number.isSafeInteger(value)) throw badSlot(slot, value)
    return withGiven(instance, slot, value)
  },
  // One given number becomes x, the answer is told, and no other x of a size up to 999 may fit.
  invert(instance, rng) {
    const value = answerOf(instance)
    const context: Context = contexts[instance.context]
    const hidden = rng.shuffle(givenNumbers(instance)).find(({ name }) => {
      const fits = (x: number): boolean => answerOf(withGiven(instance, name, x)) === value
      return Array.from({ length: 2 * largestHidden + 1 }, (_, i) => i - largestHidden).filter(fits).length === 1
    })
    if (hidden === undefined) return undefined
    const sentences = story(instance, ({ name }) => (name === hidden.name ? 'x' : undefined))
    const prompt = told(context, [...sentences, context.given(instance.asked, `${value}`)], 'x?')
    return { prompt, answer: `${hidden.left}` }
  },
  perturb(instance, rng) {
    const value = answerOf(instance)
    const others = rng
      .shuffle(givenNumbers(instance))
      .map(({ name, left }) => withGiven(instance, name, nearMiss(Number(left), rng)))
    return others.find((other) => answerOf(other) !== value)
  },
  unanswerable(instance, rng) {
    const missing = rng.shuffle(givenNumbers(instance)).find(({ name }) => isMoved(instance, name))
    if (missing === undefined) return undefined
    const context: Context = contexts[instance.context]
    const sentences = story(instance, ({ name }) => (name === missing.name ? '' : undefined))
    return told(context, sentences, context.question(instance.asked))
  },
})
