// What a reader gets to see of text that a model wrote, character by character.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { safePieces, visibleToken } from './visible-text.ts'

const shown = (text: string): string =>
  safePieces(text)
    .map((piece) => (piece.isSign ? `[${piece.text}]` : piece.text))
    .join('')

describe('a token with everything visible', () => {
  it.each([
    [' the', '·the'],
    ['\n', '⏎'],
    ['\r\n', '⟨CR⟩⏎'],
    ['\t x', '⇥·x'],
    ['\0', '⟨NUL⟩'],
    ['\u001b[31m', '⟨ESC⟩[31m'],
    ['\u007f', '⟨DEL⟩'],
    ['\u0085', '⟨U+0085⟩'],
    ['\u00a0', '⟨NBSP⟩'],
    ['\u2003', '⟨U+2003⟩'],
    ['a\u200bb', 'a⟨U+200B⟩b'],
    ['\u202eabc', '⟨U+202E⟩abc'],
    ['\ufe0f', '⟨U+FE0F⟩'],
    ['\u{e0041}', '⟨U+E0041⟩'],
    ['\ud83d', '⟨U+D83D⟩'],
    ['\u0301', '◌\u0301'],
    ['é😀中', 'é😀中'],
    ['', ''],
  ])('%j is shown as %j', (text, expected) => {
    expect(visibleToken(text)).toBe(expected)
  })

  it('has no character left that shows nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 0x10ffff })), (codes) => {
        expect(visibleToken(String.fromCodePoint(...codes))).not.toMatch(/[\p{Cc}\p{Cf}\p{Z}\p{Cs}]/u)
      }),
    )
  })
})

describe('text for reading', () => {
  it('keeps spaces, tabs and line ends', () => {
    expect(shown('a b\tc\nd')).toBe('a b\tc\nd')
  })

  it('shows what would reorder the text around it', () => {
    expect(shown('right\u202ethgir\u202c.')).toBe('right[⟨U+202E⟩]thgir[⟨U+202C⟩].')
  })

  it('shows carriage returns and line separators, which would break lines by surprise', () => {
    expect(shown('a\rb\u2028c')).toBe('a[⟨CR⟩]b[⟨U+2028⟩]c')
  })

  it('leaves emoji together that are joined from several', () => {
    expect(shown('👩‍🚀')).toBe('👩‍🚀')
  })

  it('puts neighbouring signs into one piece', () => {
    expect(safePieces('\0\u0001x')).toEqual([
      { text: '⟨NUL⟩⟨SOH⟩', isSign: true },
      { text: 'x', isSign: false },
    ])
  })

  it('gives plain text back unchanged', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(shown(text)).toBe(text)
      }),
    )
  })
})
