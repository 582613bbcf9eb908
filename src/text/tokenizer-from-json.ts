// Makes a Tokenizer of the two Hugging Face files. Encoding is the `@huggingface/tokenizers` library's; decoding is ours
// for byte-level vocabularies (faster, and defined for every id). Knows no file system: see tokenizer-folder.ts.
import { z } from 'zod'
import { GradusError, messageOf } from '../base/error.ts'
import { byteLevelDecoder } from './byte-level.ts'
import { charTokenizerFromJson, isCharTokenizerJson } from './char-tokenizer.ts'
import { LibraryTokenizer, spellOutSplit } from './hugging-face.ts'
import { findSpecialIds } from './special-ids.ts'
import type { Tokenizer, TokenizerConfig, TokenizerJson } from './tokenizer.ts'

const tokenizerJson = z.looseObject({
  added_tokens: z.array(
    z.looseObject({ id: z.int().nonnegative(), content: z.string().min(1), special: z.boolean().optional() }),
  ),
  model: z.looseObject({
    type: z.string().optional(),
    vocab: z.custom((vocab) => typeof vocab === 'object' && vocab !== null, 'must be an object or a list'),
  }),
  decoder: z.looseObject({ type: z.string() }).nullable(),
})

const namedToken = z.union([z.string(), z.looseObject({ content: z.string() })]).nullish()
const tokenizerConfig = z.looseObject({ pad_token: namedToken, eos_token: namedToken, bos_token: namedToken })

/** Checks a parsed file; the schema changes nothing, so the value itself is kept and written back as it came. */
function check<T>(schema: z.ZodType, value: unknown, file: string): T {
  const result = schema.safeParse(value)
  if (result.success) return value as T
  throw new GradusError('render/bad-tokenizer', `${file}: ${z.prettifyError(result.error)}`, {
    hint: 'the folder needs the tokenizer.json and tokenizer_config.json of a Hugging Face "fast" tokenizer',
    cause: result.error,
  })
}

/**
 * The tokenizer that `tokenizer.json` and `tokenizer_config.json` describe; a character tokenizer is recognised and
 * gets its own fast encoder.
 *
 * @throws `render/bad-tokenizer` when the content is not a fast tokenizer's; `render/no-eos-token`,
 * `render/unknown-token` when its special tokens cannot be found.
 */
export function tokenizerFromJson(json: unknown, config: unknown, chatTemplate?: string): Tokenizer {
  const file = check<TokenizerJson>(tokenizerJson, json, 'tokenizer.json')
  const settings = check<TokenizerConfig>(tokenizerConfig, config, 'tokenizer_config.json')
  return isCharTokenizerJson(file)
    ? charTokenizerFromJson(file, settings, chatTemplate)
    : libraryTokenizer(file, settings, chatTemplate)
}

function libraryTokenizer(json: TokenizerJson, config: TokenizerConfig, chatTemplate?: string): Tokenizer {
  const library = load(json, config)
  const roles = findSpecialIds(config, (text) => library.token_to_id(text))
  const added = new Set(json.added_tokens.map((token) => token.id))
  const special = new Set(json.added_tokens.filter((token) => token.special).map((token) => token.id))
  for (const id of [roles.eos, roles.pad, roles.bos]) if (id !== undefined) special.add(id)

  const visible = (id: number): string | undefined => (special.has(id) ? undefined : library.id_to_token(id))
  const isByteLevel = (json.decoder as { type?: string } | null)?.type === 'ByteLevel'
  const decode = isByteLevel
    ? byteLevelDecoder(visible, (id) => added.has(id))
    : (ids: ArrayLike<number>): string => {
        const kept = Array.from(ids).filter((id) => visible(id) !== undefined)
        return kept.length === 0 ? '' : library.decode(kept, { clean_up_tokenization_spaces: false })
      }

  return {
    ...roles,
    prependsBos: roles.bos !== undefined && library.encode('a').ids[0] === roles.bos,
    size: library.model?.vocab.length ?? 0,
    json,
    config,
    chatTemplate,
    encode: (text) => Int32Array.from(library.encode(text, { add_special_tokens: false }).ids),
    decode,
    // Decoders may drop the space before a text's first word, so the second of two copies is the token as it reads.
    token: (id) => (special.has(id) ? (library.id_to_token(id) ?? '') : decode([id, id]).slice(decode([id]).length)),
  }
}

function load(json: TokenizerJson, config: TokenizerConfig): LibraryTokenizer {
  try {
    return new LibraryTokenizer({ ...json, pre_tokenizer: spellOutSplit(json.pre_tokenizer) }, config)
  } catch (cause) {
    throw new GradusError('render/bad-tokenizer', `tokenizer.json cannot be used: ${messageOf(cause)}`, {
      hint: 'it may use a component that @huggingface/tokenizers does not know; convert it to a supported one',
      cause,
    })
  }
}
