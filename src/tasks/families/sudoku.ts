// Small sudokus, 4 by 4 and 6 by 6, with one answer. Contents that differ only in which digit is which count as the
// same problem, so no relabelled test problem is trained on.
import { z } from 'zod'
import type { Rng } from '../../base/rng.ts'
import { checkLatinGrid } from '../../verify/logic/latin-grid.ts'
import type { Family, Judgement, Solution } from '../family/family.ts'
import { taskOf } from '../family/task-of.ts'
import { quote } from '../verdict.ts'
import type { LatinInstance } from './latin-candidates.ts'
import { readGrid, showGrid, slipIn } from './latin-grid-text.ts'
import { latinGrids, latinStepScores, solveLatin, withoutOneGiven } from './latin-solver.ts'

interface SudokuKnobs {
  readonly size: number
  readonly empty: number
}

const ladder = [
  { size: 4, empty: 5 },
  { size: 4, empty: 9 },
  { size: 6, empty: 12 },
  { size: 6, empty: 18 },
  { size: 6, empty: 23 },
] as const satisfies readonly SudokuKnobs[]

function draw({ size, empty }: SudokuKnobs, rng: Rng): LatinInstance {
  const cells = size * size
  const blank = { size, box: size === 6 ? ([2, 3] as const) : ([2, 2] as const), given: Array(cells).fill(0), less: [] }
  const [grid] = latinGrids(blank, 1, rng)
  const order = rng.shuffle(Array.from({ length: cells }, (_, cell) => cell))
  const erased = new Set(order.slice(0, Math.min(empty, cells)))
  return { ...blank, given: grid.map((value, cell) => (erased.has(cell) ? 0 : value)) }
}

/** Digits renamed in the order in which they first occur. */
function content({ size, given }: LatinInstance): string {
  const names = new Map([[0, 0]])
  for (const value of given) if (!names.has(value)) names.set(value, names.size)
  return showGrid(
    size,
    given.map((value) => names.get(value) ?? 0),
  )
}

function solve(puzzle: LatinInstance): Solution {
  const solution = solveLatin(puzzle)
  const grid = solution?.grid ?? latinGrids(puzzle, 1)[0] ?? []
  return { steps: solution?.steps ?? [], answer: showGrid(puzzle.size, grid) }
}

function judge(puzzle: LatinInstance, answer: string): Judgement {
  const grid = readGrid(puzzle.size, answer)
  if (grid === undefined) return `${quote(answer)} is not ${puzzle.size} rows of digits`
  const { size, given, box } = puzzle
  const boxes = box === null ? undefined : { rows: box[0], columns: box[1] }
  const verdict = checkLatinGrid({ size, given, box: boxes }, grid)
  return verdict.kind === 'right' || verdict.reason
}

/** Sudokus of 4 by 4 and 6 by 6. */
export const sudoku = taskOf<LatinInstance, SudokuKnobs>({
  id: 'sudoku',
  summary: 'Fill a 4x4 or 6x6 sudoku, e.g. `.234/3412/2143/4.21?` has the answer 1234/3412/2143/4321.',
  rules:
    'The prompt is a square of 4 or 6 rows, joined by `/` and followed by `?`; `.` is an empty cell. Fill it so that ' +
    'every row, column and box holds each digit from 1 to the size once. Boxes tile the square from the top left; ' +
    'they are 2 rows by 2 columns in size 4 and 2 rows by 3 columns in size 6. Exactly one answer exists; it is the ' +
    'whole square in the same form, without `.` and `?`. Steps: `12=3` says that row 1 column 2 must hold 3, as the ' +
    'only digit left for the cell or the only cell left for the digit in a row, column or box; `12?3` tries it; `x` ' +
    'says that now no digit is left for some cell, which takes back all since the trial and excludes that digit.',
  tags: ['logic', 'search', 'deduction', 'grid'],
  knobs: z.object({
    size: z.literal([4, 6]).optional().describe('Rows and columns: 4 or 6.'),
    empty: z.int().min(1).max(26).optional().describe('Empty cells; size 4 has room for about 10.'),
  }),
  ladder,
  alphabet: '123456./?=x;#',
  draw,
  accept: (puzzle) => latinGrids(puzzle, 2).length === 1 && solveLatin(puzzle) !== undefined,
  content,
  prompt: ({ size, given }) => `${showGrid(size, given)}?`,
  solve,
  judge,
  wrongAnswer: (puzzle, rng) => slipIn(puzzle, { ...solve(puzzle), steps: [] }, rng).answer,
  wrongSolution: (puzzle, rng) => slipIn(puzzle, solve(puzzle), rng),
  stepScores: latinStepScores,
  chance: (level) => ladder[level - 1].size ** -ladder[level - 1].empty,
  unanswerable: (puzzle, rng) => {
    const less = withoutOneGiven(puzzle, rng)
    return less === undefined ? undefined : `${showGrid(less.size, less.given)}?`
  },
} satisfies Family<LatinInstance, SudokuKnobs>)
