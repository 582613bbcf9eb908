// Futoshiki: a latin square with signs between neighbours. One answer; solved by singles, where signs bound values.
import { z } from 'zod'
import type { Rng } from '../../base/rng.ts'
import { checkLatinGrid } from '../../verify/logic/latin-grid.ts'
import type { Family, Judgement, Solution } from '../family/family.ts'
import { taskOf } from '../family/task-of.ts'
import { quote } from '../verdict.ts'
import type { LatinInstance } from './latin-candidates.ts'
import { readGrid, showGrid, slipIn } from './latin-grid-text.ts'
import { latinGrids, latinStepScores, solveLatin, withoutOneGiven } from './latin-solver.ts'

interface FutoshikiKnobs {
  readonly size: number
  readonly given: number
  readonly signs: number
}

const ladder = [
  { size: 4, given: 9, signs: 3 },
  { size: 4, given: 5, signs: 5 },
  { size: 5, given: 9, signs: 7 },
  { size: 5, given: 5, signs: 11 },
  { size: 6, given: 8, signs: 18 },
] as const satisfies readonly FutoshikiKnobs[]

function draw({ size, given, signs }: FutoshikiKnobs, rng: Rng): LatinInstance {
  const cells = Array.from({ length: size * size }, (_, cell) => cell)
  const [grid] = latinGrids({ size, box: null, given: cells.map(() => 0), less: [] }, 1, rng)
  const kept = new Set(rng.shuffle(cells).slice(0, given))
  const pairs = cells.flatMap((cell) => [
    ...(cell % size < size - 1 ? [[cell, cell + 1] as const] : []),
    ...(cell + size < size * size ? [[cell, cell + size] as const] : []),
  ])
  const less = rng
    .shuffle(pairs)
    .slice(0, signs)
    .map(([a, b]) => (grid[a] < grid[b] ? ([a, b] as const) : ([b, a] as const)))
    .sort(([a, b], [c, d]) => Math.min(a, b) - Math.min(c, d) || Math.max(a, b) - Math.max(c, d))
  return { size, box: null, given: grid.map((value, cell) => (kept.has(cell) ? value : 0)), less }
}

function prompt({ size, given, less }: LatinInstance): string {
  const signs = new Map(
    less.flatMap(([low, high]) => [
      [`${low},${high}`, 'less'],
      [`${high},${low}`, 'more'],
    ]),
  )
  const lines: string[] = []
  for (let row = 0; row < size; row++) {
    let text = ''
    let below = ''
    for (let column = 0; column < size; column++) {
      const cell = row * size + column
      text += given[cell] === 0 ? '.' : given[cell]
      const right = column < size - 1 ? signs.get(`${cell},${cell + 1}`) : undefined
      if (right !== undefined) text += right === 'less' ? '<' : '>'
      const under = signs.get(`${cell},${cell + size}`)
      below += under === undefined ? '-' : under === 'less' ? '^' : 'v'
    }
    lines.push(text)
    if (row < size - 1) lines.push(below)
  }
  return `${lines.join('/')}?`
}

function solve(puzzle: LatinInstance): Solution {
  const solution = solveLatin(puzzle)
  const grid = solution?.grid ?? latinGrids(puzzle, 1)[0] ?? []
  return { steps: solution?.steps ?? [], answer: showGrid(puzzle.size, grid) }
}

function judge({ size, given, less }: LatinInstance, answer: string): Judgement {
  const grid = readGrid(size, answer)
  if (grid === undefined) return `${quote(answer)} is not ${size} rows of digits`
  const verdict = checkLatinGrid({ size, given, less }, grid)
  return verdict.kind === 'right' || verdict.reason
}

/** Latin squares with signs. */
export const futoshiki = taskOf<LatinInstance, FutoshikiKnobs>({
  id: 'futoshiki',
  summary: 'Fill a square with signs between cells, e.g. `.<./^-/..?` has the answer 12/21.',
  rules:
    'The prompt is lines joined by `/` and followed by `?`. Lines 1, 3, 5 ... are the rows of a square: each cell is a ' +
    'digit or `.` (empty), and between two cells may stand `<` or `>`, which hold between their numbers. Lines 2, 4 ' +
    '... stand between two rows and have one sign a column: `^` the number above is less than the one below, `v` it ' +
    'is more, `-` nothing. Fill the square of size n so that every row and every column holds each of 1 to n once ' +
    'and all signs hold. Exactly one answer exists: the rows of digits joined by `/`. Steps: `12=3` says that row 1 ' +
    'column 2 must hold 3, as the only value left for the cell or the only cell left for the value in a row or ' +
    'column; `12?3` tries it; `x` says that now no value is left for some cell, which takes back all since the trial ' +
    'and excludes that value.',
  tags: ['logic', 'search', 'deduction', 'grid'],
  knobs: z.object({
    size: z.int().min(3).max(6).optional().describe('Rows and columns.'),
    given: z.int().min(0).max(30).optional().describe('Numbers given.'),
    signs: z.int().min(0).max(60).optional().describe('Signs between neighbours.'),
  }),
  ladder,
  alphabet: '123456./?<>^v-=x;#',
  draw,
  accept: (puzzle) =>
    puzzle.given.includes(0) && latinGrids(puzzle, 2).length === 1 && solveLatin(puzzle) !== undefined,
  prompt,
  solve,
  judge,
  wrongAnswer: (puzzle, rng) => slipIn(puzzle, { ...solve(puzzle), steps: [] }, rng).answer,
  wrongSolution: (puzzle, rng) => slipIn(puzzle, solve(puzzle), rng),
  stepScores: latinStepScores,
  chance: (level) => ladder[level - 1].size ** (ladder[level - 1].given - ladder[level - 1].size ** 2),
  unanswerable: (puzzle, rng) => {
    const less = withoutOneGiven(puzzle, rng)
    return less === undefined ? undefined : prompt(less)
  },
} satisfies Family<LatinInstance, FutoshikiKnobs>)
