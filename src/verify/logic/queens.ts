// Judges queens on a square board, one a row: no two on one column or diagonal, and those given stay where they are.
// Rows and columns are numbered from 0.
import type { Verdict } from '../../contracts/index.ts'
import { failed, malformed, ruleCount } from './verdicts.ts'

const maxSize = 1_000

/**
 * Whether the queens (the column in each row) keep the rules. `given` has the column of a queen that stands already,
 * or -1 for a row without one. `parts.rules` is the share of queens that keep still and are not attacked from above.
 *
 * @example
 * checkQueens([-1, 3, -1, -1], [1, 3, 0, 2]).kind // 'right'
 */
export function checkQueens(given: readonly number[], columns: readonly number[]): Verdict {
  const size = given.length
  if (size < 1 || size > maxSize) return failed(`a board of ${size} rows is not read`)
  if (columns.length !== size) return malformed(`it has ${columns.length} queens, not ${size}`)
  const off = columns.findIndex((column) => !Number.isInteger(column) || column < 0 || column >= size)
  if (off >= 0) return malformed(`the queen of row ${off + 1} stands off the board`)
  const count = ruleCount()
  const taken = new Map<string, number>()
  for (const [row, column] of columns.entries()) {
    const lines = [`c${column}`, `d${column - row}`, `u${column + row}`]
    const other = lines.map((line) => taken.get(line)).find((at) => at !== undefined)
    const isMoved = given[row] >= 0 && given[row] !== column
    count.hold(other === undefined && !isMoved, () =>
      isMoved
        ? `the queen of row ${row + 1} was given elsewhere`
        : `the queens of rows ${Number(other) + 1} and ${row + 1} attack`,
    )
    for (const line of lines) if (!taken.has(line)) taken.set(line, row)
  }
  return count.verdict(`${size} queens, none attacked`)
}
