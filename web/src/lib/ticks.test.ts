import { expect, test } from 'vitest'
import { tickLabel } from './ticks.ts'

test('labels have the digits that their distance needs', () => {
  expect([0, 0.25, 0.5].map((value) => tickLabel(value, 0.25))).toEqual(['0', '0.25', '0.50'])
  expect([10, 20].map((value) => tickLabel(value, 10))).toEqual(['10', '20'])
  expect(tickLabel(0.1 + 0.2, 0.1)).toBe('0.3')
})

test('large numbers are scaled, small ones have an exponent', () => {
  expect([500, 1500].map((value) => tickLabel(value, 500))).toEqual(['500', '1500'])
  expect([12_500, 2_500_000].map((value) => tickLabel(value, 500))).toEqual(['12.5k', '2.500M'])
  expect([10_000, 20_000].map((value) => tickLabel(value, 10_000))).toEqual(['10k', '20k'])
  expect([2e-9, 1e-8].map((value) => tickLabel(value, 2e-9))).toEqual(['2e-9', '1e-8'])
  expect(tickLabel(-1e-8, 5e-9)).toBe('-1e-8')
})

test('seconds are told as on a clock, without parts that are zero', () => {
  expect([0, 30, 120, 150, 3600].map((value) => tickLabel(value, 30, 'seconds'))).toEqual([
    '0',
    '30s',
    '2m',
    '2m 30s',
    '1h',
  ])
})
