// The countdown task: `44 19 35=98:` asks for steps or an expression that use each number at most once and reach the
// target. Generated problems follow the public rows (docs/decisions/2026-11-21-countdown-distribution.md).
// The search is in countdown-solver.ts, the check in countdown-verify.ts, the texts in countdown-traces.ts.
import { z } from 'zod'
import { GradusError } from '../base/error.ts'
import type { Rng } from '../base/rng.ts'
import type { Knobs, Problem, Split, Task, Trace } from '../contracts/index.ts'
import { readCountdownRow } from './countdown-row.ts'
import { findAttempt, findFullAttempt } from './countdown-solver.ts'
import { attemptText, rightAttempt, searchAttempts, wrongAttempt, wrongExpression } from './countdown-traces.ts'
import type { CountdownGoal } from './countdown-verify.ts'
import { goalOf, verifyCountdown } from './countdown-verify.ts'
import { readKnobs } from './read-knobs.ts'
import { drawInSplit, problemId } from './split-by-content.ts'
import { unknownStyle } from './unknown-style.ts'

const id = 'countdown'
const styles = ['attempt', 'attempt-wrong', 'expression-wrong', 'search'] as const
// Five and six numbers have so many attempts that the search for one is cut short; few problems are lost by it.
const maxMoves = 20_000
// As in the public rows, targets are uniform: numbers are redrawn until they reach the target. Only a target that
// they hardly ever reach is given up.
const drawsPerTarget = 4_000
// Share of random attempts on all the numbers that hit the target, 200 attempts a problem on 2,000 problems of 3 or 4
// numbers and 300 of 5 or 6.
const chances: Readonly<Record<number, number>> = { 3: 0.089, 4: 0.016, 5: 0.0025, 6: 0.0013 }

const knobs = z.object({
  numbers: z.int().min(3).max(6).default(3).describe('How many numbers there are.'),
  level: z.literal([0, 3, 4, 5, 6]).default(0).describe('When above 0, how many numbers, instead of `numbers`.'),
  maxNumber: z.int().min(2).max(9999).default(99).describe('Numbers are drawn from 1 to this.'),
  minTarget: z.int().min(1).max(9999).default(10).describe('Smallest target.'),
  maxTarget: z.int().min(1).max(9999).default(100).describe('Largest target.'),
})

/** The same for every order of the numbers. */
function contentOf(goal: CountdownGoal): string {
  return `${[...goal.numbers].sort((a, b) => a - b).join(' ')}=${goal.target}`
}

function promptOf(goal: CountdownGoal): string {
  return `${goal.numbers.join(' ')}=${goal.target}:`
}

function problem(split: Split, index: number, given?: Knobs): Problem {
  const { level, ...own } = readKnobs(id, knobs, given)
  const settings = { ...own, numbers: level > 0 ? level : own.numbers }
  const { numbers: count, maxNumber, minTarget, maxTarget } = settings
  if (minTarget > maxTarget) {
    throw new GradusError('config/bad-value', `Knob "minTarget" (${minTarget}) is above "maxTarget" (${maxTarget}).`, {
      hint: 'Give a range of targets that is not empty, such as minTarget 10 and maxTarget 100.',
    })
  }
  let [target, draws] = [0, 0]
  const goal = drawInSplit(id, split, index, settings, {
    draw: (rng): CountdownGoal => {
      if (draws++ % drawsPerTarget === 0) target = minTarget + rng.int(maxTarget - minTarget + 1)
      return { numbers: Array.from({ length: count }, () => 1 + rng.int(maxNumber)), target }
    },
    content: contentOf,
    accept: (candidate) => findFullAttempt(candidate.numbers, candidate.target, { maxMoves }) !== undefined,
  })
  const made = {
    task: id,
    split,
    prompt: promptOf(goal),
    answer: String(goal.target),
    level: count,
    meta: { numbers: goal.numbers, target: goal.target },
  }
  return { id: problemId(id, split, index, contentOf(goal)), ...made }
}

function fromRow(row: Readonly<Record<string, unknown>>, split: Split): Problem {
  const { id: rowId, nums, target, level } = readCountdownRow(row)
  const goal = { numbers: nums, target }
  return {
    id: rowId,
    task: id,
    split,
    prompt: promptOf(goal),
    answer: String(target),
    level: level ?? nums.length,
    meta: { numbers: nums, target },
  }
}

function requireGoal(from: Problem): CountdownGoal {
  const goal = goalOf(from)
  if (goal !== undefined) return goal
  throw new GradusError('data/bad-problem', `Problem "${from.id}" holds no numbers and target.`, {
    hint: `Only problems made or read by task "${id}" can be solved by it.`,
  })
}

function unsolvable(from: Problem): GradusError {
  return new GradusError('data/unsolvable', `Nothing reaches the target of problem "${from.id}": ${from.prompt}`, {
    hint: 'Remove the row, or leave it out of demonstrations: it has no right attempt.',
  })
}

function solve(from: Problem): string {
  const goal = requireGoal(from)
  const steps = findAttempt(goal.numbers, goal.target)
  if (steps === undefined) throw unsolvable(from)
  return attemptText(steps, goal.target)
}

function traces(from: Problem, style: string, rng: Rng): readonly Trace[] {
  const goal = requireGoal(from)
  const trace = (attempts: readonly (readonly string[])[] | undefined, isRight: boolean): readonly Trace[] => {
    if (attempts === undefined) throw unsolvable(from)
    const text = attempts.map((steps) => attemptText(steps, goal.target)).join('!')
    return [{ text, origin: 'oracle', right: isRight, steps: attempts.flat() }]
  }
  const single = (steps: readonly string[] | undefined) => (steps === undefined ? undefined : [steps])
  switch (style as (typeof styles)[number]) {
    case 'attempt':
      return trace(single(rightAttempt(goal, rng)), true)
    case 'attempt-wrong':
      return trace(single(wrongAttempt(goal, rng)), false)
    case 'expression-wrong': {
      const text = wrongExpression(goal, rng)
      if (text === undefined) throw unsolvable(from)
      return [{ text, origin: 'oracle', right: false, steps: [text] }]
    }
    case 'search':
      return trace(searchAttempts(goal, rng), true)
    default:
      throw unknownStyle(id, style, styles)
  }
}

/** Reach a target from 3 to 6 numbers with + - * /, each number at most once; level = how many numbers. */
export const countdown: Task = {
  id,
  summary: 'Reach the target with + - * / on the numbers, each at most once, such as 44 19 35=98:',
  levels: [3, 4, 5, 6],
  knobs,
  alphabet: '0123456789+-*/=;:!() ',
  styles,
  chance: (level) => chances[level] ?? 0,
  problem,
  content: (from) => contentOf(requireGoal(from)),
  solve,
  verify: verifyCountdown,
  traces,
  fromRow,
}
