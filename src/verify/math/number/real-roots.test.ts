import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Rational } from '../expression.ts'
import * as q from './rational.ts'
import { realRoots } from './real-roots.ts'
import { startWork } from './work.ts'

const whole = (...values: (number | bigint)[]): Rational[] => values.map((value) => q.rational(BigInt(value)))

/** Coefficients of the product of (x - root). */
function withRoots(roots: readonly Rational[]): Rational[] {
  let product: Rational[] = [q.one]
  for (const root of roots) {
    const shifted = [q.zero, ...product]
    product = shifted.map((c, i) => q.subtract(c, q.multiply(root, product[i] ?? q.zero)))
  }
  return product
}

describe('realRoots', () => {
  it('finds none of x² + 1 and none of a constant', () => {
    expect(realRoots(whole(1, 0, 1), startWork())).toEqual([])
    expect(realRoots(whole(5), startWork())).toEqual([])
  })

  it('finds the two roots of x² - 2 on either side of 0', () => {
    const roots = realRoots(whole(-2, 0, 1), startWork())
    expect(roots).toHaveLength(2)
    const [low, high] = roots.map((one) => Number(one.low.top) / Number(one.low.bottom))
    expect(low).toBeCloseTo(-Math.SQRT2, 1)
    expect(high).toBeCloseTo(Math.SQRT2, 1)
  })

  it('parts roots that are 10^-30 apart', () => {
    const step = q.rational(1n, 10n ** 30n)
    expect(realRoots(withRoots([q.one, q.add(q.one, step)]), startWork())).toHaveLength(2)
  })

  it('counts a root once however often it occurs', () => {
    const two = q.rational(2n)
    expect(realRoots(withRoots([two, two, two, q.one]), startWork())).toHaveLength(2)
    expect(realRoots(withRoots([two, two]), startWork())).toHaveLength(1)
  })

  it('puts every root of a product into an interval of its own, in order, with gaps', () => {
    const value = fc
      .tuple(fc.integer({ min: -60, max: 60 }), fc.integer({ min: 1, max: 9 }))
      .map(([top, bottom]) => q.rational(BigInt(top), BigInt(bottom)))
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 7 }), (given) => {
        const found = realRoots(withRoots(given), startWork())
        const sorted = given
          .toSorted(q.compareRationals)
          .filter((one, i, all) => i === 0 || !q.areSame(one, all[i - 1]))
        expect(found).toHaveLength(sorted.length)
        sorted.forEach((root, i) => {
          expect(q.compareRationals(found[i].low, root)).toBeLessThanOrEqual(0)
          expect(q.compareRationals(root, found[i].high)).toBeLessThanOrEqual(0)
          if (i > 0) expect(q.compareRationals(found[i - 1].high, found[i].low)).toBe(-1)
        })
      }),
      { numRuns: 60, seed: 3 },
    )
  })
})
