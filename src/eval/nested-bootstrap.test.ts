// Means over seeds and problems: exact values, and how the interval answers to more of either.
import { describe, expect, it } from 'vitest'
import { stream } from '../base/rng.ts'
import { bootstrapMean } from './intervals.ts'
import { nestedMean } from './nested-bootstrap.ts'

/** [S][P] of zeros and ones, with problems that are harder than others and seeds that do better than others. */
function table(seeds: number, problems: number, seedEffect = 0.2): number[][] {
  const rng = stream('nested-bootstrap-test', seeds, problems)
  const easiness = Array.from({ length: problems }, () => rng.next())
  return Array.from({ length: seeds }, () => {
    const shift = seedEffect * (rng.next() - 0.5)
    return easiness.map((p) => (rng.next() < p + shift ? 1 : 0))
  })
}

const width = (values: readonly (readonly number[])[]): number => {
  const { low, high } = nestedMean(values, { seed: 1 })
  return high - low
}

describe('nestedMean', () => {
  it('is the plain mean of all values, and counts them', () => {
    const values = [
      [1, 0, 0.5],
      [0, 0, 1.5],
    ]
    expect(nestedMean(values, { seed: 1 })).toMatchObject({ value: 0.5, n: 6 })
  })

  it('is a point where nothing varies', () => {
    const halves = Array.from({ length: 3 }, () => [0.5, 0.5])
    expect(nestedMean(halves, { seed: 1 })).toEqual({ value: 0.5, low: 0.5, high: 0.5, n: 6 })
  })

  it('gives the same interval for the same seed and another for another', () => {
    const values = table(3, 40)
    expect(nestedMean(values, { seed: 1 })).toEqual(nestedMean(values, { seed: 1 }))
    const lows = [1, 2, 3, 4].map((seed) => nestedMean(values, { seed, resamples: 500 }).low)
    expect(new Set(lows).size).toBeGreaterThan(1)
  })

  it('shrinks with more problems: four times as many, half the width', () => {
    const repeated = (times: number): number[][] =>
      table(1, 25).map((row) => Array.from({ length: times }, () => row).flat())
    expect(width(repeated(4)) / width(repeated(1))).toBeGreaterThan(0.4)
    expect(width(repeated(4)) / width(repeated(1))).toBeLessThan(0.6)
  })

  it('shrinks with more seeds where seeds are what varies', () => {
    // Rows all 0 or all 1: problems say nothing.
    const seeds = (count: number): number[][] =>
      Array.from({ length: count }, (_, s) => new Array<number>(10).fill(s % 2))
    expect(width(seeds(16)) / width(seeds(4))).toBeGreaterThan(0.4)
    expect(width(seeds(16)) / width(seeds(4))).toBeLessThan(0.6)
  })

  it('keeps a problem together over the seeds: what they share is not averaged away', () => {
    // All seeds the same: as uncertain as one of them.
    const [row] = table(1, 50)
    const copies = Array.from({ length: 8 }, () => row)
    expect(width(copies)).toBeCloseTo(width([row]), 1)
    expect(width(copies)).toBeGreaterThan(0.8 * width([row]))
  })

  it('of one seed is the bootstrap over problems', () => {
    const [row] = table(1, 200)
    const nested = nestedMean([row], { seed: 1 })
    const plain = bootstrapMean(row, { seed: 1 })
    expect(nested.value).toBe(plain.value)
    expect(Math.abs(nested.low - plain.low)).toBeLessThan(0.02)
    expect(Math.abs(nested.high - plain.high)).toBeLessThan(0.02)
  })

  it('covers more when more confidence is asked for', () => {
    const values = table(3, 40)
    const [narrow, wide] = [0.5, 0.99].map((confidence) => nestedMean(values, { seed: 1, confidence }))
    expect(wide.low).toBeLessThan(narrow.low)
    expect(wide.high).toBeGreaterThan(narrow.high)
  })

  it('refuses no seeds, no problems, and seeds that saw other problems', () => {
    for (const values of [[], [[]]])
      expect(() => nestedMean(values, { seed: 1 })).toThrow(expect.objectContaining({ code: 'data/no-values' }))
    for (const values of [
      [[1, 2], [1]],
      [[1], []],
    ])
      expect(() => nestedMean(values, { seed: 1 })).toThrow(expect.objectContaining({ code: 'data/not-paired' }))
  })

  // bootstrapMean refuses them; here the estimate is NaN and a claim on it inconclusive, as if the data were noisy.
  it('refuses values that are not numbers', () => {
    expect(() => nestedMean([[1, Number.NaN]], { seed: 1 })).toThrow(
      expect.objectContaining({ code: 'data/no-values' }),
    )
  })
})
