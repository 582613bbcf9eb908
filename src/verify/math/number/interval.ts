// Rigorous real intervals as a middle and a radius on BigInt: the value lies in (middle ± radius)·2^exponent. Every
// operation rounds outwards, to `bits` of the middle, so the true result always lies inside. The exponent makes the
// precision relative: e^-1000 and 10^(10^10) are as precise as 1. Functions are in interval-functions.ts.
import type { Rational } from '../expression.ts'
import { bitsOf, integerRoot, integerSquareRoot } from './integer-root.ts'
import { Stop } from './work.ts'

export interface Interval {
  readonly middle: bigint
  readonly radius: bigint
  readonly exponent: number
}

export const zeroInterval: Interval = { middle: 0n, radius: 0n, exponent: 0 }
export const oneInterval: Interval = { middle: 1n, radius: 0n, exponent: 0 }

const farthest = 2 ** 50

export function sizeOfBig(n: bigint): bigint {
  return n < 0n ? -n : n
}

/** The same interval or a slightly wider one, with a middle of about `bits` bits. */
export function round(a: Interval, bits: number): Interval {
  if (Math.abs(a.exponent) > farthest) throw new Stop('unclear')
  const excess = Math.max(bitsOf(a.middle), bitsOf(a.radius)) - bits
  if (excess <= 4) return a
  const shift = BigInt(excess)
  const middle = a.middle >> shift
  // Nothing lost: stays exact.
  if (a.radius === 0n && middle << shift === a.middle) return { middle, radius: 0n, exponent: a.exponent + excess }
  return { middle, radius: (a.radius >> shift) + 2n, exponent: a.exponent + excess }
}

export function isExactZero(a: Interval): boolean {
  return a.middle === 0n && a.radius === 0n
}

export function containsZero(a: Interval): boolean {
  return sizeOfBig(a.middle) <= a.radius
}

/** -1 or 1 when the sign is certain, 0 when the interval is exactly zero, otherwise undefined. */
export function signOf(a: Interval): -1 | 0 | 1 | undefined {
  if (a.middle > a.radius) return 1
  if (-a.middle > a.radius) return -1
  return isExactZero(a) ? 0 : undefined
}

/** An upper bound of log2 |value|; -Infinity for exact zero. */
export function magnitudeOf(a: Interval): number {
  const size = sizeOfBig(a.middle) + a.radius
  return size === 0n ? Number.NEGATIVE_INFINITY : bitsOf(size) + a.exponent
}

/** A rational number to `bits` bits; exact when its bottom is a power of two that fits. */
export function fromRational(value: Rational, bits: number): Interval {
  if (value.bottom === 1n) return round({ middle: value.top, radius: 0n, exponent: 0 }, bits)
  return divide({ middle: value.top, radius: 0n, exponent: 0 }, { middle: value.bottom, radius: 0n, exponent: 0 }, bits)
}

export function negate(a: Interval): Interval {
  return { middle: -a.middle, radius: a.radius, exponent: a.exponent }
}

export function add(a: Interval, b: Interval, bits: number): Interval {
  if (isExactZero(a)) return b
  if (isExactZero(b)) return a
  const [high, low] = a.exponent >= b.exponent ? [a, b] : [b, a]
  const gap = high.exponent - low.exponent
  if (gap > bits + bitsOf(low.middle) + bitsOf(low.radius) + 2) {
    // The lower one is below the last bit kept: it only widens.
    const shift = BigInt(bits)
    return round(
      { middle: high.middle << shift, radius: (high.radius << shift) + 1n, exponent: high.exponent - bits },
      bits,
    )
  }
  const shift = BigInt(gap)
  return round(
    {
      middle: (high.middle << shift) + low.middle,
      radius: (high.radius << shift) + low.radius,
      exponent: low.exponent,
    },
    bits,
  )
}

export function subtract(a: Interval, b: Interval, bits: number): Interval {
  return add(a, negate(b), bits)
}

export function multiply(a: Interval, b: Interval, bits: number): Interval {
  const radius =
    a.radius === 0n && b.radius === 0n
      ? 0n
      : sizeOfBig(a.middle) * b.radius + sizeOfBig(b.middle) * a.radius + a.radius * b.radius
  return round({ middle: a.middle * b.middle, radius, exponent: a.exponent + b.exponent }, bits)
}

/** Times 2^power, exactly. */
export function scale(a: Interval, power: number): Interval {
  return { middle: a.middle, radius: a.radius, exponent: a.exponent + power }
}

/** Stops with `undefined` on exact zero and with `unclear` when the divisor may be zero. */
export function divide(a: Interval, b: Interval, bits: number): Interval {
  if (containsZero(b)) throw new Stop(isExactZero(b) ? 'undefined' : 'unclear')
  if (isExactZero(a)) return zeroInterval
  const below = sizeOfBig(b.middle)
  const shiftBits = Math.max(0, bits + bitsOf(below) - bitsOf(a.middle))
  const shift = BigInt(shiftBits)
  const raised = a.middle << shift
  const middle = raised / b.middle
  const isExact = a.radius === 0n && b.radius === 0n && middle * b.middle === raised
  const spread = (a.radius * below + sizeOfBig(a.middle) * b.radius) << shift
  const radius = isExact ? 0n : spread / (below * (below - b.radius)) + 2n
  return round({ middle, radius, exponent: a.exponent - b.exponent - shiftBits }, bits)
}

/** a^n for an integer n >= 0 by squaring. */
export function powerOf(a: Interval, n: number, bits: number): Interval {
  // Every squaring doubles the relative error, so the working precision grows with the exponent.
  const working = bits + 2 * Math.ceil(Math.log2(n + 2)) + 8
  let result = oneInterval
  let square = a
  for (let left = n; left > 0; ) {
    if (left % 2 === 1) result = multiply(result, square, working)
    left = Math.floor(left / 2)
    if (left > 0) square = multiply(square, square, working)
  }
  return round(result, bits)
}

/**
 * The k-th root. Stops with `nonreal` below zero. An interval that holds zero is cut at zero: whether a value that
 * cannot be told from zero is negative is never decided here.
 */
export function rootOf(a: Interval, k: number, bits: number): Interval {
  if (isExactZero(a)) return a
  if (a.middle + a.radius < 0n) throw new Stop('nonreal')
  const wanted = k * (bits + 4) - bitsOf(a.middle)
  let shiftBits = Math.max(0, wanted)
  while ((a.exponent - shiftBits) % k !== 0) shiftBits += 1
  const shift = BigInt(shiftBits)
  const exponent = (a.exponent - shiftBits) / k
  const radius = a.radius << shift
  const top = a.middle << shift
  if (a.middle <= 2n * a.radius) {
    const most = sizeOfBig(top) + radius
    return { middle: 0n, radius: (k === 2 ? integerSquareRoot(most) : integerRoot(most, k)) + 1n, exponent }
  }
  const middle = k === 2 ? integerSquareRoot(top) : integerRoot(top, k)
  const below = middle ** BigInt(k - 1)
  if (radius === 0n && below * middle === top) return round({ middle, radius: 0n, exponent }, bits)
  // |root(x ± r) - root(x)| <= 2r / root(x)^(k-1) for r <= x/2, by the mean value.
  return round({ middle, radius: (2n * radius) / below + 2n, exponent }, bits)
}

/** Both intervals inside one. */
export function hull(a: Interval, b: Interval, bits: number): Interval {
  const sum = scale(add(a, b, bits), -1)
  const half = scale(subtract(a, b, bits), -1)
  const extra: Interval = { middle: 0n, radius: sizeOfBig(half.middle) + half.radius, exponent: half.exponent }
  const wide = add(sum, extra, bits)

  return add(
    add(wide, { middle: 0n, radius: a.radius, exponent: a.exponent }, bits),
    { middle: 0n, radius: b.radius, exponent: b.exponent },
    bits,
  )
}

/** The interval as a double, for people and for starting points. */
export function toNumber(a: Interval): number {
  const excess = Math.max(0, bitsOf(a.middle) - 60)
  return Number(a.middle >> BigInt(excess)) * 2 ** (a.exponent + excess)
}
