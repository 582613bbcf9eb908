// Tokenizers as llama.cpp's byte-level BPE: characters survive as bytes and merges, and what does not fit is refused.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BYTE_CHARACTERS } from '../../text/byte-level.ts'
import { charTokenizer, trainBpe } from '../../text/index.ts'
import { byteCharacters } from './byte-characters.ts'
import { preTokenizerName } from './pre-tokenizer.ts'
import { type ByteMerging, type GgufVocabulary, ggufVocabulary } from './vocabulary.ts'

/** Byte-level BPE in the plainest form: the pair with the first merge, again and again; what is no token goes. */
function naiveEncode({ tokens, merging }: GgufVocabulary, text: string): number[] {
  const { merges } = merging as ByteMerging
  let parts = Array.from(new TextEncoder().encode(text), (byte) => BYTE_CHARACTERS[byte])
  for (;;) {
    const ranks = parts.slice(1).map((right, i) => merges.indexOf(`${parts[i]} ${right}`))
    const best = Math.min(...ranks.filter((rank) => rank >= 0))
    if (best === Number.POSITIVE_INFINITY) break
    const at = ranks.indexOf(best)
    parts = [...parts.slice(0, at), parts[at] + parts[at + 1], ...parts.slice(at + 2)]
  }
  return parts.map((part) => tokens.indexOf(part)).filter((id) => id >= 0)
}

const refusal = (text: string) =>
  expect.objectContaining({ code: 'model/gguf-tokenizer', message: expect.stringContaining(text) })

describe('a character tokenizer', () => {
  it('becomes bytes, with merges for characters of several', () => {
    const vocabulary = ggufVocabulary(charTokenizer(' ab→é').json, 10)
    expect(vocabulary.tokens).toEqual(['<pad>', '<eos>', '<bos>', 'Ġ', 'a', 'b', 'Ã©', 'âĨĴ', '[PAD8]', '[PAD9]'])
    expect([...vocabulary.types]).toEqual([3, 3, 3, 1, 1, 1, 1, 1, 5, 5])
    expect((vocabulary.merging as ByteMerging).merges.toSorted()).toEqual(['Ã ©', 'â Ĩ', 'âĨ Ĵ'])
    expect(vocabulary.notes).toEqual([])
  })

  it('gives the same ids for every text over every alphabet', () => {
    const unit = fc.integer({ min: 0x20, max: 0x10ffff }).filter((code) => code < 0xd800 || code > 0xdfff)
    const alphabets = fc.uniqueArray(unit, { minLength: 1, maxLength: 12 })
    const near = fc.uniqueArray(fc.integer({ min: 0xf0, max: 0x130 }), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(fc.oneof(alphabets, near), fc.array(fc.nat(), { maxLength: 12 }), (codes, picks) => {
        const tokenizer = charTokenizer(String.fromCodePoint(...codes))
        const text = picks.map((pick) => String.fromCodePoint(codes[pick % codes.length])).join('')
        const vocabulary = ggufVocabulary(tokenizer.json, tokenizer.size)
        expect(naiveEncode(vocabulary, text)).toEqual([...tokenizer.encode(text)])
      }),
    )
  })
})

describe('a byte-level tokenizer', () => {
  const json = trainBpe(['the then them 12 12'], { vocabSize: 264 })

  it('keeps tokens, merges in both spellings, and its cutting', () => {
    const vocabulary = ggufVocabulary(json, 264)
    expect(vocabulary.tokens.length).toBe(264)
    expect((vocabulary.merging as ByteMerging).merges.slice(0, 2)).toEqual(['h e', 't he'])
    expect((vocabulary.merging as ByteMerging).pre).toBe('qwen2')
    const spaced = { ...json.model, merges: (json.model.merges as string[][]).map((pair) => pair.join(' ')) }
    expect(ggufVocabulary({ ...json, model: spaced }, 264)).toEqual(vocabulary)
  })

  it('says where texts will be cut differently', () => {
    const added = [...json.added_tokens, { id: 264, content: '<x>', rstrip: true }]
    const vocabulary = ggufVocabulary({ ...json, added_tokens: added, normalizer: { type: 'NFC' } }, 265)
    expect(vocabulary.types[264]).toBe(4)
    expect(vocabulary.notes).toEqual([expect.stringContaining('NFC'), expect.stringContaining('<x>')])
  })

  it.each<[string, (file: typeof json) => unknown]>([
    ['its model is Unigram', (file) => ({ ...file, model: { ...file.model, type: 'Unigram' } })],
    ['has no token <0x00>', (file) => ({ ...file, model: { ...file.model, byte_fallback: true } })],
    [
      'unknown bytes as <pad>',
      (file) => ({ ...file, model: { ...file.model, unk_token: '<pad>', vocab: { '<pad>': 0 } } }),
    ],
    ['its decoder is Metaspace', (file) => ({ ...file, decoder: { type: 'Metaspace' } })],
    ['it normalises text by Lowercase', (file) => ({ ...file, normalizer: { type: 'Lowercase' } })],
    ['are both "t"', (file) => ({ ...file, added_tokens: [...file.added_tokens, { id: 263, content: 't' }] })],
    ['has id 300', (file) => ({ ...file, added_tokens: [...file.added_tokens, { id: 300, content: '<x>' }] })],
    ['tokenizer.json, model.vocab', (file) => ({ ...file, model: { ...file.model, vocab: ['a'] } })],
    ['the merge "a b c"', (file) => ({ ...file, model: { ...file.model, merges: ['a b c'] } })],
  ])('is refused where %s', (what, change) => {
    expect(() => ggufVocabulary(change(json), 264)).toThrow(refusal(what))
  })
})

describe('byteCharacters', () => {
  it('is the table that decoding uses', () => {
    const text = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code)).join('')
    expect(byteCharacters(text)).toEqual(BYTE_CHARACTERS.slice(0, 128))
    expect(byteCharacters('é\u00ad\u{10ffff}')).toEqual(
      [0xc3, 0xa9, 0xc2, 0xad, 0xf4, 0x8f, 0xbf, 0xbf].map((byte) => BYTE_CHARACTERS[byte]),
    )
  })
})

describe('preTokenizerName', () => {
  const bytes = { type: 'ByteLevel', add_prefix_space: false, use_regex: false }
  const split = (regex: string, more = {}) => ({
    type: 'Split',
    pattern: { Regex: regex },
    behavior: 'Isolated',
    ...more,
  })
  const sequence = (...pretokenizers: unknown[]) => ({ type: 'Sequence', pretokenizers })
  const qwen2 = String.raw`(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`
  const llama3 = qwen2.replace(String.raw`\p{N}|`, String.raw`\p{N}{1,3}|`)

  it.each<[string, unknown, boolean]>([
    ['gpt-2', { ...bytes, use_regex: true }, false],
    ['smollm', sequence({ type: 'Digits', individual_digits: true }, { ...bytes, use_regex: true }), false],
    ['qwen2', sequence(split(qwen2), bytes), false],
    ['qwen2', sequence(split(qwen2, { behavior: 'Removed', invert: true }), bytes), false],
    ['dbrx', sequence(split(llama3), bytes), false],
    ['llama-bpe', sequence(sequence(split(llama3)), bytes), true],
  ])('knows %s', (name, preTokenizer, ignoreMerges) => {
    expect(preTokenizerName(preTokenizer, ignoreMerges)).toBe(name)
  })

  it.each<[string, unknown, boolean]>([
    ['does not know', sequence(split(`${qwen2}|x`), bytes), false],
    ['does not know', sequence(split(qwen2, { behavior: 'MergedWithNext' }), bytes), false],
    ['does not know', sequence(split(String.raw`\p{N}`, { behavior: 'Removed', invert: true }), bytes), false],
    ['has no way of cutting', sequence(split(qwen2), bytes), true],
    ['has no way of cutting', bytes, false],
    ['space before every text', { ...bytes, add_prefix_space: true }, false],
    ['does not end in bytes', split(qwen2), false],
    ['Metaspace', sequence({ type: 'Metaspace' }, bytes), false],
    ['no pre_tokenizer', null, false],
  ])('refuses, as it %s', (what, preTokenizer, ignoreMerges) => {
    expect(() => preTokenizerName(preTokenizer, ignoreMerges)).toThrow(refusal(what))
  })

  it('gives up on deep nesting', () => {
    const deep = Array.from({ length: 10_000 }).reduce((inner) => sequence(inner), bytes)
    expect(() => preTokenizerName(deep, false)).toThrow(refusal('pre_tokenizer'))
  })
})
