// Measures countdown problems: which can be solved how, and how their numbers and targets spread. It is what the
// generator was fitted with, and what shows whether another data set is like it. It draws nothing and prints nothing.
import type { Rng } from '../base/rng.ts'
import type { Move } from './countdown-solver.ts'
import { positiveMoves, randomAttempt, wholeMoves } from './countdown-solver.ts'
import type { CountdownGoal } from './countdown-verify.ts'

/** Shares of the problems, in [0, 1], unless said otherwise. */
export interface CountdownSurvey {
  readonly problems: number
  /** Solvable with every number and positive whole values throughout. */
  readonly allPositive: number
  /** The same with 0 allowed as a value. */
  readonly allWhole: number
  /** Solvable with a part of the numbers (one operation at least), positive whole values. */
  readonly fewer: number
  /** Solvable with every number and only + and -. */
  readonly allSums: number
  /** The target is one of the numbers. */
  readonly targetGiven: number
  /** Two numbers are equal. */
  readonly repeated: number
  /** Mean of the numbers. */
  readonly numberMean: number
  /** Mean of the targets. */
  readonly targetMean: number
  /** Share of random attempts on all the numbers that hit the target. */
  readonly chance: number
}

/** Surveys the problems with `attempts` random attempts on each for the chance; 3 or 4 numbers, else it is slow. */
export function surveyCountdown(goals: readonly CountdownGoal[], rng: Rng, attempts = 200): CountdownSurvey {
  const share = (holds: (goal: CountdownGoal) => boolean): number => goals.filter(holds).length / goals.length
  const numbers = goals.flatMap((goal) => goal.numbers)
  const hits = goals.flatMap((goal) =>
    Array.from({ length: attempts }, (): number => (randomAttempt(goal.numbers, rng).end === goal.target ? 1 : 0)),
  )
  const sums = (pool: readonly number[]) => positiveMoves(pool).filter((move) => !/[*/]/.test(move.step))
  return {
    problems: goals.length,
    allPositive: share((goal) => reaches(goal, positiveMoves, (left) => left === 1)),
    allWhole: share((goal) => reaches(goal, wholeMoves, (left) => left === 1)),
    fewer: share((goal) => reaches(goal, positiveMoves, (left) => left > 1)),
    allSums: share((goal) => reaches(goal, sums, (left) => left === 1)),
    targetGiven: share((goal) => goal.numbers.includes(goal.target)),
    repeated: share((goal) => new Set(goal.numbers).size < goal.numbers.length),
    numberMean: mean(numbers),
    targetMean: mean(goals.map((goal) => goal.target)),
    chance: mean(hits),
  }
}

/** Whether some moves lead to the target with an accepted number of values left. */
function reaches(
  goal: CountdownGoal,
  moves: (pool: readonly number[]) => readonly Move<number>[],
  accepts: (valuesLeft: number) => boolean,
): boolean {
  const visit = (pool: readonly number[]): boolean =>
    pool.length > 1 &&
    moves(pool).some((move) => (move.result === goal.target && accepts(move.pool.length)) || visit(move.pool))
  return visit(goal.numbers)
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
