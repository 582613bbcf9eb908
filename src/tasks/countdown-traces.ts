// Worked countdown attempts, right and wrong, every step of them right arithmetic on whole numbers where possible.
// It writes text only; what a style is called and what a problem holds is known to countdown.ts.
import type { Rng } from '../base/rng.ts'
import { findAttempt, positiveMoves, randomAttempt } from './countdown-solver.ts'
import type { CountdownGoal } from './countdown-verify.ts'

// A wrong attempt should look like the answer to another problem, so it ends in the range of usual targets if it can.
const usualTarget = 100
const maxTries = 1000
const plausibleTries = 100
const maxFailures = 3

/** `44+19=63;63+35=98`; a bare number when no step is needed. */
export function attemptText(steps: readonly string[], target: number): string {
  return steps.length === 0 ? String(target) : steps.join(';')
}

/** Steps to the target, chosen by `rng` among those of the plainest kind; undefined when there are none. */
export function rightAttempt(goal: CountdownGoal, rng: Rng): readonly string[] | undefined {
  return findAttempt(goal.numbers, goal.target, { rng })
}

/** Legal steps on all the numbers that end elsewhere than at the target; undefined when every attempt hits it. */
export function wrongAttempt(goal: CountdownGoal, rng: Rng): readonly string[] | undefined {
  let fallback: readonly string[] | undefined
  for (let i = 0; i < maxTries; i++) {
    const { steps, end } = randomAttempt(goal.numbers, rng)
    if (end === goal.target) continue
    if (end <= Math.max(usualTarget, goal.target)) return steps
    fallback = steps
    if (i >= plausibleTries) break
  }
  return fallback
}

/** Tries to write an expression that misses the target before giving up. */
const maxExpressions = 50

/**
 * The numbers in some order with + - * between them, without working, that miss the target: a guess. Undefined when
 * every guess hits it.
 */
export function wrongExpression({ numbers, target }: CountdownGoal, rng: Rng): string | undefined {
  for (let i = 0; i < maxExpressions; i++) {
    const order = rng.shuffle(numbers)
    const operators = order.slice(1).map(() => rng.pick(['+', '-', '*'] as const))
    if (expressionValue(order, operators) !== target)
      return order.map((number, k) => `${k === 0 ? '' : operators[k - 1]}${number}`).join('')
  }
  return undefined
}

/** The value of numbers joined by operators, products first. */
function expressionValue(numbers: readonly number[], operators: readonly ('+' | '-' | '*')[]): number {
  let sum = 0
  let term = numbers[0]
  operators.forEach((operator, i) => {
    const next = numbers[i + 1]
    if (operator === '*') {
      term *= next
      return
    }
    sum += term
    term = operator === '+' ? next : -next
  })
  return sum + term
}

/**
 * One to three different failed attempts and then a right one. As in a depth-first search, those that leave the right
 * first step come before those that keep it.
 */
export function searchAttempts(goal: CountdownGoal, rng: Rng): readonly (readonly string[])[] | undefined {
  const solution = rightAttempt(goal, rng)
  if (solution === undefined) return undefined
  const wantedFailures = 1 + rng.int(maxFailures)
  const far = new Map<string, readonly string[]>()
  const near = new Map<string, readonly string[]>()
  for (let i = 0; i < 4 * maxFailures && far.size + near.size < wantedFailures; i++) {
    const kept = rng.next() < 0.5 ? failureAfter(solution[0], goal, rng) : undefined
    const failure = kept ?? wrongAttempt(goal, rng)
    if (failure === undefined) continue
    const group = failure[0] === solution[0] ? near : far
    group.set(failure.join(';'), failure)
  }
  return [...far.values(), ...near.values(), solution]
}

/** A failed attempt that begins with this step. */
function failureAfter(first: string | undefined, goal: CountdownGoal, rng: Rng): readonly string[] | undefined {
  const move = positiveMoves(goal.numbers).find((candidate) => candidate.step === first)
  if (move === undefined || move.pool.length < 2) return undefined
  const rest = wrongAttempt({ numbers: move.pool, target: goal.target }, rng)
  return rest === undefined ? undefined : [move.step, ...rest]
}
