import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clusteredWilson } from './clustered-wilson.ts'
import { bootstrapMean, wilsonInterval } from './intervals.ts'

describe('clusteredWilson', () => {
  it("is Wilson's interval for one sample a problem", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(0, 1), { minLength: 1, maxLength: 60 }), (values) => {
        const right = values.filter((value) => value === 1).length
        const [ours, plain] = [clusteredWilson(values), wilsonInterval(right, values.length)]
        expect(ours.low).toBeCloseTo(plain.low, 10)
        expect(ours.high).toBeCloseTo(plain.high, 10)
      }),
    )
  })

  it('counts problems, not samples, when samples of a problem always agree', () => {
    // 50 problems, each all right or all wrong: as 50 trials, however many samples.
    const values = Array.from({ length: 50 }, (_, i) => i % 2)
    expect(clusteredWilson(values).high - clusteredWilson(values).low).toBeGreaterThan(0.26)
  })

  it('counts more than problems when samples differ inside of each', () => {
    const values = Array.from({ length: 50 }, (_, i) => 0.5 + ((i % 3) - 1) * 0.05)
    const { low, high } = clusteredWilson(values)
    expect(high - low).toBeLessThan(0.03)
  })

  it('is near the bootstrap in the middle and no point at the ends', () => {
    const values = Array.from({ length: 200 }, (_, i) => ((i * 37) % 11) / 10)
    const [ours, drawn] = [clusteredWilson(values), bootstrapMean(values, { seed: 1 })]
    expect(Math.abs(ours.low - drawn.low)).toBeLessThan(0.01)
    expect(Math.abs(ours.high - drawn.high)).toBeLessThan(0.01)
    expect(clusteredWilson(new Array(10).fill(0)).high).toBeCloseTo(wilsonInterval(0, 10).high, 12)
    expect(clusteredWilson([0.5, 0.5]).low).toBeGreaterThan(0)
    expect(clusteredWilson([0.5, 0.5]).low).toBeLessThan(0.2)
  })

  it('refuses what are no shares', () => {
    for (const bad of [[], [1.5], [Number.NaN]]) {
      expect(() => clusteredWilson(bad)).toThrow(expect.objectContaining({ code: 'data/no-values' }))
    }
  })
})
