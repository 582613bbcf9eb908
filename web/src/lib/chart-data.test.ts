import fc from 'fast-check'
import { expect, test } from 'vitest'
import { commonAxis, extremes, logRoomFor, lonelyPoints, onAxis, ownPlace, roomFor, smooth } from './chart-data.ts'

test('smoothing is an average weighted by age, divided by the weight gathered so far', () => {
  // By hand: 2 / 0.5; (1 + 0.5) / 0.75; (0.5 + 0.25 + 4) / 0.875.
  expect(smooth([4, 1, 8], 0.5)).toEqual([4, 2, (0.5 + 0.25 + 4) / 0.875])
})

test('a gap stays a gap and does not count', () => {
  expect(smooth([4, null, Number.NaN, 1], 0.5)).toEqual([4, null, null, 2])
})

test('no smoothing keeps the values', () => {
  expect(smooth([1, null, 3], 0)).toEqual([1, null, 3])
  expect(smooth([1, Number.POSITIVE_INFINITY], Number.NaN)).toEqual([1, null])
})

test('a smoothed line stays inside of its smoothed band', () => {
  const row = fc.tuple(fc.double({ min: -1e3, max: 1e3, noNaN: true }), fc.double({ min: 0, max: 10, noNaN: true }))
  fc.assert(
    fc.property(fc.array(row, { maxLength: 30 }), fc.double({ min: 0, max: 0.99, noNaN: true }), (rows, weight) => {
      const line = smooth(
        rows.map(([y]) => y),
        weight,
      )
      const low = smooth(
        rows.map(([y, half]) => y - half),
        weight,
      )
      for (const [i, y] of line.entries()) expect(y! - low[i]!).toBeGreaterThanOrEqual(-1e-9)
    }),
  )
})

test('the common axis has every x once, in order, and only finite ones', () => {
  expect(commonAxis([[1, 2, 10], [2, 3], [Number.NaN]])).toEqual([1, 2, 3, 10])
  expect(commonAxis([[5, 5, 9]])).toEqual([5, 9])
  expect(commonAxis([])).toEqual([])
})

test('on a common axis a curve has its values, its gaps, and nothing where only others are', () => {
  expect(onAxis([1, 2, 3, 4], [1, 3, 4], [7, null, 9])).toEqual([7, undefined, null, 9])
})

test('of two values at one x the last counts, but a missing one takes nothing away', () => {
  expect(onAxis([1, 2], [1, 1, 2, 2], [5, 6, 7, null])).toEqual([6, 7])
})

test('what is not above zero is a gap on a log scale', () => {
  expect(onAxis([1, 2, 3], [1, 2, 3], [0, -1, 2], true)).toEqual([null, null, 2])
})

test('points without a neighbour are found, across what only other curves have', () => {
  expect(lonelyPoints([1, null, 2, undefined, 3, null, undefined, 4])).toEqual([0, 7])
  expect(lonelyPoints([undefined, 5, undefined])).toEqual([1])
  expect(lonelyPoints([null, undefined])).toEqual([])
})

test('a curve has a place of its own only between its first and its last point', () => {
  const values = [undefined, 1, undefined, undefined, null, undefined]
  expect([0, 1, 2, 3, 4, 5].map((idx) => ownPlace(values, idx))).toEqual([null, 1, 1, 4, 4, null])
})

test('an axis has room around its values, is never empty, and does not cross zero for it', () => {
  expect(roomFor(0, 1)).toEqual([0, 1.06])
  expect(roomFor(10, 20)).toEqual([9.4, 20.6])
  expect(roomFor(-1, 0)).toEqual([-1.06, 0])
  expect(roomFor(0, 0)).toEqual([0, 1])
  expect(roomFor(-5, -5)).toEqual([-5.5, -4.5])
})

test('a log axis ends on round numbers around its values', () => {
  expect(logRoomFor(0.08, 0.44)).toEqual([0.08, 0.5])
  expect(logRoomFor(3.2e-9, 1.1e-8)).toEqual([3e-9, 2e-8])
  expect(logRoomFor(0.3, 0.3)).toEqual([0.15, 0.6])
  fc.assert(
    fc.property(
      fc.double({ min: 1e-12, max: 1e12, noNaN: true }),
      fc.double({ min: 1, max: 1e6, noNaN: true }),
      (min, times) => {
        const [low, high] = logRoomFor(min, min * times)
        expect(low).toBeGreaterThan(0)
        expect(low).toBeLessThanOrEqual(min * (1 + 1e-11))
        expect(high).toBeGreaterThanOrEqual(min * times * (1 - 1e-11))
      },
    ),
  )
})

test('a curve is summed up by its finite values', () => {
  expect(extremes([null, 3, 1, Number.NaN, 2])).toEqual({ first: 3, last: 2, min: 1, max: 3, points: 3 })
  expect(extremes([null])).toBeUndefined()
})
