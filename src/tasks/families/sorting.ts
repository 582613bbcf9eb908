// sorting: put numbers up or down, `12 5 7 up:`, or words into the order of a given alphabet, `bad cab by hgfedcba:`.
// The variant `mistake` shows the states of an insertion sort and asks for the first that is wrong. The trace of a
// sort is the list after each insertion.
import { z } from 'zod'
import type { Rng } from '../../base/rng.ts'
import type { Solution } from '../family/family.ts'
import { taskOf } from '../family/task-of.ts'
import { quote } from '../verdict.ts'

/** `order` is `up`, `down` or the letters in their order; `states` only in the variant `mistake`. */
type Sorting = { readonly items: readonly string[]; readonly order: string; readonly states: readonly string[] }
type SortingKnobs = {
  readonly items: number
  readonly digits: number
  readonly overlap: number
  readonly kind: 'numbers' | 'words' | 'either'
  readonly variant: 'sort' | 'mistake'
}

const letters = 'abcdefgh'

function draw({ items, digits, overlap, kind, variant }: SortingKnobs, rng: Rng): Sorting {
  const hasNumbers = kind === 'numbers' || (kind === 'either' && rng.int(2) === 0)
  const letter = (): string => letters[rng.int(letters.length)]
  const prefix = Array.from({ length: overlap }, letter).join('')
  const item = (): string => (hasNumbers ? `${rng.int(10 ** digits)}` : prefix + letter() + letter() + letter())
  const chosen = new Set<string>()
  while (chosen.size < items) chosen.add(item())
  const order = hasNumbers ? rng.pick(['up', 'down']) : rng.shuffle([...letters]).join('')
  const sorted = { items: [...chosen], order, states: [] }
  if (variant === 'sort') return sorted
  // One in as many as there are answers has no mistake. The first state holds one item and cannot be wrong.
  const at = rng.int(items)
  return { ...sorted, states: insertions(sorted, at === 0 ? -1 : at, rng) }
}

/** Below zero when `a` goes before `b`. */
function compare(order: string, a: string, b: string): number {
  if (order === 'up') return Number(a) - Number(b)
  if (order === 'down') return Number(b) - Number(a)
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    if (a[i] !== b[i]) return order.indexOf(a[i]) - order.indexOf(b[i])
  }
  return a.length - b.length
}

/** The list with the item before the first that goes after it. */
function insert(list: readonly string[], item: string, order: string): readonly string[] {
  const at = list.findIndex((other) => compare(order, item, other) < 0)
  return list.toSpliced(at < 0 ? list.length : at, 0, item)
}

/** The list after each insertion; the one at `slip` goes to a wrong place. */
function insertions({ items, order }: Sorting, slip = -1, rng?: Rng): readonly string[] {
  let list: readonly string[] = []
  return items.map((item, i) => {
    const right = insert(list, item, order)
    if (i === slip && rng !== undefined) {
      const places = right.map((_, at) => at).filter((at) => right[at] !== item)
      list = list.toSpliced(rng.pick(places), 0, item)
    } else list = right
    return list.join(' ')
  })
}

/** The number of the first state that is not the sorted items so far, or 0. */
function firstWrong(instance: Sorting): number {
  const right = insertions(instance)
  return 1 + instance.states.findIndex((state, i) => state !== right[i])
}

function solve(instance: Sorting): Solution {
  const { states } = instance
  if (states.length === 0) {
    const steps = insertions(instance)
    return { steps, answer: steps[steps.length - 1] }
  }
  const wrong = firstWrong(instance)
  const looked = wrong === 0 ? states.length : wrong
  const steps = states.slice(0, looked).map((_, i) => `${i + 1} ${i + 1 === wrong ? 'no' : 'ok'}`)
  return { steps, answer: `${wrong}` }
}

function prompt({ items, order, states }: Sorting): string {
  const task = `${items.join(' ')} ${order === 'up' || order === 'down' ? order : `by ${order}`}`
  return states.length === 0 ? `${task}:` : `${task}, ${states.join(', ')}?`
}

function judge(instance: Sorting, answer: string): true | string {
  const right = solve(instance).answer
  if (answer === right) return true
  if (instance.states.length > 0) return `${quote(answer)} is not ${right}`
  const given = answer.split(' ')
  const isPermutation = [...given].sort().join(' ') === [...instance.items].sort().join(' ')
  if (!isPermutation) return `${quote(answer)} does not hold the same items`
  const at = given.findIndex((item, i) => i > 0 && compare(instance.order, given[i - 1], item) > 0)
  return `${given[at]} stands after ${given[at - 1]}`
}

function wrongAnswer(instance: Sorting, rng: Rng): string {
  const { answer } = solve(instance)
  const { length } = instance.items
  if (instance.states.length > 0) return `${(Number(answer) + 1 + rng.int(length)) % (length + 1)}`
  const items = answer.split(' ')
  const at = rng.int(length - 1)
  return items
    .with(at, items[at + 1])
    .with(at + 1, items[at])
    .join(' ')
}

function wrongSolution(instance: Sorting, rng: Rng): Solution {
  if (instance.states.length > 0) return { steps: solve(instance).steps, answer: wrongAnswer(instance, rng) }
  const steps = insertions(instance, 1 + rng.int(instance.items.length - 1), rng)
  return { steps, answer: steps[steps.length - 1] }
}

function stepScores(instance: Sorting, steps: readonly string[]): number[] {
  const { items, order, states } = instance
  if (states.length > 0) {
    const wrong = firstWrong(instance)
    return steps.map((step, i) =>
      step === `${i + 1} ${i + 1 === wrong ? 'no' : 'ok'}` && (wrong === 0 || i < wrong) ? 1 : 0,
    )
  }
  let list: readonly string[] = []
  return steps.map((step, i) => {
    const isRight = items[i] !== undefined && step === insert(list, items[i], order).join(' ')
    // A list that has grown out of all bounds is not compared further.
    list = step.length > 4 * items.join(' ').length ? [] : step.split(' ')
    return isRight ? 1 : 0
  })
}

/** Orders of numbers and of words over a strange alphabet. */
export const sorting = taskOf<Sorting, SortingKnobs>({
  id: 'sorting',
  summary: 'Sort numbers, `12 5 7 up:`, or words by a given alphabet, `bad cab by hgfedcba:`.',
  rules: [
    'The prompt lists different items split by spaces, then the order, then a colon. Items are numbers, with `up` (smallest',
    'first) or `down`, or words, with `by` and the letters in their order. Words compare letter by letter; a word that',
    'another begins with goes first. Right is the same items in that order, split by single spaces.',
    'Steps insert the items one by one, in the order of the prompt, into the sorted list: `12;5 12;5 7 12;#5 7 12`.',
    'With the knob `variant` at mistake, the lists after each insertion follow, each after a comma and a space, and ? ends',
    'the prompt: `12 5 7 up, 12, 12 5, 7 12 5?`. Right is the number, from 1, of the first list that is not the items so',
    'far in order, or 0 when all are. Steps look at the lists: `1 ok;2 no;#2`.',
  ].join(' '),
  tags: ['sorting', 'algorithms'],
  knobs: z.object({
    items: z.int().min(3).max(16).optional().describe('How many items.'),
    digits: z.int().min(2).max(6).optional().describe('Most digits of a number.'),
    overlap: z.int().min(0).max(4).optional().describe('Letters that all words begin with.'),
    kind: z.enum(['numbers', 'words', 'either']).optional().describe('What is sorted.'),
    variant: z.enum(['sort', 'mistake']).optional().describe('Sort, or find the first mistake of a sort.'),
  }),
  ladder: [
    { items: 4, digits: 2, overlap: 0, kind: 'either', variant: 'sort' },
    { items: 5, digits: 2, overlap: 0, kind: 'either', variant: 'sort' },
    { items: 7, digits: 3, overlap: 1, kind: 'either', variant: 'sort' },
    { items: 9, digits: 3, overlap: 1, kind: 'either', variant: 'sort' },
    { items: 12, digits: 4, overlap: 2, kind: 'either', variant: 'sort' },
  ],
  alphabet: 'abcdefghuopwnyk0123456789,:? ;#',
  draw,
  // The order of the items does not change what a sort asks.
  content: (instance) =>
    instance.states.length > 0 ? prompt(instance) : prompt({ ...instance, items: [...instance.items].sort() }),
  prompt,
  solve,
  judge,
  wrongAnswer,
  wrongSolution,
  stepScores,
  chance: (level) => 1 / [24, 120, 5_040, 362_880, 479_001_600][level - 1],
  perturb(instance) {
    const { items, order } = instance
    if (instance.states.length > 0) return undefined
    // Turning the order round changes every answer, as the items differ.
    const turned = order === 'up' ? 'down' : order === 'down' ? 'up' : [...order].reverse().join('')
    return { items, order: turned, states: [] }
  },
})
