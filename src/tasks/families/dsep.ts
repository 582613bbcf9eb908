// Are two variables of a causal graph independent once others are known (d-separation)? Decided by Bayes-ball, whose
// moves are the steps (Shachter 1998). Names are not renamed for the splits.
import { z } from 'zod'
import type { Rng } from '../../base/rng.ts'
import type { Family, Judgement, Solution } from '../family/family.ts'
import { taskOf } from '../family/task-of.ts'
import { quote } from '../verdict.ts'

interface DsepKnobs {
  readonly nodes: number
  readonly arrows: number
  /** Known variables at most; as many or fewer are drawn. */
  readonly known: number
}

/** Arrows as `AB` for A > B, the two variables asked about, and the known ones. */
export type DsepInstance = {
  readonly arrows: readonly string[]
  readonly ends: readonly [string, string]
  readonly known: readonly string[]
}

const ladder = [
  { nodes: 5, arrows: 4, known: 1 },
  { nodes: 5, arrows: 5, known: 1 },
  { nodes: 6, arrows: 7, known: 2 },
  { nodes: 7, arrows: 9, known: 2 },
  { nodes: 8, arrows: 12, known: 3 },
] as const satisfies readonly DsepKnobs[]

const letters = [...'ABCDEFGHIJ']
const fairTries = 30

/** A random graph without cycles; draws again for the answer that a coin has chosen, as long as patience lasts. */
function draw(knobs: DsepKnobs, rng: Rng): DsepInstance {
  const wanted = rng.int(2) === 0 ? 'yes' : 'no'
  let instance = drawAny(knobs, rng)
  for (let tries = 0; tries < fairTries && solve(instance).answer !== wanted; tries++) instance = drawAny(knobs, rng)
  return instance
}

function drawAny({ nodes, arrows, known }: DsepKnobs, rng: Rng): DsepInstance {
  const order = rng.shuffle(letters.slice(0, nodes))
  const pairs = order.flatMap((a, i) => order.slice(i + 1).map((b) => a + b))
  const chosen = rng.shuffle(pairs).slice(0, arrows)
  const [x, y, ...others] = rng.shuffle(order)
  const apart = chosen.filter((arrow) => !(arrow.includes(x) && arrow.includes(y)))
  const count = Math.min(others.length, rng.int(known + 1))
  return { arrows: apart, ends: x < y ? [x, y] : [y, x], known: others.slice(0, count).sort() }
}

/** Where the ball stands: the variable, and whether it came along an arrow (from a cause) or against one. */
interface Ball {
  readonly at: string
  readonly fromCause: boolean
}

/** The moves that the ball may make from here, as `A>B` (along an arrow) or `B<A` (against one). */
function movesFrom({ arrows, known }: DsepInstance, { at, fromCause }: Ball): string[] {
  const isKnown = known.includes(at)
  // A known variable sends back what comes from a cause and stops what comes from an effect.
  const toEffects = !isKnown
  const toCauses = isKnown === fromCause
  return arrows.flatMap((arrow) =>
    arrow[0] === at && toEffects ? [`${at}>${arrow[1]}`] : arrow[1] === at && toCauses ? [`${at}<${arrow[0]}`] : [],
  )
}

function ballAfter(move: string): Ball {
  return { at: move[2], fromCause: move[1] === '>' }
}

/** All moves of the ball, breadth first, until it reaches the other end or has been everywhere. */
function solve(instance: DsepInstance): Solution {
  const [from, to] = instance.ends
  const steps: string[] = []
  // The ball starts as if it came from an effect: it may leave in every direction.
  const balls: Ball[] = [{ at: from, fromCause: false }]
  for (let next = 0; next < balls.length; next++) {
    for (const move of movesFrom(instance, balls[next])) {
      const ball = ballAfter(move)
      if (balls.some((other) => other.at === ball.at && other.fromCause === ball.fromCause)) continue
      balls.push(ball)
      steps.push(move)
      if (ball.at === to) return { steps, answer: 'no' }
    }
  }
  return { steps, answer: 'yes' }
}

/** 1 for a move that the ball may make from somewhere it has been to something new. */
function stepScores(instance: DsepInstance, steps: readonly string[]): number[] {
  const name = ({ at, fromCause }: Ball): string => `${at}${fromCause ? 'c' : 'e'}`
  const start = { at: instance.ends[0], fromCause: false }
  const been = new Set([name(start)])
  const open = new Set(movesFrom(instance, start))
  return steps.map((step) => {
    if (!open.has(step)) return 0
    const ball = ballAfter(step)
    if (been.has(name(ball))) return 0
    been.add(name(ball))
    for (const move of movesFrom(instance, ball)) open.add(move)
    return 1
  })
}

function judge(instance: DsepInstance, answer: string): Judgement {
  const right = solve(instance).answer
  if (answer === right) return true
  if (answer !== 'yes' && answer !== 'no') return `${quote(answer)} is not yes or no`
  return right === 'yes' ? 'every path between them is blocked' : 'a path between them is open'
}

/** One variable more or less is known, so that the answer changes. */
function perturb(instance: DsepInstance, rng: Rng): DsepInstance | undefined {
  const right = solve(instance).answer
  const others = [...new Set(instance.arrows.join(''))].filter((name) => !instance.ends.includes(name))
  for (const name of rng.shuffle(others.sort())) {
    const isKnown = instance.known.includes(name)
    const known = isKnown ? instance.known.filter((other) => other !== name) : [...instance.known, name].sort()
    const changed = { ...instance, known }
    if (solve(changed).answer !== right) return changed
  }
  return undefined
}

function wrongAnswer(instance: DsepInstance): string {
  return solve(instance).answer === 'yes' ? 'no' : 'yes'
}

/** Independence in a causal graph. */
export const dsep = taskOf<DsepInstance, DsepKnobs>({
  id: 'dsep',
  summary: 'Are two variables independent given others? `A>B.B>C.A,C|B?` has the answer yes, `A>B.C>B.A,C|B?` no.',
  rules:
    'The prompt is arrows of a causal graph without cycles, joined by `.`, then the question, followed by `?`: `A>B` ' +
    'says that A directly causes B. `A,C|BD?` asks whether A and C are d-separated by the known variables B and D ' +
    '(none may stand after `|`): `yes` when every path between them, arrows taken in either direction, is blocked, ' +
    '`no` otherwise. A path is blocked when it has an inner variable that is known and at which its arrows do not ' +
    'meet head to head, or one at which they do meet head to head (`X>M<Y`) and neither it nor anything it leads to ' +
    'is known. Variables without an arrow may be asked about. Steps are the moves of a ball from the first variable: ' +
    '`A>B` goes along an arrow, `B<A` against one. From the first variable it may go anywhere; from an unknown one ' +
    'reached along an arrow only along arrows, reached against an arrow anywhere; from a known one reached along an ' +
    'arrow only against arrows, reached against one nowhere. The answer is no when it reaches the second variable.',
  tags: ['logic', 'graph', 'causality'],
  knobs: z.object({
    nodes: z.int().min(3).max(10).optional().describe('Variables.'),
    arrows: z.int().min(1).max(45).optional().describe('Arrows at most.'),
    known: z.int().min(0).max(8).optional().describe('Known variables at most.'),
  }),
  ladder,
  alphabet: `${letters.join('')}yesno<>.,|?;#`,
  draw,
  content: ({ arrows, ends, known }) => `${[...arrows].sort().join('.')}.${ends.join()}|${known.join('')}`,
  prompt: ({ arrows, ends, known }) =>
    `${[...arrows.map(([a, b]) => `${a}>${b}`), `${ends.join()}|${known.join('')}`].join('.')}?`,
  solve,
  judge,
  wrongAnswer,
  // Someone who overlooks that a variable is known, or takes one to be known.
  wrongSolution: (instance, rng) => {
    const misread = perturb(instance, rng)
    return misread === undefined ? { steps: [], answer: wrongAnswer(instance) } : solve(misread)
  },
  stepScores,
  chance: () => 1 / 2,
  perturb,
} satisfies Family<DsepInstance, DsepKnobs>)
