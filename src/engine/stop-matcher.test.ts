import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Vocab } from '../contracts/index.ts'
import { stopMatcher } from './stop-matcher.ts'

// A vocabulary from pieces of bytes or text; an empty piece is a special token. Counts what it decodes.
function makeVocab(pieces: readonly (string | readonly number[])[], { dropsLeadingSpace = false } = {}) {
  const bytes = pieces.map((piece) => (typeof piece === 'string' ? [...new TextEncoder().encode(piece)] : piece))
  let decoded = 0
  const vocab: Vocab = {
    size: pieces.length,
    eos: 0,
    pad: 0,
    encode: () => new Int32Array(0),
    decode(ids) {
      decoded += ids.length
      const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(
        Uint8Array.from(Array.from(ids).flatMap((id) => bytes[id])),
      )
      return dropsLeadingSpace && text.startsWith(' ') ? text.slice(1) : text
    },
    token: (id) => String(id),
  }
  return { vocab, decodedIds: () => decoded }
}

interface Found {
  readonly at: number
  readonly hit: string
}

// Token after token, as the engine calls it.
function run(vocab: Vocab, stops: readonly string[], ids: readonly number[]): Found | undefined {
  const matcher = stopMatcher(vocab, stops)
  const buffer = Int32Array.from([...ids, ...ids])
  for (let length = 1; length <= ids.length; length++) {
    const hit = matcher?.check(buffer, length)
    if (hit !== undefined) return { at: length, hit }
  }
  return undefined
}

// The whole text after every token.
function naive(vocab: Vocab, stops: readonly string[], ids: readonly number[]): Found | undefined {
  for (let length = 1; length <= ids.length; length++) {
    const text = vocab.decode(ids.slice(0, length))
    const hits = stops.filter((stop) => text.includes(stop))
    const end = (stop: string) => text.indexOf(stop) + stop.length
    hits.sort((a, b) => end(a) - end(b) || b.length - a.length)
    if (hits.length > 0) return { at: length, hit: hits[0] }
  }
  return undefined
}

const letters = makeVocab([...'abc\n']).vocab

describe('stopMatcher', () => {
  it('is not there when there are no stop strings', () => {
    expect(stopMatcher(letters)).toBeUndefined()
    expect(stopMatcher(letters, [])).toBeUndefined()
  })

  it('refuses stop strings that are empty or no valid text', () => {
    expect(() => stopMatcher(letters, ['a', ''])).toThrow(expect.objectContaining({ code: 'sampler/bad-stop' }))
    expect(() => stopMatcher(letters, ['a\uFFFD'])).toThrow(/not valid text/)
  })

  it('finds a stop string spread over tokens, with the token that completes it', () => {
    expect(run(letters, ['abc'], [0, 0, 1, 1, 0, 1, 2, 3])).toEqual({ at: 7, hit: 'abc' })
    expect(run(letters, ['aab'], [0, 0, 0, 1])).toEqual({ at: 4, hit: 'aab' })
    expect(run(letters, ['\n\n'], [3, 0, 3, 3])).toEqual({ at: 4, hit: '\n\n' })
    expect(run(letters, ['abc'], [0, 1, 1, 2])).toBeUndefined()
  })

  it('finds a stop string inside a token', () => {
    const { vocab } = makeVocab(['x', ' </answer>\n', 'wer>'])
    expect(run(vocab, ['</answer>'], [0, 1, 0])).toEqual({ at: 2, hit: '</answer>' })
  })

  it('prefers the stop string that ends first, and of those that end together the longest', () => {
    const { vocab } = makeVocab(['a', 'bcd'])
    expect(run(vocab, ['abcd', 'bc'], [0, 1])).toEqual({ at: 2, hit: 'bc' })
    expect(run(vocab, ['c', 'abc', 'bc'], [0, 1])).toEqual({ at: 2, hit: 'abc' })
  })

  it('waits for all the bytes of a character', () => {
    // é is C3 A9; 🛑 is F0 9F 9B 91, two UTF-16 units.
    const { vocab } = makeVocab(['a', [0xc3], [0xa9], [0xf0, 0x9f], [0x9b], [0x91]])
    expect(run(vocab, ['é'], [0, 1, 2])).toEqual({ at: 3, hit: 'é' })
    expect(run(vocab, ['é🛑'], [1, 2, 0, 1, 2, 3, 4, 5, 0])).toEqual({ at: 8, hit: 'é🛑' })
  })

  it('looks through special tokens', () => {
    const { vocab } = makeVocab(['', 'a', 'b'])
    expect(run(vocab, ['ab'], [1, ...new Array<number>(50).fill(0), 2])).toEqual({ at: 52, hit: 'ab' })
  })

  it('keeps spaces that a decoder drops only at the start of a text', () => {
    const { vocab } = makeVocab([' a', ' ', 'b'], { dropsLeadingSpace: true })
    expect(run(vocab, [' a'], [0, 0])).toEqual({ at: 2, hit: ' a' })
    expect(run(vocab, ['  '], [2, 1, 1])).toEqual({ at: 3, hit: '  ' })
    expect(run(vocab, [' '], [2, 0])).toEqual({ at: 2, hit: ' ' })
  })

  it('equals a search of the whole text for any tokens and stop strings', () => {
    const pieces = [
      '',
      'a',
      'b',
      ' ',
      ' a',
      'ab',
      'bab',
      'aé',
      'é',
      [0xc3],
      [0xa9],
      [0x20, 0xf0, 0x9f],
      [0x9b],
      [0x91],
      [0x91, 0x61],
    ]
    const ids = fc.array(fc.integer({ min: 0, max: pieces.length - 1 }), { maxLength: 40 })
    const stop = fc
      .array(fc.constantFrom('a', 'b', ' ', 'é', '🛑'), { minLength: 1, maxLength: 7 })
      .map((c) => c.join(''))
    const stops = fc.array(stop, { minLength: 1, maxLength: 3 })
    for (const dropsLeadingSpace of [false, true]) {
      const { vocab } = makeVocab(pieces, { dropsLeadingSpace })
      fc.assert(
        fc.property(ids, stops, (some, any) => {
          expect(run(vocab, any, some)).toEqual(naive(vocab, any, some))
        }),
        { numRuns: 1500 },
      )
    }
  })

  it('decodes a bounded tail, and nothing for tokens that cannot end a stop string', () => {
    const idle = makeVocab([...'abc'])
    run(
      idle.vocab,
      ['abc'],
      Array.from({ length: 2000 }, (_, k) => k % 2),
    )
    // Only measuring the two tokens, each alone and twice.
    expect(idle.decodedIds()).toBe(6)

    const busy = makeVocab([...'abc'])
    run(busy.vocab, ['abc'], new Array<number>(2000).fill(2))
    expect(busy.decodedIds()).toBeLessThan(2000 * 10)
  })
})
