import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { centre, fitAll, panBy, pointAt, reveal, zoomAt } from './camera.ts'

const view = { width: 800, height: 600 }
const number = fc.double({ min: -5000, max: 5000, noNaN: true })
const camera = fc.record({ x: number, y: number, scale: fc.double({ min: 0.01, max: 2, noNaN: true }) })
const onScreen = (at: { x: number; y: number; scale: number }, point: { x: number; y: number }) => ({
  x: point.x * at.scale + at.x,
  y: point.y * at.scale + at.y,
})

describe('camera', () => {
  test('fits a drawing into the view, and does not blow up a small one', () => {
    expect(fitAll({ width: 7360, height: 100 }, view)).toEqual({ x: 32, y: 295, scale: 0.1 })
    expect(fitAll({ width: 100, height: 100 }, view)).toEqual({ x: 330, y: 230, scale: 1.4 })
    expect(fitAll({ width: 0, height: 0 }, view).scale).toBe(1.4)
  })

  test('keeps the point under the pointer where it is when it zooms', () => {
    fc.assert(
      fc.property(
        camera,
        fc.nat(800),
        fc.nat(600),
        fc.double({ min: 0.2, max: 5, noNaN: true }),
        (from, x, y, factor) => {
          const before = pointAt(from, { x, y })
          const after = pointAt(zoomAt(from, { x, y }, factor), { x, y })
          expect(after.x).toBeCloseTo(before.x, 5)
          expect(after.y).toBeCloseTo(before.y, 5)
        },
      ),
    )
  })

  test('has a least and a greatest magnification', () => {
    expect(zoomAt({ x: 0, y: 0, scale: 1 }, { x: 0, y: 0 }, 1e9).scale).toBe(3)
    expect(zoomAt({ x: 0, y: 0, scale: 1 }, { x: 0, y: 0 }, 1e-9).scale).toBe(0.004)
  })

  test('brings a point into view and does not move for one that is', () => {
    const still = { x: 0, y: 0, scale: 1 }
    expect(reveal(still, { x: 400, y: 300 }, view)).toEqual(still)
    expect(reveal(still, { x: 1000, y: -10 }, view)).toEqual({ x: -260, y: 70, scale: 1 })
    fc.assert(
      fc.property(camera, number, number, (from, x, y) => {
        const seen = onScreen(reveal(from, { x, y }, view), { x, y })
        expect(seen.x).toBeGreaterThan(59.9)
        expect(seen.x).toBeLessThan(740.1)
        expect(seen.y).toBeGreaterThan(59.9)
        expect(seen.y).toBeLessThan(540.1)
      }),
    )
  })

  test('puts a point in the middle, and moves by pixels', () => {
    expect(onScreen(centre({ x: 7, y: 8, scale: 0.5 }, { x: 30, y: 40 }, view), { x: 30, y: 40 })).toEqual({
      x: 400,
      y: 300,
    })
    expect(panBy({ x: 1, y: 2, scale: 3 }, 10, 20)).toEqual({ x: 11, y: 22, scale: 3 })
  })
})
