// Tokenizers read through the library: byte-level and Llama 2 kinds, hostile ids, broken files.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LibraryTokenizer, spellOutSplit } from './hugging-face.ts'
import type { TokenizerJson } from './index.ts'
import { tokenizerConfig, tokenizerFromJson, trainBpe } from './index.ts'

const byteLevel = trainBpe(['the cat sat on the mat', '漢字 漢字'], {
  vocabSize: 280,
  specialTokens: ['<pad>', '<eos>'],
})
const byteLevelConfig = tokenizerConfig({ bos: null })

const byteLevelOnly = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: false }

/** A small vocabulary of the Llama 2 kind: `▁` for spaces, bytes as `<0xNN>`, a first space that decoding drops. */
const llama: TokenizerJson = {
  added_tokens: ['<unk>', '<s>', '</s>'].map((content, id) => ({ id, content, special: true })),
  normalizer: {
    type: 'Sequence',
    normalizers: [
      { type: 'Prepend', prepend: '▁' },
      { type: 'Replace', pattern: { String: ' ' }, content: '▁' },
    ],
  },
  pre_tokenizer: null,
  post_processor: {
    type: 'TemplateProcessing',
    single: [{ SpecialToken: { id: '<s>', type_id: 0 } }, { Sequence: { id: 'A', type_id: 0 } }],
    pair: [{ Sequence: { id: 'A', type_id: 0 } }, { Sequence: { id: 'B', type_id: 1 } }],
    special_tokens: { '<s>': { id: '<s>', ids: [1], tokens: ['<s>'] } },
  },
  decoder: {
    type: 'Sequence',
    decoders: [
      { type: 'Replace', pattern: { String: '▁' }, content: ' ' },
      { type: 'ByteFallback' },
      { type: 'Fuse' },
      { type: 'Strip', content: ' ', start: 1, stop: 0 },
    ],
  },
  model: {
    type: 'BPE',
    unk_token: '<unk>',
    fuse_unk: true,
    byte_fallback: true,
    ignore_merges: false,
    vocab: Object.fromEntries(
      ['<unk>', '<s>', '</s>', '▁', 'a', '▁a', '<0xC3>', '<0xA9>', '<0xE2>'].map((token, id) => [token, id]),
    ),
    merges: [['▁', 'a']],
  },
}
const llamaConfig = { bos_token: '<s>', eos_token: { content: '</s>' }, clean_up_tokenization_spaces: true }

describe('a byte-level tokenizer', () => {
  const tokenizer = tokenizerFromJson(byteLevel, byteLevelConfig)

  it('decodes well-formed text as the library does', () => {
    const library = new LibraryTokenizer(byteLevel, byteLevelConfig)
    const property = fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (text) => {
      const ids = library.encode(text).ids
      expect(tokenizer.decode(ids)).toBe(library.decode(ids))
    })
    fc.assert(property, { numRuns: 100 })
  })

  it('never throws when decoding, whatever the ids', () => {
    const property = fc.property(fc.array(fc.integer({ min: -2, max: 400 })), (ids) => {
      expect(typeof tokenizer.decode(Int32Array.from(ids))).toBe('string')
      for (const id of ids) expect(typeof tokenizer.token(id)).toBe('string')
    })
    fc.assert(property)
  })

  it('writes half a character as U+FFFD and the whole one as itself', () => {
    const [first, second] = tokenizer.encode('é')
    expect(tokenizer.token(first)).toBe('\uFFFD')
    expect(tokenizer.decode([first])).toBe('\uFFFD')
    expect(tokenizer.decode([first, second])).toBe('é')
  })

  it('leaves special tokens out of texts, but names them one by one', () => {
    const ids = tokenizer.encode('a<eos>b')
    expect(ids).toEqual(Int32Array.of(66, 1, 67))
    expect(tokenizer.decode(ids)).toBe('ab')
    expect(tokenizer.token(1)).toBe('<eos>')
    expect(tokenizer.token(66)).toBe('a')
  })

  it('shows added tokens that are not special', () => {
    const added = [...byteLevel.added_tokens, { id: 280, content: '<think é>', special: false }]
    const thinking = tokenizerFromJson({ ...byteLevel, added_tokens: added }, byteLevelConfig)
    expect(thinking.size).toBe(281)
    expect(thinking.encode('a<think é>')).toEqual(Int32Array.of(66, 280))
    expect(thinking.decode([66, 280])).toBe('a<think é>')
    expect(thinking.token(280)).toBe('<think é>')
  })

  it('decodes nothing to nothing', () => {
    expect(tokenizer.encode('')).toEqual(new Int32Array(0))
    expect(tokenizer.decode([])).toBe('')
    expect(tokenizer.decode([0, 1])).toBe('')
  })

  it('cuts at U+0085 as a space and at U+FEFF as none, even where the file leaves the split to ByteLevel', () => {
    const gpt2 = trainBpe(['a\u0085 \ufeffb'], {
      vocabSize: 280,
      minFrequency: 1,
      split: 'gpt2',
      specialTokens: ['<eos>'],
    })
    const left = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true }
    const config = tokenizerConfig({ pad: '<eos>', bos: null })
    const spelt = tokenizerFromJson(gpt2, config)
    const unspelt = tokenizerFromJson({ ...gpt2, pre_tokenizer: left }, config)
    for (const text of ['a\u0085 \ufeffb', '\u0085\u0085a', ' \ufeff\ufeffb']) {
      expect(unspelt.encode(text)).toEqual(spelt.encode(text))
    }
    expect(unspelt.json.pre_tokenizer).toBe(left)
    expect(spellOutSplit({ ...left, add_prefix_space: true })).toEqual({ ...left, add_prefix_space: true })
  })
})

describe('digits one by one', () => {
  it('are the number signs of all scripts, as in the original', () => {
    const [split] = [spellOutSplit({ type: 'Digits', individual_digits: true })]
    expect(split).toMatchObject({ type: 'Split', pattern: { Regex: '\\p{N}' }, behavior: 'Isolated' })
    const json = { ...byteLevel, pre_tokenizer: { type: 'Sequence', pretokenizers: [split, byteLevelOnly] } }
    const withDigits = tokenizerFromJson(json as TokenizerJson, byteLevelConfig)
    expect(withDigits.decode(withDigits.encode('a½²١12'))).toBe('a½²١12')
    const joined = { type: 'Digits', individual_digits: false }
    expect(spellOutSplit(joined)).toBe(joined)
  })
})

describe('a tokenizer of the Llama 2 kind', () => {
  const tokenizer = tokenizerFromJson(llama, llamaConfig)

  it('adds no tokens of its own, but says that the model expects one', () => {
    expect(tokenizer.encode('a a')).toEqual(Int32Array.of(5, 5))
    expect(tokenizer.prependsBos).toBe(true)
    expect(tokenizerFromJson({ ...llama, post_processor: null }, llamaConfig).prependsBos).toBe(false)
  })

  it('takes the end of sequence for padding where none is named', () => {
    expect([tokenizer.bos, tokenizer.eos, tokenizer.pad]).toEqual([1, 2, 2])
  })

  it('gives single tokens with the space that decoding drops at the start of a text', () => {
    expect(tokenizer.decode([5, 5])).toBe('a a')
    expect(tokenizer.token(5)).toBe(' a')
    expect(tokenizer.token(4)).toBe('a')
    expect(tokenizer.token(1)).toBe('<s>')
  })

  it('does not throw on broken characters or unknown ids', () => {
    expect(tokenizer.decode([6, 7])).toBe('é')
    expect(tokenizer.decode([8, 99, 4])).toBe('\uFFFDa')
    expect(tokenizer.token(8)).toBe('\uFFFD')
    expect(tokenizer.token(99)).toBe('')
    expect(tokenizer.decode([1, 2])).toBe('')
  })

  it('does not tidy spaces, whatever the config says', () => {
    const vocab = { ...(llama.model.vocab as object), '.': 9 }
    const dots = tokenizerFromJson({ ...llama, model: { ...llama.model, vocab } }, llamaConfig)
    expect(dots.decode([4, 3, 9])).toBe('a .')
  })
})

describe('tokenizerFromJson', () => {
  const code = (slug: string) => expect.objectContaining({ code: `render/${slug}` })

  it('refuses what is no tokenizer and says which part', () => {
    for (const json of [null, 'x', {}, { ...byteLevel, added_tokens: [{ id: -1, content: 'x' }] }]) {
      expect(() => tokenizerFromJson(json, byteLevelConfig)).toThrow(code('bad-tokenizer'))
    }
    expect(() => tokenizerFromJson({ ...byteLevel, model: { type: 'BPE', vocab: 3 } }, {})).toThrow(/model.vocab/)
    expect(() => tokenizerFromJson({ ...byteLevel, normalizer: { type: 'Martian' } }, {})).toThrow(
      code('bad-tokenizer'),
    )
    expect(() => tokenizerFromJson(byteLevel, { eos_token: 3 })).toThrow(/tokenizer_config.json/)
  })

  it('refuses to work without an end of sequence', () => {
    expect(() => tokenizerFromJson(byteLevel, {})).toThrow(code('no-eos-token'))
    expect(() => tokenizerFromJson(byteLevel, { eos_token: '</s>' })).toThrow(code('unknown-token'))
  })
})
