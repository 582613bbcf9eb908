import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Range } from './spans.ts'
import { findExcerpt, precisionOmega, scoreExcerpts, scoreSpans, unionOf } from './spans.ts'

const limit = 24
const rangesArbitrary = fc.array(
  fc.tuple(fc.nat(limit), fc.nat(limit)).map(([a, b]): Range => [Math.min(a, b), Math.max(a, b)]),
  { maxLength: 6 },
)

/** How many of the ranges hold each place. */
function counts(ranges: readonly Range[]): number[] {
  return Array.from({ length: limit }, (_, at) => ranges.filter(([start, end]) => start <= at && at < end).length)
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0)

describe('unionOf', () => {
  it('merges ranges that overlap or touch and ignores those that hold nothing', () => {
    const ranges: Range[] = [
      [8, 9],
      [0, 3],
      [2, 5],
      [5, 6],
      [7, 7],
      [9, 4],
      [Number.NaN, 2],
      [1, Number.POSITIVE_INFINITY],
    ]
    expect(unionOf(ranges)).toEqual([
      [0, 6],
      [8, 9],
    ])
  })
})

describe('scoreSpans', () => {
  it('gives 1 everywhere when the retrieved chunk is the excerpt', () => {
    expect(scoreSpans([[3, 9]], [[3, 9]])).toEqual({ recall: 1, precision: 1, iou: 1 })
    expect(precisionOmega([[3, 9]], [[3, 9]])).toBe(1)
  })

  it('gives the values worked out by hand', () => {
    // Shared 5 of 10 gold and 10 retrieved; 15 places in all.
    expect(scoreSpans([[0, 10]], [[5, 15]])).toEqual({ recall: 0.5, precision: 0.5, iou: 5 / 15 })
    // The same chunk twice: shared 5, retrieved 20, gold not found 5.
    const twice = [
      [5, 15],
      [5, 15],
    ] as const
    expect(scoreSpans([[0, 10]], twice)).toEqual({ recall: 0.5, precision: 5 / 20, iou: 5 / 25 })
    // Overlapping excerpts are one: gold [0, 6), shared 4, retrieved 6.
    const overlapping = [
      [0, 4],
      [2, 6],
    ] as const
    expect(scoreSpans(overlapping, [[2, 8]])).toEqual({ recall: 4 / 6, precision: 4 / 6, iou: 4 / 8 })
  })

  it('counts ranges that only touch as sharing nothing', () => {
    expect(scoreSpans([[0, 10]], [[10, 20]])).toEqual({ recall: 0, precision: 0, iou: 0 })
  })

  it('has a value for nothing retrieved and nothing to find', () => {
    expect(scoreSpans([[0, 5]], [])).toEqual({ recall: 0, precision: 0, iou: 0 })
    expect(scoreSpans([], [[0, 5]])).toEqual({ recall: 1, precision: 0, iou: 0 })
    expect(scoreSpans([], [])).toEqual({ recall: 1, precision: 1, iou: 1 })
  })

  it('agrees with counting places one by one', () => {
    fc.assert(
      fc.property(rangesArbitrary, rangesArbitrary, (gold, retrieved) => {
        const wanted = counts(gold).map((count) => count > 0)
        const taken = counts(retrieved)
        const hit = taken.filter((count, at) => count > 0 && wanted[at]).length
        const goldLength = wanted.filter(Boolean).length
        fc.pre(goldLength > 0)
        const scores = scoreSpans(gold, retrieved)
        expect(scores.recall).toBeCloseTo(hit / goldLength, 12)
        expect(scores.precision).toBeCloseTo(sum(taken) === 0 ? 0 : hit / sum(taken), 12)
        expect(scores.iou).toBeCloseTo(hit / (sum(taken) + goldLength - hit), 12)
      }),
    )
  })
})

describe('precisionOmega', () => {
  it('halves when the chunks are twice as long', () => {
    const chunksOf = (length: number): Range[] =>
      Array.from({ length: 40 / length }, (_, i): Range => [i * length, (i + 1) * length])
    expect(precisionOmega([[0, 10]], chunksOf(10))).toBe(1)
    expect(precisionOmega([[0, 10]], chunksOf(20))).toBe(0.5)
    expect(precisionOmega([[0, 10]], chunksOf(40))).toBe(0.25)
  })

  it('leaves out a chunk that only touches the excerpt', () => {
    const chunks: Range[] = [
      [0, 10],
      [10, 20],
      [20, 30],
    ]
    expect(precisionOmega([[10, 20]], chunks)).toBe(1)
  })

  it('counts gold that no chunk holds', () => {
    // Shared 5, the chunk 5 long, 5 of the gold outside.
    expect(precisionOmega([[0, 10]], [[0, 5]])).toBe(0.5)
    expect(precisionOmega([[0, 10]], [])).toBe(0)
    expect(precisionOmega([], [[0, 5]])).toBe(1)
  })

  it('agrees with counting places one by one', () => {
    fc.assert(
      fc.property(rangesArbitrary, rangesArbitrary, (gold, chunks) => {
        const wanted = counts(gold).map((count) => count > 0)
        fc.pre(wanted.some(Boolean))
        const taken = counts(chunks.filter((chunk) => counts([chunk]).some((count, at) => count > 0 && wanted[at])))
        const hit = taken.filter((count, at) => count > 0 && wanted[at]).length
        const all = taken.filter((count, at) => count > 0 || wanted[at]).length
        expect(precisionOmega(gold, chunks)).toBeCloseTo(hit / all, 12)
      }),
    )
  })
})

describe('scoreExcerpts', () => {
  const document = 'the red key is under the bed'

  it('finds excerpts word for word', () => {
    expect(findExcerpt(document, 'under the bed')).toEqual([15, 28])
    expect(findExcerpt(document, 'Under the bed')).toBeUndefined()
    expect(findExcerpt(document, '')).toBeUndefined()
  })

  it('takes an invented excerpt as retrieved text without gold', () => {
    expect(scoreExcerpts(document, [[15, 28]], ['under the bed']).iou).toBe(1)
    // Shared 13, retrieved 13 + 3.
    const scores = scoreExcerpts(document, [[15, 28]], ['under the bed', 'xyz'])
    expect(scores).toEqual({ recall: 1, precision: 13 / 16, iou: 13 / 16 })
    expect(scoreExcerpts(document, [[15, 28]], ['xyz', '']).iou).toBe(0)
  })
})
