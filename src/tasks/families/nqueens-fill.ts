// Queens on a board: some stand, some squares are closed, and one queen has to go into every empty row. Closed squares
// are chosen so that exactly one filling is left.
import { z } from 'zod'
import type { Rng } from '../../base/rng.ts'
import { checkQueens } from '../../verify/logic/queens.ts'
import type { Family, Judgement, Solution } from '../family/family.ts'
import { taskOf } from '../family/task-of.ts'
import { quote } from '../verdict.ts'
import type { QueensInstance } from './nqueens-solver.ts'
import { queenStepScores, queensOf, solveQueens } from './nqueens-solver.ts'

interface QueensKnobs {
  readonly size: number
  readonly removed: number
  readonly closed: number
}

const ladder = [
  { size: 5, removed: 3, closed: 3 },
  { size: 6, removed: 4, closed: 4 },
  { size: 7, removed: 5, closed: 4 },
  { size: 8, removed: 6, closed: 6 },
  { size: 8, removed: 7, closed: 10 },
] as const satisfies readonly QueensKnobs[]

function draw({ size, removed, closed }: QueensKnobs, rng: Rng): QueensInstance {
  const boards = queensOf(size)
  const chosen = rng.pick(boards)
  const rows = Array.from({ length: size }, (_, row) => row)
  const empty = new Set(rng.shuffle(rows).slice(0, removed))
  const given = chosen.map((column, row) => (empty.has(row) ? -1 : column))
  let others = boards.filter(
    (board) => board !== chosen && given.every((column, row) => column < 0 || board[row] === column),
  )
  const shut = new Set<number>()
  // Close a square of some other filling until none is left; then more, which are not needed.
  while (others.length > 0) {
    const other = rng.pick(others)
    const row = rng.pick(rows.filter((at) => other[at] !== chosen[at]))
    shut.add(row * size + other[row])
    others = others.filter((board) => !shut.has(row * size + board[row]))
  }
  const free = rows.flatMap((row) => (empty.has(row) ? rows.map((column) => row * size + column) : []))
  const spare = free.filter((square) => chosen[Math.floor(square / size)] !== square % size && !shut.has(square))
  for (const square of rng.shuffle(spare).slice(0, Math.max(0, closed - shut.size))) shut.add(square)
  return { given, closed: [...shut].sort((a, b) => a - b) }
}

function prompt({ given, closed }: QueensInstance): string {
  const size = given.length
  const shut = new Set(closed)
  const rows = given.map((queen, row) =>
    Array.from({ length: size }, (_, column) =>
      column === queen ? 'Q' : shut.has(row * size + column) ? 'x' : '.',
    ).join(''),
  )
  return `${rows.join('/')}?`
}

function solve(instance: QueensInstance): Solution {
  const { steps, columns } = solveQueens(instance)
  return { steps, answer: showColumns(columns) }
}

function showColumns(columns: readonly number[]): string {
  return columns.map((column) => column + 1).join('')
}

function judge({ given, closed }: QueensInstance, answer: string): Judgement {
  if (answer.length !== given.length || !/^[1-9]+$/.test(answer))
    return `${quote(answer)} is not ${given.length} digits`
  const columns = [...answer].map((digit) => Number(digit) - 1)
  const verdict = checkQueens(given, columns)
  if (verdict.kind !== 'right') return verdict.reason
  const row = columns.findIndex((column, at) => closed.includes(at * given.length + column))
  return row < 0 || `the queen of row ${row + 1} stands on a closed square`
}

/** One queen of the answer moved along its row. */
function wrongAnswer(instance: QueensInstance, rng: Rng): string {
  const { columns } = solveQueens(instance)
  const row = rng.pick(instance.given.flatMap((column, at) => (column < 0 ? [at] : [])))
  const size = columns.length
  return showColumns(columns.with(row, (columns[row] + 1 + rng.int(size - 1)) % size))
}

/** Someone who overlooks a closed square, where that matters. */
function wrongSolution(instance: QueensInstance, rng: Rng): Solution {
  for (const overlooked of rng.shuffle(instance.closed)) {
    const slip = solve({ ...instance, closed: instance.closed.filter((square) => square !== overlooked) })
    if (judge(instance, slip.answer) !== true) return slip
  }
  return { steps: solve(instance).steps, answer: wrongAnswer(instance, rng) }
}

/** Queens to add to a board. */
export const nqueensFill = taskOf<QueensInstance, QueensKnobs>({
  id: 'nqueens-fill',
  summary: 'Add a queen to every row without one, e.g. `..../...Q/..../x...?` has the answer 2413.',
  rules:
    'The prompt is the rows of a square board, joined by `/` and followed by `?`: `Q` a queen, `x` a closed square, ' +
    '`.` a free one. Put one queen into each row that has none, on a free square, so that no two queens of the board ' +
    'share a column or a diagonal (of any length). Closed squares do not stop an attack. Exactly one answer exists: ' +
    'the columns of all queens, counted from 1, row by row without separator: `2413`. Steps go down the rows that have ' +
    'no queen: `13` puts a queen into row 1 column 3, where none of the board attacks it; `x3` takes back the queen of ' +
    'row 3, since no square to the right of those tried is left for the next empty row.',
  tags: ['logic', 'search', 'backtracking', 'grid'],
  knobs: z.object({
    size: z.int().min(4).max(8).optional().describe('Rows and columns.'),
    removed: z.int().min(1).max(8).optional().describe('Rows without a queen.'),
    closed: z.int().min(0).max(20).optional().describe('Closed squares at least, where there is room.'),
  }),
  ladder,
  alphabet: '12345678Qx./?;#',
  draw,
  // A search of hundreds of steps teaches little and fits no context.
  accept: (instance) => solveQueens(instance).steps.length <= 80,
  prompt,
  solve,
  judge,
  wrongAnswer,
  wrongSolution,
  stepScores: queenStepScores,
  chance: (level) => ladder[level - 1].size ** -ladder[level - 1].removed,
} satisfies Family<QueensInstance, QueensKnobs>)
