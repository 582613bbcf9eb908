// Solves squares in which every row, column and (when there are any) box holds each number once, some cells are given
// and some are less than others: sudoku and futoshiki. By singles, then by trials that fail, each with its step.
// It does not know how a puzzle is written.
import type { Rng } from '../../base/rng.ts'
import type { LatinInstance } from './latin-candidates.ts'
import { candidatesOf, onlyOne, placeOnly, valueIn } from './latin-candidates.ts'

/** A full grid and how it was found. */
export interface LatinSolution {
  readonly steps: readonly string[]
  readonly grid: readonly number[]
}

/** What is written in the cells, and values that failed trials have excluded (bit v of a cell). */
interface Work {
  readonly values: number[]
  readonly banned: number[]
}

/** The grid with its steps, or undefined when singles and one trial at a time do not reach it. */
export function solveLatin(puzzle: LatinInstance): LatinSolution | undefined {
  const work = { values: [...puzzle.given], banned: puzzle.given.map(() => 0) }
  const steps: string[] = []
  for (;;) {
    const state = takeSingles(puzzle, work, steps)
    if (state === 'done') return { steps, grid: work.values }
    if (state === 'dead' || !tryOut(puzzle, work, steps)) return undefined
  }
}

/** Writes singles until none is left. */
function takeSingles(puzzle: LatinInstance, work: Work, steps: string[]): 'done' | 'dead' | 'stuck' {
  for (;;) {
    const masks = candidatesOf(puzzle, work.values, work.banned)
    if (masks.includes(0)) return 'dead'
    const single = nextSingle(puzzle, work.values, masks)
    if (single === undefined) return work.values.includes(0) ? 'stuck' : 'done'
    work.values[single.cell] = single.value
    steps.push(`${placeName(puzzle.size, single.cell)}=${single.value}`)
  }
}

function nextSingle(
  puzzle: LatinInstance,
  values: readonly number[],
  masks: readonly number[],
): { readonly cell: number; readonly value: number } | undefined {
  const naked = values.findIndex((value, cell) => value === 0 && onlyOne(masks[cell]))
  if (naked >= 0) return { cell: naked, value: valueIn(masks[naked]) }
  for (const [cell, value] of values.entries()) {
    const found = value === 0 ? placeOnly(puzzle, values, masks, cell) : undefined
    if (found !== undefined) return { cell, value: found }
  }
  return undefined
}

/** One trial that ends in a contradiction (excluding a value) or in the whole grid; false when there is none. */
function tryOut(puzzle: LatinInstance, work: Work, steps: string[]): boolean {
  const masks = candidatesOf(puzzle, work.values, work.banned)
  const free = work.values.flatMap((value, cell) => (value === 0 ? [cell] : []))
  for (const cell of free.sort((a, b) => bitCount(masks[a]) - bitCount(masks[b]) || a - b)) {
    for (let value = 1; value <= puzzle.size; value++) {
      if ((masks[cell] & (1 << value)) === 0) continue
      const trial = { values: work.values.with(cell, value), banned: work.banned }
      const trialSteps = [`${placeName(puzzle.size, cell)}?${value}`]
      const state = takeSingles(puzzle, trial, trialSteps)
      if (state === 'stuck') continue
      steps.push(...trialSteps)
      if (state === 'done') work.values.splice(0, work.values.length, ...trial.values)
      else {
        steps.push('x')
        work.banned[cell] |= 1 << value
      }
      return true
    }
  }
  return false
}

/** 1 for each step that is forced (or a trial that is possible) where it stands; others score 0 and change nothing. */
export function latinStepScores(puzzle: LatinInstance, steps: readonly string[]): number[] {
  let values = [...puzzle.given]
  const banned = values.map(() => 0)
  let trial: { readonly values: number[]; readonly cell: number; readonly value: number } | undefined
  let masks = candidatesOf(puzzle, values, banned)
  return steps.map((step) => {
    if (step === 'x') {
      if (trial === undefined || !masks.includes(0)) return 0
      values = trial.values
      banned[trial.cell] |= 1 << trial.value
      trial = undefined
    } else {
      if (!/^[1-9][1-9][=?][1-9]$/.test(step)) return 0
      const [row, column, value] = [Number(step[0]), Number(step[1]), Number(step[3])]
      const cell = (row - 1) * puzzle.size + column - 1
      if (Math.max(row, column, value) > puzzle.size || values[cell] !== 0) return 0
      if ((masks[cell] & (1 << value)) === 0) return 0
      if (step[2] === '?') {
        if (trial !== undefined) return 0
        trial = { values: [...values], cell, value }
      } else if (!onlyOne(masks[cell]) && placeOnly(puzzle, values, masks, cell, value) === undefined) return 0
      values[cell] = value
    }
    masks = candidatesOf(puzzle, values, banned)
    return 1
  })
}

/** How many grids there are, counted up to `most`; with an `rng`, values are tried in random order. */
export function latinGrids(puzzle: LatinInstance, most: number, rng?: Rng): readonly (readonly number[])[] {
  const found: (readonly number[])[] = []
  const values = [...puzzle.given]
  const none = values.map(() => 0)
  const order = Array.from({ length: puzzle.size }, (_, i) => i + 1)
  const search = (): void => {
    const masks = candidatesOf(puzzle, values, none)
    if (masks.includes(0)) return
    let cell = -1
    for (const [at, value] of values.entries()) {
      if (value === 0 && (cell < 0 || bitCount(masks[at]) < bitCount(masks[cell]))) cell = at
    }
    if (cell < 0) {
      found.push([...values])
      return
    }
    for (const value of rng?.shuffle(order) ?? order) {
      if ((masks[cell] & (1 << value)) === 0) continue
      values[cell] = value
      search()
      values[cell] = 0
      if (found.length >= most) return
    }
  }
  search()
  return found
}

/** The puzzle without one given number that it needs for having one answer. */
export function withoutOneGiven(puzzle: LatinInstance, rng: Rng): LatinInstance | undefined {
  const cells = puzzle.given.flatMap((value, cell) => (value === 0 ? [] : [cell]))
  for (const cell of rng.shuffle(cells)) {
    const less = { ...puzzle, given: puzzle.given.with(cell, 0) }
    if (latinGrids(less, 2).length === 2) return less
  }
  return undefined
}

/** Row and column, from 1: `12`. */
export function placeName(size: number, cell: number): string {
  return `${Math.floor(cell / size) + 1}${(cell % size) + 1}`
}

function bitCount(mask: number): number {
  let count = 0
  for (let rest = mask; rest !== 0; rest &= rest - 1) count++
  return count
}
