// Exact complex numbers with rational parts (Gaussian rationals): (1+i)^2 = 2i. A real number has `im` zero.
import type { Rational } from '../expression.ts'
import * as q from './rational.ts'
import { Stop } from './work.ts'

/** re + im·i */
export interface Gaussian {
  readonly re: Rational
  readonly im: Rational
}

export const gaussianOne: Gaussian = { re: q.one, im: q.zero }
export const imaginaryUnit: Gaussian = { re: q.zero, im: q.one }

export function fromRational(re: Rational): Gaussian {
  return { re, im: q.zero }
}

export function isReal(a: Gaussian): boolean {
  return a.im.top === 0n
}

export function isZero(a: Gaussian): boolean {
  return a.re.top === 0n && a.im.top === 0n
}

export function addGaussian(a: Gaussian, b: Gaussian): Gaussian {
  const re = q.add(a.re, b.re)
  return isReal(a) && isReal(b) ? fromRational(re) : { re, im: q.add(a.im, b.im) }
}

export function negateGaussian(a: Gaussian): Gaussian {
  return { re: q.negate(a.re), im: q.negate(a.im) }
}

export function multiplyGaussian(a: Gaussian, b: Gaussian): Gaussian {
  if (isReal(a) && isReal(b)) return fromRational(q.multiply(a.re, b.re))
  return {
    re: q.subtract(q.multiply(a.re, b.re), q.multiply(a.im, b.im)),
    im: q.add(q.multiply(a.re, b.im), q.multiply(a.im, b.re)),
  }
}

/** Stops with `undefined` when b is zero. */
export function divideGaussian(a: Gaussian, b: Gaussian): Gaussian {
  if (isReal(b)) {
    return isReal(a) ? fromRational(q.divide(a.re, b.re)) : { re: q.divide(a.re, b.re), im: q.divide(a.im, b.re) }
  }
  const norm = normOf(b)
  const scaled = multiplyGaussian(a, { re: b.re, im: q.negate(b.im) })
  return { re: q.divide(scaled.re, norm), im: q.divide(scaled.im, norm) }
}

/** re² + im² */
export function normOf(a: Gaussian): Rational {
  return q.add(q.multiply(a.re, a.re), q.multiply(a.im, a.im))
}

/** a^n for an integer n; 0^0 and 0^-1 have no value. */
export function powerOfGaussian(a: Gaussian, n: number): Gaussian {
  if (isZero(a)) {
    if (n <= 0) throw new Stop('undefined')
    return a
  }
  if (isReal(a)) return fromRational(q.powerOf(a.re, n))
  if (n < 0) return divideGaussian(gaussianOne, powerOfGaussian(a, -n))
  const isUnit = a.re.top === 0n && a.im.bottom === 1n && (a.im.top === 1n || a.im.top === -1n)
  let left = isUnit ? n % 4 : n
  if (left > 20_000) throw new Stop('size')
  let result = gaussianOne
  let square = a
  for (;;) {
    if (left % 2 === 1) result = multiplyGaussian(result, square)
    left = Math.floor(left / 2)
    if (left === 0) return result
    square = multiplyGaussian(square, square)
  }
}

export function areSameGaussian(a: Gaussian, b: Gaussian): boolean {
  return q.areSame(a.re, b.re) && q.areSame(a.im, b.im)
}
