import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Vote } from './maj-at-k.ts'
import { majAtK } from './maj-at-k.ts'

/** `aab-` with 'a' right: two votes for a, one for b, one blank. */
function votes(text: string, rightClasses = 'a'): Vote[] {
  return [...text].map((c) => ({ answer: c === '-' ? undefined : c, right: rightClasses.includes(c) }))
}

/** The score of one vote with everything counted, by the definition. */
function voteOnce(cast: readonly Vote[]): number {
  const counts = new Map<string, number>()
  for (const { answer } of cast) if (answer !== undefined) counts.set(answer, (counts.get(answer) ?? 0) + 1)
  const top = Math.max(0, ...counts.values())
  const tied = [...counts].filter(([, count]) => count === top).map(([answer]) => answer)
  const rightOnes = tied.filter((answer) => cast.some((vote) => vote.answer === answer && vote.right))
  return tied.length === 0 ? 0 : rightOnes.length / tied.length
}

describe('majAtK', () => {
  it('gives values worked out by hand', () => {
    expect(majAtK(votes('aab'), 3)).toBe(1)
    expect(majAtK(votes('abb'), 3)).toBe(0)
    expect(majAtK(votes('ab'), 2)).toBeCloseTo(1 / 2, 12)
    expect(majAtK(votes('abc'), 3)).toBeCloseTo(1 / 3, 12)
    // Pairs of a a b: aa 1, ab 1/2, ab 1/2.
    expect(majAtK(votes('aab'), 2)).toBeCloseTo(2 / 3, 12)
    // Two equal right classes of three tied.
    expect(majAtK(votes('abc', 'ab'), 3)).toBeCloseTo(2 / 3, 12)
  })

  it('lets samples without an answer take a place but not vote', () => {
    expect(majAtK(votes('a---'), 4)).toBe(1)
    expect(majAtK(votes('----'), 4)).toBe(0)
    expect(majAtK(votes('a-'), 1)).toBeCloseTo(1 / 2, 12)
  })

  it('is the accuracy for k = 1', () => {
    expect(majAtK(votes('aabbbc--'), 1)).toBeCloseTo(2 / 8, 12)
  })

  it('is the mean over all subsets', () => {
    const sample = fc.constantFrom('a', 'b', 'c', 'd', '-')
    fc.assert(
      fc.property(fc.array(sample, { minLength: 1, maxLength: 8 }), fc.nat(), (letters, pick) => {
        const cast = votes(letters.join(''), 'ad')
        const k = 1 + (pick % cast.length)
        let [sum, all] = [0, 0]
        for (let set = 0; set < 1 << cast.length; set++) {
          const chosen = cast.filter((_, i) => set & (1 << i))
          if (chosen.length !== k) continue
          all++
          sum += voteOnce(chosen)
        }
        expect(majAtK(cast, k)).toBeCloseTo(sum / all, 10)
      }),
    )
  })

  it('refuses a k that the samples do not allow', () => {
    for (const k of [0, 4, 1.5]) {
      expect(() => majAtK(votes('aab'), k)).toThrow(expect.objectContaining({ code: 'usage/bad-count' }))
    }
  })
})
