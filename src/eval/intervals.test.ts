import { describe, expect, it } from 'vitest'
import { stream } from '../base/rng.ts'
import { bootstrapMean, pairedDifference, wilsonInterval } from './intervals.ts'
import { normalQuantile } from './normal-quantile.ts'

describe('normalQuantile', () => {
  it('gives tabulated values in the centre, the middle and the tail', () => {
    expect(normalQuantile(0.5)).toBe(0)
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 12)
    expect(normalQuantile(0.025)).toBeCloseTo(-1.959963984540054, 12)
    expect(normalQuantile(0.995)).toBeCloseTo(2.5758293035489004, 12)
    expect(normalQuantile(1e-9)).toBeCloseTo(-5.9978070150076865, 10)
    expect(normalQuantile(1e-20)).toBeCloseTo(-9.262340089798, 10)
  })

  it('refuses what is not inside (0, 1)', () => {
    for (const bad of [0, 1, -1, Number.NaN]) expect(() => normalQuantile(bad)).toThrow(/not a probability/)
  })
})

describe('wilsonInterval', () => {
  it('gives tabulated values', () => {
    const eight = wilsonInterval(8, 10)
    expect(eight.low).toBeCloseTo(0.4902, 4)
    expect(eight.high).toBeCloseTo(0.9433, 4)
    expect(eight.value).toBe(0.8)
    // At 0 of 10 the upper end is z^2 / (n + z^2).
    const none = wilsonInterval(0, 10)
    expect(none.low).toBe(0)
    expect(none.high).toBeCloseTo(3.841458820694124 / 13.841458820694124, 12)
    expect(wilsonInterval(10, 10).high).toBe(1)
    expect(wilsonInterval(10, 10).low).toBeCloseTo(1 - none.high, 12)
  })

  it('is wider when more confidence is asked for', () => {
    expect(wilsonInterval(8, 10, 0.99).low).toBeLessThan(wilsonInterval(8, 10, 0.9).low)
  })

  it('refuses counts that are no proportion', () => {
    for (const [successes, n] of [
      [0, 0],
      [3, 2],
      [-1, 2],
      [0.5, 2],
    ]) {
      expect(() => wilsonInterval(successes, n)).toThrow(expect.objectContaining({ code: 'usage/bad-count' }))
    }
  })
})

describe('bootstrapMean', () => {
  it('is a point for values that are all equal', () => {
    expect(bootstrapMean([0.5, 0.5, 0.5], { seed: 1 })).toEqual({ value: 0.5, low: 0.5, high: 0.5, n: 3 })
  })

  it('gives the same interval for the same seed and another for another', () => {
    const values = Array.from({ length: 50 }, (_, i) => (i * 7919) % 13)
    expect(bootstrapMean(values, { seed: 1 })).toEqual(bootstrapMean(values, { seed: 1 }))
    expect(bootstrapMean(values, { seed: 1 }).low).not.toBe(bootstrapMean(values, { seed: 2 }).low)
  })

  it('agrees with the normal interval when problems are many', () => {
    const rng = stream('test', 'intervals')
    const values = Array.from({ length: 400 }, () => rng.normal())
    const { value, low, high } = bootstrapMean(values, { seed: 3 })
    const variance = values.reduce((sum, x) => sum + (x - value) ** 2, 0) / values.length
    const half = 1.96 * Math.sqrt(variance / values.length)
    expect(high - value).toBeCloseTo(half, 1)
    expect(value - low).toBeCloseTo(half, 1)
    expect((high - low) / (2 * half)).toBeGreaterThan(0.92)
    expect((high - low) / (2 * half)).toBeLessThan(1.08)
  })

  it('refuses no values and values that are not numbers', () => {
    for (const bad of [[], [1, Number.NaN]]) {
      expect(() => bootstrapMean(bad, { seed: 1 })).toThrow(expect.objectContaining({ code: 'data/no-values' }))
    }
    expect(() => bootstrapMean([1], { seed: 1, confidence: 1 })).toThrow(/confidence/)
    expect(() => bootstrapMean([1], { seed: 1, resamples: 0 })).toThrow(/resamples/)
  })
})

describe('pairedDifference', () => {
  it('removes what the problems have in common', () => {
    // Hard and easy problems, and a gain of 0.1 on each: unpaired intervals would be wide.
    const before = Array.from({ length: 40 }, (_, i) => (i % 2) * 0.9)
    const after = before.map((x) => x + 0.1)
    const gain = pairedDifference(before, after, { seed: 1 })
    expect(gain.value).toBeCloseTo(0.1, 12)
    expect(gain.low).toBeCloseTo(0.1, 12)
    expect(gain.high).toBeCloseTo(0.1, 12)
    expect(pairedDifference(after, before, { seed: 1 }).value).toBeCloseTo(-0.1, 12)
  })

  it('refuses lists of different lengths', () => {
    expect(() => pairedDifference([1], [1, 2], { seed: 1 })).toThrow(
      expect.objectContaining({ code: 'data/not-paired' }),
    )
  })
})
