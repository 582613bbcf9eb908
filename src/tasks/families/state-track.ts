// state-track: follow a state through many small changes. Either people swap things, `A=k,B=d,C=x,AB,BC?`, and the
// final hands are asked for, or they gain, lose and give objects, `A=5,B=2,A+3,A>B2. B?`, and one count is. The trace
// is the state, or what changed of it, after each change.
import { z } from 'zod'
import type { Rng } from '../../base/rng.ts'
import type { Solution } from '../family/family.ts'
import { taskOf } from '../family/task-of.ts'
import { quote } from '../verdict.ts'

/**
 * `people` are A, B, C, ...; `start` is what each holds (a letter, or a count). Changes: `AB` swaps; `A+3`, `A-3` and
 * `A>B3` gain, lose and give. `query` is empty when all hands are asked for.
 */
type State = {
  readonly start: readonly (string | number)[]
  readonly changes: readonly string[]
  readonly query: string
}
type StateKnobs = { readonly kind: 'swaps' | 'counts' | 'either'; readonly people: number; readonly changes: number }

const names = 'ABCDEFGH'
const things = [...'abcdefghijklmnopqrstuvwxyz']
const largestCount = 99
const indexOf = (name: string): number => names.indexOf(name)

function draw({ kind, people, changes }: StateKnobs, rng: Rng): State {
  const isSwaps = kind === 'swaps' || (kind === 'either' && rng.int(2) === 0)
  const two = (): string =>
    rng
      .shuffle([...names.slice(0, people)])
      .slice(0, 2)
      .sort()
      .join('')
  if (isSwaps) {
    const start = rng.shuffle(things).slice(0, people)
    return { start, changes: Array.from({ length: changes }, two), query: '' }
  }
  const start = Array.from({ length: people }, () => 1 + rng.int(20))
  const counts = [...start]
  const drawn = Array.from({ length: changes }, () => {
    const [from, to] = rng.shuffle([...counts.keys()])
    const most = Math.min(9, counts[from])
    const isGain = most === 0 || rng.int(3) === 0
    const amount = 1 + rng.int(isGain ? 9 : most)
    const change = isGain
      ? `${names[from]}+${amount}`
      : rng.int(2) === 0
        ? `${names[from]}-${amount}`
        : `${names[from]}>${names[to]}${amount}`
    applyCount(counts, change)
    return change
  })
  // Someone whom a change concerns, so that the answer is not simply in the prompt.
  return { start, changes: drawn, query: rng.pick(rng.pick(drawn).match(/[A-H]/g) ?? ['A']) }
}

/** Works a change of counts; gives the names whose counts changed. */
function applyCount(counts: number[], change: string): string {
  const amount = Number(/\d+$/.exec(change)?.[0])
  const from = indexOf(change[0])
  if (change[1] === '+') counts[from] += amount
  else counts[from] -= amount
  if (change[1] !== '>') return change[0]
  counts[indexOf(change[2])] += amount
  return change[0] + change[2]
}

/** The state after every change; what the change at `slip` makes is spoiled and carried on. */
function work({ start, changes, query }: State, slip = -1): Solution {
  if (query === '') {
    const hands = [...start]
    const steps = changes.map((change, i) => {
      // A slip leaves the change out.
      if (i !== slip) swap(hands, indexOf(change[0]), indexOf(change[1]))
      return hands.join('')
    })
    return { steps, answer: hands.join('') }
  }
  const counts = start.map(Number)
  const steps = changes.map((change, i) => {
    const changed = applyCount(counts, change)
    if (i === slip) counts[indexOf(changed[0])] += 1
    return [...changed].map((name) => `${name}=${counts[indexOf(name)]}`).join(',')
  })
  return { steps, answer: `${counts[indexOf(query)]}` }
}

function swap<T>(list: T[], a: number, b: number): void {
  const kept = list[a]
  list[a] = list[b]
  list[b] = kept
}

function prompt({ start, changes, query }: State): string {
  const hands = start.map((held, i) => `${names[i]}=${held}`)
  return `${[...hands, ...changes].join(',')}${query === '' ? '' : `. ${query}`}?`
}

function wrongAnswer(instance: State, rng: Rng): string {
  const { answer } = work(instance)
  if (instance.query === '') {
    const hands = [...answer]
    const [a, b] = rng.shuffle([...hands.keys()])
    swap(hands, a, b)
    return hands.join('')
  }
  return `${Math.max(0, Number(answer) - 3) + rng.int(3) + (Number(answer) < 3 ? 4 : 0)}`
}

function wrongSolution(instance: State, rng: Rng): Solution {
  const { steps, answer } = work(instance)
  // In counts, only a slip with the one asked for reaches the answer.
  const places = instance.changes.flatMap((change, i) =>
    instance.query === '' || change[0] === instance.query ? [i] : [],
  )
  const slipped = places.length > 0 ? work(instance, rng.pick(places)) : undefined
  return slipped !== undefined && slipped.answer !== answer ? slipped : { steps, answer: wrongAnswer(instance, rng) }
}

function stepScores({ start, changes, query }: State, steps: readonly string[]): number[] {
  let state = start
  return steps.map((step, i) => {
    if (changes[i] === undefined) return 0
    const isRight = step === work({ start: state, changes: [changes[i]], query }).steps[0]
    state = stateAfter(state, step, query, work({ start: state, changes: [changes[i]], query }).steps[0])
    return isRight ? 1 : 0
  })
}

/** The state that a written step says; one that says nothing leaves the right one. */
function stateAfter(state: State['start'], step: string, query: string, right: string): State['start'] {
  if (query === '') return step.length === state.length && /^[a-z]+$/.test(step) ? [...step] : [...right]
  const said = /^[A-H]=\d{1,4}(?:,[A-H]=\d{1,4})?$/.test(step) ? step : right
  const counts = [...state]
  for (const clause of said.split(',')) {
    if (indexOf(clause[0]) < counts.length) counts[indexOf(clause[0])] = Number(clause.slice(2))
  }
  return counts
}

/** The least start with which a person can always give what the changes ask for. */
function leastStart({ start, changes }: State, person: number): number {
  const counts = start.map(() => 0)
  let lowest = 0
  for (const change of changes) {
    applyCount(counts, change)
    lowest = Math.min(lowest, counts[person])
  }
  return 0 - lowest
}

/** Swaps of things and counts of objects. */
export const stateTrack = taskOf<State, StateKnobs>({
  id: 'state-track',
  summary: 'Follow swaps, `A=k,B=d,C=x,AB,BC?`, or counts, `A=5,B=2,A+3,A>B2. B?`, to the end.',
  rules: [
    'People are A, B, C and so on. The prompt first says what each holds, then the changes in order, split by commas.',
    'Swaps: each holds one thing, a small letter; AB says that A and B swap what they hold; the prompt ends with ?.',
    'Right is what everyone holds at the end, in the order of the people, with nothing between: `dxk`.',
    'Counts: each holds a number of objects; A+3 says that A gets 3 more, A-3 that A loses 3, A>B3 that A gives B 3; then',
    'follow a full stop, a space, a person and ?. Right is how many that person has, a decimal integer.',
    'Steps are all hands after each swap, `dkx;dxk;#dxk`, or the counts that changed, giver first, `A=8;A=6,B=4;#4`.',
  ].join(' '),
  tags: ['state-tracking'],
  knobs: z.object({
    kind: z.enum(['swaps', 'counts', 'either']).optional().describe('What changes.'),
    people: z.int().min(2).max(8).optional().describe('How many people.'),
    changes: z.int().min(1).max(30).optional().describe('How many changes.'),
  }),
  ladder: [
    { kind: 'either', people: 3, changes: 2 },
    { kind: 'either', people: 3, changes: 4 },
    { kind: 'either', people: 4, changes: 7 },
    { kind: 'either', people: 5, changes: 12 },
    { kind: 'either', people: 6, changes: 20 },
  ],
  alphabet: 'ABCDEFGHabcdefghijklmnopqrstuvwxyz0123456789=+->,.? ;#',
  draw,
  prompt,
  solve: (instance) => work(instance),
  judge(instance, answer) {
    const right = work(instance).answer
    return answer === right || `${quote(answer)} is not ${right}`
  },
  wrongAnswer,
  wrongSolution,
  stepScores,
  // Half the problems ask for an order of the things, half for a count, of which 0 is up to 7 %.
  chance: (level) => [0.11, 0.11, 0.054, 0.037, 0.037][level - 1],
  slots(instance) {
    if (instance.query === '') return []
    return instance.start.map((_, i) => ({ name: names[i], range: [leastStart(instance, i), largestCount] }))
  },
  fill(instance, slot, value) {
    return { ...instance, start: instance.start.with(indexOf(slot), value) }
  },
  invert(instance) {
    if (instance.query === '') return undefined
    const at = indexOf(instance.query)
    const hidden = { ...instance, start: instance.start.with(at, '?'), query: '' }
    const end = `${instance.query}=${work(instance).answer}`
    return {
      prompt: `${prompt(hidden).slice(0, -1)}. end ${end}. start ${instance.query}?`,
      answer: `${instance.start[at]}`,
    }
  },
  perturb(instance) {
    const { start, query } = instance
    if (query === '') return { ...instance, start: start.with(0, start[1]).with(1, start[0]) }
    const at = indexOf(query)
    return { ...instance, start: start.with(at, Number(start[at]) + 1) }
  },
  unanswerable(instance) {
    const gone = instance.query === '' ? instance.changes[0][0] : instance.query
    return prompt(instance).replace(new RegExp(`(^|,)${gone}=[a-z0-9]+,?`), '$1')
  },
})
