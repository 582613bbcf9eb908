// Complex numbers as pairs of intervals, principal branches. A real number has an imaginary part that is exactly zero.

import * as iv from './interval.ts'
import * as f from './interval-functions.ts'
import { Stop } from './work.ts'

export interface Complex {
  readonly re: iv.Interval
  readonly im: iv.Interval
}

type At = f.Precision

export function realOnly(re: iv.Interval): Complex {
  return { re, im: iv.zeroInterval }
}

export function isRealComplex(a: Complex): boolean {
  return iv.isExactZero(a.im)
}

export function addComplex(a: Complex, b: Complex, bits: number): Complex {
  return { re: iv.add(a.re, b.re, bits), im: iv.add(a.im, b.im, bits) }
}

export function negateComplex(a: Complex): Complex {
  return { re: iv.negate(a.re), im: iv.negate(a.im) }
}

export function multiplyComplex(a: Complex, b: Complex, bits: number): Complex {
  if (isRealComplex(a) && isRealComplex(b)) return realOnly(iv.multiply(a.re, b.re, bits))
  return {
    re: iv.subtract(iv.multiply(a.re, b.re, bits), iv.multiply(a.im, b.im, bits), bits),
    im: iv.add(iv.multiply(a.re, b.im, bits), iv.multiply(a.im, b.re, bits), bits),
  }
}

export function divideComplex(a: Complex, b: Complex, bits: number): Complex {
  if (isRealComplex(b)) {
    return { re: iv.divide(a.re, b.re, bits), im: iv.isExactZero(a.im) ? a.im : iv.divide(a.im, b.re, bits) }
  }
  const norm = iv.add(iv.multiply(b.re, b.re, bits), iv.multiply(b.im, b.im, bits), bits)
  const product = multiplyComplex(a, { re: b.re, im: iv.negate(b.im) }, bits)
  return { re: iv.divide(product.re, norm, bits), im: iv.divide(product.im, norm, bits) }
}

/** a^n for an integer n >= 0. */
export function powerOfComplex(a: Complex, n: number, bits: number): Complex {
  if (isRealComplex(a)) return realOnly(iv.powerOf(a.re, n, bits))
  const working = bits + 2 * Math.ceil(Math.log2(n + 2)) + 8
  let result = realOnly(iv.oneInterval)
  let square = a
  for (let left = n; left > 0; ) {
    if (left % 2 === 1) result = multiplyComplex(result, square, working)
    left = Math.floor(left / 2)
    if (left > 0) square = multiplyComplex(square, square, working)
  }
  return result
}

export function absOf(a: Complex, bits: number): iv.Interval {
  if (isRealComplex(a)) {
    const sign = iv.signOf(a.re)
    if (sign !== undefined) return sign < 0 ? iv.negate(a.re) : a.re
    return { middle: 0n, radius: iv.sizeOfBig(a.re.middle) + a.re.radius, exponent: a.re.exponent }
  }
  const square = iv.add(iv.multiply(a.re, a.re, bits), iv.multiply(a.im, a.im, bits), bits)
  return iv.rootOf(square, 2, bits)
}

/** In (-pi, pi]. Stops with `unclear` where the branch cut cannot be told. */
export function argumentOf(a: Complex, at: At): iv.Interval {
  const down = iv.signOf(a.im)
  const right = iv.signOf(a.re)
  if (down === 0) {
    if (right === undefined) throw new Stop('unclear')
    if (right === 0) throw new Stop('undefined')
    return right > 0 ? iv.zeroInterval : f.pi(at)
  }
  if (right === 1) return f.atan(iv.divide(a.im, a.re, at.bits), at)
  if (down === undefined) throw new Stop('unclear')
  // Im z is not zero: ±pi/2 - atan(re / im).
  const half = iv.scale(f.pi(at), -1)
  const slope = f.atan(iv.divide(a.re, a.im, at.bits), at)
  return iv.subtract(down > 0 ? half : iv.negate(half), slope, at.bits)
}

export function lnComplex(a: Complex, at: At): Complex {
  if (isRealComplex(a) && iv.signOf(a.re) === 1) return realOnly(f.ln(a.re, at))
  return { re: f.ln(absOf(a, at.bits), at), im: argumentOf(a, at) }
}

export function expComplex(a: Complex, at: At): Complex {
  const size = f.exp(a.re, at)
  if (isRealComplex(a)) return realOnly(size)
  const { sin, cos } = f.sinCos(a.im, at)
  return { re: iv.multiply(size, cos, at.bits), im: iv.multiply(size, sin, at.bits) }
}

/** The principal square root: of a negative real number, i times the root of its size. */
export function squareRootComplex(a: Complex, at: At): Complex {
  if (isRealComplex(a)) {
    if (iv.signOf(a.re) === -1) return { re: iv.zeroInterval, im: iv.rootOf(iv.negate(a.re), 2, at.bits) }
    return realOnly(iv.rootOf(a.re, 2, at.bits))
  }
  const size = absOf(a, at.bits)
  const right = iv.signOf(a.re)
  if (right !== -1) {
    const re = iv.rootOf(iv.scale(iv.add(size, a.re, at.bits), -1), 2, at.bits)
    return { re, im: iv.divide(a.im, iv.scale(re, 1), at.bits) }
  }
  const down = iv.signOf(a.im)
  if (down === undefined || down === 0) throw new Stop('unclear')
  const im = iv.rootOf(iv.scale(iv.subtract(size, a.re, at.bits), -1), 2, at.bits)
  const signed = down > 0 ? im : iv.negate(im)
  return { re: iv.divide(a.im, iv.scale(signed, 1), at.bits), im: signed }
}

/** sin and cos of a complex number by sin(x + iy) = sin x cosh y + i cos x sinh y. */
export function sinCosComplex(a: Complex, at: At): { readonly sin: Complex; readonly cos: Complex } {
  const { sin, cos } = f.sinCos(a.re, at)
  if (isRealComplex(a)) return { sin: realOnly(sin), cos: realOnly(cos) }
  const up = f.exp(a.im, at)
  const down = iv.divide(iv.oneInterval, up, at.bits)
  const cosh = iv.scale(iv.add(up, down, at.bits), -1)
  const sinh = iv.scale(iv.subtract(up, down, at.bits), -1)
  return {
    sin: { re: iv.multiply(sin, cosh, at.bits), im: iv.multiply(cos, sinh, at.bits) },
    cos: { re: iv.multiply(cos, cosh, at.bits), im: iv.negate(iv.multiply(sin, sinh, at.bits)) },
  }
}
