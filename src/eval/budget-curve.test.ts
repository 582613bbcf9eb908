import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { commonBudget, meanOverBudget, valueAtBudget } from './budget-curve.ts'

const curve = [
  { x: 0, value: 0.1 },
  { x: 100, value: 0.3 },
  { x: 300, value: 0.5 },
]

describe('valueAtBudget', () => {
  it('is on the line between neighbours, and nothing outside', () => {
    expect(valueAtBudget(curve, 50)).toBeCloseTo(0.2, 12)
    expect(valueAtBudget(curve, 200)).toBeCloseTo(0.4, 12)
    expect(valueAtBudget(curve, 300)).toBe(0.5)
    expect(valueAtBudget(curve, 301)).toBeUndefined()
    expect(valueAtBudget(curve, -1)).toBeUndefined()
    expect(valueAtBudget([], 0)).toBeUndefined()
  })

  it('takes the last of two scores at one budget; else the order of points does not matter', () => {
    expect(valueAtBudget([...curve, { x: 100, value: 0.7 }], 100)).toBe(0.7)
    expect(valueAtBudget([...curve].reverse(), 50)).toBeCloseTo(0.2, 12)
  })
})

describe('meanOverBudget', () => {
  it('is the area of the trapezoids over the width', () => {
    // 0.2 over the first 100, 0.4 over the next 200.
    expect(meanOverBudget(curve, 0, 300)).toBeCloseTo((0.2 * 100 + 0.4 * 200) / 300, 12)
    expect(meanOverBudget(curve, 50, 100)).toBeCloseTo(0.25, 12)
    expect(meanOverBudget(curve, 0, 400)).toBeUndefined()
    expect(meanOverBudget(curve, 100, 100)).toBeUndefined()
  })

  it('adds up over parts', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 299 }), (cut) => {
        const whole = meanOverBudget(curve, 0, 300)! * 300
        const parts = meanOverBudget(curve, 0, cut)! * cut + meanOverBudget(curve, cut, 300)! * (300 - cut)
        expect(parts).toBeCloseTo(whole, 8)
      }),
    )
  })
})

describe('commonBudget', () => {
  it('is what all curves cover', () => {
    const other = [
      { x: 20, value: 1 },
      { x: 250, value: 1 },
    ]
    expect(commonBudget([curve, other])).toEqual({ from: 20, to: 250 })
    expect(commonBudget([curve, [{ x: 400, value: 1 }]])).toBeUndefined()
    expect(commonBudget([curve, []])).toBeUndefined()
    expect(commonBudget([])).toBeUndefined()
  })

  it('refuses points that are not numbers', () => {
    expect(() => commonBudget([[{ x: Number.NaN, value: 1 }]])).toThrow(
      expect.objectContaining({ code: 'data/no-values' }),
    )
  })
})
