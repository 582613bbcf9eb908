import { expect, test } from 'vitest'
import { bandOverSeeds, describeBand, tQuantile } from './seed-band.ts'

test('three seeds give the mean with its t-interval', () => {
  const band = bandOverSeeds([1, 2, 3].map((y) => ({ x: [0, 1], y: [y, 2 * y] })))!
  // Standard deviation 1, so half is 4.3027 / sqrt(3).
  const half = 4.3027 / Math.sqrt(3)
  expect(band.mean).toEqual([2, 4])
  expect(band.low[0]).toBeCloseTo(2 - half, 10)
  expect(band.high[1]).toBeCloseTo(4 + 2 * half, 10)
  expect(describeBand(band)).toBe('3 other seeds, 95 % t-interval')
})

test('two seeds give what lies between them, one gives a line', () => {
  const two = bandOverSeeds([
    { x: [0], y: [1] },
    { x: [0], y: [4] },
  ])!
  expect([two.mean, two.low, two.high, describeBand(two)]).toEqual([[2.5], [1], [4], '2 other seeds, min to max'])
  const one = bandOverSeeds([{ x: [0, 1], y: [1, 2] }])!
  expect([one.mean, one.band, describeBand(one)]).toEqual([[1, 2], 'none', '1 other seed'])
})

test('where points differ, a seed is read between its own', () => {
  const band = bandOverSeeds([
    { x: [0, 10, 20], y: [0, 0, 0] },
    { x: [0, 20], y: [0, 4] },
  ])!
  expect(band.x).toEqual([0, 10, 20])
  expect(band.mean).toEqual([0, 1, 2])
})

test('a seed counts only where it has been, and what fewer than half reached is left out', () => {
  const long = { x: [0, 1, 2, 3], y: [1, 1, 1, 1] }
  const mid = { x: [0, 1, 2], y: [1, 1, 1] }
  const short = { x: [0, 1], y: [1, 1] }
  const band = bandOverSeeds([long, mid, short])!
  expect(band.x).toEqual([0, 1, 2])
  expect(band.seeds).toEqual([2, 3])
  // Two values have no t-interval worth drawing.
  expect(band.low[2]).toBeNull()
})

test('gaps are passed over, and nothing comes of nothing', () => {
  expect(bandOverSeeds([{ x: [0, 1, 2], y: [1, null, 3] }])!.x).toEqual([0, 2])
  expect(bandOverSeeds([{ x: [0], y: [Number.NaN] }])).toBeUndefined()
  expect(bandOverSeeds([])).toBeUndefined()
})

test('the quantiles beyond the table go on where it ends', () => {
  expect(tQuantile(1)).toBe(12.7062)
  // From a printed table: 2.0796 for 21, 2.0423 for 30, 1.9840 for 100.
  expect(tQuantile(21)).toBeCloseTo(2.0796, 3)
  expect(tQuantile(30)).toBeCloseTo(2.0423, 3)
  expect(tQuantile(100)).toBeCloseTo(1.984, 3)
})
