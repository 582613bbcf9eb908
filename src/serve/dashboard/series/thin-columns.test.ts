// Against what the words say, written as plainly as possible.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rowsBetween, thinCurves } from './thin-columns.ts'

const value = fc.option(fc.integer({ min: -1000, max: 1000 }), { nil: Number.NaN })

/** The same in the words of the contract. */
function naive(x: readonly number[], y: readonly number[], from: number, to: number, points: number) {
  const rows = x.map((at, i) => ({ x: at, y: y[i] })).filter((row) => row.x >= from && row.x <= to)
  if (rows.length <= points) return { x: rows.map((row) => row.x), mean: rows.map((row) => row.y) }
  const buckets = Array.from({ length: points }, (_, b) =>
    rows.filter(
      (_row, i) => i >= Math.floor((b * rows.length) / points) && i < Math.floor(((b + 1) * rows.length) / points),
    ),
  )
  const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length
  const numbers = buckets.map((bucket) => bucket.map((row) => row.y).filter((one) => !Number.isNaN(one)))
  return {
    x: buckets.map((bucket) => mean(bucket.map((row) => row.x))),
    mean: numbers.map((all) => (all.length === 0 ? Number.NaN : mean(all))),
    low: numbers.map((all) => (all.length === 0 ? Number.NaN : Math.min(...all))),
    high: numbers.map((all) => (all.length === 0 ? Number.NaN : Math.max(...all))),
  }
}

describe('thinCurves', () => {
  it('is what a plain reading of its words gives', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(value, value), { maxLength: 60 }),
        value,
        value,
        fc.integer({ min: 2, max: 20 }),
        (rows, a, b, points) => {
          const [from, to] = [
            Number.isNaN(a) ? Number.NEGATIVE_INFINITY : a,
            Number.isNaN(b) ? Number.POSITIVE_INFINITY : b,
          ]
          const x = rows.map((row) => row[0])
          const y = rows.map((row) => row[1])
          const curves = { x: Float64Array.from(x), columns: new Map([['y', Float64Array.from(y)]]) }
          const thin = thinCurves(curves, rowsBetween(curves.x, from, to), points)
          const { mean, low, high } = thin.columns.get('y')!
          const plain = (column: Float64Array | undefined) => column && [...column]
          const expected = naive(x, y, from, to, points)
          expect({ x: [...thin.x], mean: [...mean], low: plain(low), high: plain(high) }).toEqual({
            low: undefined,
            high: undefined,
            ...expected,
          })
        },
      ),
    )
  })

  it('loses no spike and invents none', () => {
    const y = Float64Array.from({ length: 1000 }, (_, i) => (i === 617 ? 50 : 1))
    const x = Float64Array.from(y, (_, i) => i)
    const { columns } = thinCurves({ x, columns: new Map([['y', y]]) }, rowsBetween(x, 0, 999), 10)
    expect([...columns.get('y')!.high!]).toEqual([1, 1, 1, 1, 1, 1, 50, 1, 1, 1])
    expect(columns.get('y')!.mean[6]).toBeCloseTo(1.49, 12)
  })
})
