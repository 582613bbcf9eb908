import { describe, expect, it } from 'vitest'
import { medianOf, spreadOf } from './spread.ts'

describe('spreadOf', () => {
  it('gives least, middle and greatest whatever the order', () => {
    expect(spreadOf([5, 1, 100])).toEqual({ min: 1, median: 5, max: 100, n: 3 })
  })

  it('takes the mean of the two in the middle of an even count', () => {
    expect(medianOf([4, 1, 2, 100])).toBe(3)
  })
})
