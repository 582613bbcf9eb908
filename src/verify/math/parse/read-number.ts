// Digits to exact numbers: decimals, powers of ten, repeating decimals, other bases. Digits beyond the limit are not
// read, so that no number costs more than a moment.
import type { Rational } from '../expression.ts'
import { limits } from '../limits.ts'
import { rational } from './build-expression.ts'
import { Unreadable } from './unreadable.ts'

/** A number as written. */
export interface WrittenNumber {
  readonly value: Rational
  /** Digits behind the point; undefined for integers and repeating decimals. */
  readonly places?: number
}

/** Reads the text of a number token. */
export function readNumber(text: string): WrittenNumber {
  if (text.length > limits.digits) throw new Unreadable('a number with too many digits', true)
  const point = text.indexOf('.')
  if (point < 0 && !/[eE]/.test(text)) return { value: rational(BigInt(text)) }
  if (text.endsWith('...')) return readOngoing(text.slice(0, -3))
  const brace = text.indexOf('(')
  if (brace >= 0) return { value: repeating(text.slice(0, brace), text.slice(brace + 1, -1)) }
  const mark = text.search(/[eE]/)
  const exponent = mark < 0 ? 0 : Number(text.slice(mark + 1))
  const digits = mark < 0 ? text : text.slice(0, mark)
  const places = point < 0 ? 0 : digits.length - point - 1
  if (Math.abs(exponent) > limits.digits) throw new Unreadable('an exponent that is too large', true)
  const top = BigInt(digits.replace('.', ''))
  const shift = exponent - places
  const value = shift >= 0 ? rational(top * 10n ** BigInt(shift)) : rational(top, 10n ** BigInt(-shift))
  return shift < 0 ? { value, places: -shift } : { value }
}

/**
 * `0.333` of `0.333...`: repeating when its last digits say so at least three digits long and twice over. Otherwise the
 * value is known to nobody; it is not the digits that are there.
 */
function readOngoing(text: string): WrittenNumber {
  const point = text.indexOf('.')
  const places = text.slice(point + 1)
  for (let period = 1; period <= Math.min(places.length / 2, 40); period++) {
    const block = places.slice(places.length - period)
    let from = places.length - period
    while (from >= period && places.slice(from - period, from) === block) from -= period
    const repeated = places.length - from
    if (repeated >= 3 && repeated >= 2 * period) return { value: repeating(text.slice(0, point + 1 + from), block) }
  }
  throw new Unreadable('a decimal whose digits go on unseen')
}

/** `0.1(6)`: the digits as written plus the block over nines. */
function repeating(plain: string, block: string): Rational {
  const places = plain.length - plain.indexOf('.') - 1
  const shift = 10n ** BigInt(places)
  const nines = 10n ** BigInt(block.length) - 1n
  const whole = BigInt(plain.replace('.', '') || '0')
  return rational(whole * nines + BigInt(block), shift * nines)
}

/** The value of digits in a base of 2 to 36; undefined when a digit is not below the base. */
export function readInBase(digits: string, base: number): Rational | undefined {
  const point = digits.indexOf('.')
  if (point >= 0) {
    const places = digits.length - point - 1
    const scaled = readInBase(digits.slice(0, point) + digits.slice(point + 1), base)
    return scaled && rational(scaled.top, BigInt(base) ** BigInt(places))
  }
  if (digits.length === 0 || digits.length > limits.digits || base < 2 || base > 36) return undefined
  let value = 0n
  for (const char of digits) {
    const digit = Number.parseInt(char, 36)
    if (Number.isNaN(digit) || digit >= base) return undefined
    value = value * BigInt(base) + BigInt(digit)
  }
  return rational(value)
}
