// Minesweeper on a row or a board: which hidden squares must be mines? Others may be either. The steps are deductions
// from one number or from two numbers whose hidden neighbours nest; puzzles are those for which they are enough.
import { z } from 'zod'
import type { Rng } from '../../base/rng.ts'
import type { Family, Judgement, Solution } from '../family/family.ts'
import { taskOf } from '../family/task-of.ts'
import { quote } from '../verdict.ts'
import type { MineField } from './minesweeper-solver.ts'
import { deduceMines, forcedMines, mineStepScores, neighboursOf } from './minesweeper-solver.ts'

interface MineKnobs {
  readonly rows: number
  readonly columns: number
  /** Share of mines. */
  readonly density: number
  /** Share of the other squares that are open. */
  readonly open: number
}

const ladder = [
  { rows: 1, columns: 12, density: 0.35, open: 0.75 },
  { rows: 1, columns: 24, density: 0.4, open: 0.6 },
  { rows: 4, columns: 4, density: 0.25, open: 0.7 },
  { rows: 5, columns: 5, density: 0.25, open: 0.68 },
  { rows: 6, columns: 6, density: 0.25, open: 0.66 },
] as const satisfies readonly MineKnobs[]

function draw({ rows, columns, density, open }: MineKnobs, rng: Rng): MineField {
  const squares = Array.from({ length: rows * columns }, () => ({
    mine: rng.next() < density,
    open: rng.next() < open,
  }))
  const cells = squares.map((square, at) => {
    if (square.mine || !square.open) return -1
    return neighboursOf(rows, columns, at).filter((near) => squares[near].mine).length
  })
  return { rows, columns, cells }
}

function show({ columns, cells }: MineField, mines: ReadonlySet<number> = new Set()): string {
  const text = cells.map((cell, at) => (cell >= 0 ? cell : mines.has(at) ? '*' : '?')).join('')
  const rows: string[] = []
  for (let at = 0; at < text.length; at += columns) rows.push(text.slice(at, at + columns))
  return rows.join('/')
}

function solve(field: MineField): Solution {
  const { steps, mines } = deduceMines(field)
  return { steps, answer: show(field, mines) }
}

function judge(field: MineField, answer: string): Judgement {
  const shape = show(field)
  if (answer.length !== shape.length) return `${quote(answer)} is not a board of this shape`
  const strange = [...shape].findIndex((char, at) =>
    char === '?' ? answer[at] !== '*' && answer[at] !== '?' : answer[at] !== char,
  )
  if (strange >= 0) return `${quote(answer)} changes what is known at character ${strange + 1}`
  const right = show(field, forcedMines(field))
  const at = [...right].findIndex((char, i) => answer[i] !== char)
  if (at < 0) return true
  return right[at] === '*' ? `character ${at + 1} must be a mine` : `character ${at + 1} need not be a mine`
}

/** A mine too many or too few. */
function wrongAnswer(field: MineField, rng: Rng): string {
  const mines = new Set(forcedMines(field))
  const at = rng.pick(field.cells.flatMap((cell, i) => (cell < 0 ? [i] : [])))
  if (!mines.delete(at)) mines.add(at)
  return show(field, mines)
}

/** Someone who misreads one number by one, and deduces on. */
function wrongSolution(field: MineField, rng: Rng): Solution {
  const open = field.cells.flatMap((cell, at) => (cell > 0 ? [at] : []))
  for (const at of rng.shuffle(open)) {
    const misread = { ...field, cells: field.cells.with(at, field.cells[at] + (rng.int(2) === 0 ? 1 : -1)) }
    const { steps, mines } = deduceMines(misread)
    const answer = show(field, mines)
    if (judge(field, answer) !== true) return { steps, answer }
  }
  return { steps: solve(field).steps, answer: wrongAnswer(field, rng) }
}

/** Forced mines of a row or a board. */
export const minesweeper = taskOf<MineField, MineKnobs>({
  id: 'minesweeper',
  summary: 'Mark the hidden squares that must be mines, e.g. `?2?1?:` has the answer `*2*1?`.',
  rules:
    'The prompt is the rows of a board (often one), joined by `/` and followed by `:`. A digit is an open square ' +
    'without a mine; it counts the mines on the squares next to it, up to 8 around it, diagonals included (in a single ' +
    'row: left and right). `?` is a hidden square, with or without a mine. The answer is the same board without `:` in ' +
    'which exactly those `?` are replaced by `*` that hold a mine in every placement of mines that fits all digits; ' +
    'there is at least one. Steps: `12:13*22-` says that, by the digit at row 1 column 2 and what is known, row 1 ' +
    'column 3 has a mine and row 2 column 2 has none; `12,14:15*` uses two digits where the unknown squares next to ' +
    'the first are all next to the second, so the others next to the second hold the difference. Rows and columns ' +
    'count from 1 to 9 and then a, b, c ...',
  tags: ['logic', 'deduction', 'grid'],
  knobs: z.object({
    rows: z.int().min(1).max(8).optional().describe('Rows.'),
    columns: z.int().min(2).max(30).optional().describe('Columns.'),
    density: z.number().min(0.05).max(0.6).optional().describe('Share of squares with a mine.'),
    open: z.number().min(0.3).max(0.95).optional().describe('Share of the other squares that are open.'),
  }),
  ladder,
  alphabet: '0123456789abcdefghijklmnopqrstu?*-/,:;#',
  draw,
  accept: (field) => {
    const { mines } = deduceMines(field)
    // Deductions are sound, so as many mines as are forced means the same mines.
    return mines.size > 0 && mines.size === forcedMines(field)?.size
  },
  prompt: (field) => `${show(field)}:`,
  solve,
  judge,
  wrongAnswer,
  wrongSolution,
  stepScores: mineStepScores,
  chance: (level) => {
    const { rows, columns, density, open } = ladder[level - 1]
    return 2 ** -Math.round(rows * columns * (density + (1 - density) * (1 - open)))
  },
} satisfies Family<MineField, MineKnobs>)
