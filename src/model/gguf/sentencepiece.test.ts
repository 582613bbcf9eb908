// Tokenizers in the manner of SentencePiece: scores by the order of merges, and what llama.cpp would merge otherwise.
import { describe, expect, it } from 'vitest'
import { byteTokens } from './sentencepiece.ts'
import { ggufVocabulary, tokenTypes } from './vocabulary.ts'

const replace = { type: 'Replace', pattern: { String: ' ' }, content: '▁' }
const prepend = { type: 'Prepend', prepend: '▁' }

/** A tokenizer.json with `<unk>`, all bytes and these pieces. */
function jsonOf(pieces: readonly string[], merges: readonly string[], more: Readonly<Record<string, unknown>> = {}) {
  const tokens = ['<unk>', ...byteTokens, ...pieces]
  return {
    added_tokens: [{ id: 0, content: '<unk>', special: true }],
    normalizer: { type: 'Sequence', normalizers: [prepend, replace] },
    pre_tokenizer: null,
    decoder: { type: 'Sequence' },
    model: {
      type: 'BPE',
      unk_token: '<unk>',
      byte_fallback: true,
      vocab: Object.fromEntries(tokens.map((token, id) => [token, id])),
      merges,
    },
    ...more,
  }
}

const size = 1 + 256 + 5
const good = jsonOf(['▁', 'a', 'b', 'ab', '▁ab'], ['a b', '▁ ab'])
const refusal = (text: string) =>
  expect.objectContaining({ code: 'model/gguf-tokenizer', message: expect.stringContaining(text) })

describe('a tokenizer with byte fallback', () => {
  it('gets a score for every token that is merged, the first made the highest', () => {
    const { merging, types, tokens, unknownId, notes } = ggufVocabulary(good, size)
    if (merging.kind !== 'pieces') throw new Error(merging.kind)
    expect([...merging.scores.slice(257)]).toEqual([0, 0, 0, -1, -2])
    expect(merging.addSpacePrefix).toBe(true)
    expect([tokens[1], tokens[256], types[1], types[256]]).toEqual([
      '<0x00>',
      '<0xFF>',
      tokenTypes.byte,
      tokenTypes.byte,
    ])
    expect([types[0], types[257], unknownId, notes]).toEqual([tokenTypes.control, tokenTypes.normal, 0, []])
  })

  it.each<[string, boolean, Readonly<Record<string, unknown>>]>([
    ['Replace alone', false, { normalizer: replace }],
    [
      'Metaspace that never prepends',
      false,
      {
        normalizer: null,
        pre_tokenizer: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'never', split: false },
      },
    ],
  ])('is known with %s', (_what, addSpacePrefix, more) => {
    expect(ggufVocabulary({ ...good, ...more }, size).merging).toMatchObject({ addSpacePrefix })
  })

  it.each<[string, unknown]>([
    ['"a" and "b" are not merged into "ab"', jsonOf(['▁', 'a', 'b', 'ab', '▁ab'], ['▁ ab'])],
    // A character without a token is a symbol of a text all the same.
    ['"a" and "ü" are not merged', jsonOf(['▁', 'a', 'b', 'aü', '▁a'], ['▁ a'])],
    ['do not follow each other', jsonOf(['a', 'b', 'ab', 'ba', 'aba'], ['a b', 'b a', 'ab a', 'a b', 'a ba'])],
    ['makes no token', jsonOf(['▁', 'a', 'b', 'ab', '▁ab'], ['a b', '▁ ab', 'b a'])],
    ['does not write spaces', { ...good, normalizer: null }],
    [
      'prepend_scheme first',
      { ...good, normalizer: null, pre_tokenizer: { type: 'Metaspace', prepend_scheme: 'first' } },
    ],
  ])('is refused where %s', (what, json) => {
    expect(() => ggufVocabulary(json, size)).toThrow(refusal(what))
  })
})
