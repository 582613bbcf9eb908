// The parts of a tokenizer.json that a GGUF vocabulary is made of, checked. Says nothing yet about what llama.cpp can do.
import { z } from 'zod'
import { GradusError } from '../../base/error.ts'

const flag = z.boolean().nullish()

const schema = z.object({
  added_tokens: z.array(
    z.object({
      id: z.int().nonnegative(),
      content: z.string().min(1),
      special: flag,
      lstrip: flag,
      rstrip: flag,
      single_word: flag,
    }),
  ),
  normalizer: z.looseObject({ type: z.string() }).nullish(),
  pre_tokenizer: z.unknown().optional(),
  decoder: z.looseObject({ type: z.string() }).nullish(),
  model: z.object({
    type: z.string().nullish(),
    // Kept as it is: a record would be copied, and may have any key.
    vocab: z.custom<Readonly<Record<string, number>>>(isVocabulary, 'must map tokens to ids'),
    merges: z.array(z.union([z.string(), z.tuple([z.string(), z.string()])])),
    dropout: z.number().nullish(),
    unk_token: z.string().nullish(),
    continuing_subword_prefix: z.string().nullish(),
    end_of_word_suffix: z.string().nullish(),
    byte_fallback: flag,
    ignore_merges: flag,
  }),
})

/** A checked tokenizer.json of a BPE model. */
export type BpeJson = z.infer<typeof schema>

function isVocabulary(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  return Object.values(value).every((id) => Number.isSafeInteger(id) && id >= 0)
}

/** The error for a tokenizer that a GGUF file cannot hold. */
export function tokenizerError(what: string, cause?: unknown): GradusError {
  return new GradusError('model/gguf-tokenizer', `a GGUF file cannot hold this tokenizer: ${what}`, {
    hint: 'Export with --to hf. The converter of llama.cpp may know the tokenizer, where it takes an approximation.',
    cause,
  })
}

/** @throws `model/gguf-tokenizer` for anything but a BPE model */
export function parseBpeJson(json: unknown): BpeJson {
  const type = (json as { model?: { type?: unknown } } | null)?.model?.type
  if (typeof type === 'string' && type !== 'BPE') throw tokenizerError(`its model is ${type}, not BPE`)
  const result = schema.safeParse(json)
  if (result.success) return result.data
  const { path, message } = result.error.issues[0]
  throw tokenizerError(`tokenizer.json, ${path.join('.')}: ${message}`, result.error)
}
