// Sizes: `2 \times 3 \text{ matrix}`, `4 by 5 grid`, `3 × 5 inches`, `8 feet by 10 feet`. The cross multiplies nothing there:
// a 3 × 2 matrix is another one, and none is 6. An unknown function `size` keeps the factors in their order, and what has
// the size is the unit. `2 \times 3` alone, powers of ten and amounts of what is no length stay products.
import type { Answer } from '../answer.ts'
import type { Expression } from '../expression.ts'
import { type AnswerReading, expressionAnswer } from './answer-reading.ts'
import { placesAtTop } from './brackets.ts'
import { unknownCall } from './build-expression.ts'
import { readExpression } from './read-expression.ts'
import { readUnit, startsUnit } from './read-unit.ts'
import type { Token } from './token.ts'
import { unitTable } from './unit-table.ts'

const mostFactors = 4

/** The size that `[from, to)` is; undefined when it is none. For texts with a unit or a noun at their end. */
export function readSize(reading: AnswerReading, from: number, to: number): Answer | undefined {
  const { tokens, match } = reading
  const start = /^an?$/i.test(tokens[from].text) && tokens[from + 1]?.kind === 'number' ? from + 1 : from
  const joints = placesAtTop(tokens, match, start, to, (_, at) => at > start && isJoint(tokens, at, to))
  if (joints.length === 0 || joints.length >= mostFactors) return undefined
  const factors: Expression[] = []
  const units: (string | undefined)[] = []
  for (const [i, end] of [...joints, to].entries()) {
    const begin = i === 0 ? start : joints[i - 1] + 1
    const at = unitStart(tokens, begin, end)
    const unit = at === end ? undefined : readUnit(tokens, at, end)
    if (begin >= at || (at < end && unit === undefined) || (i > 0 && isPowerOfTen(tokens, begin))) return undefined
    if (!isNumber(tokens, begin, at) && !isThing(unitOf(tokens, to, joints))) return undefined
    factors.push(readExpression(reading, begin, at).expression)
    units.push(unit)
  }
  const unit = units[units.length - 1]
  const areNamed = units.slice(0, -1).every((own) => own === unit)
  if (unit === undefined || !(areNamed || units.slice(0, -1).every((own) => own === undefined))) return undefined
  return hasSize(unit) ? { ...expressionAnswer(unknownCall('size', factors)), unit } : undefined
}

function isJoint(tokens: readonly Token[], at: number, to: number): boolean {
  const { kind, text, isCross } = tokens[at]
  if (isCross) return true
  if (kind !== 'word' || at + 1 >= to) return false
  if (text === 'by') return true
  return (text === 'x' || text === 'X') && tokens[at - 1].kind === 'number' && tokens[at + 1].kind === 'number'
}

function unitStart(tokens: readonly Token[], from: number, to: number): number {
  for (let at = from + 1; at < to; at++) if (startsUnit(tokens, from, at, to)) return at
  return to
}

/** What stands behind the last factor. */
function unitOf(tokens: readonly Token[], to: number, joints: readonly number[]): string | undefined {
  const at = unitStart(tokens, joints[joints.length - 1] + 1, to)
  return at === to ? undefined : readUnit(tokens, at, to)
}

/** Digits, perhaps with a fraction behind them; a fraction alone is a factor: half of 10 inches. */
function isNumber(tokens: readonly Token[], from: number, to: number): boolean {
  if (tokens[from].kind !== 'number') return false
  for (let at = from + 1; at < to; at++) {
    const { kind, text } = tokens[at]
    if (kind !== 'number' && text !== 'frac' && text !== '{' && text !== '}') return false
  }
  return true
}

/** `3 \times 10^5` */
function isPowerOfTen(tokens: readonly Token[], at: number): boolean {
  return tokens[at].text === '10' && tokens[at + 1]?.text === '^'
}

/** A noun, which no unit is. */
function isThing(unit: string | undefined): boolean {
  return unit !== undefined && !/[\^/*]/.test(unit) && !unitTable.has(unit)
}

/** 2 × 3 dollars and 2 × 3 square metres are amounts. */
function hasSize(unit: string): boolean {
  const dimension = unitTable.get(unit)?.dimension
  return isThing(unit) || dimension === 'length' || dimension === 'unit'
}
