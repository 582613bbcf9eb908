import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pairedDifference } from './intervals.ts'
import { pairedProportions } from './paired-proportions.ts'

describe('pairedProportions', () => {
  it('gives a value worked out by hand', () => {
    // p = 12/102, q = 5/102: 0.068627 -+ 1.959964 sqrt((0.166667 - 0.004710) / 102) = 0.068627 -+ 0.078099.
    const { value, low, high } = pairedProportions({ gained: 11, lost: 4, n: 100 })
    expect(value).toBeCloseTo(0.07, 12)
    expect(low).toBeCloseTo(-0.009472, 5)
    expect(high).toBeCloseTo(0.146726, 5)
  })

  it('changes its sign with the order, stays inside [-1, 1], and is never a point', () => {
    fc.assert(
      fc.property(fc.nat(40), fc.nat(40), fc.nat(40), (gained, lost, same) => {
        const n = Math.max(1, gained + lost + same)
        const [one, two] = [
          pairedProportions({ gained, lost, n }),
          pairedProportions({ gained: lost, lost: gained, n }),
        ]
        expect(two.low).toBeCloseTo(-one.high, 12)
        expect(one.low).toBeGreaterThanOrEqual(-1)
        expect(one.high).toBeLessThanOrEqual(1)
        expect(one.low).toBeLessThan(one.high)
        expect(one.low).toBeLessThanOrEqual(one.value)
        expect(one.high).toBeGreaterThanOrEqual(one.value)
      }),
    )
  })

  it('is near the bootstrap where problems are many', () => {
    const after = Array.from({ length: 500 }, (_, i) => (i % 5 < 2 ? 1 : 0))
    const before = Array.from({ length: 500 }, (_, i) => (i % 7 < 2 ? 1 : 0))
    const gained = after.filter((score, i) => score > before[i]).length
    const lost = after.filter((score, i) => score < before[i]).length
    const [ours, drawn] = [
      pairedProportions({ gained, lost, n: 500 }),
      pairedDifference(before, after, { seed: 1, resamples: 8000 }),
    ]
    expect(Math.abs(ours.low - drawn.low)).toBeLessThan(0.005)
    expect(Math.abs(ours.high - drawn.high)).toBeLessThan(0.005)
  })

  it('refuses what are no counts', () => {
    for (const bad of [
      { gained: 2, lost: 2, n: 3 },
      { gained: -1, lost: 0, n: 3 },
      { gained: 0, lost: 0, n: 0 },
    ]) {
      expect(() => pairedProportions(bad)).toThrow(expect.objectContaining({ code: 'usage/bad-count' }))
    }
  })
})
