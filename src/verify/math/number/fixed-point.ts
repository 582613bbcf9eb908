// exp, ln, sin, cos, atan, pi and ln 2 on BigInt fixed point: x stands for x / 2^bits. Every result is within
// `fixedError` units of the last place. Inside, guard bits cover the amplification of halving and doubling the
// argument (2^j for exp, 4^j for sine) times the number of truncated steps. Tested against twice the precision.
import { integerSquareRoot } from './integer-root.ts'

/** Units of the last place that a result may be wrong by. */
export const fixedError = 4n

/** Makes pi and ln 2 once per comparison, to the largest precision asked. */
export interface Constants {
  pi(bits: number): bigint
  ln2(bits: number): bigint
}

/** Constants without any state outside this object. */
export function makeConstants(): Constants {
  const keep = (make: (bits: number) => bigint): ((bits: number) => bigint) => {
    let value = 0n
    let known = 0
    return (bits) => {
      if (bits > known) {
        known = Math.max(bits, 192)
        value = make(known)
      }
      return value >> BigInt(known - bits)
    }
  }
  return { pi: keep(computePi), ln2: keep(computeLn2) }
}

// Machin: pi = 16 atan(1/5) - 4 atan(1/239).
function computePi(bits: number): bigint {
  const guard = 24
  return (16n * inverseSeries(5n, bits + guard, -1n) - 4n * inverseSeries(239n, bits + guard, -1n)) >> BigInt(guard)
}

// ln 2 = 18 artanh(1/26) - 2 artanh(1/4801) + 8 artanh(1/8749).
function computeLn2(bits: number): bigint {
  const w = bits + 24
  const sum = 18n * inverseSeries(26n, w, 1n) - 2n * inverseSeries(4801n, w, 1n) + 8n * inverseSeries(8749n, w, 1n)
  return sum >> 24n
}

/** atan(1/n) for sign -1, artanh(1/n) for sign 1. */
function inverseSeries(n: bigint, bits: number, sign: 1n | -1n): bigint {
  const square = n * n
  let power = (1n << BigInt(bits)) / n
  let sum = power
  let factor = sign
  for (let k = 3n; power > 0n; k += 2n) {
    power /= square
    sum += factor * (power / k)
    factor *= sign
  }
  return sum
}

function halvings(bits: number): number {
  return Math.ceil(Math.sqrt(bits) * 0.8)
}

function guardBits(bits: number): number {
  return 2 * Math.ceil(Math.log2(bits + 2)) + 10
}

/** e^x for 0 <= x < 1. */
export function expFixed(x: bigint, bits: number): bigint {
  const j = halvings(bits)
  const guard = j + guardBits(bits)
  const w = BigInt(bits + guard)
  const small = (x << BigInt(guard)) >> BigInt(j)
  const unit = 1n << w
  let term = unit
  let sum = unit
  for (let k = 1n; term > 0n; k += 1n) {
    term = ((term * small) >> w) / k
    sum += term
  }
  for (let i = 0; i < j; i++) sum = (sum * sum) >> w
  return sum >> BigInt(guard)
}

/** ln x for 1 <= x <= 2, by Halley's iteration y + 2 (x - e^y)/(x + e^y), which triples the digits. */
export function lnFixed(x: bigint, bits: number): bigint {
  const steps: number[] = []
  for (let w = bits + 12; w > 44; w = Math.ceil((w + 12) / 3)) steps.push(w)
  const seed = 52
  const near = bits > seed ? Number(x >> BigInt(bits - seed)) / 2 ** seed : Number(x) / 2 ** bits
  let y = BigInt(Math.round(Math.log(near) * 2 ** seed))
  let scale = seed
  for (let i = steps.length - 1; i >= 0; i--) {
    const w = steps[i]
    y = w >= scale ? y << BigInt(w - scale) : y >> BigInt(scale - w)
    scale = w
    if (y < 0n) y = 0n
    const target = w >= bits ? x << BigInt(w - bits) : x >> BigInt(bits - w)
    const e = expFixed(y, w)
    y += ((target - e) << BigInt(w + 1)) / (target + e)
  }
  return y >> BigInt(scale - bits)
}

/** sin x and cos x for 0 <= x < 1, by series and doubling of (sin, 1 - cos), which never cancels. */
export function sinCosFixed(x: bigint, bits: number): { readonly sin: bigint; readonly cos: bigint } {
  const j = halvings(bits)
  const guard = 2 * j + guardBits(bits)
  const w = BigInt(bits + guard)
  const small = (x << BigInt(guard)) >> BigInt(j)
  const square = (small * small) >> w
  let sin = small
  let versine = square >> 1n
  let sinTerm = small
  let cosTerm = versine
  let sign = -1n
  for (let k = 2n; sinTerm > 0n || cosTerm > 0n; k += 2n) {
    sinTerm = ((sinTerm * square) >> w) / (k * (k + 1n))
    cosTerm = ((cosTerm * square) >> w) / ((k + 1n) * (k + 2n))
    sin += sign * sinTerm
    versine += sign * cosTerm
    sign = -sign
  }
  const unit = 1n << w
  for (let i = 0; i < j; i++) {
    const doubled = (sin * (unit - versine)) >> (w - 1n)
    versine = (sin * sin) >> (w - 1n)
    sin = doubled
  }
  return { sin: sin >> BigInt(guard), cos: (unit - versine) >> BigInt(guard) }
}

/** atan x for 0 <= x <= 1, by atan x = 2 atan(x / (1 + sqrt(1 + x²))) and the series. */
export function atanFixed(x: bigint, bits: number): bigint {
  const j = Math.ceil(Math.sqrt(bits) / 3) + 1
  const guard = j + guardBits(bits)
  const w = BigInt(bits + guard)
  const unit = 1n << w
  let y = x << BigInt(guard)
  for (let i = 0; i < j; i++) y = (y << w) / (unit + integerSquareRoot(unit * unit + y * y))
  const square = (y * y) >> w
  let power = y
  let sum = y
  let sign = -1n
  for (let k = 3n; power > 0n; k += 2n) {
    power = (power * square) >> w
    sum += sign * (power / k)
    sign = -sign
  }
  return (sum << BigInt(j)) >> BigInt(guard)
}
