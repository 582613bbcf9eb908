import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maxWords, sequenceOverlap, softMatch, tokenOverlap, wordsOf } from './soft-match.ts'

const wordList = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 7 })

/** The longest common subsequence by trying every subset of the first list. */
function longestByTrying(a: readonly string[], b: readonly string[]): number {
  let best = 0
  for (let mask = 0; mask < 1 << a.length; mask++) {
    const kept = a.filter((_, i) => mask & (1 << i))
    let at = 0
    for (const word of b) if (word === kept[at]) at++
    if (at === kept.length) best = Math.max(best, at)
  }
  return best
}

describe('wordsOf', () => {
  it('folds case and width and splits at everything that is no letter or digit', () => {
    expect(wordsOf('The CAT, sat-on 3.5 mats! \uff21')).toEqual(['the', 'cat', 'sat', 'on', '3', '5', 'mats', 'a'])
    expect(wordsOf(' ... \ud800')).toEqual([])
  })
})

describe('tokenOverlap', () => {
  it('counts a word as often as it stands in both', () => {
    // Shared: a once, b once.
    const scores = tokenOverlap(['a', 'a', 'b'], ['b', 'a', 'c', 'd'])
    expect(scores).toEqual({ precision: 2 / 3, recall: 2 / 4, f1: 4 / 7 })
    expect(tokenOverlap(['a', 'a', 'a'], ['a']).precision).toBe(1 / 3)
  })

  it('takes two empty texts as the same and one as sharing nothing', () => {
    expect(tokenOverlap([], []).f1).toBe(1)
    expect(tokenOverlap(['a'], []).f1).toBe(0)
    expect(sequenceOverlap([], ['a']).f1).toBe(0)
  })
})

describe('sequenceOverlap', () => {
  it('needs the words in order', () => {
    expect(sequenceOverlap(['a', 'b', 'c'], ['c', 'b', 'a']).recall).toBe(1 / 3)
    expect(sequenceOverlap(['a', 'x', 'b', 'c'], ['a', 'b', 'c'])).toEqual({ precision: 3 / 4, recall: 1, f1: 6 / 7 })
  })

  it('agrees with trying every subsequence and never exceeds the token overlap', () => {
    fc.assert(
      fc.property(wordList, wordList, (a, b) => {
        fc.pre(a.length > 0 && b.length > 0)
        const scores = sequenceOverlap(a, b)
        expect(scores.precision).toBeCloseTo(longestByTrying(a, b) / a.length, 12)
        expect(tokenOverlap(a, b).f1).toBeGreaterThanOrEqual(scores.f1)
      }),
    )
  })
})

describe('softMatch', () => {
  it('gives F1 as the score and decides by the threshold', () => {
    const barn = softMatch('in the old barn', 'the barn')
    expect([barn.kind, barn.score]).toEqual(['wrong', 4 / 6])
    expect(softMatch('in the old barn', 'the barn', { threshold: 0.6 }).kind).toBe('right')
    expect(softMatch('Barn, the!', 'the barn')).toMatchObject({ kind: 'right', score: 1 })
    expect(softMatch('barn the', 'the barn', { measure: 'sequence' }).score).toBe(0.5)
    expect(softMatch('', 'the barn').score).toBe(0)
  })

  it('gives nothing to a text that lists every word it knows', () => {
    const flood = 'the barn '.repeat(maxWords)
    expect(softMatch(flood, 'the barn')).toMatchObject({ kind: 'wrong', score: 0 })
    expect(softMatch('x'.repeat(100_000), 'the barn')).toMatchObject({ kind: 'wrong', score: 0 })
  })

  it('says so when the gold text cannot be compared', () => {
    expect(softMatch('a', '').kind).toBe('failed')
    expect(softMatch('a', 'a '.repeat(maxWords + 1)).kind).toBe('failed')
  })

  it('reads a long text in little time', () => {
    const long = 'a b '.repeat(maxWords / 2)
    expect(softMatch(long, long, { measure: 'sequence' }).score).toBe(1)
    expect(softMatch('!'.repeat(1_000_000), 'a').score).toBe(0)
  })
})
