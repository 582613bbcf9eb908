// Row by row search for queens, with its steps, scores for such steps, and all fillings of an empty board.
/** The column of the queen in each row (from 0), -1 for an empty row; closed squares row by row. */
export type QueensInstance = { readonly given: readonly number[]; readonly closed: readonly number[] }

const boards = new Map<number, readonly (readonly number[])[]>()

/** Every way to put `size` queens on an empty board; 92 for size 8. */
export function queensOf(size: number): readonly (readonly number[])[] {
  const known = boards.get(size)
  if (known !== undefined) return known
  let partial: (readonly number[])[] = [[]]
  for (let row = 0; row < size; row++) {
    partial = partial.flatMap((columns) =>
      Array.from({ length: size }, (_, column) => [...columns, column]).filter((next) =>
        columns.every((other, at) => isSafe(at, other, row, next[row])),
      ),
    )
  }
  boards.set(size, partial)
  return partial
}

/** The first filling in the order of columns, with the steps that lead there. */
export function solveQueens(instance: QueensInstance): {
  readonly steps: readonly string[]
  readonly columns: readonly number[]
} {
  const board = startOf(instance)
  const steps: string[] = []
  while (board.next < board.empty.length) {
    const row = board.empty[board.next]
    const column = nextColumn(board, row)
    if (column !== undefined) steps.push(put(board, row, column))
    else if (board.next === 0) break
    else steps.push(takeBack(board))
  }
  return { steps, columns: board.columns }
}

/** 1 for each step that the search would take next where it stands, 0 for others, which change nothing. */
export function queenStepScores(instance: QueensInstance, steps: readonly string[]): number[] {
  const board = startOf(instance)
  return steps.map((step) => {
    const isForm = /^[1-9x][1-9]$/.test(step)
    if (!isForm || board.next > board.empty.length) return 0
    const row = board.empty[board.next]
    const column = row === undefined ? undefined : nextColumn(board, row)
    if (step[0] === 'x') {
      const isDue = row !== undefined && column === undefined && board.next > 0
      if (!isDue || board.empty[board.next - 1] !== Number(step[1]) - 1) return 0
      takeBack(board)
      return 1
    }
    if (row === undefined || column === undefined || step !== `${row + 1}${column + 1}`) return 0
    put(board, row, column)
    return 1
  })
}

interface Board {
  readonly columns: number[]
  readonly closed: ReadonlySet<number>
  /** Rows without a queen at the start. */
  readonly empty: readonly number[]
  /** The first column that has not been tried in each row. */
  readonly from: number[]
  /** Which of `empty` comes next. */
  next: number
}

function startOf({ given, closed }: QueensInstance): Board {
  const empty = given.flatMap((column, row) => (column < 0 ? [row] : []))
  return { columns: [...given], closed: new Set(closed), empty, from: given.map(() => 0), next: 0 }
}

function nextColumn({ columns, closed, from }: Board, row: number): number | undefined {
  for (let column = from[row]; column < columns.length; column++) {
    if (closed.has(row * columns.length + column)) continue
    if (columns.every((other, at) => other < 0 || at === row || isSafe(at, other, row, column))) return column
  }
  return undefined
}

function put(board: Board, row: number, column: number): string {
  board.columns[row] = column
  board.from[row] = column + 1
  board.next++
  const below = board.empty[board.next]
  if (below !== undefined) board.from[below] = 0
  return `${row + 1}${column + 1}`
}

function takeBack(board: Board): string {
  board.next--
  const row = board.empty[board.next]
  board.columns[row] = -1
  return `x${row + 1}`
}

function isSafe(rowA: number, columnA: number, rowB: number, columnB: number): boolean {
  return columnA !== columnB && Math.abs(columnA - columnB) !== Math.abs(rowA - rowB)
}
