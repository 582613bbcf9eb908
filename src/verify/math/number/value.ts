// The value of a constant expression: exact as long as it is a Gaussian rational, otherwise a complex interval.
// Arithmetic stays exact while both sides are and the numbers are small enough; `exactOnly` forbids the step to intervals.
import type { Rational } from '../expression.ts'
import * as c from './complex-interval.ts'
import * as g from './gaussian.ts'
import * as iv from './interval.ts'
import { type Precision, spendFunction } from './interval-functions.ts'
import * as q from './rational.ts'
import { Stop, spend } from './work.ts'

export type Value =
  | { readonly kind: 'exact'; readonly exact: g.Gaussian }
  | { readonly kind: 'interval'; readonly complex: c.Complex }

/** How values are computed. */
export interface Arithmetic extends Precision {
  readonly exactOnly: boolean
}

export function exactValue(value: Rational): Value {
  return { kind: 'exact', exact: g.fromRational(value) }
}

export function intervalValue(complex: c.Complex): Value {
  return { kind: 'interval', complex }
}

export function realValue(re: iv.Interval): Value {
  return { kind: 'interval', complex: c.realOnly(re) }
}

/** The exact real value, if it is one. */
export function asRational(value: Value): Rational | undefined {
  return value.kind === 'exact' && g.isReal(value.exact) ? value.exact.re : undefined
}

export function toComplex(value: Value, at: Arithmetic): c.Complex {
  if (value.kind === 'interval') return value.complex
  if (at.exactOnly) throw new Stop('unclear')
  spend(at.work, 1 + at.bits / 400)
  return { re: iv.fromRational(value.exact.re, at.bits), im: iv.fromRational(value.exact.im, at.bits) }
}

type Exact = (a: g.Gaussian, b: g.Gaussian) => g.Gaussian
type Rough = (a: c.Complex, b: c.Complex, bits: number) => c.Complex

function combine(a: Value, b: Value, at: Arithmetic, exact: Exact, rough: Rough): Value {
  if (a.kind === 'exact' && b.kind === 'exact') {
    spend(at.work, q.costOf(a.exact.re) + q.costOf(b.exact.re))
    try {
      return { kind: 'exact', exact: exact(a.exact, b.exact) }
    } catch (error) {
      if (at.exactOnly || !(error instanceof Stop) || error.reason !== 'size') throw error
    }
  }
  const left = toComplex(a, at)
  const right = toComplex(b, at)
  spend(at.work, 2 + (at.bits / 600) ** 2)
  return intervalValue(rough(left, right, at.bits))
}

export function addValues(a: Value, b: Value, at: Arithmetic): Value {
  return combine(a, b, at, g.addGaussian, c.addComplex)
}

export function multiplyValues(a: Value, b: Value, at: Arithmetic): Value {
  return combine(a, b, at, g.multiplyGaussian, c.multiplyComplex)
}

export function divideValues(a: Value, b: Value, at: Arithmetic): Value {
  return combine(a, b, at, g.divideGaussian, c.divideComplex)
}

export function negateValue(a: Value): Value {
  return a.kind === 'exact'
    ? { kind: 'exact', exact: g.negateGaussian(a.exact) }
    : intervalValue(c.negateComplex(a.complex))
}

/** a^(p/r). A negative real number has real odd roots: (-8)^(1/3) is -2; every other root is the principal one. */
export function rationalPower(a: Value, exponent: Rational, at: Arithmetic): Value {
  const n = Number(exponent.top)
  const root = exponent.bottom <= 64n ? Number(exponent.bottom) : undefined
  const isSmall = Number.isSafeInteger(n)
  if (root === 1 && isSmall) return integerPower(a, n, at)
  const real = asRational(a)
  if (real !== undefined && real.top === 0n) {
    if (exponent.top > 0n) return a
    throw new Stop('undefined')
  }
  if (isSmall && root !== undefined) {
    const rooted = rootValue(a, root, at)
    if (rooted !== undefined) return integerPower(rooted, n, at)
  }
  const sign = real !== undefined ? Math.sign(Number(real.top)) : realSign(a)
  if (sign === -1 && exponent.bottom % 2n === 1n) {
    const size = rationalPower(negateValue(a), exponent, at)
    return exponent.top % 2n === 0n ? size : negateValue(size)
  }
  return generalPower(a, exactValue(exponent), at)
}

function realSign(a: Value): number | undefined {
  return a.kind === 'interval' && c.isRealComplex(a.complex) ? iv.signOf(a.complex.re) : undefined
}

/** The k-th root for the cases that need no logarithm. */
function rootValue(a: Value, k: number, at: Arithmetic): Value | undefined {
  const real = asRational(a)
  if (real !== undefined) {
    const size = real.top < 0n ? q.negate(real) : real
    spend(at.work, 1 + q.costOf(size) * 4)
    const exact = q.exactRoot(size, k)
    if (exact !== undefined && (real.top >= 0n || k % 2 === 1))
      return exactValue(real.top < 0n ? q.negate(exact) : exact)
    if (exact !== undefined && k === 2) return { kind: 'exact', exact: { re: q.zero, im: exact } }
  }
  const complex = toComplex(a, at)
  spendFunction(at, at.bits)
  if (k === 2) return intervalValue(c.squareRootComplex(complex, at))
  if (!c.isRealComplex(complex)) return undefined
  if (iv.signOf(complex.re) !== -1) return realValue(iv.rootOf(complex.re, k, at.bits))
  return k % 2 === 1 ? realValue(iv.negate(iv.rootOf(iv.negate(complex.re), k, at.bits))) : undefined
}

function integerPower(a: Value, n: number, at: Arithmetic): Value {
  if (a.kind === 'exact') {
    const size = Math.max(q.sizeOf(a.exact.re), q.sizeOf(a.exact.im))
    const bits = Math.min(size * Math.abs(n), 14_000)
    spend(at.work, 1 + (bits / 64) ** 2 / 20)
    try {
      return { kind: 'exact', exact: g.powerOfGaussian(a.exact, n) }
    } catch (error) {
      if (at.exactOnly || !(error instanceof Stop) || error.reason !== 'size') throw error
    }
  }
  const complex = toComplex(a, at)
  if (n === 0) return exactValue(q.one)
  spend(at.work, Math.log2(Math.abs(n) + 1) * (4 + (at.bits / 400) ** 2))
  const power = c.powerOfComplex(complex, Math.abs(n), at.bits)
  return intervalValue(n > 0 ? power : c.divideComplex(c.realOnly(iv.oneInterval), power, at.bits))
}

/** a^b = exp(b ln a), principal; 0^b is 0 for b > 0 and has no value otherwise. */
export function generalPower(a: Value, b: Value, at: Arithmetic): Value {
  const base = asRational(a)
  if (base !== undefined && base.top === 0n) {
    const exponent = toComplex(b, at)
    if (c.isRealComplex(exponent) && iv.signOf(exponent.re) === 1) return a
    throw new Stop('undefined')
  }
  if (base !== undefined && q.areSame(base, q.one)) return a
  // ln of a large power multiplies its error: keep the bits that the exponent eats.
  const exponent = toComplex(b, at)
  const magnitude = iv.magnitudeOf(exponent.re)
  // Far beyond what the exponent of an interval can hold, unless the base is next to 1.
  if (magnitude > 200) throw new Stop('unclear')
  const extra = Math.max(0, magnitude) + 8
  const wide: Arithmetic = { ...at, bits: at.bits + extra }
  const logarithm = c.lnComplex(toComplex(a, wide), wide)
  return intervalValue(c.expComplex(c.multiplyComplex(toComplex(b, wide), logarithm, wide.bits), at))
}
