import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stream } from '../base/rng.ts'
import { benjaminiHochberg, holm } from './adjust-p.ts'
import { mcnemar } from './mcnemar.ts'
import { labelShuffleTest, signFlipTest } from './sign-flip.ts'

describe('mcnemar', () => {
  it('gives values worked out by hand', () => {
    // 5 gained, none lost: 2 / 2^5, and half of it.
    expect(mcnemar(5, 0).exact).toBeCloseTo(1 / 16, 12)
    expect(mcnemar(5, 0).midP).toBeCloseTo(1 / 32, 12)
    // 1 of 4: 2 (1 + 4) / 16 = 0.625; the last term halved: 2 (1 + 2) / 16.
    expect(mcnemar(1, 3).exact).toBeCloseTo(0.625, 12)
    expect(mcnemar(3, 1).midP).toBeCloseTo(0.375, 12)
    expect(mcnemar(0, 0)).toEqual({ exact: 1, midP: 1 })
    expect(mcnemar(4, 4)).toEqual({ exact: 1, midP: 1 })
  })

  it('does not care who is first, and is never above the exact test with mid-p', () => {
    fc.assert(
      fc.property(fc.nat(400), fc.nat(400), (gained, lost) => {
        const one = mcnemar(gained, lost)
        expect(mcnemar(lost, gained)).toEqual(one)
        expect(one.midP).toBeLessThanOrEqual(one.exact)
        expect(one.midP).toBeGreaterThan(0)
      }),
    )
  })

  it('is the sign-flip test of the differences', () => {
    for (const [gained, lost] of [
      [3, 1],
      [7, 2],
      [0, 6],
    ]) {
      const differences = [...new Array(gained).fill(1), ...new Array(lost).fill(-1), 0, 0]
      expect(signFlipTest(differences, { seed: 1 }).p).toBeCloseTo(mcnemar(gained, lost).exact, 12)
    }
  })

  it('errs no more often than it says, by summing over all tables of no difference', () => {
    // Of 20 discordant problems, X ~ Binomial(20, 1/2) are gained.
    const rejected = (test: 'exact' | 'midP'): number => {
      let share = 0
      let ways = 1
      for (let gained = 0; gained <= 20; gained++) {
        if (mcnemar(gained, 20 - gained)[test] <= 0.05) share += ways / 2 ** 20
        ways = (ways * (20 - gained)) / (gained + 1)
      }
      return share
    }
    expect(rejected('exact')).toBeLessThanOrEqual(0.05)
    expect(rejected('midP')).toBeLessThanOrEqual(0.05)
    expect(rejected('midP')).toBeGreaterThanOrEqual(rejected('exact'))
  })

  it('refuses what are no counts', () => {
    for (const bad of [-1, 0.5, Number.NaN]) {
      expect(() => mcnemar(bad, 1)).toThrow(expect.objectContaining({ code: 'usage/bad-count' }))
    }
  })
})

describe('signFlipTest', () => {
  it('gives values worked out by hand', () => {
    // Sums of +-2 +-1: 3, 1, -1, -3; two of four are as far as 3.
    expect(signFlipTest([2, 1], { seed: 1 })).toEqual({ p: 0.5, isExact: true })
    expect(signFlipTest([2, -1], { seed: 1 })).toEqual({ p: 1, isExact: true })
    expect(signFlipTest([1, 1, 1, 1, 1], { seed: 1 }).p).toBe(2 / 32)
    expect(signFlipTest([0, 0], { seed: 1 })).toEqual({ p: 1, isExact: true })
  })

  it('counts ties that rounding tells apart', () => {
    // 0.1 + 0.2 is not 0.3 in floating point; flipping all signs must still be as far.
    expect(signFlipTest([0.1, 0.2, -0.3], { seed: 1 }).p).toBe(1)
  })

  it('draws where it cannot count, and comes near the exact test', () => {
    const differences = Array.from({ length: 17 }, (_, i) => (i < 12 ? 1 : -1))
    const drawn = signFlipTest(differences, { seed: 3 })
    expect(drawn.isExact).toBe(false)
    expect(Math.abs(drawn.p - mcnemar(12, 5).exact)).toBeLessThan(0.015)
    expect(signFlipTest(differences, { seed: 3 })).toEqual(drawn)
  })

  it('is never 0 when drawn', () => {
    const one = new Array(40).fill(1)
    expect(signFlipTest(one, { seed: 1, resamples: 99 })).toEqual({ p: 0.01, isExact: false })
  })

  it('refuses no differences and what is not a number', () => {
    for (const bad of [[], [1, Number.NaN]]) {
      expect(() => signFlipTest(bad, { seed: 1 })).toThrow(expect.objectContaining({ code: 'data/no-values' }))
    }
  })
})

describe('labelShuffleTest', () => {
  it('is 1 for equal sets, and small for sets that do not overlap', () => {
    expect(labelShuffleTest([0, 1], [1, 0], { seed: 1 }).p).toBe(1)
    // One of C(12, 6) = 924 splits, on each side.
    const p = labelShuffleTest(new Array(6).fill(0), new Array(6).fill(1), { seed: 1 }).p
    expect(Math.abs(p - 2 / 924)).toBeLessThan(0.002)
  })
})

describe('holm and benjaminiHochberg', () => {
  it('give values worked out by hand', () => {
    const ps = [0.01, 0.04, 0.03, 0.005]
    // Sorted 0.005 * 4, 0.01 * 3, 0.03 * 2, 0.04 * 1 -> 0.02, 0.03, 0.06, max(0.06, 0.04).
    const expected = [0.03, 0.06, 0.06, 0.02]
    holm(ps).forEach((p, i) => {
      expect(p).toBeCloseTo(expected[i], 12)
    })
    // Sorted 0.005 * 4, 0.01 * 4 / 2, 0.03 * 4 / 3, 0.04.
    const rates = [0.02, 0.04, 0.04, 0.02]
    benjaminiHochberg(ps).forEach((p, i) => {
      expect(p).toBeCloseTo(rates[i], 12)
    })
    expect(holm([])).toEqual([])
    expect(holm([0.2])).toEqual([0.2])
    expect(holm([0.6, 0.7])).toEqual([1, 1])
  })

  const anyPs = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 12 })

  it('never lower a p-value, keep its order, and Holm is never below Benjamini and Hochberg', () => {
    fc.assert(
      fc.property(anyPs, (ps) => {
        const [strict, rate] = [holm(ps), benjaminiHochberg(ps)]
        ps.forEach((p, i) => {
          expect(rate[i]).toBeGreaterThanOrEqual(p)
          expect(strict[i]).toBeGreaterThanOrEqual(rate[i] - 1e-12)
          expect(strict[i]).toBeLessThanOrEqual(Math.min(1, ps.length * p) + 1e-12)
          ps.forEach((other, j) => {
            if (p < other) expect(strict[i]).toBeLessThanOrEqual(strict[j])
          })
        })
      }),
    )
  })

  it('rejects as the step-down procedure does, by its definition', () => {
    fc.assert(
      fc.property(anyPs, (ps) => {
        const sorted = [...ps].sort((a, b) => a - b)
        const stop = sorted.findIndex((p, i) => p * (ps.length - i) > 0.05)
        const rejected = stop < 0 ? ps.length : stop
        expect(holm(ps).filter((p) => p <= 0.05)).toHaveLength(rejected)
      }),
    )
  })

  it('holds the chance of any false finding at the level', () => {
    // 400 families of 5 true hypotheses with uniform p-values: 1 - 0.99^5 = 0.049 of them with Holm.
    const rng = stream('test', 'holm')
    const families = Array.from({ length: 400 }, () => Array.from({ length: 5 }, () => rng.next()))
    const wrong = families.filter((ps) => holm(ps).some((p) => p <= 0.05)).length / 400
    expect(wrong).toBeLessThan(0.085)
    expect(families.filter((ps) => ps.some((p) => p <= 0.05)).length / 400).toBeGreaterThan(0.17)
  })

  it('refuses what is no p-value', () => {
    expect(() => holm([0.5, 1.1])).toThrow(expect.objectContaining({ code: 'usage/bad-probability' }))
  })
})
