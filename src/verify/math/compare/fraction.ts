// Fractions of two polynomials over kernels, and their arithmetic: constants divided out, powers that divide everything
// cancelled, no greatest common divisors. Which kernels an expression has is for fraction-form.ts.
import type { Rational } from '../expression.ts'
import * as p from '../number/polynomial.ts'
import * as q from '../number/rational.ts'
import { Stop } from '../number/work.ts'

export interface Fraction {
  readonly top: p.Polynomial
  readonly bottom: p.Polynomial
}

/** 1 */
export const unit = p.constantPolynomial(q.one)

/** Whether two forms are the same rational function, by cross multiplication. */
export function areSameFractions(a: Fraction, b: Fraction, ring: p.Ring): boolean {
  if (p.areSamePolynomials(a.bottom, b.bottom)) return p.areSamePolynomials(a.top, b.top)
  const left = p.multiplyPolynomials(a.top, b.bottom, ring)
  return p.areSamePolynomials(left, p.multiplyPolynomials(b.top, a.bottom, ring))
}

/**
 * Whether only symbols, i and either e or pi occur, so that different forms are different functions: e and pi are no
 * roots of a polynomial, but nobody knows of one for both.
 */
export function arePlain(forms: readonly Fraction[], ring: p.Ring): boolean {
  const constants = new Set<string>()
  for (const { top, bottom } of forms) {
    for (const term of [...top.values(), ...bottom.values()]) {
      for (const { kernel } of term.factors) {
        const name = ring.names[kernel]
        if (name === 'e' || name === 'pi') constants.add(name)
        else if (!name.startsWith('$') && name !== 'i') return false
      }
    }
  }
  return constants.size < 2
}

/** A text of the form that does not depend on the order of terms; equal texts mean equal forms. */
export function fractionKey(a: Fraction, ring: p.Ring): string {
  if (p.asConstant(a.bottom) !== undefined) return p.showPolynomial(a.top, ring)
  const lead = p.sortedTerms(a.bottom, ring)[0].term.coefficient
  const by = q.divide(q.one, lead)
  const [top, bottom] = [a.top, a.bottom].map((side) => p.showPolynomial(p.scalePolynomial(side, by, ring), ring))
  return top === bottom ? '1' : `(${top})/(${bottom})`
}

/** The value of a form without kernels. */
export function constantOf(a: Fraction): Rational | undefined {
  const bottom = p.asConstant(a.bottom)
  const top = p.asConstant(a.top)
  return top === undefined || bottom === undefined ? undefined : q.divide(top, bottom)
}

/** A form without a bottom. */
export function whole(top: p.Polynomial): Fraction {
  return { top, bottom: unit }
}

/** One kernel by its name. */
export function kernel(name: string, ring: p.Ring): Fraction {
  return whole(p.kernelPolynomial(p.kernelOf(ring, name)))
}

/** A constant bottom is divided out, and a power of a kernel that divides everything is cancelled. */
function tidy(top: p.Polynomial, bottom: p.Polynomial, ring: p.Ring): Fraction {
  const constant = p.asConstant(bottom)
  if (constant !== undefined) {
    if (constant.top === 0n) throw new Stop('undefined')
    return whole(p.scalePolynomial(top, q.divide(q.one, constant), ring))
  }
  if (p.areSamePolynomials(top, bottom)) return whole(unit)
  if (top.size === 0) return whole(top)
  const shared = commonFactors(top, bottom)
  if (shared.length === 0) return { top, bottom }
  return tidy(divideOut(top, shared), divideOut(bottom, shared), ring)
}

function commonFactors(a: p.Polynomial, b: p.Polynomial): p.Factor[] {
  let shared: p.Factor[] | undefined
  for (const side of [a, b]) {
    for (const { factors } of side.values()) {
      if (shared === undefined) shared = [...factors]
      else {
        shared = shared.flatMap(({ kernel, power }) => {
          const other = factors.find((factor) => factor.kernel === kernel)
          return other === undefined ? [] : [{ kernel, power: Math.min(power, other.power) }]
        })
      }
      if (shared.length === 0) return []
    }
  }
  return shared ?? []
}

function divideOut(a: p.Polynomial, shared: readonly p.Factor[]): p.Polynomial {
  const out: [string, p.Term][] = []
  for (const { factors, coefficient } of a.values()) {
    const left = factors.flatMap(({ kernel, power }) => {
      const by = shared.find((factor) => factor.kernel === kernel)?.power ?? 0
      return power > by ? [{ kernel, power: power - by }] : []
    })
    out.push([left.map((factor) => `${factor.kernel}^${factor.power} `).join(''), { factors: left, coefficient }])
  }
  return new Map(out)
}

export function addFractions(a: Fraction, b: Fraction, ring: p.Ring): Fraction {
  if (a.bottom === b.bottom || p.areSamePolynomials(a.bottom, b.bottom)) {
    return tidy(p.addPolynomials(a.top, b.top, ring), a.bottom, ring)
  }
  const left = p.multiplyPolynomials(a.top, b.bottom, ring)
  const right = p.multiplyPolynomials(b.top, a.bottom, ring)
  return tidy(p.addPolynomials(left, right, ring), p.multiplyPolynomials(a.bottom, b.bottom, ring), ring)
}

export function multiplyFractions(a: Fraction, b: Fraction, ring: p.Ring): Fraction {
  const top = p.multiplyPolynomials(a.top, b.top, ring)
  if (a.bottom === unit && b.bottom === unit) return whole(top)
  return tidy(top, p.multiplyPolynomials(a.bottom, b.bottom, ring), ring)
}

/** 1 / a; stops for zero. */
export function invert(a: Fraction): Fraction {
  if (a.top.size === 0) throw new Stop('undefined')
  return { top: a.bottom, bottom: a.top }
}

/** a^n for any integer n; stops for a negative power of zero. */
export function integerPower(base: Fraction, n: number, ring: p.Ring): Fraction {
  const from = n < 0 ? invert(base) : base
  const size = Math.abs(n)
  return tidy(p.powerOfPolynomial(from.top, size, ring), p.powerOfPolynomial(from.bottom, size, ring), ring)
}

/** A positive number before the rest, as it goes before a root: sqrt(4x + 8) is 2 sqrt(x + 2). */
export function takeContent(from: Fraction, ring: p.Ring): { readonly content: Rational; readonly rest: Fraction } {
  const [top, bottom] = [from.top, from.bottom].map((side) => contentOf(side))
  const scale = (side: p.Polynomial, by: Rational): p.Polynomial => p.scalePolynomial(side, q.divide(q.one, by), ring)
  const rest = { top: scale(from.top, top), bottom: scale(from.bottom, bottom) }
  return { content: q.divide(top, bottom), rest }
}

/** The greatest number that divides all coefficients into integers. */
function contentOf(a: p.Polynomial): Rational {
  let top = 0n
  let bottom = 1n
  for (const { coefficient } of a.values()) {
    top = q.greatestCommonDivisor(top, coefficient.top)
    bottom = (bottom / q.greatestCommonDivisor(bottom, coefficient.bottom)) * coefficient.bottom
  }
  return top === 0n ? q.one : q.rational(top, bottom)
}
