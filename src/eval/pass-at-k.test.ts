import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { passAtK } from './pass-at-k.ts'

describe('passAtK', () => {
  it('gives values worked out by hand', () => {
    expect(passAtK(8, 3, 1)).toBeCloseTo(3 / 8, 12)
    // 1 - C(3,2)/C(5,2) = 1 - 3/10
    expect(passAtK(5, 2, 2)).toBeCloseTo(0.7, 12)
    // 1 - C(5,4)/C(8,4) = 1 - 5/70
    expect(passAtK(8, 3, 4)).toBeCloseTo(65 / 70, 12)
    expect(passAtK(8, 0, 8)).toBe(0)
    expect(passAtK(8, 8, 1)).toBe(1)
    expect(passAtK(8, 5, 4)).toBe(1)
  })

  it('stays exact where binomials would overflow', () => {
    // With one right sample of n, k of n are drawn: k/n.
    expect(passAtK(100_000, 1, 50_000)).toBeCloseTo(0.5, 9)
  })

  it('is the share of subsets that hold a right sample', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.nat(), fc.nat(), (n, a, b) => {
        const [right, k] = [a % (n + 1), 1 + (b % n)]
        let [hits, all] = [0, 0]
        for (let set = 0; set < 1 << n; set++) {
          const chosen = [...Array(n).keys()].filter((i) => set & (1 << i))
          if (chosen.length !== k) continue
          all++
          if (chosen.some((i) => i < right)) hits++
        }
        expect(passAtK(n, right, k)).toBeCloseTo(hits / all, 12)
      }),
    )
  })

  it('refuses counts that make no sense', () => {
    for (const [n, right, k] of [
      [4, 2, 5],
      [4, 5, 1],
      [4, -1, 1],
      [4, 2, 0],
      [4, 1.5, 1],
      [0, 0, 1],
      [Number.NaN, 0, 1],
    ]) {
      expect(() => passAtK(n, right, k)).toThrow(expect.objectContaining({ code: 'usage/bad-count' }))
    }
  })
})
