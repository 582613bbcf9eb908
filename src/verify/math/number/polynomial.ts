// Sparse polynomials in several variables ("kernels") with rational coefficients, exact. A kernel may have a rule
// K^n = value, as i^2 = -1 and the root of 2 squared is 2, which every product applies. More than `limits.terms` terms
// stop with `size`.
import type { Rational } from '../expression.ts'
import { limits } from '../limits.ts'
import * as q from './rational.ts'
import { Stop, spend, type Work } from './work.ts'

/** A kernel's number and its power, above 0. */
export interface Factor {
  readonly kernel: number
  readonly power: number
}

export interface Term {
  /** By rising kernel number. */
  readonly factors: readonly Factor[]
  readonly coefficient: Rational
}

/** Terms by a key of their factors; no term is zero. */
export type Polynomial = ReadonlyMap<string, Term>

/** The kernels of one comparison, numbered as they are met. */
export interface Ring {
  readonly work: Work
  readonly names: string[]
  readonly numbers: Map<string, number>
  readonly rules: ({ readonly power: number; readonly value: Rational } | undefined)[]
}

export function makeRing(work: Work): Ring {
  return { work, names: [], numbers: new Map(), rules: [] }
}

/** The number of the kernel of this name, made when new. */
export function kernelOf(
  ring: Ring,
  name: string,
  rule?: { readonly power: number; readonly value: Rational },
): number {
  const known = ring.numbers.get(name)
  if (known !== undefined) return known
  const number = ring.names.length
  ring.names.push(name)
  ring.rules.push(rule)
  ring.numbers.set(name, number)
  return number
}

export const zeroPolynomial: Polynomial = new Map()

export function constantPolynomial(value: Rational): Polynomial {
  return value.top === 0n ? zeroPolynomial : new Map([['', { factors: [], coefficient: value }]])
}

export function kernelPolynomial(kernel: number, power = 1): Polynomial {
  const factors = [{ kernel, power }]
  return new Map([[keyOf(factors), { factors, coefficient: q.one }]])
}

function keyOf(factors: readonly Factor[]): string {
  let key = ''
  for (const { kernel, power } of factors) key += `${kernel}^${power} `
  return key
}

/** The value when there is no kernel. */
export function asConstant(a: Polynomial): Rational | undefined {
  if (a.size === 0) return q.zero
  return a.size === 1 ? a.get('')?.coefficient : undefined
}

function accumulate(into: Map<string, Term>, key: string, term: Term, work: Work): void {
  const present = into.get(key)
  if (present === undefined) {
    if (into.size >= limits.terms) throw new Stop('size')
    into.set(key, term)
    return
  }
  spend(work, q.costOf(present.coefficient) + q.costOf(term.coefficient))
  const coefficient = q.add(present.coefficient, term.coefficient)
  if (coefficient.top === 0n) into.delete(key)
  else into.set(key, { factors: term.factors, coefficient })
}

export function addPolynomials(a: Polynomial, b: Polynomial, ring: Ring): Polynomial {
  if (a.size === 0) return b
  if (b.size === 0) return a
  spend(ring.work, a.size / 16)
  const sum = new Map(a)
  for (const [key, term] of b) {
    spend(ring.work, 1)
    accumulate(sum, key, term, ring.work)
  }
  return sum
}

export function scalePolynomial(a: Polynomial, by: Rational, ring: Ring): Polynomial {
  if (by.top === 0n) return zeroPolynomial
  if (q.areSame(by, q.one)) return a
  const out = new Map<string, Term>()
  for (const [key, term] of a) {
    spend(ring.work, q.costOf(term.coefficient) + q.costOf(by))
    out.set(key, { factors: term.factors, coefficient: q.multiply(term.coefficient, by) })
  }
  return out
}

export function multiplyPolynomials(a: Polynomial, b: Polynomial, ring: Ring): Polynomial {
  const constant = asConstant(a)
  if (constant !== undefined) return scalePolynomial(b, constant, ring)
  const other = asConstant(b)
  if (other !== undefined) return scalePolynomial(a, other, ring)
  const product = new Map<string, Term>()
  for (const x of a.values()) {
    for (const y of b.values()) {
      spend(ring.work, 1 + q.costOf(x.coefficient) + q.costOf(y.coefficient))
      const term = multiplyTerms(x, y, ring)
      accumulate(product, keyOf(term.factors), term, ring.work)
    }
  }
  return product
}

function multiplyTerms(x: Term, y: Term, ring: Ring): Term {
  let coefficient = q.multiply(x.coefficient, y.coefficient)
  const factors: Factor[] = []
  let i = 0
  let j = 0
  while (i < x.factors.length || j < y.factors.length) {
    const left = x.factors[i]
    const right = y.factors[j]
    if (right === undefined || (left !== undefined && left.kernel < right.kernel)) {
      factors.push(left)
      i += 1
    } else if (left === undefined || right.kernel < left.kernel) {
      factors.push(right)
      j += 1
    } else {
      const rule = ring.rules[left.kernel]
      let power = left.power + right.power
      if (!Number.isSafeInteger(power)) throw new Stop('size')
      if (rule !== undefined && power >= rule.power) {
        coefficient = q.multiply(coefficient, q.powerOf(rule.value, Math.floor(power / rule.power)))
        power %= rule.power
      }
      if (power > 0) factors.push({ kernel: left.kernel, power })
      i += 1
      j += 1
    }
  }
  return { factors, coefficient }
}

/** a^n for an integer n >= 0. */
export function powerOfPolynomial(a: Polynomial, n: number, ring: Ring): Polynomial {
  if (n > limits.exponent && a.size > 1) throw new Stop('size')
  let result: Polynomial = constantPolynomial(q.one)
  // Repeated products by the short factor keep sparse sums cheap; a single term is squared.
  if (a.size > 1) {
    for (let i = 0; i < n; i++) result = multiplyPolynomials(result, a, ring)
    return result
  }
  let square = a
  for (let left = n; left > 0; ) {
    if (left % 2 === 1) result = multiplyPolynomials(result, square, ring)
    left = Math.floor(left / 2)
    if (left > 0) square = multiplyPolynomials(square, square, ring)
  }
  return result
}

export function areSamePolynomials(a: Polynomial, b: Polynomial): boolean {
  if (a.size !== b.size) return false
  for (const [key, term] of a) {
    const other = b.get(key)
    if (other === undefined || !q.areSame(term.coefficient, other.coefficient)) return false
  }
  return true
}

/** A text that does not depend on the order in which kernels were met: equal texts mean equal polynomials. */
export function showPolynomial(a: Polynomial, ring: Ring): string {
  return sortedTerms(a, ring)
    .map(({ text, term }) => `${q.showExact(term.coefficient)}${text}`)
    .join('+')
}

/** The terms in the order of their texts, the constant first. */
export function sortedTerms(a: Polynomial, ring: Ring): { readonly text: string; readonly term: Term }[] {
  const terms = [...a.values()].map((term) => {
    const parts = term.factors.map(({ kernel, power }) => `*${ring.names[kernel]}${power === 1 ? '' : `^${power}`}`)
    return { text: parts.sort().join(''), term }
  })
  return terms.sort((x, y) => (x.text < y.text ? -1 : x.text > y.text ? 1 : 0))
}
