// Marked stretches of texts.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutAt, findAll, stretches } from './ranges.ts'

describe('what a search finds', () => {
  it('is every place, whatever the case, without overlaps', () => {
    expect(findAll('Abab AB', 'ab')).toEqual([
      { from: 0, to: 2 },
      { from: 2, to: 4 },
      { from: 5, to: 7 },
    ])
    expect(findAll('aaa', 'aa')).toEqual([{ from: 0, to: 2 }])
  })

  it('is nothing for an empty search', () => {
    expect(findAll('abc', '')).toEqual([])
  })

  it('takes signs for what they are, not for a pattern', () => {
    expect(findAll('a.b (c)', '(c)')).toEqual([{ from: 4, to: 7 }])
    expect(findAll('axb', 'a.b')).toEqual([])
  })

  it('is in its right place after a letter that grows in lower case', () => {
    expect(findAll('İİ x', 'x')).toEqual([{ from: 3, to: 4 }])
  })
})

describe('stretches', () => {
  it('cut the text at the ranges', () => {
    expect(stretches('abcdef', [{ from: 1, to: 3 }])).toEqual([
      { text: 'a', isMarked: false },
      { text: 'bc', isMarked: true },
      { text: 'def', isMarked: false },
    ])
  })

  it('end where they are told to, also inside a range', () => {
    expect(stretches('abcdef', [{ from: 1, to: 5 }], 3)).toEqual([
      { text: 'a', isMarked: false },
      { text: 'bc', isMarked: true },
    ])
    expect(stretches('abcdef', [{ from: 4, to: 5 }], 3)).toEqual([{ text: 'abc', isMarked: false }])
  })

  it('make up the text again', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ maxLength: 2 }), (text, search) => {
        const parts = stretches(text, findAll(text, search))
        expect(parts.map((part) => part.text).join('')).toBe(text)
        for (const part of parts) {
          if (part.isMarked) expect(part.text.toLowerCase()).toBe(search.toLowerCase())
        }
      }),
    )
  })
})

describe('where a long text is cut', () => {
  it('is after the lines or the units, whichever is less', () => {
    expect(cutAt('a\nb\nc\nd', 2, 100)).toBe(3)
    expect(cutAt('abcdef', 2, 4)).toBe(4)
    expect(cutAt('ab\ncd', 3, 100)).toBe(5)
    expect(cutAt('', 3, 100)).toBe(0)
  })

  it('is never inside a character', () => {
    expect(cutAt('a😀b', 3, 2)).toBe(1)
    expect(cutAt('a😀b', 3, 3)).toBe(3)
  })
})
