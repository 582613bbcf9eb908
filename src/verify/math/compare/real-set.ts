// Sets of real numbers as sorted, disjoint pieces whose ends are real constants: the normal form of intervals, unions,
// inequalities and finite sets. Ends are ordered by exact value or interval; two that agree to 640 bits are one.
import type { Expression } from '../expression.ts'
import * as iv from '../number/interval.ts'
import { compareRationals } from '../number/rational.ts'
import { compareAtPoint, realAt } from './compare-at-point.ts'
import type { Session } from './verdict.ts'

/** An end: a constant, or infinite on its side. */
export type End = Expression | 'infinite'

export interface Piece {
  readonly low: End
  readonly high: End
  readonly lowClosed: boolean
  readonly highClosed: boolean
}

/** Sorted and disjoint; neighbours that touch are one piece. */
export type RealSet = readonly Piece[]

const mostPieces = 64

/** The whole line. */
export const wholeLine: RealSet = [{ low: 'infinite', high: 'infinite', lowClosed: false, highClosed: false }]

/** Thrown where two ends cannot be ordered; caught by {@link orElse}. */
class Unordered extends Error {}

/** Runs a computation on real sets; undefined when ends cannot be ordered. */
export function orElse<T>(compute: () => T): T | undefined {
  try {
    return compute()
  } catch (error) {
    if (error instanceof Unordered) return undefined
    throw error
  }
}

/** Thrown inside {@link orElse} by whoever finds that there is no real set. */
export function noRealSet(): never {
  throw new Unordered()
}

/** -1, 0 or 1 for two real constants. */
export function orderConstants(a: Expression, b: Expression, session: Session): number {
  const left = realAt(a, 128, session)
  const right = realAt(b, 128, session)
  if (left === undefined || right === undefined) throw new Unordered()
  if (left.exact !== undefined && right.exact !== undefined) return compareRationals(left.exact, right.exact)
  const sign = iv.signOf(iv.subtract(left.interval, right.interval, 128))
  if (sign !== undefined && sign !== 0) return sign
  const at = compareAtPoint(a, b, new Map(), 640, session, true)
  if (at === 'together') return 0
  if (at !== 'apart') throw new Unordered()
  for (const bits of [1024, 4096]) {
    const x = realAt(a, bits, session)
    const y = realAt(b, bits, session)
    const closer = x && y && iv.signOf(iv.subtract(x.interval, y.interval, bits))
    if (closer) return closer
  }
  throw new Unordered()
}

function orderLows(a: Piece, b: Piece, session: Session): number {
  if (a.low === 'infinite' || b.low === 'infinite') return a.low === b.low ? 0 : a.low === 'infinite' ? -1 : 1
  return orderConstants(a.low, b.low, session) || Number(b.lowClosed) - Number(a.lowClosed)
}

function orderHighs(a: Piece, b: Piece, session: Session): number {
  if (a.high === 'infinite' || b.high === 'infinite') return a.high === b.high ? 0 : a.high === 'infinite' ? 1 : -1
  return orderConstants(a.high, b.high, session) || Number(a.highClosed) - Number(b.highClosed)
}

/** Whether the piece has no points: (1, 1), [2, 1]. */
function isEmpty(piece: Piece, session: Session): boolean {
  if (piece.low === 'infinite' || piece.high === 'infinite') return false
  const order = orderConstants(piece.low, piece.high, session)
  return order > 0 || (order === 0 && !(piece.lowClosed && piece.highClosed))
}

/** Whether b, which starts no earlier than a, leaves no gap after a. */
function touches(a: Piece, b: Piece, session: Session): boolean {
  if (a.high === 'infinite' || b.low === 'infinite') return true
  const order = orderConstants(b.low, a.high, session)
  return order < 0 || (order === 0 && (a.highClosed || b.lowClosed))
}

/** The normal form of a union of pieces. */
export function unionOf(pieces: readonly Piece[], session: Session): RealSet {
  if (pieces.length > mostPieces) throw new Unordered()
  const sorted = pieces.filter((piece) => !isEmpty(piece, session)).sort((a, b) => orderLows(a, b, session))
  const out: Piece[] = []
  for (const piece of sorted) {
    const last = out.at(-1)
    if (last === undefined || !touches(last, piece, session)) {
      out.push(piece)
    } else if (orderHighs(piece, last, session) > 0) {
      out[out.length - 1] = { ...last, high: piece.high, highClosed: piece.highClosed }
    }
  }
  return out
}

export function intersectionOf(a: RealSet, b: RealSet, session: Session): RealSet {
  const pieces: Piece[] = []
  for (const x of a) {
    for (const y of b) {
      const low = orderLows(x, y, session) >= 0 ? x : y
      const high = orderHighs(x, y, session) <= 0 ? x : y
      pieces.push({ low: low.low, lowClosed: low.lowClosed, high: high.high, highClosed: high.highClosed })
    }
  }
  return unionOf(pieces, session)
}

/** The points of the line that are not in the set. */
export function complementOf(set: RealSet): RealSet {
  const out: Piece[] = []
  let low: End = 'infinite'
  let lowClosed = false
  let isDone = false
  for (const piece of set) {
    if (piece.low !== 'infinite') out.push({ low, lowClosed, high: piece.low, highClosed: !piece.lowClosed })
    if (piece.high === 'infinite') isDone = true
    low = piece.high
    lowClosed = !piece.highClosed
  }
  if (!isDone) out.push({ low, lowClosed: low === 'infinite' ? false : lowClosed, high: 'infinite', highClosed: false })
  return out
}

/** Whether two normal forms are the same set. */
export function areSameSets(a: RealSet, b: RealSet, session: Session): boolean {
  return (
    a.length === b.length &&
    a.every((piece, i) => orderLows(piece, b[i], session) === 0 && orderHighs(piece, b[i], session) === 0)
  )
}

/** One point. */
export function pointPiece(value: Expression): Piece {
  return { low: value, high: value, lowClosed: true, highClosed: true }
}
