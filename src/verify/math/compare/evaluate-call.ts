// The known functions on values. Whole-number functions (floor, gcd, factorial, ...) need exact or certain arguments;
// inverse functions outside their real domain stop with `nonreal`.
import type { FunctionName, Rational } from '../expression.ts'
import { limits } from '../limits.ts'
import * as c from '../number/complex-interval.ts'
import * as g from '../number/gaussian.ts'
import * as iv from '../number/interval.ts'
import * as f from '../number/interval-functions.ts'
import * as q from '../number/rational.ts'
import * as v from '../number/value.ts'
import { Stop, spend } from '../number/work.ts'

type At = v.Arithmetic

/** The value of a function; stops when there is none. */
export function evaluateCall(name: FunctionName, values: readonly v.Value[], at: At): v.Value {
  const exact = values.map(v.asRational)
  if (exact.every((value) => value !== undefined)) {
    const result = wholeFunction(name, exact, at) ?? simpleValue(name, exact)
    if (result !== undefined) return v.exactValue(result)
  }
  if (name === 'min' || name === 'max') return extreme(name, values, at)
  if (values.length !== 1) throw new Stop('unclear')
  const [value] = values
  if (value.kind === 'exact') {
    const { re, im } = value.exact
    if (name === 're') return v.exactValue(re)
    if (name === 'im') return v.exactValue(im)
    if (name === 'conjugate') return { kind: 'exact', exact: { re, im: q.negate(im) } }
    if (name === 'abs') return v.rationalPower(v.exactValue(g.normOf(value.exact)), { top: 1n, bottom: 2n }, at)
  }
  const z = v.toComplex(value, at)
  const complex = complexFunction(name, z, at)
  if (complex !== undefined) return v.intervalValue(complex)
  if (!c.isRealComplex(z)) throw new Stop('nonreal')
  return realFunction(name, z.re, at)
}

function integer(value: Rational): bigint {
  if (value.bottom !== 1n) throw new Stop('undefined')
  return value.top
}

/** Functions of exact rational numbers that are rational. */
function wholeFunction(name: FunctionName, values: readonly Rational[], at: At): Rational | undefined {
  const [a, b] = values
  switch (name) {
    case 'abs':
      return a.top < 0n ? q.negate(a) : a
    case 'floor':
      return q.rational(q.floorOf(a))
    case 'ceil':
      return q.rational(-q.floorOf(q.negate(a)))
    case 'sign':
      return q.rational(a.top === 0n ? 0n : a.top < 0n ? -1n : 1n)
    case 're':
    case 'conjugate':
      return a
    case 'im':
      return q.zero
    case 'min':
      return values.reduce((least, value) => (q.compareRationals(value, least) < 0 ? value : least))
    case 'max':
      return values.reduce((most, value) => (q.compareRationals(value, most) > 0 ? value : most))
    case 'gcd':
      return q.rational(values.reduce((divisor, value) => q.greatestCommonDivisor(divisor, integer(value)), 0n))
    case 'lcm':
      return values.map(integer).reduce<Rational>((multiple, value) => {
        if (value === 0n || multiple.top === 0n) return q.zero
        const product = q.rational((multiple.top / q.greatestCommonDivisor(multiple.top, value)) * value)
        return product.top < 0n ? q.negate(product) : product
      }, q.one)
    case 'mod':
      if (values.length !== 2 || b.top === 0n) throw new Stop('undefined')
      return q.subtract(a, q.multiply(b, q.rational(q.floorOf(q.divide(a, b)))))
    case 'binomial':
      return values.length === 2 ? binomial(a, integer(b), at) : undefined
    case 'factorial':
      return stepProduct(integer(a), 1n, at)
    case 'double-factorial':
      return stepProduct(integer(a), 2n, at)
    default:
      return undefined
  }
}

/** n (n - step) (n - 2 step) ... down to 1 or 2. */
function stepProduct(n: bigint, step: bigint, at: At): Rational | undefined {
  if (n < 0n) throw new Stop('undefined')
  if (n > BigInt(limits.factorial)) return undefined
  spend(at.work, 1 + Number(n) / 4)
  let product = 1n
  for (let k = n; k > 1n; k -= step) product *= k
  return q.rational(product)
}

/** n (n-1) ... (n-k+1) / k! for an integer k; 0 for k below 0, and for whole n >= 0 by the smaller of k and n - k. */
function binomial(n: Rational, k: bigint, at: At): Rational | undefined {
  const isWhole = n.bottom === 1n && n.top >= 0n
  if (k < 0n || (isWhole && k > n.top)) return q.zero
  const count = isWhole && n.top - k < k ? n.top - k : k
  if (count > BigInt(limits.factorial)) return undefined
  let result = q.one
  for (let i = 0n; i < count; i += 1n) {
    spend(at.work, 1 + q.costOf(result) * 2)
    result = q.multiply(result, q.divide(q.subtract(n, q.rational(i)), q.rational(i + 1n)))
  }
  return result
}

const zeroAtZero: readonly FunctionName[] = ['sin', 'tan', 'sinh', 'tanh', 'arcsin', 'arctan', 'arsinh', 'artanh']
const oneAtZero: readonly FunctionName[] = ['cos', 'sec', 'cosh', 'exp']

/** The few rational values of other functions at 0 and 1. */
function simpleValue(name: FunctionName, [a]: readonly Rational[]): Rational | undefined {
  if (a.top === 0n && zeroAtZero.includes(name)) return q.zero
  if (a.top === 0n && oneAtZero.includes(name)) return q.one
  if (q.areSame(a, q.one) && (name === 'ln' || name === 'arccos' || name === 'arcosh')) return q.zero
  return undefined
}

function extreme(name: 'min' | 'max', values: readonly v.Value[], at: At): v.Value {
  const reals = values.map((value) => {
    const z = v.toComplex(value, at)
    if (!c.isRealComplex(z)) throw new Stop('nonreal')
    return z.re
  })
  const best = reals.reduce((kept, next) => {
    const sign = iv.signOf(iv.subtract(next, kept, at.bits))
    if (sign === undefined) return iv.hull(kept, next, at.bits)
    return sign === (name === 'max' ? 1 : -1) ? next : kept
  })
  return v.realValue(best)
}

function complexFunction(name: FunctionName, z: c.Complex, at: At): c.Complex | undefined {
  switch (name) {
    case 'exp':
      return c.expComplex(z, at)
    case 'ln':
      return c.lnComplex(z, at)
    case 'abs':
      return c.realOnly(c.absOf(z, at.bits))
    case 're':
      return c.realOnly(z.re)
    case 'im':
      return c.realOnly(z.im)
    case 'conjugate':
      return { re: z.re, im: iv.negate(z.im) }
    case 'arg':
      return c.realOnly(c.argumentOf(z, at))
    case 'sin':
      return c.sinCosComplex(z, at).sin
    case 'cos':
      return c.sinCosComplex(z, at).cos
    case 'tan':
    case 'cot':
    case 'sec':
    case 'csc': {
      const { sin, cos } = c.sinCosComplex(z, at)
      const one = c.realOnly(iv.oneInterval)
      const [top, bottom] =
        name === 'tan' ? [sin, cos] : name === 'cot' ? [cos, sin] : name === 'sec' ? [one, cos] : [one, sin]
      return c.divideComplex(top, bottom, at.bits)
    }
    case 'sinh':
    case 'cosh':
    case 'tanh':
    case 'coth': {
      const up = c.expComplex(z, at)
      const down = c.divideComplex(c.realOnly(iv.oneInterval), up, at.bits)
      const sum = c.addComplex(up, down, at.bits)
      const difference = c.addComplex(up, c.negateComplex(down), at.bits)
      if (name === 'tanh') return c.divideComplex(difference, sum, at.bits)
      if (name === 'coth') return c.divideComplex(sum, difference, at.bits)
      const twice = name === 'sinh' ? difference : sum
      return { re: iv.scale(twice.re, -1), im: iv.scale(twice.im, -1) }
    }
    default:
      return undefined
  }
}

function realFunction(name: FunctionName, x: iv.Interval, at: At): v.Value {
  const { bits } = at
  const one = iv.oneInterval
  const halfPi = (): iv.Interval => iv.scale(f.pi(at), -1)
  const shifted = (by: 1 | -1): iv.Interval => iv.add(iv.multiply(x, x, bits), by === 1 ? one : iv.negate(one), bits)
  switch (name) {
    case 'arcsin':
      return v.realValue(f.arcsin(x, at))
    case 'arccos':
      return v.realValue(iv.subtract(halfPi(), f.arcsin(x, at), bits))
    case 'arctan':
      return v.realValue(f.atan(x, at))
    case 'arccot':
      return v.realValue(iv.subtract(halfPi(), f.atan(x, at), bits))
    case 'arcsec':
      return v.realValue(iv.subtract(halfPi(), f.arcsin(iv.divide(one, x, bits), at), bits))
    case 'arccsc':
      return v.realValue(f.arcsin(iv.divide(one, x, bits), at))
    case 'arsinh': {
      // Odd, so that x + sqrt(x² + 1) never cancels.
      if (iv.signOf(x) === -1) return v.negateValue(realFunction(name, iv.negate(x), at))
      return v.realValue(f.ln(iv.add(x, iv.rootOf(shifted(1), 2, bits), bits), at))
    }
    case 'arcosh':
      if (iv.signOf(x) === -1) throw new Stop('nonreal')
      return v.realValue(f.ln(iv.add(x, iv.rootOf(shifted(-1), 2, bits), bits), at))
    case 'artanh':
      return v.realValue(iv.scale(f.ln(iv.divide(iv.add(one, x, bits), iv.subtract(one, x, bits), bits), at), -1))
    case 'floor':
      return wholePart(x)
    case 'ceil':
      return v.negateValue(wholePart(iv.negate(x)))
    case 'sign': {
      const sign = iv.signOf(x)
      if (sign === undefined) throw new Stop('unclear')
      return v.exactValue(q.rational(BigInt(sign)))
    }
    case 'factorial':
      return largeFactorial(x, at)
    default:
      throw new Stop('unclear')
  }
}

/** The floor, when the whole interval has the same. */
function wholePart(x: iv.Interval): v.Value {
  if (x.exponent > 20_000) throw new Stop('unclear')
  const down = (n: bigint): bigint => (x.exponent >= 0 ? n << BigInt(x.exponent) : n >> BigInt(-x.exponent))
  const low = down(x.middle - x.radius)
  if (low !== down(x.middle + x.radius)) throw new Stop('unclear')
  return v.exactValue(q.rational(low))
}

/** Stirling with its bounds: ln n! = n ln n - n + ln(2 pi n)/2 + d, 1/(12n+1) < d < 1/(12n). Enough to tell sizes apart. */
function largeFactorial(x: iv.Interval, at: At): v.Value {
  if (iv.signOf(iv.subtract(x, { middle: 2n, radius: 0n, exponent: 0 }, at.bits)) !== 1) throw new Stop('unclear')
  const wide = { ...at, bits: at.bits + Math.max(0, iv.magnitudeOf(x)) + 8 }
  const bits = wide.bits
  const main = iv.multiply(x, iv.subtract(f.ln(x, wide), iv.oneInterval, bits), bits)
  const half = iv.scale(f.ln(iv.scale(iv.multiply(f.pi(wide), x, bits), 1), wide), -1)
  const rest = iv.divide(iv.oneInterval, iv.multiply(x, { middle: 12n, radius: 0n, exponent: 0 }, bits), bits)
  const rough: iv.Interval = { ...rest, radius: rest.radius + iv.sizeOfBig(rest.middle) }
  return v.realValue(f.exp(iv.add(iv.add(main, half, bits), rough, bits), at))
}
