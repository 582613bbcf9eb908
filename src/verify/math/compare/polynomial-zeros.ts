// Zeros and poles of rational functions in one variable with rational coefficients, as polynomials, and of linear ones
// with any real coefficients, as a point between two numbers.
import type { Expression, Rational } from '../expression.ts'
import * as iv from '../number/interval.ts'
import * as p from '../number/polynomial.ts'
import * as q from '../number/rational.ts'
import { attempt } from '../number/work.ts'
import { realAt } from './compare-at-point.ts'
import { numberExpression, replaceSymbol } from './expression-shape.ts'
import type { Fraction } from './fraction.ts'
import { toFraction } from './fraction-form.ts'
import type { Session } from './verdict.ts'

/** What the zeros are among: the real roots of polynomials, by rising power, and points that lie between two numbers. */
export interface Zeros {
  readonly polynomials: Rational[][]
  readonly points: { readonly low: Rational; readonly high: Rational }[]
}

const pointBits = 512
const highestPower = 40

/** Adds the zeros and poles of such a function; false for any other. */
export function addPolynomials(of: Expression, variable: string, session: Session, into: Zeros): boolean {
  const found = attempt(session.work, 0.3, (work) => {
    const ring = p.makeRing(work)
    const form = toFraction(of, ring)
    const sides = [form.top, form.bottom].map((side) => coefficientsOf(side, variable, ring))
    if (sides.every((side) => side !== undefined)) return { sides }
    const imaginary = ring.numbers.get('i')
    if (imaginary !== undefined) {
      const parts = [...complexParts(form, imaginary, ring)].map((part) => coefficientsOf(part, variable, ring))
      return parts.every((part) => part !== undefined) ? { sides: parts } : undefined
    }
    return { isLinear: isLinear(form.top, variable, ring) && isConstantSide(form.bottom, variable, ring) }
  })
  if (found === undefined) return false
  if (found.sides !== undefined) {
    into.polynomials.push(...found.sides.filter((side) => side.length > 1))
    return true
  }
  return found.isLinear === true && addLinear(of, variable, session, into)
}

/**
 * Real and imaginary part of top times the conjugate of bottom, and those of bottom: a value is zero, or comes to a cut
 * on the real line, only where one of them is zero.
 */
function complexParts({ top, bottom }: Fraction, imaginary: number, ring: p.Ring): readonly p.Polynomial[] {
  const [re, im] = splitParts(bottom, imaginary)
  const [upperRe, upperIm] = splitParts(top, imaginary)
  const times = (a: p.Polynomial, b: p.Polynomial): p.Polynomial => p.multiplyPolynomials(a, b, ring)
  const minus = (a: p.Polynomial): p.Polynomial => p.scalePolynomial(a, { top: -1n, bottom: 1n }, ring)
  return [
    p.addPolynomials(times(upperRe, re), times(upperIm, im), ring),
    p.addPolynomials(times(upperIm, re), minus(times(upperRe, im)), ring),
    re,
    im,
  ]
}

function splitParts(a: p.Polynomial, imaginary: number): readonly [re: p.Polynomial, im: p.Polynomial] {
  const re = new Map<string, p.Term>()
  const im = new Map<string, p.Term>()
  for (const [key, { factors, coefficient }] of a) {
    const rest = factors.filter(({ kernel }) => kernel !== imaginary)
    if (rest.length === factors.length) re.set(key, { factors, coefficient })
    else im.set(rest.map(({ kernel, power }) => `${kernel}^${power} `).join(''), { factors: rest, coefficient })
  }
  return [re, im]
}

/** Coefficients by rising power when nothing but the variable occurs. */
export function coefficientsOf(a: p.Polynomial, variable: string, ring: p.Ring): Rational[] | undefined {
  const own = ring.numbers.get(`$${variable}`)
  const out: Rational[] = []
  for (const { factors, coefficient } of a.values()) {
    if (factors.length > 1 || (factors.length === 1 && factors[0].kernel !== own)) return undefined
    const power = factors.length === 0 ? 0 : factors[0].power
    if (power > highestPower) return undefined
    while (out.length <= power) out.push(q.zero)
    out[power] = coefficient
  }
  return out
}

function isLinear(a: p.Polynomial, variable: string, ring: p.Ring): boolean {
  const own = ring.numbers.get(`$${variable}`)
  return [...a.values()].every(({ factors }) =>
    factors.every(({ kernel, power }) => (kernel === own ? power === 1 : isConstantKernel(kernel, variable, ring))),
  )
}

function isConstantSide(a: p.Polynomial, variable: string, ring: p.Ring): boolean {
  return [...a.values()].every(({ factors }) => factors.every(({ kernel }) => isConstantKernel(kernel, variable, ring)))
}

function isConstantKernel(kernel: number, variable: string, ring: p.Ring): boolean {
  const name = ring.names[kernel]
  return name !== 'i' && !name.includes(`$${variable}`)
}

/** A line is zero at -u(0) / (u(1) - u(0)). */
function addLinear(of: Expression, variable: string, session: Session, into: Zeros): boolean {
  const [atZero, atOne] = [q.zero, q.one].map((value) =>
    realAt(replaceSymbol(of, variable, numberExpression(value)), pointBits, session),
  )
  if (atZero === undefined || atOne === undefined) return false
  const slope = iv.subtract(atOne.interval, atZero.interval, pointBits)
  if (iv.containsZero(slope)) return false
  return addPoint(iv.divide(iv.negate(atZero.interval), slope, pointBits), into)
}

function addPoint(at: iv.Interval, into: Zeros): boolean {
  if (Math.abs(at.exponent) > 4000) return false
  const scale = q.powerOf({ top: 2n, bottom: 1n }, at.exponent)
  into.points.push({
    low: q.multiply(q.rational(at.middle - at.radius - 1n), scale),
    high: q.multiply(q.rational(at.middle + at.radius + 1n), scale),
  })
  return true
}
