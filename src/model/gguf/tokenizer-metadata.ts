// The metadata of a tokenizer: vocabulary, tokens with a role, chat template.
import type { ModelConfig } from '../config.ts'
import { safeName } from './added-tokens.ts'
import { bool, type Metadata, text, u32 } from './format.ts'
import { type GgufVocabulary, ggufVocabulary } from './vocabulary.ts'

/** What of a tokenizer is written; that of src/text is one. */
export interface GgufTokenizer {
  /** The content of tokenizer.json. */
  readonly json: unknown
  /** True when the beginning-of-sequence token goes before every text. */
  readonly prependsBos?: boolean
  /** Jinja source. */
  readonly chatTemplate?: string
}

/** Keys for the tokens that end a sequence, in llama.cpp's order; it stops at any of them. */
const endKeys = ['eos_token_id', 'eot_token_id', 'eom_token_id'] as const

/**
 * Metadata of a tokenizer with the model's name, on which reading it depends, and what the reader of the file should know.
 * @throws `model/gguf-tokenizer`
 */
export function tokenizerMetadata(
  { vocabSize, eosId, otherEosIds = [], bosId, padId }: ModelConfig,
  { json, prependsBos = false, chatTemplate }: GgufTokenizer,
  name?: string,
): { readonly metadata: Metadata; readonly notes: readonly string[] } {
  const { tokens, types, merging, unknownId, trimsLikePhi3, notes } = ggufVocabulary(json, vocabSize)
  const ends = [eosId, ...otherEosIds]
  const roles: Metadata = Object.fromEntries(endKeys.slice(0, ends.length).map((key, i) => [key, u32(ends[i])]))
  const unnamed = ends.slice(endKeys.length).map((id) => tokens[id])
  const called = name ?? (trimsLikePhi3 ? 'model' : undefined)
  return {
    metadata: {
      ...(called !== undefined && { 'general.name': text(safeName(called, trimsLikePhi3)) }),
      ...under('tokenizer.ggml.', {
        ...mergingMetadata(merging),
        tokens: { kind: 'string-array', value: tokens },
        token_type: { kind: 'i32-array', value: types },
        // Absent, it would be token 11, whatever that is.
        bos_token_id: u32(bosId ?? eosId),
        ...roles,
        padding_token_id: u32(padId),
        ...(unknownId !== undefined && { unknown_token_id: u32(unknownId) }),
        add_bos_token: bool(prependsBos),
        add_eos_token: bool(false),
      }),
      ...(chatTemplate !== undefined && { 'tokenizer.chat_template': text(chatTemplate) }),
    },
    notes: [
      ...notes,
      ...(unnamed.length > 0
        ? [`llama.cpp may not stop at ${unnamed.join(' ')}: the file names three ends at most`]
        : []),
    ],
  }
}

function mergingMetadata(merging: GgufVocabulary['merging']): Metadata {
  switch (merging.kind) {
    case 'bytes':
      return {
        model: text('gpt2'),
        pre: text(merging.pre),
        merges: { kind: 'string-array', value: merging.merges },
      }
    case 'pieces':
      return {
        model: text('llama'),
        pre: text('default'),
        scores: { kind: 'f32-array', value: merging.scores },
        add_space_prefix: bool(merging.addSpacePrefix),
      }
    default:
      return merging satisfies never
  }
}

const under = (prefix: string, metadata: Metadata): Metadata =>
  Object.fromEntries(Object.entries(metadata).map(([key, value]) => [`${prefix}${key}`, value]))
