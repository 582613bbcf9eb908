// The number tower against values known by hand, against itself at twice the precision, and against exact arithmetic.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Rational } from '../expression.ts'
import * as c from './complex-interval.ts'
import { atanFixed, expFixed, fixedError, lnFixed, makeConstants, sinCosFixed } from './fixed-point.ts'
import * as g from './gaussian.ts'
import { bitsOf, exactIntegerRoot, integerRoot, integerSquareRoot } from './integer-root.ts'
import * as iv from './interval.ts'
import * as f from './interval-functions.ts'
import * as p from './polynomial.ts'
import * as q from './rational.ts'
import { attempt, Stop, spend, startWork } from './work.ts'

const at = (bits: number): f.Precision => ({ bits, constants: makeConstants(), work: startWork(1e9) })

/** Whether the wide interval holds the narrow one. */
function holds(wide: iv.Interval, narrow: iv.Interval): boolean {
  const low = Math.min(wide.exponent, narrow.exponent)
  const [w, n] = [wide, narrow].map((one) => {
    const shift = BigInt(one.exponent - low)
    return { low: (one.middle - one.radius) << shift, high: (one.middle + one.radius) << shift }
  })
  return w.low <= n.low && n.high <= w.high
}

const small = fc
  .tuple(fc.integer({ min: -5000, max: 5000 }), fc.integer({ min: 1, max: 300 }))
  .map(([a, b]) => q.rational(BigInt(a), BigInt(b)))
const bigInt = fc.bigInt({ min: 0n, max: 1n << 900n })

describe('integer roots', () => {
  it('are the largest integers whose power fits', () => {
    fc.assert(
      fc.property(bigInt, fc.integer({ min: 2, max: 9 }), (n, k) => {
        const root = integerRoot(n, k)
        expect(root ** BigInt(k) <= n && (root + 1n) ** BigInt(k) > n).toBe(true)
        expect(exactIntegerRoot(n ** BigInt(k), k)).toBe(n)
      }),
      { numRuns: 80 },
    )
    expect([0n, 1n, 2n, 3n, 4n, 24n, 25n, 2n ** 200n - 1n].map(integerSquareRoot)).toEqual([
      0n,
      1n,
      1n,
      1n,
      2n,
      4n,
      5n,
      2n ** 100n - 1n,
    ])
  })
  it('count bits from above', () => {
    fc.assert(
      fc.property(bigInt, (n) => {
        const exact = n === 0n ? 0 : n.toString(2).length
        expect(bitsOf(n) - exact).toBeGreaterThanOrEqual(0)
        expect(bitsOf(n) - exact).toBeLessThanOrEqual(3)
      }),
    )
  })
})

describe('rational and Gaussian numbers', () => {
  it('are kept in lowest terms', () => {
    expect(q.rational(6n, -4n)).toEqual({ top: -3n, bottom: 2n })
    expect(q.add(q.rational(1n, 6n), q.rational(1n, 3n))).toEqual({ top: 1n, bottom: 2n })
    expect(q.powerOf(q.rational(-2n, 3n), -3)).toEqual({ top: -27n, bottom: 8n })
    expect(q.exactRoot(q.rational(8n, 27n), 3)).toEqual({ top: 2n, bottom: 3n })
    expect(q.exactRoot(q.rational(8n, 26n), 3)).toBeUndefined()
    expect([q.rational(-7n, 2n), q.rational(7n, 2n), q.rational(-4n)].map(q.floorOf)).toEqual([-4n, 3n, -4n])
  })
  it('stop at a division by zero and at numbers too large', () => {
    expect(() => q.divide(q.one, q.zero)).toThrow(new Stop('undefined'))
    expect(() => q.powerOf(q.rational(7n), 100_000)).toThrow(new Stop('size'))
  })
  it('square 1 + i to 2i and divide back', () => {
    const z = { re: q.one, im: q.one }
    expect(g.powerOfGaussian(z, 2)).toEqual({ re: q.zero, im: q.rational(2n) })
    expect(g.powerOfGaussian(g.imaginaryUnit, -1)).toEqual({ re: q.zero, im: q.rational(-1n) })
    fc.assert(
      fc.property(small, small, small, small, (a, b, d, e) => {
        const [u, w] = [
          { re: a, im: b },
          { re: d, im: e },
        ]
        if (!g.isZero(w)) expect(g.divideGaussian(g.multiplyGaussian(u, w), w)).toEqual(u)
      }),
    )
  })
})

describe('fixed point', () => {
  const fraction = fc.bigInt({ min: 0n, max: (1n << 300n) - 1n })
  it.each([64, 200, 700])('is within its error of a computation with 100 more bits, at %i bits', (bits) => {
    fc.assert(
      fc.property(fraction, (n) => {
        const shift = (w: number): bigint => (w >= 300 ? n << BigInt(w - 300) : n >> BigInt(300 - w))
        const x = shift(bits)
        const fine = x << 100n
        const near = (a: bigint, b: bigint): void => expect(iv.sizeOfBig(a - (b >> 100n)) <= fixedError).toBe(true)
        near(expFixed(x, bits), expFixed(fine, bits + 100))
        near(atanFixed(x, bits), atanFixed(fine, bits + 100))
        near(sinCosFixed(x, bits).sin, sinCosFixed(fine, bits + 100).sin)
        near(sinCosFixed(x, bits).cos, sinCosFixed(fine, bits + 100).cos)
        const unit = 1n << BigInt(bits)
        near(lnFixed(unit + x, bits), lnFixed((unit + x) << 100n, bits + 100))
      }),
      { numRuns: 25 },
    )
  })
  it('knows the digits of pi and ln 2', () => {
    const digits = (value: bigint): string => String((value * 10n ** 40n) >> 200n)
    expect(digits(makeConstants().pi(200))).toBe('31415926535897932384626433832795028841971')
    expect(digits(makeConstants().ln2(200))).toBe('6931471805599453094172321214581765680755')
  })
})

describe('intervals', () => {
  const functions: readonly (readonly [
    string,
    (x: iv.Interval, p: f.Precision) => iv.Interval,
    (x: Rational) => boolean,
  ])[] = [
    ['exp', f.exp, () => true],
    ['ln', f.ln, (x) => x.top > 0n],
    ['sin', (x, w) => f.sinCos(x, w).sin, () => true],
    ['cos', (x, w) => f.sinCos(x, w).cos, () => true],
    ['atan', f.atan, () => true],
    ['arcsin', f.arcsin, (x) => iv.sizeOfBig(x.top) <= x.bottom],
    ['square root', (x, w) => iv.rootOf(x, 2, w.bits), (x) => x.top > 0n],
    ['cube root', (x, w) => iv.rootOf(x, 3, w.bits), (x) => x.top > 0n],
  ]
  it.each(functions)('hold the value at more precision: %s', (_, of, isInDomain) => {
    fc.assert(
      fc.property(small, fc.integer({ min: 0, max: 40 }), (x, fuzz) => {
        if (!isInDomain(x)) return
        const rough = iv.fromRational(x, 80)
        // Wider than needed: the result must hold every value over it.
        const wide = { ...rough, radius: rough.radius + (1n << BigInt(fuzz)) }
        // An integer is exact, and a radius on it would be whole numbers.
        const blurred =
          rough.exponent < -45 && (wide.middle > 4n * wide.radius || wide.middle < -4n * wide.radius) ? wide : rough
        const fine = of(iv.fromRational(x, 400), at(400))
        expect(holds(of(blurred, at(80)), fine)).toBe(true)
      }),
      { numRuns: 60 },
    )
  })
  it('hold exact sums, products and quotients', () => {
    fc.assert(
      fc.property(small, small, (a, b) => {
        const [x, y] = [iv.fromRational(a, 60), iv.fromRational(b, 60)]
        expect(holds(iv.add(x, y, 60), iv.fromRational(q.add(a, b), 300))).toBe(true)
        expect(holds(iv.multiply(x, y, 60), iv.fromRational(q.multiply(a, b), 300))).toBe(true)
        if (b.top !== 0n) expect(holds(iv.divide(x, y, 60), iv.fromRational(q.divide(a, b), 300))).toBe(true)
        expect(
          holds(iv.hull(x, y, 60), iv.fromRational(a, 300)) && holds(iv.hull(x, y, 60), iv.fromRational(b, 300)),
        ).toBe(true)
      }),
    )
  })
  it('keep identities: ln exp x = x, tan atan x = x', () => {
    fc.assert(
      fc.property(small, (x) => {
        const w = at(200)
        const own = iv.fromRational(x, 200)
        const back = iv.subtract(f.ln(f.exp(own, w), w), own, 200)
        const { sin, cos } = f.sinCos(f.atan(own, w), w)
        expect(iv.containsZero(back) && iv.magnitudeOf(back) < -120).toBe(true)
        expect(iv.containsZero(iv.subtract(iv.divide(sin, cos, 200), own, 200))).toBe(true)
      }),
      { numRuns: 40 },
    )
  })
  it('are narrow: 20 digits of e, ln 10 and sin 1', () => {
    const one = iv.oneInterval
    expect(iv.toNumber(f.exp(one, at(128)))).toBeCloseTo(Math.E, 14)
    expect(iv.toNumber(f.ln(iv.fromRational(q.rational(10n), 128), at(128)))).toBeCloseTo(Math.LN10, 14)
    expect(iv.toNumber(f.sinCos(one, at(128)).sin)).toBeCloseTo(Math.sin(1), 14)
    expect(f.exp(one, at(128)).radius < 1n << 12n).toBe(true)
  })
  it('take principal branches: ln(-1) = i pi, sqrt(-4) = 2i', () => {
    const w = at(100)
    const minus = (n: bigint): c.Complex => c.realOnly(iv.fromRational(q.rational(-n), 100))
    const log = c.lnComplex(minus(1n), w)
    expect(iv.isExactZero(log.re) || iv.containsZero(log.re)).toBe(true)
    expect(iv.toNumber(log.im)).toBeCloseTo(Math.PI, 14)
    const root = c.squareRootComplex(minus(4n), w)
    expect([iv.toNumber(root.re), iv.toNumber(root.im)]).toEqual([0, 2])
  })
})

describe('polynomials', () => {
  it('multiply out, and apply the rule of a kernel', () => {
    const ring = p.makeRing(startWork())
    const x = p.kernelPolynomial(p.kernelOf(ring, '$x'))
    const i = p.kernelPolynomial(p.kernelOf(ring, 'i', { power: 2, value: q.rational(-1n) }))
    const [plus, minus] = [i, p.scalePolynomial(i, q.rational(-1n), ring)].map((side) =>
      p.addPolynomials(x, side, ring),
    )
    const square = p.addPolynomials(p.multiplyPolynomials(x, x, ring), p.constantPolynomial(q.one), ring)
    expect(p.areSamePolynomials(p.multiplyPolynomials(plus, minus, ring), square)).toBe(true)
    expect(p.showPolynomial(p.powerOfPolynomial(plus, 2, ring), ring)).toBe('-1+2*$x*i+1*$x^2')
  })
  it('stop at too many terms', () => {
    const ring = p.makeRing(startWork(1e7))
    const names = ['a', 'b', 'c', 'd', 'e']
    const sum = names
      .map((name) => p.kernelPolynomial(p.kernelOf(ring, name)))
      .reduce((all, one) => p.addPolynomials(all, one, ring))
    expect(() => p.powerOfPolynomial(sum, 20, ring)).toThrow(new Stop('size'))
  })
})

describe('work', () => {
  it('stops when it is spent, and an attempt leaves the rest', () => {
    const work = startWork(100)
    expect(attempt(work, 0.5, (inner) => spend(inner, 60))).toBeUndefined()
    expect(work.left).toBe(50)
    expect(() => spend(work, 51)).toThrow(new Stop('work'))
  })
})
