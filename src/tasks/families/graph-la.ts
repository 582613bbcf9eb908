// graph-la: prices tied by linear relations, some problems not determined, `a=5,2a+b=12,b?` (GraphLA of Honest
// abstention, arXiv 2511.09222). The rank of the relations decides whether the answer is a price or `unknown`.
import { z } from 'zod'
import type { Rng } from '../../base/rng.ts'
import type { Solution } from '../family/family.ts'
import { taskOf } from '../family/task-of.ts'
import { quote } from '../verdict.ts'
import { drawChain } from './graph-la-draw.ts'
import type { Relation } from './graph-la-rank.ts'
import { determinedValue } from './graph-la-rank.ts'
import type { Inference, Told } from './graph-la-steps.ts'
import { givenPrices, inferences, relationText } from './graph-la-steps.ts'
import { badSlot } from './numbered-slots.ts'
import type { Write } from './worked-steps.ts'
import { nearMiss, workedSteps } from './worked-steps.ts'

/** `relations` as drawn, `order` as told; `names[v]` is the letter of variable v. */
type GraphLa = {
  readonly relations: readonly Relation[]
  readonly order: readonly number[]
  readonly names: string
  readonly asked: number
}

type GraphLaKnobs = {
  readonly depth: number
  readonly distractors: number
  readonly price: number
  readonly pairs: boolean
  readonly unknown: number
}

const letters = [...'abcdefghijklmnopqrstuvw']

function draw({ depth, distractors, price, pairs, unknown }: GraphLaKnobs, rng: Rng): GraphLa {
  const { relations, variables, asked } = drawChain({ depth, distractors, price, pairs }, rng.next() < unknown, rng)
  const names = rng.shuffle(letters).slice(0, variables).join('')
  return { relations, order: rng.shuffle([...relations.keys()]), names, asked }
}

function toldOf({ relations, order, names }: GraphLa): Told {
  return { relations: order.map((i) => relations[i]), names }
}

/** The relations as told; `total` may be replaced by a text, or the relation left out by ''. */
function story({ relations, order, names }: GraphLa, change?: { at: number; total: string }): string {
  const texts = order.map((i) => {
    const text = relationText(relations[i], names)
    if (i !== change?.at) return text
    return change.total === '' ? '' : `${text.slice(0, text.indexOf('='))}=${change.total}`
  })
  return texts.filter((text) => text !== '').join(',')
}

function answerOf({ relations, asked }: GraphLa): string {
  return `${determinedValue(relations, asked) ?? 'unknown'}`
}

/** Every inference until the asked price is known; only those that it rests on, or all when it stays unknown. */
function wayTo(instance: GraphLa): { readonly way: readonly Inference[]; readonly open: readonly number[] } {
  const told = toldOf(instance)
  const known = givenPrices(told)
  const made: Inference[] = []
  while (!known.has(instance.asked)) {
    const next = inferences(told, known)[0]
    if (next === undefined) break
    known.set(next.variable, next.value)
    made.push(next)
  }
  const open = [...instance.names].map((_, v) => v).filter((v) => !known.has(v))
  if (!known.has(instance.asked)) return { way: made, open }
  const needed = new Set([instance.asked])
  for (const { variable, from } of [...made].reverse()) {
    if (!needed.has(variable)) continue
    for (const i of from) for (const [, v] of told.relations[i].terms) needed.add(v)
  }
  return { way: made.filter(({ variable }) => needed.has(variable)), open: [] }
}

const openText = (names: string, open: readonly number[]): string =>
  `open:${open
    .map((v) => names[v])
    .sort()
    .join('')}`

function work(instance: GraphLa, write: Write): string {
  const told = toldOf(instance)
  const { way, open } = wayTo(instance)
  const known = givenPrices(told)
  for (const { variable, from } of way) {
    const now = inferences(told, known).find((other) => other.variable === variable && `${other.from}` === `${from}`)
    if (now !== undefined) known.set(variable, write(now.left, now.value))
  }
  if (open.length > 0) write(openText(instance.names, open), open.length)
  return open.length > 0 ? 'unknown' : `${known.get(instance.asked)}`
}

function wrongAnswer(instance: GraphLa, rng: Rng): string {
  const value = determinedValue(instance.relations, instance.asked)
  if (value === undefined) return `${1 + rng.int(99)}`
  return rng.int(2) === 0 ? 'unknown' : `${nearMiss(value, rng)}`
}

const worked = workedSteps(work, wrongAnswer)

/** 1 for a price that follows from the relations and the prices written before, each once, and for what stays open. */
function stepScores(instance: GraphLa, steps: readonly string[]): readonly number[] {
  const told = toldOf(instance)
  const known = givenPrices(told)
  let next = inferences(told, known)
  let isClosed = false
  return steps.map((step) => {
    const mark = step.lastIndexOf('=')
    const written = step.slice(mark + 1)
    if (mark < 0 || isClosed || !/^-?\d{1,15}$/.test(written) || String(Number(written)) !== written) return 0
    const made = next.find(({ left }) => left === step.slice(0, mark))
    if (made === undefined) {
      const open = [...instance.names].map((_, v) => v).filter((v) => !known.has(v))
      isClosed = next.length === 0 && step === `${openText(instance.names, open)}=${open.length}`
      return isClosed ? 1 : 0
    }
    known.set(made.variable, Number(written))
    next = inferences(told, known)
    return made.value === Number(written) ? 1 : 0
  })
}

/** The relations on the way to the answer whose totals may be any integer: not those of a sum and a difference. */
function freeTotals(instance: GraphLa): readonly number[] {
  const { way, open } = wayTo(instance)
  if (open.length > 0) return []
  const inPair = new Set(way.flatMap(({ from }) => (from.length === 2 ? from : [])))
  const used = new Set(way.flatMap(({ from }) => from.filter((i) => !inPair.has(i))))
  const needed = new Set(
    way.flatMap(({ from }) => from.flatMap((i) => toldOf(instance).relations[i].terms.map(([, v]) => v))),
  )
  for (const [i, { terms }] of toldOf(instance).relations.entries()) {
    if (terms.length === 1 && needed.has(terms[0][1])) used.add(i)
  }
  return [...used].map((i) => instance.order[i]).sort((a, b) => a - b)
}

function withTotal(instance: GraphLa, at: number, total: number): GraphLa {
  return { ...instance, relations: instance.relations.with(at, { ...instance.relations[at], total }) }
}

/** Prices tied by linear relations, or not tied enough. */
export const graphLa = taskOf<GraphLa, GraphLaKnobs>({
  id: 'graph-la',
  summary: 'Find a price from linear relations, or say that it is unknown: `a=5,2a+b=12,b?`.',
  rules: [
    'The prompt is a list of linear equations over prices named by small letters (2a-c=3: integer factors, a factor 1 not',
    'written), commas between them, then a letter and ?. The equations have a solution.',
    'If the letter has the same value in every solution over the real numbers, right is that value, an integer: decimal, no',
    'leading zeros, no +, no spaces, 0 never as -0. Otherwise right is the word unknown.',
    'A step is an equation with one unknown price, known ones put in, and its value (`2*7-c=3,c=11`), or half the sum of the',
    'totals s of a+b and t of a-b (`2a=12+2,a=7`), in any order that works. When nothing more follows and the asked price is',
    'not found, the last step lists the prices still open in alphabetical order and counts them: `open:bce=3`.',
  ].join(' '),
  tags: ['arithmetic', 'algebra', 'abstention', 'multi-step'],
  knobs: z.object({
    depth: z.int().min(1).max(12).optional().describe('Relations from the first price to the asked one.'),
    distractors: z.int().min(0).max(6).optional().describe('Relations that the answer does not need.'),
    price: z.int().min(9).max(999).optional().describe('Largest price.'),
    pairs: z.boolean().optional().describe('Whether the first price may hide in a sum and a difference.'),
    unknown: z.number().min(0).max(1).optional().describe('Share of problems that are not determined.'),
  }),
  ladder: [
    { depth: 1, distractors: 0, price: 50, pairs: false, unknown: 0.5 },
    { depth: 2, distractors: 1, price: 50, pairs: false, unknown: 0.5 },
    { depth: 4, distractors: 2, price: 50, pairs: true, unknown: 0.5 },
    { depth: 6, distractors: 3, price: 99, pairs: true, unknown: 0.5 },
    { depth: 8, distractors: 4, price: 99, pairs: true, unknown: 0.5 },
  ],
  alphabet: '0123456789abcdefghijklmnopqrstuvwx=+-*(),:?;#',
  draw,
  // The steps must find what the rank says: some open chains close by two terms that cancel.
  accept: (instance) => worked.solve(instance).answer === answerOf(instance),
  content: ({ relations, asked }) =>
    `${relations.map(({ terms, total }) => `${terms.map((term) => term.join('v')).join('+')}=${total}`).join(',')},${asked}?`,
  prompt: (instance) => `${story(instance)},${instance.names[instance.asked]}?`,
  solve: (instance): Solution => worked.solve(instance),
  wrongSolution: worked.wrongSolution,
  stepScores,
  judge(instance, answer) {
    const right = answerOf(instance)
    return answer === right || `${quote(answer)} is not right: the price is ${right}`
  },
  wrongAnswer,
  // Always `unknown`.
  chance: () => 0.5,
  slots: (instance) => freeTotals(instance).map((i) => ({ name: `r${i}`, range: [0, 999] as const })),
  fill(instance, slot, value) {
    const at = freeTotals(instance).find((i) => slot === `r${i}`)
    if (at === undefined || !Number.isSafeInteger(value)) throw badSlot(slot, value)
    return withTotal(instance, at, value)
  },
  // A total becomes x and the answer is told; x must follow from the other totals.
  invert(instance, rng) {
    const { relations, names, asked } = instance
    const value = determinedValue(relations, asked)
    if (value === undefined) return undefined
    const x = names.length
    const at = rng.shuffle(freeTotals(instance)).find((i) => {
      const hidden = { terms: [...relations[i].terms, [-1, x] as const], total: 0 }
      return determinedValue([...relations.with(i, hidden), { terms: [[1, asked]], total: value }], x) !== undefined
    })
    if (at === undefined) return undefined
    const prompt = `${story(instance, { at, total: 'x' })},${names[asked]}=${value},x?`
    return { prompt, answer: `${relations[at].total}` }
  },
  perturb(instance, rng) {
    const others = rng
      .shuffle(freeTotals(instance))
      .map((i) => withTotal(instance, i, nearMiss(instance.relations[i].total, rng)))
    return others.find((other) => answerOf(other) !== answerOf(instance))
  },
  // A relation goes without which the price stays open; another one still speaks of it.
  unanswerable(instance, rng) {
    const { relations, asked, names } = instance
    if (determinedValue(relations, asked) === undefined) return undefined
    const at = rng.shuffle([...relations.keys()]).find((i) => {
      const others = relations.filter((_, j) => j !== i)
      const isMentioned = others.some(({ terms }) => terms.some(([, variable]) => variable === asked))
      return isMentioned && determinedValue(others, asked) === undefined
    })
    return at === undefined ? undefined : `${story(instance, { at, total: '' })},${names[asked]}?`
  },
})
