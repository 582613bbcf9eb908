// Systems of one to three linear equations with one solution in integers: drawing, text, elimination without fractions.
// It does not know prompts or answers.
import type { Rng } from '../../base/rng.ts'
import type { Write } from './worked-steps.ts'

/** One equation: on each side the factors of the unknowns, then the constant. */
export type Equation = { readonly left: readonly number[]; readonly right: readonly number[] }

/** As many equations as unknowns, and their solution. */
export type LinearSystem = { readonly equations: readonly Equation[]; readonly solution: readonly number[] }

/** The names of the unknowns, in the order of the answer. */
export const unknownNames = 'xyz'

/** A number in -size..size without 0. */
function nonZero(size: number, rng: Rng): number {
  const number = 1 + rng.int(size)
  return rng.int(2) === 0 ? number : -number
}

/** A system with `moved` terms that stand on the side where they do not belong. */
export function drawSystem(unknowns: number, moved: number, factor: number, largest: number, rng: Rng): LinearSystem {
  const solution = Array.from({ length: unknowns }, () => rng.int(2 * largest + 1) - largest)
  const left = solution.map(() => [...solution.map(() => nonZero(factor, rng)), 0])
  // One unknown with the factor 1 would be its own answer.
  if (unknowns === 1 && Math.abs(left[0][0]) === 1) left[0][0] *= 2
  const right = left.map((row) => [
    ...solution.map(() => 0),
    row.slice(0, -1).reduce((sum, a, j) => sum + a * solution[j], 0),
  ])
  const places = left.flatMap((row, i) => row.map((_, j) => [i, j] as const))
  for (const [i, j] of rng.shuffle(places).slice(0, moved)) {
    const term = nonZero(factor, rng)
    // Never the term that leaves nothing of its unknown where it was.
    const added = left[i][j] + term === 0 ? -term : term
    left[i][j] += added
    right[i][j] += added
  }
  return { equations: left.map((row, i) => ({ left: row, right: right[i] })), solution }
}

function sideText(terms: readonly number[]): string {
  let text = ''
  for (const [j, factor] of terms.entries()) {
    const name = unknownNames[j] ?? ''
    const isUnknown = j < terms.length - 1
    if (factor === 0) continue
    const size = isUnknown && Math.abs(factor) === 1 ? '' : `${Math.abs(factor)}`
    text += `${factor < 0 ? '-' : text === '' ? '' : '+'}${size}${isUnknown ? name : ''}`
  }
  return text === '' ? '0' : text
}

/** `5x+4=2x+19`; with `constant`, that name stands for the constant on the right. */
export function equationText({ left, right }: Equation, constant?: string): string {
  if (constant === undefined) return `${sideText(left)}=${sideText(right)}`
  const rest = sideText([...right.slice(0, -1), 0])
  return `${sideText(left)}=${rest === '0' ? constant : `${rest}+${constant}`}`
}

const shown = (number: number): string => (number < 0 ? `(${number})` : `${number}`)

/** What `a*b-c*d` says and is. */
function cross(a: number, b: number, c: number, d: number, write: Write): number {
  return write(`${a}*${shown(b)}-${shown(c)}*${shown(d)}`, a * b - c * d)
}

// Exact on a right way; a quotient after a slip is rounded, and one by zero is zero.
function quotient(a: number, b: number, write: Write): number {
  return write(`${a}/${shown(b)}`, b === 0 ? 0 : Math.round(a / b) + 0)
}

/** Unknowns to the left and constants to the right; then elimination downwards, then substitution upwards. */
export function solveSystem(equations: readonly Equation[], write: Write): readonly number[] {
  const size = equations.length
  const rows = equations.map(({ left, right }) =>
    left.map((a, j) => {
      const b = right[j]
      const isConstant = j === size
      if ((isConstant ? a : b) === 0) return isConstant ? b : a
      return isConstant ? write(`${b}-${shown(a)}`, b - a) : write(`${a}-${shown(b)}`, a - b)
    }),
  )
  for (let k = 0; k < size - 1; k++) {
    for (let i = k + 1; i < size; i++) {
      const [above, row] = [rows[k], rows[i]]
      rows[i] = row.map((a, j) => (j <= k ? 0 : cross(above[k], a, row[k], above[j], write)))
    }
  }
  const solution = rows.map(() => 0)
  for (let i = size - 1; i >= 0; i--) {
    let rest = rows[i][size]
    for (let j = i + 1; j < size; j++) {
      rest = write(`${rest}-${shown(rows[i][j])}*${shown(solution[j])}`, rest - rows[i][j] * solution[j])
    }
    solution[i] = quotient(rest, rows[i][i], write)
  }
  return solution
}

/** The factors of the unknowns, all moved to the left. */
function factors({ left, right }: Equation): readonly number[] {
  return left.slice(0, -1).map((a, j) => a - right[j])
}

function minor([a, b]: readonly (readonly number[])[], i: number, j: number): number {
  return a[i] * b[j] - a[j] * b[i]
}

/** The determinant of the system; 0 when it does not have one solution. */
export function determinant(equations: readonly Equation[]): number {
  const rows = equations.map(factors)
  if (rows.length === 1) return rows[0][0]
  if (rows.length === 2) return minor(rows, 0, 1)
  const [first, ...rest] = rows
  return first[0] * minor(rest, 1, 2) - first[1] * minor(rest, 0, 2) + first[2] * minor(rest, 0, 1)
}

/** Whether elimination in the order of the equations meets no zero in the pivots. */
export function isSolvableInOrder(equations: readonly Equation[]): boolean {
  return equations.every((_, i) => {
    const leading = equations.slice(0, i + 1)
    return determinant(leading.map((equation) => truncated(equation, i + 1))) !== 0
  })
}

function truncated({ left, right }: Equation, size: number): Equation {
  return { left: [...left.slice(0, size), 0], right: [...right.slice(0, size), 0] }
}
