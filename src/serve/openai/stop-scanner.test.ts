// The scanner against a naive search in the whole text.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { StopScanner } from './stop-scanner.ts'

function scan(stops: readonly string[], pieces: readonly string[]): { given: string[]; hasHit: boolean } {
  const scanner = new StopScanner(stops)
  const given = pieces.map((piece) => scanner.push(piece))
  return { given: [...given, scanner.flush()], hasHit: scanner.hasHit }
}

/** The text before the stop string that ends first, and of those that end together begins first. */
function naive(stops: readonly string[], text: string): string {
  for (let end = 1; end <= text.length; end++) {
    const starts = stops.filter((stop) => text.slice(0, end).endsWith(stop)).map((stop) => end - stop.length)
    if (starts.length > 0) return text.slice(0, Math.min(...starts))
  }
  return text
}

describe('StopScanner', () => {
  it('lets everything through at once when there is nothing to look for', () => {
    expect(scan([], ['ab', 'c']).given).toEqual(['ab', 'c', ''])
  })

  it('holds back what may begin a stop string, and gives it when it does not', () => {
    expect(scan(['abd'], ['xa', 'b', 'c', 'ab']).given).toEqual(['x', '', 'abc', '', 'ab'])
  })

  it('gives nothing of a stop string that comes in pieces, and nothing after it', () => {
    expect(scan(['END'], ['ok E', 'N', 'D more', 'and more'])).toEqual({ given: ['ok ', '', '', '', ''], hasHit: true })
  })

  it('finds one that begins inside a failed other', () => {
    expect(scan(['aab'], ['aa', 'ab']).given.join('')).toBe('a')
    expect(scan(['abcx', 'bcd'], ['abc', 'd']).given.join('')).toBe('a')
  })

  it('agrees with a search in the whole text, however it is cut into pieces', () => {
    const letters = (maxLength: number) =>
      fc.string({ unit: fc.constantFrom('a', 'b', '😀', '\n'), minLength: 1, maxLength })
    fc.assert(
      fc.property(fc.array(letters(4), { maxLength: 3 }), fc.array(letters(5), { maxLength: 12 }), (stops, pieces) => {
        const { given, hasHit } = scan(stops, pieces)
        const expected = naive(stops, pieces.join(''))
        expect(given.join('')).toBe(expected)
        expect(hasHit).toBe(expected.length < pieces.join('').length)
        for (const part of given) expect(part).not.toMatch(/\p{Surrogate}/u)
      }),
    )
  })
})
