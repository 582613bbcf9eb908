// The parts of `@huggingface/tokenizers` that are used, with types: the library's own declarations import each other
// without file extensions, which TypeScript does not resolve for ES modules in Node.
import * as tokenizers from '@huggingface/tokenizers'
import { SPLIT_PATTERNS } from './split-patterns.ts'
import type { TokenizerConfig, TokenizerJson } from './tokenizer.ts'

/** The library's tokenizer. */
export interface LibraryTokenizer {
  /** Absent when the file has none. */
  readonly model: { readonly vocab: readonly (string | undefined)[] } | null
  /** `add_special_tokens` (default true): what the post-processor adds, such as a beginning-of-sequence token. */
  encode(text: string, options?: { add_special_tokens?: boolean }): { readonly ids: readonly number[] }
  /** Throws on an empty list. */
  decode(ids: readonly number[], options?: { clean_up_tokenization_spaces?: boolean }): string
  token_to_id(token: string): number | undefined
  id_to_token(id: number): string | undefined
}

/** The library's cutter of text by a regular expression in Oniguruma syntax. */
export interface LibrarySplitter {
  pre_tokenize_text(text: string): string[]
}

/** `pre_tokenizer` of type Split, as tokenizer.json has it. */
export interface SplitSettings {
  readonly type: 'Split'
  readonly pattern: { readonly Regex: string }
  readonly behavior: 'Isolated'
  readonly invert: boolean
}

/** The classes. */
export const { Tokenizer: LibraryTokenizer, SplitPreTokenizer: LibrarySplitter } = tokenizers as unknown as {
  readonly Tokenizer: new (json: TokenizerJson, config: TokenizerConfig) => LibraryTokenizer
  readonly SplitPreTokenizer: new (settings: SplitSettings) => LibrarySplitter
}

/**
 * The same `pre_tokenizer`, with GPT-2's split inside ByteLevel written as a Split of its own. The library cuts the two
 * differently: inside ByteLevel it takes JavaScript's `\s`, which lacks U+0085 and has U+FEFF, unlike the original.
 */
export function spellOutSplit(preTokenizer: unknown): unknown {
  if (typeof preTokenizer !== 'object' || preTokenizer === null) return preTokenizer
  const node = preTokenizer as Readonly<Record<string, unknown>>
  if (node.type === 'Sequence' && Array.isArray(node.pretokenizers)) {
    return { ...node, pretokenizers: node.pretokenizers.map(spellOutSplit) }
  }
  // The library knows ASCII digits alone; the original cuts at every number sign of Unicode.
  if (node.type === 'Digits' && node.individual_digits === true) return splitAt('\\p{N}')
  if (node.type !== 'ByteLevel' || node.use_regex === false || node.add_prefix_space !== false) return preTokenizer
  return { type: 'Sequence', pretokenizers: [splitAt(SPLIT_PATTERNS.gpt2), { ...node, use_regex: false }] }
}

const splitAt = (pattern: string): SplitSettings => ({
  type: 'Split',
  pattern: { Regex: pattern },
  behavior: 'Isolated',
  invert: false,
})
