// Exact rational numbers in lowest terms over BigInt. Numbers beyond `limits.digits` digits are not made: the operation
// stops with `size`. What an operation costs is charged by its caller with `costOf`.
import type { Rational } from '../expression.ts'
import { limits } from '../limits.ts'
import { bitsOf, exactIntegerRoot } from './integer-root.ts'
import { Stop } from './work.ts'

const most = 10n ** BigInt(limits.digits)
const small = 1n << 256n
const safe = BigInt(Number.MAX_SAFE_INTEGER)

export const zero: Rational = { top: 0n, bottom: 1n }
export const one: Rational = { top: 1n, bottom: 1n }

/** The greatest common divisor of two integers, not negative. */
export function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let x = a < 0n ? -a : a
  let y = b < 0n ? -b : b
  while (y > safe) [x, y] = [y, x % y]
  if (y === 0n) return x
  let p = Number(y)
  let q = Number(x % y)
  while (q !== 0) [p, q] = [q, p % q]
  return BigInt(p)
}

/** top / bottom in lowest terms; stops when the bottom is 0 or the number too large. */
export function rational(top: bigint, bottom = 1n): Rational {
  if (bottom === 0n) throw new Stop('undefined')
  if (bottom === 1n) return checked(top, 1n)
  const divisor = greatestCommonDivisor(top, bottom)
  const sign = bottom < 0n ? -1n : 1n
  return checked((sign * top) / divisor, (sign * bottom) / divisor)
}

function checked(top: bigint, bottom: bigint): Rational {
  if (top > most || top < -most || bottom > most) throw new Stop('size')
  return { top, bottom }
}

export function add(a: Rational, b: Rational): Rational {
  if (a.bottom === b.bottom) return a.bottom === 1n ? checked(a.top + b.top, 1n) : rational(a.top + b.top, a.bottom)
  return rational(a.top * b.bottom + b.top * a.bottom, a.bottom * b.bottom)
}

export function subtract(a: Rational, b: Rational): Rational {
  return add(a, negate(b))
}

export function negate(a: Rational): Rational {
  return { top: -a.top, bottom: a.bottom }
}

export function multiply(a: Rational, b: Rational): Rational {
  return rational(a.top * b.top, a.bottom * b.bottom)
}

export function divide(a: Rational, b: Rational): Rational {
  return rational(a.top * b.bottom, a.bottom * b.top)
}

/** -1, 0 or 1. */
export function compareRationals(a: Rational, b: Rational): number {
  const difference = a.top * b.bottom - b.top * a.bottom
  return difference === 0n ? 0 : difference < 0n ? -1 : 1
}

export function areSame(a: Rational, b: Rational): boolean {
  return a.top === b.top && a.bottom === b.bottom
}

/** a^n for an integer n; stops before it computes a number that is too large. */
export function powerOf(a: Rational, n: number): Rational {
  if (n === 0) return one
  const size = Math.abs(n)
  if (a.top === 0n && n < 0) throw new Stop('undefined')
  const isUnit = (a.top === 1n || a.top === -1n || a.top === 0n) && a.bottom === 1n
  if (!isUnit && (size > 100_000 || size * (Math.max(bitsOf(a.top), bitsOf(a.bottom)) - 1) > limits.digits * 3.4))
    throw new Stop('size')
  const k = isUnit ? BigInt(size % 2 === 0 ? 2 : 1) : BigInt(size)
  const top = a.top ** k
  const bottom = a.bottom ** k
  if (n > 0) return checked(top, bottom)
  return top < 0n ? checked(-bottom, -top) : checked(bottom, top)
}

/** The k-th root of a >= 0 when it is rational. */
export function exactRoot(a: Rational, k: number): Rational | undefined {
  const top = exactIntegerRoot(a.top, k)
  if (top === undefined) return undefined
  const bottom = exactIntegerRoot(a.bottom, k)
  return bottom === undefined ? undefined : { top, bottom }
}

/** The largest integer not above a. */
export function floorOf(a: Rational): bigint {
  const quotient = a.top / a.bottom
  return a.top < 0n && quotient * a.bottom !== a.top ? quotient - 1n : quotient
}

/** `3`, `-3/4`; the sizes of long numbers stand for their digits. */
export function showRational(a: Rational): string {
  const show = (n: bigint): string => (bitsOf(n) > 130 ? `(${Math.round(bitsOf(n) * 0.30103)} digits)` : String(n))
  return a.bottom === 1n ? show(a.top) : `${show(a.top)}/${show(a.bottom)}`
}

/** All digits, in base 36 when they are many: for keys. */
export function showExact(a: Rational): string {
  const show = (n: bigint): string => (n < small && n > -small ? String(n) : `#${n.toString(36)}`)
  return a.bottom === 1n ? show(a.top) : `${show(a.top)}/${show(a.bottom)}`
}

/** Units of work of one operation on a number of this size; reducing to lowest terms is quadratic. */
export function costOf(a: Rational): number {
  if (a.bottom < small && a.top < small && a.top > -small) return 1
  return 1 + (sizeOf(a) / 64) ** 2 / 5
}

/** The bits of top and bottom together. */
export function sizeOf(a: Rational): number {
  return bitsOf(a.top) + bitsOf(a.bottom)
}
