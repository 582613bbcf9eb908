// A tokenizer with one token per character, for small models trained from nothing. Ids: 0 `<pad>`, 1 `<eos>`, 2 `<bos>`,
// then the alphabet by code point. Its tokenizer.json is a BPE model without merges, which every Hugging Face reader
// cuts into characters; encoding here is a Map lookup, since it sits in the loop of reinforcement learning.
// Differs from Hugging Face in one thing: an unknown character is an error, where they drop it silently.
import { GradusError } from '../base/error.ts'
import type { TokenIds } from '../contracts/index.ts'
import { findSpecialIds } from './special-ids.ts'
import type { Tokenizer, TokenizerConfig, TokenizerConfigOptions, TokenizerJson } from './tokenizer.ts'
import { SPECIAL_TOKENS, specialTokenEntries, tokenizerConfig } from './tokenizer.ts'

/** What {@link charTokenizer} can be told besides its alphabet. */
export interface CharTokenizerOptions extends Pick<TokenizerConfigOptions, 'modelMaxLength'> {
  /** Jinja source. */
  readonly chatTemplate?: string
}

/**
 * A tokenizer over the distinct characters (code points) of `alphabet`.
 *
 * @throws `config/bad-alphabet` when the alphabet is empty or holds half of a surrogate pair.
 * @example
 * charTokenizer('+=12').encode('1+1=2') // Int32Array [5, 3, 5, 4, 6]
 */
export function charTokenizer(alphabet: string, options: CharTokenizerOptions = {}): Tokenizer {
  const { chatTemplate, ...limits } = options
  if (alphabet === '' || /\p{Surrogate}/u.test(alphabet)) {
    throw new GradusError('config/bad-alphabet', `not an alphabet: ${JSON.stringify(alphabet)}`, {
      hint: 'pass a string with every character that prompts and completions may hold',
    })
  }
  const specials = Object.values(SPECIAL_TOKENS)
  const codes = [...new Set(Array.from(alphabet, codeOf))].sort((a, b) => a - b)
  const texts = [...specials, ...codes.map((code) => String.fromCodePoint(code))]
  const json: TokenizerJson = {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: specialTokenEntries(specials),
    normalizer: null,
    pre_tokenizer: null,
    post_processor: null,
    decoder: { type: 'Fuse' },
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: false,
      vocab: Object.fromEntries(texts.map((text, id) => [text, id])),
      merges: [],
    },
  }
  return charTokenizerFromJson(json, tokenizerConfig(limits), chatTemplate)
}

/** True when a tokenizer.json only ever cuts text into single characters and whole added tokens. */
export function isCharTokenizerJson(json: TokenizerJson): boolean {
  const { model, decoder } = json
  const names = new Set(json.added_tokens.map((token) => token.content))
  return (
    model.type === 'BPE' &&
    Array.isArray(model.merges) &&
    model.merges.length === 0 &&
    !(model.unk_token || model.byte_fallback || model.end_of_word_suffix || model.continuing_subword_prefix) &&
    !(json.normalizer || json.pre_tokenizer || json.post_processor) &&
    typeof decoder === 'object' &&
    decoder !== null &&
    'type' in decoder &&
    decoder.type === 'Fuse' &&
    json.added_tokens.every((token) => !(token.lstrip || token.rstrip || token.single_word)) &&
    vocabOf(json).every(([text]) => names.has(text) || text.length === (codeOf(text) > 0xffff ? 2 : 1))
  )
}

/** The tokenizer of a tokenizer.json that {@link isCharTokenizerJson} accepts. */
export function charTokenizerFromJson(json: TokenizerJson, config: TokenizerConfig, chatTemplate?: string): Tokenizer {
  const names: string[] = []
  const texts: string[] = []
  const idOf = new Map<number, number>()
  const added = [...json.added_tokens].sort((a, b) => b.content.length - a.content.length)
  const addedIds = new Map(added.map((token) => [token.content, token.id]))
  const addedStarts = new Set(added.map((token) => codeOf(token.content)))
  for (const [text, id] of vocabOf(json)) {
    if (addedIds.has(text)) continue
    idOf.set(codeOf(text), id)
    names[id] = text
    texts[id] = text
  }
  for (const token of added) {
    names[token.id] = token.content
    texts[token.id] = token.special ? '' : token.content
  }

  function encode(text: string): TokenIds {
    const ids = new Int32Array(text.length)
    let count = 0
    let at = 0
    while (at < text.length) {
      const code = text.codePointAt(at) ?? 0
      const token = addedStarts.has(code) ? added.find(({ content }) => text.startsWith(content, at)) : undefined
      const id = token?.id ?? idOf.get(code)
      if (id === undefined) throw unknownCharacter(code, at)
      ids[count++] = id
      at += token?.content.length ?? (code > 0xffff ? 2 : 1)
    }
    return count === ids.length ? ids : ids.slice(0, count)
  }

  function decode(ids: ArrayLike<number>): string {
    let text = ''
    for (let i = 0; i < ids.length; i++) text += texts[ids[i]] ?? ''
    return text
  }

  return {
    ...findSpecialIds(config, (text) => addedIds.get(text) ?? idOf.get(codeOf(text))),
    size: names.length,
    json,
    config,
    chatTemplate,
    encode,
    decode,
    token: (id) => names[id] ?? '',
  }
}

function codeOf(text: string): number {
  return text.codePointAt(0) ?? 0
}

function vocabOf(json: TokenizerJson): [string, number][] {
  return Object.entries(json.model.vocab as Record<string, number>)
}

function unknownCharacter(code: number, at: number): GradusError {
  const shown = JSON.stringify(String.fromCodePoint(code))
  const point = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
  return new GradusError('render/unknown-character', `no token for character ${shown} (${point}) at position ${at}`, {
    hint: "add it to the task's alphabet before the model is made, or use a byte-level tokenizer, which knows every text",
  })
}
