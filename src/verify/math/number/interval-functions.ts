// Real functions on intervals: the function at the middle on fixed point, widened by what the radius can change
// (a bound of the derivative) and by the error of the fixed point.
import { atanFixed, type Constants, expFixed, fixedError, lnFixed, sinCosFixed } from './fixed-point.ts'
import { bitsOf } from './integer-root.ts'
import * as iv from './interval.ts'
import { Stop, spend, type Work } from './work.ts'

/** What functions need: a precision, the constants and the budget. */
export interface Precision {
  readonly bits: number
  readonly constants: Constants
  readonly work: Work
}

type Interval = iv.Interval

/** Charges one function of `bits` bits. */
export function spendFunction(at: Precision, bits: number): void {
  spend(at.work, 6 + bits / 12 + (bits / 220) ** 2)
}

/** The interval as fixed point: middle and a radius that covers the rounding. */
function toFixed(a: Interval, bits: number): { readonly x: bigint; readonly r: bigint } {
  const shift = a.exponent + bits
  if (bitsOf(a.middle) + shift > 60_000) throw new Stop('unclear')
  if (shift >= 0) return { x: a.middle << BigInt(shift), r: a.radius << BigInt(shift) }
  // Far below the last place: 0 or -1 unit.
  const down = BigInt(Math.min(-shift, bitsOf(a.middle) + bitsOf(a.radius) + 8))
  return { x: a.middle >> down, r: (a.radius >> down) + 2n }
}

export function pi(at: Precision): Interval {
  spendFunction(at, at.bits)
  return { middle: at.constants.pi(at.bits + 8), radius: 4n, exponent: -at.bits - 8 }
}

export function exp(a: Interval, at: Precision): Interval {
  if (iv.isExactZero(a)) return iv.oneInterval
  const magnitude = iv.magnitudeOf(a)
  // The exponent of the result must stay a small integer.
  if (magnitude > 48) throw new Stop('unclear')
  const extra = Math.max(0, magnitude) + 8
  const bits = at.bits + extra
  spendFunction(at, bits)
  const { x, r } = toFixed(a, bits)
  const unit = 1n << BigInt(bits)
  if (r > unit) throw new Stop('unclear')
  const ln2 = at.constants.ln2(bits + extra)
  const raised = x << BigInt(extra)
  let k = raised / ln2
  if (raised < 0n) k -= 1n
  const rest = (raised - k * ln2) >> BigInt(extra)
  const clamped = rest < 0n ? 0n : rest
  const value = expFixed(clamped, bits)
  // e^r - 1 <= 2r for r <= 1; the reduced argument is wrong by at most a few units.
  const radius = ((value * 2n * (r + fixedError)) >> BigInt(bits)) + fixedError + 1n
  return iv.round({ middle: value, radius, exponent: Number(k) - bits }, at.bits)
}

/** Stops with `undefined` at zero, `nonreal` below and `unclear` when the sign is not known. */
export function ln(a: Interval, at: Precision): Interval {
  const sign = iv.signOf(a)
  if (sign === undefined) throw new Stop('unclear')
  if (sign === 0) throw new Stop('undefined')
  if (sign < 0) throw new Stop('nonreal')
  const bits = at.bits + 8
  spendFunction(at, bits * 2)
  const size = a.middle.toString(2).length
  const shift = bits - (size - 1)
  const m = shift >= 0 ? a.middle << BigInt(shift) : a.middle >> BigInt(-shift)
  const k = a.exponent + size - 1
  const fromRadius = a.radius === 0n ? 0n : (a.radius << BigInt(bits)) / (a.middle - a.radius) + 1n
  const extra = Math.ceil(Math.log2(Math.abs(k) + 2)) + 2
  const part = (BigInt(k) * at.constants.ln2(bits + extra)) >> BigInt(extra)
  return iv.round({ middle: lnFixed(m, bits) + part, radius: fromRadius + 2n * fixedError, exponent: -bits }, at.bits)
}

export function sinCos(a: Interval, at: Precision): { readonly sin: Interval; readonly cos: Interval } {
  if (iv.isExactZero(a)) return { sin: a, cos: iv.oneInterval }
  const extra = Math.max(0, iv.magnitudeOf(a)) + 8
  if (extra > 20_000) throw new Stop('unclear')
  const bits = at.bits + 8
  spendFunction(at, bits + extra)
  const wide = bits + extra
  const { x, r } = toFixed(a, wide)
  const quarter = at.constants.pi(wide + extra) >> 1n
  const raised = x << BigInt(extra)
  let turns = raised / quarter
  if (raised < 0n) turns -= 1n
  // In [0, pi/2), then to [0, pi/4] by sin x = cos(pi/2 - x).
  let rest = (raised - turns * quarter) >> BigInt(2 * extra)
  const half = quarter >> BigInt(2 * extra)
  if (rest < 0n) rest = 0n
  const isUpper = rest * 2n > half
  const small = isUpper ? half - rest : rest
  const part = sinCosFixed(small < 0n ? 0n : small, bits)
  const radius = (r >> BigInt(extra)) + fixedError + 5n
  const make = (middle: bigint): Interval => iv.round({ middle, radius, exponent: -bits }, at.bits)
  const sin = isUpper ? part.cos : part.sin
  const cos = isUpper ? part.sin : part.cos
  switch (((turns % 4n) + 4n) % 4n) {
    case 0n:
      return { sin: make(sin), cos: make(cos) }
    case 1n:
      return { sin: make(cos), cos: make(-sin) }
    case 2n:
      return { sin: make(-sin), cos: make(-cos) }
    default:
      return { sin: make(-cos), cos: make(sin) }
  }
}

export function atan(a: Interval, at: Precision): Interval {
  if (iv.isExactZero(a)) return a
  if (a.middle < 0n) return iv.negate(atan(iv.negate(a), at))
  if (iv.signOf(iv.subtract(a, iv.oneInterval, at.bits)) !== 1) return atanBelowOne(a, at)
  const inverse = atanBelowOne(iv.divide(iv.oneInterval, a, at.bits + 8), at)
  return iv.subtract(iv.scale(pi(at), -1), inverse, at.bits)
}

/** For a middle in [0, 1], or beyond by no more than the radius. */
function atanBelowOne(a: Interval, at: Precision): Interval {
  const bits = at.bits + 8
  spendFunction(at, bits * 2)
  const { x, r } = toFixed(a, bits)
  const unit = 1n << BigInt(bits)
  const inside = x < 0n ? 0n : x > unit ? unit : x
  const moved = iv.sizeOfBig(x - inside)
  const value = atanFixed(inside, bits)
  return iv.round({ middle: value, radius: r + moved + fixedError + 1n, exponent: -bits }, at.bits)
}

/** arcsin by 2 atan(x / (1 + sqrt(1 - x²))), which has no trouble at ±1; `nonreal` outside [-1, 1]. */
export function arcsin(a: Interval, at: Precision): Interval {
  const bits = at.bits + 8
  const rest = iv.subtract(iv.oneInterval, iv.multiply(a, a, bits), bits)
  const cosine = iv.rootOf(rest, 2, bits)
  return iv.scale(atan(iv.divide(a, iv.add(iv.oneInterval, cosine, bits), bits), at), 1)
}
