// What a tokenizer is here: a `Vocab` that also carries the two Hugging Face files it is made of.
// Types and the writer of `tokenizer_config.json`; how text is cut is in the tokenizers themselves.
import type { Vocab } from '../contracts/index.ts'

/** One entry of `added_tokens`: text that is cut out before anything else looks at it. */
export interface AddedToken {
  readonly id: number
  readonly content: string
  /** Left out when decoding. */
  readonly special?: boolean
  readonly lstrip?: boolean
  readonly rstrip?: boolean
  readonly single_word?: boolean
  readonly normalized?: boolean
}

/** The content of `tokenizer.json`, as far as it is looked at; the rest passes through unchanged. */
export interface TokenizerJson {
  readonly version?: string
  readonly added_tokens: readonly AddedToken[]
  readonly normalizer: unknown
  readonly pre_tokenizer: unknown
  readonly post_processor: unknown
  readonly decoder: unknown
  readonly model: { readonly type?: string; readonly vocab: unknown; readonly [key: string]: unknown }
  readonly [key: string]: unknown
}

/** A special token in `tokenizer_config.json`: its text, alone or in an object. */
export type NamedToken = string | { readonly content: string; readonly [key: string]: unknown } | null

/** The content of `tokenizer_config.json`, as far as it is looked at. The chat template is kept apart. */
export interface TokenizerConfig {
  readonly tokenizer_class?: string
  readonly model_max_length?: number
  readonly pad_token?: NamedToken
  readonly eos_token?: NamedToken
  readonly bos_token?: NamedToken
  readonly [key: string]: unknown
}

/**
 * A vocabulary with the Hugging Face files that define it.
 *
 * `encode` adds no tokens of its own, but reads the name of a special token in the text as that token, as Hugging Face
 * does. `decode` never throws: broken UTF-8 becomes U+FFFD and unknown ids become nothing.
 */
export interface Tokenizer extends Vocab {
  readonly json: TokenizerJson
  readonly config: TokenizerConfig
  readonly bos?: number
  /** True when the model was trained with `bos` before every text; {@link renderPrompt} then writes it. */
  readonly prependsBos?: boolean
  /** Jinja source. */
  readonly chatTemplate?: string
}

/** Names of the special tokens of tokenizers made here; their ids are 0, 1 and 2. */
export const SPECIAL_TOKENS = { pad: '<pad>', eos: '<eos>', bos: '<bos>' } as const

/** What {@link tokenizerConfig} can be told. */
export interface TokenizerConfigOptions {
  /** Text of the padding token; default `<pad>`. */
  readonly pad?: string
  /** Text of the end-of-sequence token; default `<eos>`. */
  readonly eos?: string
  /** Text of the beginning-of-sequence token; default `<bos>`, null for none. */
  readonly bos?: string | null
  /** Longest sequence in tokens; by default no limit, which Hugging Face writes as 1e30. */
  readonly modelMaxLength?: number
}

/** The `tokenizer_config.json` of a tokenizer made here. */
export function tokenizerConfig(options: TokenizerConfigOptions = {}): TokenizerConfig {
  const {
    pad = SPECIAL_TOKENS.pad,
    eos = SPECIAL_TOKENS.eos,
    bos = SPECIAL_TOKENS.bos,
    modelMaxLength = 1e30,
  } = options
  return {
    tokenizer_class: 'PreTrainedTokenizerFast',
    pad_token: pad,
    eos_token: eos,
    bos_token: bos,
    model_max_length: modelMaxLength,
    // Would turn " ." into "." when decoding; a verifier has to see what was sampled.
    clean_up_tokenization_spaces: false,
  }
}

/** Entries of `added_tokens` for special tokens with ids 0, 1, 2, ... */
export function specialTokenEntries(contents: readonly string[]): AddedToken[] {
  const flags = { single_word: false, lstrip: false, rstrip: false, normalized: false, special: true }
  return contents.map((content, id) => ({ id, content, ...flags }))
}
