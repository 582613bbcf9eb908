// Judges a filled square grid: every row and column holds each of 1..size once; with boxes it is a sudoku, with signs
// a futoshiki. Cells are numbered row by row from 0. It judges the grid and not any gold solution.
import type { Verdict } from '../../contracts/index.ts'
import { failed, malformed, ruleCount } from './verdicts.ts'

/** The rules that a grid must keep. */
export interface LatinPuzzle {
  readonly size: number
  /** The numbers that stand already, row by row; 0 where the solver writes. */
  readonly given: readonly number[]
  /** Rows and columns of a box; the boxes tile the grid. */
  readonly box?: { readonly rows: number; readonly columns: number }
  /** Pairs of cells: the first must hold less than the second. */
  readonly less?: readonly (readonly [number, number])[]
}

const maxSize = 64

/**
 * Whether the grid (row by row) keeps every rule; `parts.rules` is the share of rules that hold, where a row, a
 * column, a box, a given number and a sign is one rule each.
 */
export function checkLatinGrid(puzzle: LatinPuzzle, grid: readonly number[]): Verdict {
  const { size, given, box, less = [] } = puzzle
  if (!Number.isSafeInteger(size) || size < 1 || size > maxSize || given.length !== size * size) {
    return failed(`a grid of size ${size} with ${given.length} cells is not read`)
  }
  if (box !== undefined && (box.rows * box.columns !== size || size % box.rows !== 0)) {
    return failed(`boxes of ${box.rows} by ${box.columns} do not tile a grid of size ${size}`)
  }
  if (less.flat().some((cell) => !(cell in given))) return failed('a sign stands beside a cell that is not there')
  if (grid.length !== size * size) return malformed(`it has ${grid.length} cells, not ${size * size}`)
  const strange = grid.findIndex((value) => !Number.isInteger(value) || value < 1 || value > size)
  if (strange >= 0) return malformed(`${where(strange, size)} is not one of 1 to ${size}`)

  const count = ruleCount()
  for (const [cell, value] of given.entries()) {
    if (value !== 0) count.hold(grid[cell] === value, () => `${where(cell, size)} was given as ${value}`)
  }
  const line = Array.from({ length: size }, (_, i) => i)
  for (const row of line) holdOnce(`row ${row + 1}`, (i) => row * size + i)
  for (const column of line) holdOnce(`column ${column + 1}`, (i) => i * size + column)
  if (box !== undefined) {
    const { rows, columns } = box
    const perRow = size / columns
    for (const b of line) {
      const corner = Math.floor(b / perRow) * rows * size + (b % perRow) * columns
      holdOnce(`box ${b + 1}`, (i) => corner + Math.floor(i / columns) * size + (i % columns))
    }
  }
  for (const [low, high] of less) {
    count.hold(grid[low] < grid[high], () => `${where(low, size)} is not less than ${where(high, size)}`)
  }
  return count.verdict('every rule holds')

  function holdOnce(name: string, cellOf: (i: number) => number): void {
    const seen = new Set<number>()
    const twice = line.map((i) => grid[cellOf(i)]).find((value) => seen.size === seen.add(value).size)
    count.hold(twice === undefined, () => `${name} holds ${twice} twice`)
  }
}

function where(cell: number, size: number): string {
  return `row ${Math.floor(cell / size) + 1} column ${(cell % size) + 1}`
}
