// Pieces of text against the decoding of all tokens, for tokens that are characters, and for tokens that are bytes.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { charTokenizer, type Tokenizer, tokenizerConfig, tokenizerFromJson, trainBpe } from '../../text/index.ts'
import { GrowingText } from './growing-text.ts'

const bytes: Tokenizer = tokenizerFromJson(trainBpe(['aaa é é € 😀'], { vocabSize: 265 }), tokenizerConfig())
const letters = charTokenizer('ab é😀')

/** The pieces that `cuts` (numbers of tokens read at once) give. */
function pieces(tokenizer: Tokenizer, ids: Int32Array, cuts: readonly number[], before?: Int32Array): string[] {
  const growing = new GrowingText(tokenizer, before)
  const out: string[] = []
  for (let at = 0, i = 0; at < ids.length; i++) {
    at = Math.min(ids.length, at + (cuts[i % cuts.length] ?? 1))
    out.push(growing.read(ids, at, at === ids.length))
  }
  return out
}

describe('GrowingText', () => {
  it('holds back a character until its last byte', () => {
    const ids = Int32Array.from([...new TextEncoder().encode('a😀b')].map((byte) => byteId(byte)))
    expect(pieces(bytes, ids, [1])).toEqual(['a', '', '', '', '😀', 'b'])
  })

  it('gives at the end what never became a character', () => {
    const ids = Int32Array.from([0x61, 0xf0, 0x9f], byteId)
    expect(pieces(bytes, ids, [1])).toEqual(['a', '', '\uFFFD'])
  })

  it('completes a character that the prompt began', () => {
    const [first, second] = [...new TextEncoder().encode('é')].map(byteId)
    expect(pieces(bytes, Int32Array.of(second), [1], Int32Array.of(first))).toEqual(['é'])
  })

  it('gives nothing for special tokens', () => {
    const ids = Int32Array.of(letters.eos, letters.encode('a')[0], letters.eos)
    expect(pieces(letters, ids, [1])).toEqual(['', 'a', ''])
  })

  it('adds up to the decoding of all tokens, however many come at once', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', 'é', '😀'), maxLength: 60 })
    const cuts = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(text, cuts, fc.constantFrom(bytes, letters), (written, some, tokenizer) => {
        const given = pieces(tokenizer, tokenizer.encode(written), some)
        expect(given.join('')).toBe(written)
        for (const piece of given) expect(piece).not.toContain('\uFFFD')
      }),
    )
  })

  it('adds up also when the tokens are no text', () => {
    const any = fc.array(fc.integer({ min: 0, max: bytes.size - 1 }), { maxLength: 80 })
    fc.assert(
      fc.property(any, fc.integer({ min: 1, max: 5 }), (list, cut) => {
        const ids = Int32Array.from(list)
        expect(pieces(bytes, ids, [cut]).join('')).toBe(bytes.decode(ids))
      }),
    )
  })

  it('decodes a window, not the whole', () => {
    let longest = 0
    const decode = (ids: ArrayLike<number>): string => {
      longest = Math.max(longest, ids.length)
      return letters.decode(ids)
    }
    const ids = letters.encode('ab'.repeat(2000))
    const growing = new GrowingText({ ...letters, decode })
    let text = ''
    for (let t = 1; t <= ids.length; t++) text += growing.read(ids, t)
    expect(text).toBe('ab'.repeat(2000))
    expect(longest).toBeLessThan(64)
  })
})

function byteId(byte: number): number {
  for (let id = 0; id < bytes.size; id++) {
    const name = (bytes.json.model.vocab as Record<string, number>)[byteCharacter(byte)]
    if (name === id) return id
  }
  throw new Error(`no token for byte ${byte}`)
}

/** How GPT-2 writes a byte. */
function byteCharacter(byte: number): string {
  const visible = (b: number): boolean => (b >= 0x21 && b <= 0x7e) || (b >= 0xa1 && b <= 0xac) || b >= 0xae
  if (visible(byte)) return String.fromCharCode(byte)
  let hidden = 0
  for (let b = 0; b < byte; b++) if (!visible(b)) hidden++
  return String.fromCharCode(0x100 + hidden)
}
