// A square of digits as text, `12/21`, and back; and a wrong square with the step that makes it so.
import type { Rng } from '../../base/rng.ts'
import type { Solution } from '../family/family.ts'
import type { LatinInstance } from './latin-candidates.ts'
import { placeName } from './latin-solver.ts'

/** Rows joined by `/`; 0 is `.`. */
export function showGrid(size: number, cells: readonly number[]): string {
  const rows: string[] = []
  for (let at = 0; at < cells.length; at += size) rows.push(cells.slice(at, at + size).join(''))
  return rows.join('/').replaceAll('0', '.')
}

/** The cells of a full square, or undefined when the text is none of this size. */
export function readGrid(size: number, text: string): number[] | undefined {
  const rows = text.length === size * size + size - 1 ? text.split('/') : []
  const isForm = rows.length === size && rows.every((row) => row.length === size && /^[1-9]+$/.test(row))
  return isForm ? [...rows.join('')].map(Number) : undefined
}

/** The solution with a false value in one free cell, in the answer and in the steps that write it. */
export function slipIn({ size, given }: LatinInstance, { steps, answer }: Solution, rng: Rng): Solution {
  const grid = [...answer.replaceAll('/', '')].map(Number)
  const cell = rng.pick(given.flatMap((value, at) => (value === 0 ? [at] : [])))
  const place = `${placeName(size, cell)}=`
  const value = ((grid[cell] - 1 + 1 + rng.int(size - 1)) % size) + 1
  return {
    steps: steps.map((step) => (step === `${place}${grid[cell]}` ? `${place}${value}` : step)),
    answer: showGrid(size, grid.with(cell, value)),
  }
}
