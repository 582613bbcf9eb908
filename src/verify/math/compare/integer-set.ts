// Sets of integers: what of a set of real numbers is whole, as ranges with exact ends. `x > 1` and `x \ge 2` are the same
// condition on an integer, and `0 < n < 6` has five solutions.
import type { Expression } from '../expression.ts'
import { sizeOfBig } from '../number/interval.ts'
import { floorOf } from '../number/rational.ts'
import { realAt } from './compare-at-point.ts'
import { exactRational } from './exact-number.ts'
import type { Piece, RealSet } from './real-set.ts'
import type { Session } from './verdict.ts'

/** From low to high, both within; undefined for no end. */
export interface Range {
  readonly low: bigint | undefined
  readonly high: bigint | undefined
}

/** The integers of a set in ascending ranges that do not touch; undefined when an end cannot be told. */
export function integersOf(set: RealSet, session: Session): readonly Range[] | undefined {
  const ranges: Range[] = []
  for (const piece of set) {
    const range = rangeOf(piece, session)
    if (range === undefined) return undefined
    if (range === 'empty') continue
    const last = ranges.at(-1)
    if (last?.high !== undefined && range.low !== undefined && range.low <= last.high + 1n)
      ranges[ranges.length - 1] = { low: last.low, high: range.high }
    else ranges.push(range)
  }
  return ranges
}

/** Those from `least` on. */
export function fromLeast(ranges: readonly Range[], least: bigint): readonly Range[] {
  return ranges.flatMap(({ low, high }) => {
    if (high !== undefined && high < least) return []
    return [{ low: low === undefined || low < least ? least : low, high }]
  })
}

export function areSameRanges(a: readonly Range[], b: readonly Range[]): boolean {
  return a.length === b.length && a.every(({ low, high }, i) => low === b[i].low && high === b[i].high)
}

function rangeOf(piece: Piece, session: Session): Range | 'empty' | undefined {
  const low = piece.low === 'infinite' ? undefined : roundUp(piece.low, piece.lowClosed, session)
  const high = piece.high === 'infinite' ? undefined : roundDown(piece.high, piece.highClosed, session)
  if ((piece.low !== 'infinite' && low === undefined) || (piece.high !== 'infinite' && high === undefined))
    return undefined
  return low !== undefined && high !== undefined && low > high ? 'empty' : { low, high }
}

function roundUp(of: Expression, isClosed: boolean, session: Session): bigint | undefined {
  const down = roundDown({ kind: 'negative', of }, isClosed, session)
  return down === undefined ? undefined : -down
}

/** The largest integer below, or at a closed end. */
function roundDown(of: Expression, isClosed: boolean, session: Session): bigint | undefined {
  const exact = exactRational(of, session)
  if (exact !== undefined) return floorOf(exact) - (exact.bottom === 1n && !isClosed ? 1n : 0n)
  const rough = realAt(of, 128, session)
  if (rough === undefined || rough.interval.exponent > 4_000) return undefined
  const { middle, radius, exponent } = rough.interval
  if (sizeOfBig(middle) < sizeOfBig(radius)) return undefined
  const shift = (n: bigint): bigint => (exponent >= 0 ? n << BigInt(exponent) : n >> BigInt(-exponent))
  const low = shift(middle - radius)
  return low === shift(middle + radius) ? low : undefined
}
