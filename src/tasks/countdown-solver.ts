// Exhaustive search for countdown: combine any two values into one until the target appears, depth first.
// Only values of 0 or more are tried: a target above 0 that needs a negative value is also reached without one, by
// turning the subtraction round. Steps are text, `44+19=63`. It knows neither problems nor verdicts.
import type { Rng } from '../base/rng.ts'
import type { Fraction } from './fraction.ts'
import { combine, equal, showFraction, whole } from './fraction.ts'

/** One way to combine two values of a pool, and the pool after it, the new value first. */
export interface Move<V> {
  readonly step: string
  readonly result: V
  readonly pool: readonly V[]
}

type Moves<V> = (pool: readonly V[]) => readonly Move<V>[]

/** How to search. */
export interface SearchOptions {
  /** Tries moves in random order; without it, in the order of the numbers. */
  readonly rng?: Rng
  /** Gives up after this many moves in each pass; default no limit. */
  readonly maxMoves?: number
}

function pairMoves<V>(pool: readonly V[], combinePair: (a: V, b: V) => readonly [string, V][]): readonly Move<V>[] {
  const moves: Move<V>[] = []
  for (let i = 0; i < pool.length; i++) {
    for (let j = i + 1; j < pool.length; j++) {
      const rest = pool.filter((_, k) => k !== i && k !== j)
      for (const [step, result] of combinePair(pool[i], pool[j])) moves.push({ step, result, pool: [result, ...rest] })
    }
  }
  return moves
}

function integerMoves(smallest: 0 | 1): Moves<number> {
  return (pool) =>
    pairMoves(pool, (a, b) => {
      const [large, small] = a >= b ? [a, b] : [b, a]
      const results: [string, number][] = [[`${a}+${b}`, a + b]]
      if (large - small >= smallest) results.push([`${large}-${small}`, large - small])
      if (Number.isSafeInteger(a * b)) results.push([`${a}*${b}`, a * b])
      if (small > 0 && large % small === 0) results.push([`${large}/${small}`, large / small])
      return results.map(([text, result]) => [`${text}=${result}`, result])
    })
}

/** Every combination of two values with a positive whole result. */
export const positiveMoves: Moves<number> = integerMoves(1)
/** The same with 0 as a result. */
export const wholeMoves: Moves<number> = integerMoves(0)

const rationalMoves: Moves<Fraction> = (pool) =>
  pairMoves(pool, (a, b) => {
    const [large, small] = a.top * b.bottom >= b.top * a.bottom ? [a, b] : [b, a]
    const tried = [
      [a, '+', b],
      [large, '-', small],
      [a, '*', b],
      [a, '/', b],
      [b, '/', a],
    ] as const
    return tried.flatMap(([left, operator, right]): [string, Fraction][] => {
      const result = combine(left, operator, right)
      if (result === undefined) return []
      return [[`${showFraction(left)}${operator}${showFraction(right)}=${showFraction(result)}`, result]]
    })
  })

interface Pass<V> {
  readonly moves: Moves<V>
  readonly isTarget: (value: V) => boolean
  readonly useAll: boolean
}

function search<V>(numbers: readonly V[], pass: Pass<V>, options: SearchOptions): readonly string[] | undefined {
  let left = options.maxMoves ?? Number.POSITIVE_INFINITY
  const visit = (pool: readonly V[]): string[] | undefined => {
    const moves = pass.moves(pool)
    for (const move of options.rng === undefined ? moves : options.rng.shuffle([...moves])) {
      if (left-- <= 0) return undefined
      const isEnd = move.pool.length === 1
      if (pass.isTarget(move.result) && (isEnd || !pass.useAll)) return [move.step]
      const later = isEnd ? undefined : visit(move.pool)
      if (later !== undefined) return [move.step, ...later]
    }
    return undefined
  }
  return visit(numbers)
}

/** Steps that use every number and reach the target with whole values only, positive ones where that is possible. */
export function findFullAttempt(
  numbers: readonly number[],
  target: number,
  options: SearchOptions = {},
): readonly string[] | undefined {
  const isTarget = (value: number): boolean => value === target
  return (
    search(numbers, { moves: positiveMoves, isTarget, useAll: true }, options) ??
    search(numbers, { moves: wholeMoves, isTarget, useAll: true }, options)
  )
}

/**
 * Steps that reach the target, the plainest kind there is: all numbers and whole values, else fewer numbers, else
 * fractions. No steps when only a bare number equals the target; undefined when nothing reaches it.
 */
export function findAttempt(
  numbers: readonly number[],
  target: number,
  options: SearchOptions = {},
): readonly string[] | undefined {
  const goal = whole(target)
  return (
    findFullAttempt(numbers, target, options) ??
    search(numbers, { moves: positiveMoves, isTarget: (value) => value === target, useAll: false }, options) ??
    (numbers.includes(target) ? [] : undefined) ??
    search(
      numbers.map(whole),
      { moves: rationalMoves, isTarget: (value) => equal(value, goal), useAll: false },
      options,
    )
  )
}

/** Random combinations of every number, each move equally likely, with the value they end at. */
export function randomAttempt(numbers: readonly number[], rng: Rng): { steps: readonly string[]; end: number } {
  const steps: string[] = []
  let pool = numbers
  while (pool.length > 1) {
    const move = rng.pick(positiveMoves(pool))
    steps.push(move.step)
    pool = move.pool
  }
  return { steps, end: pool[0] }
}
