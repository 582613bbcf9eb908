// Character tokenizer: ids by hand, round trips, and equality with the library reading its tokenizer.json.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { charTokenizer, isCharTokenizerJson } from './char-tokenizer.ts'
import { LibraryTokenizer } from './hugging-face.ts'
import { tokenizerConfig, tokenizerFromJson, trainBpe } from './index.ts'

const ALPHABET = '0123456789+-*/= \n\r\t<>|abcdeops漢é🙂"\\\u0085\ufeff\u2028'

/** Texts of the alphabet with the names of special tokens, whole and broken, in between. */
const texts = fc
  .array(fc.oneof(fc.constantFrom(...ALPHABET), fc.constantFrom('<eos>', '<pad>', '<bos>', '<eo', 'eos>', '<<pad>')))
  .map((parts) => parts.join(''))

const thrown = (action: () => unknown): unknown => {
  try {
    action()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}

describe('charTokenizer', () => {
  it('numbers special tokens 0, 1, 2 and then the distinct characters by code point', () => {
    const tokenizer = charTokenizer('2+1=+🙂é')
    expect([tokenizer.pad, tokenizer.eos, tokenizer.bos, tokenizer.size]).toEqual([0, 1, 2, 9])
    expect(Array.from({ length: 10 }, (_, id) => tokenizer.token(id))).toEqual([
      '<pad>',
      '<eos>',
      '<bos>',
      '+',
      '1',
      '2',
      '=',
      'é',
      '🙂',
      '',
    ])
    expect(tokenizer.encode('1+1=2🙂')).toEqual(Int32Array.of(4, 3, 4, 6, 5, 8))
  })

  it('keeps the id of a digit, although JavaScript objects put such keys first', () => {
    expect(charTokenizer(' 10').encode('01 ')).toEqual(Int32Array.of(4, 5, 3))
  })

  it('decodes what it encoded', () => {
    const tokenizer = charTokenizer(ALPHABET)
    const property = fc.property(fc.string({ unit: fc.constantFrom(...ALPHABET) }), (text) => {
      fc.pre(!/<(pad|eos|bos)>/.test(text))
      expect(tokenizer.decode(tokenizer.encode(text))).toBe(text)
    })
    fc.assert(property)
  })

  it('gives the ids and texts that the library gives with its tokenizer.json', () => {
    const tokenizer = charTokenizer(ALPHABET)
    const library = new LibraryTokenizer(JSON.parse(JSON.stringify(tokenizer.json)), tokenizer.config)
    const property = fc.property(texts, (text) => {
      const ids = [...tokenizer.encode(text)]
      expect(ids).toEqual(library.encode(text).ids)
      const visible = ids.filter((id) => id > 2)
      expect(tokenizer.decode(ids)).toBe(visible.length === 0 ? '' : library.decode(visible))
    })
    fc.assert(property, { numRuns: 300 })
  })

  it('reads the name of a special token as that token and leaves it out when decoding', () => {
    const tokenizer = charTokenizer('<eos>')
    expect(tokenizer.encode('<<eos>>')).toEqual(Int32Array.of(3, 1, 4))
    expect(tokenizer.decode([3, 1, 4])).toBe('<>')
  })

  it('decodes ids that it does not have to nothing', () => {
    expect(charTokenizer('a').decode([-1, 3, 99, Number.NaN, 3])).toBe('aa')
  })

  it('names an unknown character and where it is', () => {
    const error = thrown(() => charTokenizer('ab🙂').encode('a🙂🚀b'))
    expect(error).toMatchObject({ code: 'render/unknown-character' })
    expect(String(error)).toContain('"🚀" (U+1F680) at position 3')
    expect(String(thrown(() => charTokenizer('a').encode('\n')))).toContain('"\\n" (U+000A) at position 0')
    expect(thrown(() => charTokenizer('🙂').encode('\ud83d'))).toMatchObject({ code: 'render/unknown-character' })
  })

  it('refuses alphabets that cannot be written down', () => {
    expect(thrown(() => charTokenizer(''))).toMatchObject({ code: 'config/bad-alphabet' })
    expect(thrown(() => charTokenizer('a\ud83d'))).toMatchObject({ code: 'config/bad-alphabet' })
  })

  it('writes the limits and the template that it is given', () => {
    const tokenizer = charTokenizer('a', { modelMaxLength: 64, chatTemplate: '{{ messages }}' })
    expect(tokenizer.config).toEqual(tokenizerConfig({ modelMaxLength: 64 }))
    expect(tokenizer.chatTemplate).toBe('{{ messages }}')
  })
})

describe('a character tokenizer made again from its json', () => {
  it('still refuses unknown characters, which the library would drop', () => {
    const { json, config } = charTokenizer('ab')
    const again = tokenizerFromJson(JSON.parse(JSON.stringify(json)), config)
    expect(again.encode('ab')).toEqual(Int32Array.of(3, 4))
    expect(thrown(() => again.encode('abc'))).toMatchObject({ code: 'render/unknown-character' })
  })

  it('takes the longest added token, and shows those that are not special', () => {
    const { json, config } = charTokenizer('ab')
    const added = ['<e', '<eo'].map((content, i) => ({ id: 5 + i, content }))
    const again = tokenizerFromJson({ ...json, added_tokens: [...added, ...json.added_tokens] }, config)
    const library = new LibraryTokenizer(again.json, config)
    expect(again.encode('a<eos><eob<ea')).toEqual(Int32Array.of(3, 1, 6, 4, 5, 3))
    expect(library.encode('a<eos><eob<ea').ids).toEqual([3, 1, 6, 4, 5, 3])
    expect(again.decode([3, 1, 6, 4])).toBe('a<eob')
  })

  it('is recognised by what it does, not by its name', () => {
    const { json } = charTokenizer('ab')
    expect(isCharTokenizerJson(json)).toBe(true)
    expect(isCharTokenizerJson({ ...json, normalizer: { type: 'NFC' } })).toBe(false)
    expect(isCharTokenizerJson({ ...json, decoder: null })).toBe(false)
    expect(isCharTokenizerJson({ ...json, model: { ...json.model, vocab: { ab: 0 } } })).toBe(false)
    expect(isCharTokenizerJson(trainBpe([''], { vocabSize: 259 }))).toBe(false)
  })
})
