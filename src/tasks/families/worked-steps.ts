// One solver used three ways: to solve, to slip, to score. A `Work` hands each equation that it needs to `write` and goes
// on from the number that `write` returns, which may be a slip or what a model wrote. So a slip is carried on, and a step
// that goes on from an earlier wrong number is scored by its own arithmetic. It knows no family.
import type { Rng } from '../../base/rng.ts'
import type { Solution } from '../family/family.ts'

/** Writes the step `left=value` and returns the number to go on with; `below` says that it lies in 0..below-1. */
export type Write = (left: string, value: number, below?: number) => number

/** Solves an instance by equations; returns the answer. Must end for whatever `write` returns. */
export type Work<I> = (instance: I, write: Write) => string

const integer = /^-?\d{1,15}$/
const slipTries = 8

/** A wrong number close to the right one, and not below zero when that is not. */
export function nearMiss(value: number, rng: Rng): number {
  const distance = rng.pick([1, 1, 2, 3, 10])
  const isUp = rng.int(2) === 0 || (value >= 0 && value < distance)
  return isUp ? value + distance : value - distance
}

/** The `solve`, `wrongSolution` and `stepScores` of a family. */
export function workedSteps<I>(work: Work<I>, wrongAnswer: (instance: I, rng: Rng) => string) {
  function solveBending(instance: I, bend: (value: number, step: number, below?: number) => number): Solution {
    const steps: string[] = []
    const answer = work(instance, (left, value, below) => {
      const written = bend(value, steps.length, below)
      steps.push(`${left}=${written}`)
      return written
    })
    return { steps, answer }
  }

  const solve = (instance: I): Solution => solveBending(instance, (value) => value)

  function wrongSolution(instance: I, rng: Rng): Solution {
    const right = solve(instance)
    for (let tries = 0; tries < slipTries && right.steps.length > 0; tries++) {
      const at = rng.int(right.steps.length)
      const slip = (value: number, below?: number): number =>
        below === undefined || below < 2 ? nearMiss(value, rng) : (value + 1 + rng.int(below - 1)) % below
      const wrong = solveBending(instance, (value, step, below) => (step === at ? slip(value, below) : value))
      if (wrong.answer !== right.answer) return wrong
    }
    return { steps: right.steps, answer: wrongAnswer(instance, rng) }
  }

  /** 1 for a step that is the equation due at this place, going on from the numbers written before; else 0. */
  function stepScores(instance: I, steps: readonly string[]): readonly number[] {
    const scores = steps.map(() => 0)
    let at = 0
    work(instance, (left, value) => {
      const step = steps[at++]
      const mark = step?.lastIndexOf('=') ?? -1
      if (step === undefined || mark < 0 || step.slice(0, mark) !== left) return value
      const written = step.slice(mark + 1)
      if (!integer.test(written) || String(Number(written)) !== written) return value
      if (Number(written) === value) scores[at - 1] = 1
      return Number(written)
    })
    return scores
  }

  return { solve, wrongSolution, stepScores }
}
