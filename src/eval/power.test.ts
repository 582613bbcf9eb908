import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normalCdf } from './normal-cdf.ts'
import { normalQuantile } from './normal-quantile.ts'
import {
  detectableMean,
  detectablePaired,
  detectableUnpaired,
  powerPaired,
  powerUnpaired,
  problemsPaired,
  problemsUnpaired,
  runsForMean,
} from './power.ts'

describe('normalCdf', () => {
  it('is the inverse of normalQuantile', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true }), (p) => {
        expect(normalCdf(normalQuantile(p))).toBeCloseTo(p, 10)
      }),
    )
    expect(normalCdf(Number.POSITIVE_INFINITY)).toBe(1)
    expect(normalCdf(Number.NEGATIVE_INFINITY)).toBe(0)
    expect(normalCdf(Number.NaN)).toBeNaN()
  })
})

describe('two systems on different problems', () => {
  it("agrees with R's power.prop.test", () => {
    // power.prop.test(n = 50, p1 = .50, p2 = .75) of R's own documentation: power 0.740.
    expect(powerUnpaired(0.5, 0.75, 50)).toBeCloseTo(0.7401659, 6)
    // power.prop.test(p1 = .50, p2 = .75, power = .90): n = 76.7.
    expect(problemsUnpaired(0.5, 0.75, { power: 0.9 })).toBe(77)
  })

  it('is worked out by hand for shares of 0.4 and 0.5', () => {
    // (1.95996 sqrt(2 * 0.45 * 0.55) + 0.84162 sqrt(0.24 + 0.25))^2 / 0.01 = (1.37899 + 0.58913)^2 / 0.01 = 387.35.
    expect(problemsUnpaired(0.4, 0.5)).toBe(388)
  })
})

describe('two systems on the same problems', () => {
  it('is worked out by hand', () => {
    // (1.95996 sqrt(0.2) + 0.84162 sqrt(0.2 - 0.0025))^2 / 0.0025 = (0.87652 + 0.37402)^2 / 0.0025 = 625.5.
    expect(problemsPaired({ discordant: 0.2, difference: 0.05 })).toBe(626)
  })

  it('needs fewer problems than different ones do, as long as the systems agree more than by chance', () => {
    // Independent answers at 0.4 and 0.45 disagree on 0.4 * 0.55 + 0.6 * 0.45 = 0.49 of the problems.
    const independent = problemsPaired({ discordant: 0.49, difference: 0.05 })
    expect(Math.abs(independent - problemsUnpaired(0.4, 0.45))).toBeLessThan(10)
    expect(problemsPaired({ discordant: 0.15, difference: 0.05 })).toBeLessThan(independent / 3)
  })
})

const share = fc.double({ min: 0.05, max: 0.6, noNaN: true })
const rise = fc.double({ min: 0.02, max: 0.3, noNaN: true })

describe('number, difference and power', () => {
  it('are inverses of each other', () => {
    fc.assert(
      fc.property(share, rise, (p, difference) => {
        const n = problemsUnpaired(p, p + difference)
        expect(powerUnpaired(p, p + difference, n)).toBeGreaterThanOrEqual(0.8 - 1e-9)
        expect(powerUnpaired(p, p + difference, n - 1)).toBeLessThan(0.8)
        expect(detectableUnpaired(p, n)!).toBeLessThanOrEqual(difference + 1e-6)
        const discordant = Math.min(1, difference + p)
        const same = problemsPaired({ discordant, difference })
        expect(powerPaired({ discordant, difference }, same)).toBeGreaterThanOrEqual(0.8 - 1e-9)
        expect(powerPaired({ discordant, difference }, same - 1)).toBeLessThan(0.8)
        expect(detectablePaired(discordant, same)!).toBeLessThanOrEqual(difference + 1e-6)
        const runs = runsForMean(difference, p)
        expect(detectableMean(runs, p)!).toBeLessThanOrEqual(difference + 1e-9)
      }),
    )
  })

  it('are undefined where nothing can be seen', () => {
    expect(detectableUnpaired(0.9, 3)).toBeUndefined()
    expect(detectableUnpaired(1, 1000)).toBeUndefined()
    expect(detectablePaired(0, 1000)).toBeUndefined()
    expect(detectableMean(1, 0.1)).toBeUndefined()
  })

  it('needs two runs at least, and no spread is no obstacle', () => {
    expect(runsForMean(1, 0)).toBe(2)
    expect(powerPaired({ discordant: 1, difference: 1 }, 10)).toBe(1)
  })

  it('refuses what is no share and a difference of 0', () => {
    expect(() => problemsUnpaired(0.5, 0.5)).toThrow(expect.objectContaining({ code: 'usage/no-difference' }))
    expect(() => problemsUnpaired(0.5, 1.5)).toThrow(expect.objectContaining({ code: 'usage/bad-probability' }))
    expect(() => problemsPaired({ discordant: 0.1, difference: 0.2 })).toThrow(/discordant/)
    expect(() => runsForMean(0.1, -1)).toThrow(/standard deviation/)
  })
})
