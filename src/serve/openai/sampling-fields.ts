// The fields of a request that say how to sample, the same for both endpoints, and what they mean for a sampler.
import { z } from 'zod'
import type { SampleRequest, Vocab, Want } from '../../contracts/index.ts'
import { ApiError } from '../http/api-error.ts'

/** Most likely tokens that can be asked for at one position. */
export const MOST_LIKELY = 20
const MOST_STOPS = 16
const LONGEST_STOP = 1024

const stopText = z
  .string()
  .min(1)
  .max(LONGEST_STOP)
  // Half of a character would match inside whole ones.
  .refine((text) => !/\p{Surrogate}/u.test(text), 'must be valid text')
const tokenId = z.int().min(0)

/** Fields of both endpoints; null means that a field was left out. */
export const samplingFields = {
  model: z.string().max(1000).nullish(),
  n: z.int().min(1).nullish(),
  seed: z.int().nullish(),
  stop: z.union([stopText, z.array(stopText).max(MOST_STOPS)]).nullish(),
  stop_token_ids: z.array(tokenId).max(64).nullish(),
  temperature: z.number().min(0).nullish(),
  top_p: z.number().min(0).max(1).nullish(),
  /** -1 and 0: all. */
  top_k: z.int().min(-1).nullish(),
  min_p: z.number().min(0).max(1).nullish(),
  logit_bias: z.record(z.string().regex(/^\d{1,9}$/), z.number().min(-100).max(100)).nullish(),
  stream: z.boolean().nullish(),
  stream_options: z.object({ include_usage: z.boolean().nullish() }).nullish(),
  return_token_ids: z.boolean().nullish(),
  return_tokens_as_token_ids: z.boolean().nullish(),
  prompt_logprobs: z.int().min(0).max(MOST_LIKELY).nullish(),
} as const

const schema = z.object(samplingFields)

/** Parsed {@link samplingFields}. */
export type SamplingFields = z.infer<typeof schema>

/** How the samples of a request are drawn. */
export type SamplingPlan = Omit<SampleRequest, 'context' | 'seed' | 'maxTokens'>

/** What the fields mean; `top` is how many likely tokens the answer will show. @throws ApiError 400 */
export function samplingPlan(fields: SamplingFields, vocab: Vocab, top: number): SamplingPlan {
  const want: readonly Want[] = top > 0 ? [`top-${top}`] : []
  return {
    n: fields.n ?? 1,
    temperature: fields.temperature ?? 1,
    topP: fields.top_p ?? 1,
    topK: Math.max(0, fields.top_k ?? 0),
    minP: fields.min_p ?? 0,
    stop: [fields.stop ?? []].flat(),
    stopTokens: known('stop_token_ids', fields.stop_token_ids ?? [], vocab),
    ...(fields.logit_bias && { logitBias: biasOf(fields.logit_bias, vocab) }),
    want,
  }
}

function biasOf(biases: Readonly<Record<string, number>>, vocab: Vocab): ReadonlyMap<number, number> {
  const entries = Object.entries(biases)
  known(
    'logit_bias',
    entries.map(([id]) => Number(id)),
    vocab,
  )
  return new Map(entries.map(([id, bias]) => [Number(id), bias]))
}

/** The ids, if all of them are in the vocabulary. @throws ApiError 400 */
export function known(param: string, ids: readonly number[], vocab: Vocab): readonly number[] {
  const unknown = ids.find((id) => !(id >= 0 && id < vocab.size))
  if (unknown === undefined) return ids
  throw new ApiError(`${param}: there is no token ${unknown}; ids are 0 to ${vocab.size - 1}.`, {
    param,
    code: 'invalid_value',
  })
}
