// Three significant digits, whatever the size.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatBytes, formatCount, formatDuration, formatEstimate, formatNumber } from './format.ts'

describe('formatNumber', () => {
  it.each([
    [0.41234, '0.412'],
    [0.5, '0.500'],
    [0, '0.00'],
    [1, '1.00'],
    [12.34, '12.3'],
    [999.4, '999'],
    [999.7, '1.00k'],
    [12345, '12.3k'],
    [-1234567, '-1.23M'],
    [0.00031, '0.000310'],
    [0.00003, '3.00e-5'],
    [Number.NaN, 'n/a'],
    [Number.NEGATIVE_INFINITY, '-inf'],
  ])('writes %d as %s', (value, text) => {
    expect(formatNumber(value)).toBe(text)
  })

  it('stays within half a unit of the third digit', () => {
    const units: Record<string, number> = { k: 1e3, M: 1e6, B: 1e9, T: 1e12 }
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 1e14, noNaN: true }), (value) => {
        const text = formatNumber(value)
        const back = Number.parseFloat(text) * (units[text.at(-1)!] ?? 1)
        expect(Math.abs(back - value) / value).toBeLessThanOrEqual(0.00501)
      }),
    )
  })
})

it('formatEstimate shows the interval when there is one', () => {
  expect(formatEstimate({ value: 0.4119, low: 0.38123, high: 0.44298 })).toBe('0.412 [0.381, 0.443]')
  expect(formatEstimate({ value: 0.4119 })).toBe('0.412')
})

it.each([
  [0, '0'],
  [512, '512'],
  [1000, '1k'],
  [12_345, '12.3k'],
  [999_960, '1M'],
  [123_456, '123k'],
  [4_100_000, '4.1M'],
  [2.5e9, '2.5B'],
])('formatCount writes %d as %s', (count, text) => {
  expect(formatCount(count)).toBe(text)
})

it.each([
  [0, '0 B'],
  [66, '66 B'],
  [999, '999 B'],
  [1000, '1.00 kB'],
  [403_912, '404 kB'],
  [999_700, '1.00 MB'],
  [1_234_567, '1.23 MB'],
  [2.5e9, '2.50 GB'],
])('formatBytes writes %d as %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text)
})

it.each([
  [0.45, '450ms'],
  [0.9999, '1.0s'],
  [8.34, '8.3s'],
  [9.97, '10s'],
  [59.7, '1m 0s'],
  [192, '3m 12s'],
  [3599.8, '1h 0m'],
  [3900, '1h 5m'],
  [183_600, '2d 3h'],
])('formatDuration writes %d seconds as %s', (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text)
})
