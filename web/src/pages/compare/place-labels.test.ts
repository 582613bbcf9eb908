import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { placeLabels } from './place-labels.ts'

const label = fc.record({ x: fc.nat(200), y: fc.nat(300), width: fc.integer({ min: 10, max: 120 }) })

describe('placeLabels', () => {
  test('leaves labels alone that are not in each other’s way', () => {
    const labels = [
      { x: 0, y: 50, width: 40 },
      { x: 100, y: 50, width: 40 },
      { x: 0, y: 90, width: 40 },
    ]
    expect(placeLabels(labels, { height: 14, room: 200 })).toEqual([50, 50, 90])
  })

  test('moves a label just as far as it must, and keeps it on the plot', () => {
    const labels = [
      { x: 0, y: 50, width: 40 },
      { x: 10, y: 55, width: 40 },
      { x: 0, y: -20, width: 40 },
    ]
    expect(placeLabels(labels, { height: 14, room: 200 })).toEqual([50, 64, 7])
  })

  test('lets no two labels overlap while there is room', () => {
    fc.assert(
      fc.property(fc.array(label, { maxLength: 9 }), (labels) => {
        const heights = placeLabels(labels, { height: 14, room: 300 })
        for (const [i, one] of labels.entries()) {
          for (const [j, other] of labels.entries()) {
            if (i >= j || one.x >= other.x + other.width || other.x >= one.x + one.width) continue
            expect(Math.abs(heights[i] - heights[j])).toBeGreaterThan(13.9)
          }
        }
      }),
    )
  })
})
