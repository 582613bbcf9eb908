// dyck: brackets of two to four types. Either complete a line, `([]{:`, or find its first error, `([)]?`. The trace is
// the stack after each bracket.
import { z } from 'zod'
import type { Rng } from '../../base/rng.ts'
import type { Solution } from '../family/family.ts'
import { taskOf } from '../family/task-of.ts'
import { quote } from '../verdict.ts'

type Dyck = { readonly kind: 'complete' | 'first-error'; readonly line: string }
type DyckKnobs = {
  readonly kind: 'complete' | 'first-error' | 'either'
  readonly types: number
  readonly length: number
  readonly open: number
}

const openers = '([{<'
const closers = ')]}>'
const closerOf = (opener: string): string => closers[openers.indexOf(opener)]

/** A line of right brackets with `open` of them still open at the end. */
function drawPrefix(types: number, length: number, open: number, rng: Rng): string {
  const stack: string[] = []
  let line = ''
  for (let left = length; left > 0; left--) {
    const mustOpen = stack.length === 0 || left <= open - stack.length
    const mustClose = left <= stack.length - open
    if (mustOpen || (!mustClose && rng.int(2) === 0)) {
      stack.push(openers[rng.int(types)])
      line += stack[stack.length - 1]
    } else {
      line += closerOf(stack.pop() ?? '(')
    }
  }
  return line
}

function draw({ kind, types, length, open }: DyckKnobs, rng: Rng): Dyck {
  const chosen = kind === 'either' ? rng.pick(['complete', 'first-error'] as const) : kind
  // The open ones have the parity of the length, or the line could not be drawn.
  if (chosen === 'complete') return { kind: chosen, line: drawPrefix(types, length, open - ((length - open) % 2), rng) }
  const right = drawPrefix(types, length - (length % 2), 0, rng)
  // One in sixteen has no error; elsewhere one bracket becomes another.
  if (rng.int(16) === 0) return { kind: chosen, line: right }
  const at = rng.int(right.length)
  const signs = [...openers.slice(0, types), ...closers.slice(0, types)]
  const other = rng.pick(signs.filter((sign) => sign !== right[at]))
  return { kind: chosen, line: right.slice(0, at) + other + right.slice(at + 1) }
}

/** The stack after one more bracket, or undefined when it closes what is not open. */
function after(stack: string, bracket: string): string | undefined {
  if (openers.includes(bracket)) return stack + bracket
  return stack !== '' && closerOf(stack[stack.length - 1]) === bracket ? stack.slice(0, -1) : undefined
}

/** A step: place, bracket, stack. */
const stepText = (at: number, bracket: string, stack: string | undefined): string =>
  `${at + 1} ${bracket} ${stack === undefined ? '!' : stack === '' ? '-' : stack}`

/** The opener at `mistaken` is taken for `as`, and so enters the stack. */
function work({ kind, line }: Dyck, mistaken = -1, as = ''): Solution {
  const steps: string[] = []
  let stack = ''
  for (let at = 0; at < line.length; at++) {
    const next = after(stack, at === mistaken ? as : line[at])
    steps.push(stepText(at, line[at], next))
    if (next === undefined) return { steps, answer: `${at + 1}` }
    stack = next
  }
  if (kind === 'first-error') return { steps, answer: stack === '' ? '0' : `${line.length + 1}` }
  return { steps, answer: [...stack].reverse().map(closerOf).join('') }
}

/** Places of the openers that nothing closes. */
function openPlaces(line: string): readonly number[] {
  const places: number[] = []
  for (const [at, bracket] of [...line].entries()) {
    if (openers.includes(bracket)) places.push(at)
    else places.pop()
  }
  return places
}

function otherOpener(opener: string, line: string, rng: Rng): string {
  const used = [...openers].filter((sign) => sign !== opener && (line.includes(sign) || sign === '(' || sign === '['))
  return rng.pick(used)
}

function wrongAnswer(instance: Dyck, rng: Rng): string {
  const { answer } = work(instance)
  if (instance.kind === 'first-error') {
    const shift = 1 + rng.int(instance.line.length + 1)
    return `${(Number(answer) + shift) % (instance.line.length + 2)}`
  }
  if (rng.int(3) === 0 && answer.length > 1) return answer.slice(0, -1)
  const at = rng.int(answer.length)
  const opener = openers[closers.indexOf(answer[at])]
  return answer.slice(0, at) + closerOf(otherOpener(opener, instance.line, rng)) + answer.slice(at + 1)
}

function wrongSolution(instance: Dyck, rng: Rng): Solution {
  if (instance.kind === 'first-error') return { steps: work(instance).steps, answer: wrongAnswer(instance, rng) }
  const at = rng.pick(openPlaces(instance.line))
  return work(instance, at, otherOpener(instance.line[at], instance.line, rng))
}

function stepScores({ line }: Dyck, steps: readonly string[]): number[] {
  let stack: string | undefined = ''
  return steps.map((step, at) => {
    if (stack === undefined || line[at] === undefined) return 0
    const isRight = step === stepText(at, line[at], after(stack, line[at]))
    const said = /^\d{1,3} [^ ] ([([{<]{1,64}|-|!)$/.exec(step)?.[1]
    stack = said === '-' ? '' : said === '!' ? undefined : (said ?? after(stack, line[at]))
    return isRight ? 1 : 0
  })
}

/** Completing and checking nested brackets. */
export const dyck = taskOf<Dyck, DyckKnobs>({
  id: 'dyck',
  summary: 'Complete a line of brackets, `([]{:`, or find its first error, `([)]?`.',
  rules: [
    'The brackets are () [] {} <>. A line is right when every closing bracket closes the latest one still open.',
    'A prompt that ends with a colon asks for the closing brackets that are missing at the end, in order: for `([]{:` it is',
    '`})`. One that ends with ? asks for the place, counted from 1, of the first closing bracket that does not close the',
    'latest open one; when there is none, the answer is 0 if nothing stays open, otherwise the length of the line plus 1.',
    'Steps are the place, the bracket and the stack after it, bottom first, - when empty, ! at the error:',
    '`1 ( (;2 [ ([;3 ) !;#3`.',
  ].join(' '),
  tags: ['state-tracking', 'strings'],
  knobs: z.object({
    kind: z.enum(['complete', 'first-error', 'either']).optional().describe('What is asked.'),
    types: z.int().min(2).max(4).optional().describe('Types of brackets.'),
    length: z.int().min(6).max(60).optional().describe('Brackets of the line.'),
    open: z.int().min(2).max(6).optional().describe('Brackets to complete; one less when the parity asks for it.'),
  }),
  ladder: [
    { kind: 'either', types: 2, length: 12, open: 2 },
    { kind: 'either', types: 2, length: 18, open: 4 },
    { kind: 'either', types: 3, length: 24, open: 4 },
    { kind: 'either', types: 4, length: 32, open: 6 },
    { kind: 'either', types: 4, length: 44, open: 6 },
  ],
  alphabet: '()[]{}<>0123456789-! :?;#',
  draw,
  prompt: ({ kind, line }) => line + (kind === 'complete' ? ':' : '?'),
  solve: (instance) => work(instance),
  judge(instance, answer) {
    const right = work(instance).answer
    return answer === right || `${quote(answer)} is not ${quote(right)}`
  },
  wrongAnswer,
  wrongSolution,
  stepScores,
  // The most frequent answer of 2,000 problems, or at level 1 a guess of types and place.
  chance: (level) => [0.165, 0.085, 0.057, 0.052, 0.036][level - 1],
  perturb(instance, rng) {
    if (instance.kind === 'first-error') return undefined
    const { line } = instance
    const at = rng.pick(openPlaces(line))
    return { ...instance, line: line.slice(0, at) + otherOpener(line[at], line, rng) + line.slice(at + 1) }
  },
})
