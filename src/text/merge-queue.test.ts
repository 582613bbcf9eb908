// The merge queue against sorting.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MergeQueue } from './merge-queue.ts'

describe('MergeQueue', () => {
  it('gives the most frequent pair first and, among equals, the smaller pair', () => {
    const triple = fc.tuple(fc.nat(5), fc.nat(3), fc.nat(3))
    const property = fc.property(fc.array(triple), (triples) => {
      const queue = new MergeQueue()
      for (const [count, left, right] of triples) queue.push({ pair: { left, right, count }, count, words: [] })
      const popped = triples.map(() => queue.pop()!).map((top) => [top.count, top.pair.left, top.pair.right])
      expect(popped).toEqual([...triples].sort((a, b) => b[0] - a[0] || a[1] - b[1] || a[2] - b[2]))
      expect(queue.pop()).toBeUndefined()
    })
    fc.assert(property)
  })
})
