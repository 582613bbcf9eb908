// The exact normal form of an expression: a fraction of two polynomials over "kernels" (symbols, i, pi, e, roots of
// primes, functions of normal forms). Equal forms mean equal expressions; forms over symbols and i alone that differ
// mean different ones. x/x is 1: a removable gap is not a difference. Sums in exponents are split (2^(n+1) = 2·2^n).
import type { Expression, FunctionName, Rational } from '../expression.ts'
import { limits } from '../limits.ts'
import { makeConstants } from '../number/fixed-point.ts'
import { isReal } from '../number/gaussian.ts'
import * as p from '../number/polynomial.ts'
import * as q from '../number/rational.ts'
import { Stop, spend } from '../number/work.ts'
import { evaluate, type Scene } from './evaluate.ts'
import {
  addFractions,
  constantOf,
  type Fraction,
  fractionKey,
  integerPower,
  invert,
  kernel,
  multiplyFractions,
  takeContent,
  unit,
  whole,
} from './fraction.ts'
import { byExponentials } from './hyperbolic.ts'
import { primePowers, radical } from './radical-form.ts'

const minusOne: Rational = { top: -1n, bottom: 1n }

/** Stops when the form is too large or the expression has none (infinity, plus-minus, division by zero). */
export function toFraction(expression: Expression, ring: p.Ring): Fraction {
  spend(ring.work, 1)
  switch (expression.kind) {
    case 'number':
      return whole(p.constantPolynomial(expression.value))
    case 'constant':
      return constantForm(expression.name, ring)
    case 'symbol':
      return whole(p.kernelPolynomial(p.kernelOf(ring, `$${expression.name}`)))
    case 'sum':
      return expression.terms.reduce<Fraction>(
        (sum, term) => addFractions(sum, toFraction(term, ring), ring),
        whole(p.zeroPolynomial),
      )
    case 'product':
      return expression.factors.reduce<Fraction>(
        (product, factor) => multiplyFractions(product, toFraction(factor, ring), ring),
        whole(unit),
      )
    case 'quotient':
      return multiplyFractions(toFraction(expression.top, ring), invert(toFraction(expression.bottom, ring)), ring)
    case 'negative':
      return multiplyFractions(whole(p.constantPolynomial(minusOne)), toFraction(expression.of, ring), ring)
    case 'power':
      return powerForm(expression.base, expression.exponent, ring)
    case 'call':
      return callForm(expression, ring)
    case 'unknown-call':
      return kernel(`${expression.name}!(${argumentKeys(expression.arguments, ring)})`, ring)
    case 'plus-minus':
      throw new Stop('undefined')
  }
}

function constantForm(name: 'pi' | 'e' | 'i' | 'phi' | 'infinity', ring: p.Ring): Fraction {
  switch (name) {
    case 'i':
      return whole(p.kernelPolynomial(p.kernelOf(ring, 'i', { power: 2, value: minusOne })))
    case 'phi': {
      const half: Rational = { top: 1n, bottom: 2n }
      const root = whole(radical({ top: 5n, bottom: 1n }, half, ring))
      const sum = addFractions(root, whole(unit), ring)
      return multiplyFractions(sum, whole(p.constantPolynomial(half)), ring)
    }
    case 'infinity':
      throw new Stop('undefined')
    case 'pi':
    case 'e':
      return kernel(name, ring)
  }
}

function powerForm(base: Expression, exponent: Expression, ring: p.Ring): Fraction {
  const power = toFraction(exponent, ring)
  const constant = constantOf(power)
  const isE = base.kind === 'constant' && base.name === 'e'
  if (isE) return exponential('e', power, ring)
  const from = toFraction(base, ring)
  const fixed = constantOf(from)
  if (constant !== undefined) {
    if (constant.bottom === 1n && (fixed === undefined || isSmallPower(fixed, constant.top))) {
      const n = Number(constant.top)
      if (!Number.isSafeInteger(n)) throw new Stop('size')
      if (from.top.size === 0 && n <= 0) throw new Stop('undefined')
      return integerPower(from, n, ring)
    }
    if (fixed !== undefined && fixed.top !== 0n) return rationalPower(fixed, constant, ring)
    const n = Number(constant.top)
    if (!Number.isSafeInteger(n) || from.top.size === 0) throw new Stop('size')
    const { content, rest } = takeContent(from, ring)
    const root = integerPower(kernel(`(${fractionKey(rest, ring)})^(1/${constant.bottom})`, ring), n, ring)
    return multiplyFractions(rationalPower(content, constant, ring), root, ring)
  }
  if (fixed !== undefined && fixed.top > 0n) {
    let product = whole(unit)
    for (const [prime, times] of primePowers(fixed, ring.work)) {
      const scaled = multiplyFractions(power, whole(p.constantPolynomial(q.rational(BigInt(times)))), ring)
      product = multiplyFractions(product, exponential(String(prime), scaled, ring), ring)
    }
    return product
  }
  if (from.top.size === 1 && from.bottom === unit && base.kind === 'symbol') {
    return exponential(`$${base.name}`, power, ring)
  }
  return kernel(`(${fractionKey(from, ring)})^(${fractionKey(power, ring)})`, ring)
}

function isSmallPower(base: Rational, n: bigint): boolean {
  const size = n < 0n ? -n : n
  if (base.bottom === 1n && (base.top === 0n || base.top === 1n || base.top === -1n)) return true
  return size <= BigInt(limits.exponent) && Number(size) * q.sizeOf(base) < limits.digits * 3
}

function rationalPower(base: Rational, exponent: Rational, ring: p.Ring): Fraction {
  if (base.top > 0n) return bigPower(base, exponent, ring)
  const positive = q.negate(base)
  if (exponent.bottom % 2n === 1n) {
    const size = bigPower(positive, exponent, ring)
    const sign = exponent.top % 2n === 0n ? q.one : minusOne
    return multiplyFractions(whole(p.constantPolynomial(sign)), size, ring)
  }
  if (exponent.bottom !== 2n) return kernel(`(${q.showExact(base)})^(${q.showExact(exponent)})`, ring)
  const turns = Number(((exponent.top % 4n) + 4n) % 4n)
  const root = bigPower(positive, exponent, ring)
  return multiplyFractions(integerPower(constantForm('i', ring), turns, ring), root, ring)
}

/** A positive base: roots of primes, or kernels for primes when the power is too large to compute. */
function bigPower(base: Rational, exponent: Rational, ring: p.Ring): Fraction {
  if (isSmallPower(base, exponent.top / exponent.bottom)) return whole(radical(base, exponent, ring))
  let product = whole(unit)
  for (const [prime, times] of primePowers(base, ring.work)) {
    const power = q.multiply(exponent, q.rational(BigInt(times)))
    product = multiplyFractions(product, kernelPower(`${prime}`, '1', power, ring), ring)
  }
  return product
}

/** base^(what · power) as the kernel base^(what/bottom) to the integer top. */
function kernelPower(base: string, what: string, power: Rational, ring: p.Ring): Fraction {
  const n = Number(power.top)
  if (!Number.isSafeInteger(n)) throw new Stop('size')
  return integerPower(kernel(`${base}^{${what}/${power.bottom}}`, ring), n, ring)
}

/** base^power for a base that is e, a prime or a symbol: one kernel for every term of the exponent. */
function exponential(base: string, power: Fraction, ring: p.Ring): Fraction {
  if (p.asConstant(power.bottom) === undefined) return kernel(`${base}^(${fractionKey(power, ring)})`, ring)
  let product = whole(unit)
  for (const { text, term } of p.sortedTerms(power.top, ring)) {
    if (text !== '') {
      product = multiplyFractions(product, kernelPower(base, text, term.coefficient, ring), ring)
    } else if (base === 'e' || base.startsWith('$')) {
      const own = base === 'e' ? 'e' : base
      const factor =
        term.coefficient.bottom === 1n
          ? integerPower(kernel(own, ring), Number(term.coefficient.top), ring)
          : kernelPower(own, '1', term.coefficient, ring)
      product = multiplyFractions(product, factor, ring)
    } else {
      product = multiplyFractions(product, rationalPower(q.rational(BigInt(base)), term.coefficient, ring), ring)
    }
  }
  return product
}

function argumentKeys(list: readonly Expression[], ring: p.Ring): string {
  return list.map((argument) => fractionKey(toFraction(argument, ring), ring)).join(',')
}

const emptyPoint: Scene['point'] = new Map()

function callForm(expression: Extract<Expression, { kind: 'call' }>, ring: p.Ring): Fraction {
  const { name } = expression
  if (name === 'exp' && expression.arguments.length === 1)
    return exponential('e', toFraction(expression.arguments[0], ring), ring)
  const written = byExponentials(expression)
  if (written !== undefined) return toFraction(written, ring)
  const list = flatArguments(expression).map((argument) => toFraction(argument, ring))
  const constants = list.map(constantOf)
  if (constants.every((value) => value !== undefined)) {
    const known = exactCall(name, constants, ring)
    if (known !== undefined) return known
    if (name === 'ln' && constants.length === 1 && constants[0].top > 0n) return logarithm(constants[0], ring)
  }
  const keys = list.map((argument) => fractionKey(argument, ring))
  const [x] = keys
  const quotient = (a: FunctionName | '', b: FunctionName): Fraction =>
    multiplyFractions(a === '' ? whole(unit) : kernel(`${a}(${x})`, ring), invert(kernel(`${b}(${x})`, ring)), ring)
  if (name === 'tan') return quotient('sin', 'cos')
  if (name === 'cot') return quotient('cos', 'sin')
  if (name === 'sec') return quotient('', 'cos')
  if (name === 'csc') return quotient('', 'sin')
  if (symmetric.has(name)) keys.sort()
  return kernel(`${name}(${keys.join(',')})`, ring)
}

/** max(a, max(b, c)) is max(a, b, c). */
function flatArguments({ name, arguments: list }: Extract<Expression, { kind: 'call' }>): readonly Expression[] {
  if (!symmetric.has(name)) return list
  return list.flatMap((argument) =>
    argument.kind === 'call' && argument.name === name ? flatArguments(argument) : [argument],
  )
}

const symmetric: ReadonlySet<FunctionName> = new Set(['gcd', 'lcm', 'min', 'max'])

function exactCall(name: FunctionName, values: readonly Rational[], ring: p.Ring): Fraction | undefined {
  const scene = {
    bits: 64,
    constants: makeConstants(),
    work: ring.work,
    exactOnly: true,
    point: emptyPoint,
    seen: { leaves: 0, extreme: 0 },
  }
  const call: Expression = { kind: 'call', name, arguments: values.map((value) => ({ kind: 'number', value })) }
  try {
    const value = evaluate(call, scene)
    if (value.kind === 'exact' && isReal(value.exact)) return whole(p.constantPolynomial(value.exact.re))
  } catch (error) {
    if (!(error instanceof Stop) || error.reason === 'work') throw error
  }
  return undefined
}

/** ln of a positive rational number as a sum over its primes. */
function logarithm(value: Rational, ring: p.Ring): Fraction {
  let sum = p.zeroPolynomial
  for (const [prime, times] of primePowers(value, ring.work)) {
    const one = p.kernelPolynomial(p.kernelOf(ring, `ln(${prime})`))
    sum = p.addPolynomials(sum, p.scalePolynomial(one, q.rational(BigInt(times)), ring), ring)
  }
  return whole(sum)
}
