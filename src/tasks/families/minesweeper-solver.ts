// Minesweeper two ways: the mines that every placement has, by search; and local deductions, step by step.

/** Squares row by row: -1 is hidden, 0 to 8 an open square's count of mines around it. */
export type MineField = { readonly rows: number; readonly columns: number; readonly cells: readonly number[] }

/** Up to eight squares around a square. */
export function neighboursOf(rows: number, columns: number, at: number): number[] {
  const [row, column] = [Math.floor(at / columns), at % columns]
  const near: number[] = []
  for (let r = Math.max(0, row - 1); r <= Math.min(rows - 1, row + 1); r++) {
    for (let c = Math.max(0, column - 1); c <= Math.min(columns - 1, column + 1); c++) {
      if (r !== row || c !== column) near.push(r * columns + c)
    }
  }
  return near
}

/** A digit and the hidden squares around it. */
interface Clue {
  readonly at: number
  readonly count: number
  readonly hidden: readonly number[]
}

function cluesOf({ rows, columns, cells }: MineField): Clue[] {
  return cells.flatMap((count, at) => {
    const hidden = count < 0 ? [] : neighboursOf(rows, columns, at).filter((near) => cells[near] < 0)
    return hidden.length > 0 ? [{ at, count, hidden }] : []
  })
}

/** Squares set in one search; a board that needs more is not used. */
const maxWork = 100_000

/** The squares that hold a mine in every placement that fits the digits; undefined when that takes too long to find. */
export function forcedMines(field: MineField): ReadonlySet<number> | undefined {
  const clues = cluesOf(field)
  const touched = [...new Set(clues.flatMap((clue) => clue.hidden))].sort((a, b) => a - b)
  const found = placement(clues, touched, undefined)
  if (found === 'too-long') return undefined
  if (found === 'none') return new Set()
  const suspects = touched.filter((square) => found.get(square) === true)
  const without = suspects.map((square) => placement(clues, touched, square))
  if (without.includes('too-long')) return undefined
  return new Set(suspects.filter((_, i) => without[i] === 'none'))
}

/** A placement that fits, with no mine on `safe`, if there is one. Searches square by square. */
function placement(
  clues: readonly Clue[],
  squares: readonly number[],
  safe: number | undefined,
): ReadonlyMap<number, boolean> | 'none' | 'too-long' {
  const left = new Map(clues.map((clue) => [clue, { mines: clue.count, free: clue.hidden.length }]))
  const around = new Map(squares.map((square) => [square, clues.filter((clue) => clue.hidden.includes(square))]))
  const values = new Map<number, boolean>()
  // Squares beside the one that must be safe first: a contradiction is near it if there is one.
  const order =
    safe === undefined ? squares : squares.toSorted((a, b) => Math.abs(a - safe) - Math.abs(b - safe) || a - b)
  const change = (square: number, mine: boolean, by: 1 | -1): boolean => {
    let fits = true
    for (const clue of around.get(square) ?? []) {
      const rest = left.get(clue)
      if (rest === undefined) continue
      rest.free -= by
      if (mine) rest.mines -= by
      if (rest.mines < 0 || rest.mines > rest.free) fits = false
    }
    return fits
  }
  let work = 0
  const search = (next: number): boolean => {
    if (next === order.length) return true
    if (++work > maxWork) return false
    const square = order[next]
    for (const mine of square === safe ? [false] : [true, false]) {
      values.set(square, mine)
      if (change(square, mine, 1) && search(next + 1)) return true
      change(square, mine, -1)
    }
    return false
  }
  if (search(0)) return values
  return work > maxWork ? 'too-long' : 'none'
}

/** What is known of hidden squares: true for a mine. */
type Known = Map<number, boolean>

/** The mines that digits show one or two at a time, with the steps. */
export function deduceMines(field: MineField): {
  readonly steps: readonly string[]
  readonly mines: ReadonlySet<number>
} {
  const clues = cluesOf(field)
  const known: Known = new Map()
  const steps: string[] = []
  const note = (name: string, found: ReadonlyMap<number, boolean>): void => {
    const squares = [...found].sort(([a], [b]) => a - b)
    steps.push(`${name}:${squares.map(([at, mine]) => `${nameOf(field, at)}${mine ? '*' : '-'}`).join('')}`)
    for (const [at, mine] of squares) known.set(at, mine)
  }
  for (let progress = true; progress; ) {
    progress = false
    for (const clue of clues) {
      const found = fromOne(clue, known)
      if (found.size === 0) continue
      note(nameOf(field, clue.at), found)
      progress = true
    }
    if (progress) continue
    const pair = clues.flatMap((a) => clues.filter((b) => b !== a).map((b) => [a, b] as const))
    for (const [a, b] of pair) {
      const found = fromTwo(a, b, known)
      if (found.size === 0) continue
      note(`${nameOf(field, a.at)},${nameOf(field, b.at)}`, found)
      progress = true
      break
    }
  }
  return { steps, mines: new Set([...known].flatMap(([at, mine]) => (mine ? [at] : []))) }
}

/** 1 for a step that follows from the digits it names and the steps before it; others score 0 and change nothing. */
export function mineStepScores(field: MineField, steps: readonly string[]): number[] {
  const byName = new Map(cluesOf(field).map((clue) => [nameOf(field, clue.at), clue]))
  const known: Known = new Map()
  return steps.map((step) => {
    const match = /^([1-9][1-9a-u])(?:,([1-9][1-9a-u]))?:((?:[1-9][1-9a-u][*-]){1,8})$/.exec(step)
    const [a, b] = match === null ? [undefined, undefined] : [byName.get(match[1]), byName.get(match[2])]
    if (match === null || a === undefined || (match[2] !== undefined && b === undefined)) return 0
    const follows = b === undefined ? fromOne(a, known) : fromTwo(a, b, known)
    const named = new Map([...follows].map(([at, mine]) => [`${nameOf(field, at)}${mine ? '*' : '-'}`, at]))
    const said = match[3].match(/.../g) ?? []
    if (!said.every((text) => named.has(text))) return 0
    for (const text of said) known.set(named.get(text) ?? -1, text[2] === '*')
    return 1
  })
}

/** The unknown squares around a digit, and how many mines they hold. */
function openPart({ count, hidden }: Clue, known: Known): { readonly free: readonly number[]; readonly mines: number } {
  const free = hidden.filter((at) => !known.has(at))
  return { free, mines: count - hidden.filter((at) => known.get(at) === true).length }
}

function fromOne(clue: Clue, known: Known): ReadonlyMap<number, boolean> {
  const { free, mines } = openPart(clue, known)
  return allOrNone(free, mines)
}

function fromTwo(small: Clue, large: Clue, known: Known): ReadonlyMap<number, boolean> {
  const [inner, outer] = [openPart(small, known), openPart(large, known)]
  if (inner.free.length === 0 || !inner.free.every((at) => outer.free.includes(at))) return new Map()
  const rest = outer.free.filter((at) => !inner.free.includes(at))
  return allOrNone(rest, outer.mines - inner.mines)
}

function allOrNone(squares: readonly number[], mines: number): ReadonlyMap<number, boolean> {
  if (mines === 0) return new Map(squares.map((at) => [at, false]))
  return mines === squares.length ? new Map(squares.map((at) => [at, true])) : new Map()
}

const digits = '123456789abcdefghijklmnopqrstu'

/** Row and column, each one character. */
function nameOf({ columns }: MineField, at: number): string {
  return `${digits[Math.floor(at / columns)]}${digits[at % columns]}`
}
