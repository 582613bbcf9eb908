import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { forestScale } from './forest-scale.ts'

const span = fc
  .tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.double({ min: -1, max: 1, noNaN: true }))
  .map(([a, b]) => ({ low: Math.min(a, b), high: Math.max(a, b) }))

describe('forestScale', () => {
  test('has round ticks about the intervals and the line', () => {
    const { ticks, digits, place, low, high } = forestScale([{ low: -0.03, high: 0.17 }], { lines: [0] })
    expect(ticks).toEqual([0, 0.05, 0.1, 0.15])
    expect(digits).toBe(2)
    expect(low).toBeCloseTo(-0.038, 12)
    expect(high).toBeCloseTo(0.178, 12)
    expect(place(0.07)).toBeCloseTo(0.5, 12)
  })

  test('takes the line in when all intervals lie to one side of it', () => {
    const { low, ticks } = forestScale([{ low: 0.2, high: 0.4 }], { lines: [0] })
    expect(low).toBeLessThan(0)
    expect(ticks).toContain(0)
  })

  test('puts what lies outside on the edge', () => {
    const { place } = forestScale([{ low: 0, high: 1 }])
    expect([place(-9), place(9)]).toEqual([0, 1])
  })

  test('begins at 0 where nothing lies below', () => {
    const { low, ticks, place } = forestScale([{ low: 30_000, high: 90_000 }], { lines: [0], isFromZero: true })
    expect(low).toBe(0)
    expect(ticks).toEqual([0, 20_000, 40_000, 60_000, 80_000])
    expect(place(46_800)).toBeCloseTo(0.5, 12)
  })

  test('has some width when nothing has', () => {
    expect(forestScale([]).ticks.length).toBeGreaterThan(2)
    const { low, high } = forestScale([{ low: 0, high: 0 }], { lines: [0] })
    expect(high - low).toBeGreaterThan(0.001)
    expect(forestScale([{ low: Number.NaN, high: Number.NaN }]).low).toBeCloseTo(-0.04, 12)
  })

  test('holds every interval, with 2 to 6 rising ticks inside it', () => {
    fc.assert(
      fc.property(fc.array(span, { minLength: 1, maxLength: 8 }), (spans) => {
        const { low, high, ticks, digits, place } = forestScale(spans, { lines: [0] })
        for (const one of spans) {
          expect(one.low).toBeGreaterThan(low)
          expect(one.high).toBeLessThan(high)
          expect(place(one.low)).toBeLessThanOrEqual(place(one.high))
        }
        expect(ticks.length).toBeGreaterThanOrEqual(2)
        expect(ticks.length).toBeLessThanOrEqual(6)
        for (const [i, tick] of ticks.entries()) {
          expect(tick).toBeGreaterThanOrEqual(low - 1e-9)
          expect(tick).toBeLessThanOrEqual(high + 1e-9)
          if (i > 0) expect(Number(tick.toFixed(digits))).toBeGreaterThan(Number(ticks[i - 1].toFixed(digits)))
        }
      }),
    )
  })
})
