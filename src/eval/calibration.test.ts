import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stream } from '../base/rng.ts'
import { calibration } from './calibration.ts'
import { wilsonInterval } from './intervals.ts'

const answer = (confidence: number, right: boolean) => ({ confidence, right })

describe('calibration', () => {
  it('gives values worked out by hand', () => {
    const { ece, mce, brier, bins } = calibration(
      [answer(0.95, true), answer(0.95, false), answer(0.15, false), answer(0.15, false)],
      { bins: 10 },
    )
    // 0.9 to 1: 0.95 claimed, 0.5 seen; 0.1 to 0.2: 0.15 claimed, 0 seen.
    expect(ece).toBeCloseTo(0.5 * 0.45 + 0.5 * 0.15, 12)
    expect(mce).toBeCloseTo(0.45, 12)
    expect(brier.value).toBeCloseTo((0.0025 + 0.9025 + 0.0225 + 0.0225) / 4, 12)
    expect(bins.map(({ from, n }) => [from, n])).toEqual([
      [0.1, 2],
      [0.9, 2],
    ])
    expect(bins[1].accuracy).toEqual(wilsonInterval(1, 2))
  })

  it('puts a confidence on a border into the bin that ends there, and 0 into the first', () => {
    const places = [0, 0.1, 0.3, 0.6, 0.7, 1].map((c) => calibration([answer(c, true)]).bins[0])
    expect(places.map(({ to }) => to)).toEqual([0.1, 0.1, 0.3, 0.6, 0.7, 1])
  })

  it('is 0 for a system that is sure and right', () => {
    expect(calibration([answer(1, true), answer(0, false)])).toMatchObject({ ece: 0, mce: 0, brier: { value: 0 } })
  })

  it('is small for a calibrated system and large for one that always claims 0.9', () => {
    const rng = stream('test', 'calibration')
    const good = Array.from({ length: 4000 }, () => {
      const confidence = rng.next()
      return answer(confidence, rng.next() < confidence)
    })
    expect(calibration(good).ece).toBeLessThan(0.04)
    expect(calibration(good.map(({ right }) => answer(0.9, right))).ece).toBeGreaterThan(0.35)
  })

  it('loses no answer in either way of cutting', () => {
    const any = fc.record({ confidence: fc.double({ min: 0, max: 1, noNaN: true }), right: fc.boolean() })
    fc.assert(
      fc.property(fc.array(any, { minLength: 1, maxLength: 60 }), fc.integer({ min: 1, max: 15 }), (answers, count) => {
        for (const by of ['width', 'count'] as const) {
          const { bins, ece, mce } = calibration(answers, { bins: count, by })
          expect(bins.reduce((sum, bin) => sum + bin.n, 0)).toBe(answers.length)
          for (const { from, to, confidence } of bins) {
            expect(confidence).toBeGreaterThanOrEqual(from - 1e-12)
            expect(confidence).toBeLessThanOrEqual(to + 1e-12)
          }
          expect(ece).toBeLessThanOrEqual(mce + 1e-12)
        }
      }),
      { numRuns: 40 },
    )
  })

  it('cuts into equal numbers when asked', () => {
    const answers = Array.from({ length: 30 }, (_, i) => answer(0.5 + i / 100, true))
    expect(calibration(answers, { bins: 3, by: 'count' }).bins.map(({ n }) => n)).toEqual([10, 10, 10])
  })

  it('refuses no answers and confidences outside [0, 1]', () => {
    for (const bad of [[], [answer(1.2, true)], [answer(Number.NaN, true)]]) {
      expect(() => calibration(bad)).toThrow(expect.objectContaining({ code: 'data/no-values' }))
    }
    expect(() => calibration([answer(1, true)], { bins: 0 })).toThrow(/bins/)
  })
})
