import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { paretoLine, paretoStairs } from './pareto.ts'

const point = fc.record({ cost: fc.nat(8), value: fc.nat(8) })

describe('paretoLine', () => {
  test('keeps what nothing beats, the cheapest first', () => {
    const points = [
      { name: 'dear and bad', cost: 9, value: 0.2 },
      { name: 'best', cost: 8, value: 0.9 },
      { name: 'cheap', cost: 1, value: 0.3 },
      { name: 'middle', cost: 4, value: 0.6 },
      { name: 'beaten by middle', cost: 5, value: 0.6 },
    ]
    expect(paretoLine(points).map(({ name }) => name)).toEqual(['cheap', 'middle', 'best'])
  })

  test('leaves out what has no cost and takes all of those alike', () => {
    expect(paretoLine([{ cost: Number.NaN, value: 1 }])).toEqual([])
    const twin = { cost: 1, value: 1 }
    expect(paretoLine([twin, { ...twin }])).toEqual([twin, twin])
  })

  test('agrees with asking every pair', () => {
    const beats = (a: { cost: number; value: number }, b: { cost: number; value: number }): boolean =>
      a.cost <= b.cost && a.value >= b.value && (a.cost < b.cost || a.value > b.value)
    fc.assert(
      fc.property(fc.array(point, { maxLength: 12 }), (points) => {
        const naive = points.filter((one) => !points.some((other) => beats(other, one)))
        const sorted = naive.toSorted((a, b) => a.cost - b.cost)
        expect(paretoLine(points)).toEqual(sorted)
      }),
    )
  })
})

describe('paretoStairs', () => {
  test('goes level to the next point and then up, and on to the greatest cost', () => {
    const line = [
      { cost: 1, value: 0.3 },
      { cost: 4, value: 0.6 },
    ]
    expect(paretoStairs(line, 9)).toEqual([
      { cost: 1, value: 0.3 },
      { cost: 4, value: 0.3 },
      { cost: 4, value: 0.6 },
      { cost: 9, value: 0.6 },
    ])
    expect(paretoStairs([], 9)).toEqual([])
  })
})
