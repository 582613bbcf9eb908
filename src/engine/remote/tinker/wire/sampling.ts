// What sampling asks for and gives back, in JSON, both directions.
import { z } from 'zod'
import { modelInputSchema, modelInputToJson } from './forward-backward.ts'
import { isInt32, toJsonNumbers } from './tensor-data.ts'

/** Where samples come from: a frozen session (with the request's number), a stored snapshot, or the untrained model. */
export type SampleSource =
  | { readonly session: string; readonly seqId: number }
  | { readonly modelPath: string }
  | { readonly baseModel: string }

/** How to draw. */
export interface DrawSettings {
  readonly maxTokens?: number
  readonly seed?: number
  readonly stop?: readonly string[] | readonly number[]
  readonly temperature: number
  /** -1 for no limit. */
  readonly topK: number
  readonly topP: number
}

/** Samples of one prompt. */
export interface SampleAsk {
  readonly source: SampleSource
  readonly prompt: Int32Array
  readonly count: number
  readonly settings: DrawSettings
  readonly promptLogprobs?: boolean
  /** Likely tokens wanted at each place of the prompt; 0 for none. */
  readonly topK?: number
}

/** One generated sequence. */
export interface SampledSequence {
  readonly tokens: Int32Array
  readonly logprobs?: Float32Array
  readonly stop: 'stop' | 'length'
}

/** Likely tokens at each of N places, k a place, row by row; an empty cell has log-probability -99999. */
export interface TopOfPrompt {
  readonly k: number
  readonly ids: Int32Array
  readonly logprobs: Float32Array
}

/** What came of it. */
export interface SampleAnswer {
  readonly sequences: readonly SampledSequence[]
  /** One for each prompt token as the server sent them; NaN where there is none (the first token has none). */
  readonly promptLogprobs?: Float32Array
  readonly top?: TopOfPrompt
}

/** Log-probability of a cell of {@link TopOfPrompt} that holds nothing. */
export const EMPTY_LOGPROB = -99999

const MAX_TOKENS = 2 ** 22
const tokenList = z.array(z.number().refine(isInt32, 'a token id is a 32-bit integer')).max(MAX_TOKENS)
const id = z.string().max(1024)

const settingsSchema = z
  .object({
    max_tokens: z.number().int().nullish(),
    seed: z.number().int().nullish(),
    stop: z.union([z.string(), z.array(z.string()).max(256), z.array(z.number().int()).max(256)]).nullish(),
    temperature: z.number().nullish(),
    top_k: z.number().int().nullish(),
    top_p: z.number().nullish(),
  })
  .transform(
    ({ max_tokens, seed, stop, temperature, top_k, top_p }): DrawSettings => ({
      ...(max_tokens != null && { maxTokens: max_tokens }),
      ...(seed != null && { seed }),
      ...(stop != null && { stop: typeof stop === 'string' ? [stop] : stop }),
      temperature: temperature ?? 1,
      topK: top_k ?? -1,
      topP: top_p ?? 1,
    }),
  )

/** Reads the body of `/asample`. */
export const sampleAskSchema = z
  .object({
    prompt: modelInputSchema,
    num_samples: z.number().int().min(1).max(65_536).default(1),
    sampling_params: settingsSchema,
    sampling_session_id: id.nullish(),
    seq_id: z.number().int().nullish(),
    base_model: id.nullish(),
    model_path: id.nullish(),
    prompt_logprobs: z.boolean().nullish(),
    topk_prompt_logprobs: z.number().int().min(0).max(1000).nullish(),
  })
  .transform((body, context): SampleAsk => {
    const { sampling_session_id: session, seq_id, base_model: baseModel, model_path: modelPath } = body
    if (session == null && (baseModel == null) === (modelPath == null))
      context.addIssue({ code: 'custom', message: 'give a sampling_session_id, or one of base_model and model_path' })
    const source: SampleSource =
      session != null
        ? { session, seqId: seq_id ?? 0 }
        : modelPath != null
          ? { modelPath }
          : { baseModel: baseModel ?? '' }
    return {
      source,
      prompt: body.prompt,
      count: body.num_samples,
      settings: body.sampling_params,
      ...(body.prompt_logprobs && { promptLogprobs: true }),
      ...(body.topk_prompt_logprobs && { topK: body.topk_prompt_logprobs }),
    }
  })

/** The body of `/asample`. */
export function sampleAskToJson({ source, prompt, count, settings, promptLogprobs, topK }: SampleAsk) {
  const { maxTokens, seed, stop, temperature, topK: limit, topP } = settings
  return {
    type: 'sample' as const,
    prompt: modelInputToJson(prompt),
    num_samples: count,
    sampling_params: {
      ...(maxTokens !== undefined && { max_tokens: maxTokens }),
      ...(seed !== undefined && { seed }),
      ...(stop !== undefined && stop.length > 0 && { stop }),
      temperature,
      top_k: limit,
      top_p: topP,
    },
    ...('session' in source && { sampling_session_id: source.session, seq_id: source.seqId }),
    ...('modelPath' in source && { model_path: source.modelPath }),
    ...('baseModel' in source && { base_model: source.baseModel }),
    ...(promptLogprobs && { prompt_logprobs: true }),
    ...(topK && { topk_prompt_logprobs: topK }),
  }
}

const maybeNumbers = z.array(z.number().nullable()).max(MAX_TOKENS)
const cells = z.array(z.tuple([z.number().refine(isInt32), z.number().nullable()])).max(1000)

const floats = (list: readonly (number | null)[]): Float32Array => Float32Array.from(list, (x) => x ?? Number.NaN)

/** Reads the JSON of an answer. */
export const sampleAnswerSchema = z
  .object({
    sequences: z
      .array(
        z.object({
          tokens: tokenList,
          logprobs: maybeNumbers.nullish(),
          stop_reason: z.enum(['stop', 'length']).nullish(),
        }),
      )
      .max(65_536),
    prompt_logprobs: maybeNumbers.nullish(),
    topk_prompt_logprobs: z.array(cells.nullable()).max(MAX_TOKENS).nullish(),
  })
  .transform(
    ({ sequences, prompt_logprobs, topk_prompt_logprobs }): SampleAnswer => ({
      sequences: sequences.map(({ tokens, logprobs, stop_reason }) => ({
        tokens: Int32Array.from(tokens),
        ...(logprobs && { logprobs: floats(logprobs) }),
        stop: stop_reason ?? 'length',
      })),
      ...(prompt_logprobs && { promptLogprobs: floats(prompt_logprobs) }),
      ...(topk_prompt_logprobs && { top: topFromCells(topk_prompt_logprobs) }),
    }),
  )

/** The JSON of an answer. */
export function sampleAnswerToJson({ sequences, promptLogprobs, top }: SampleAnswer) {
  return {
    type: 'sample' as const,
    sequences: sequences.map(({ tokens, logprobs, stop }) => ({
      tokens: Array.from(tokens),
      ...(logprobs && { logprobs: toJsonNumbers(logprobs) }),
      stop_reason: stop,
    })),
    ...(promptLogprobs && {
      prompt_logprobs: toJsonNumbers(promptLogprobs).map((x, i) => (Number.isNaN(promptLogprobs[i]) ? null : x)),
    }),
    ...(top && { topk_prompt_logprobs: cellsOf(top) }),
  }
}

function topFromCells(rows: readonly (readonly (readonly [number, number | null])[] | null)[]): TopOfPrompt {
  const k = rows.reduce((most, row) => Math.max(most, row?.length ?? 0), 0)
  const ids = new Int32Array(rows.length * k)
  const logprobs = new Float32Array(rows.length * k).fill(EMPTY_LOGPROB)
  rows.forEach((row, place) => {
    row?.forEach(([token, logprob], rank) => {
      ids[place * k + rank] = token
      logprobs[place * k + rank] = logprob ?? EMPTY_LOGPROB
    })
  })
  return { k, ids, logprobs }
}

function cellsOf({ k, ids, logprobs }: TopOfPrompt): ([number, number][] | null)[] {
  return Array.from({ length: k === 0 ? 0 : ids.length / k }, (_, place) => {
    const row = Array.from({ length: k }, (_, rank): [number, number] => [
      ids[place * k + rank],
      logprobs[place * k + rank],
    ])
    const filled = row.filter(([, logprob]) => logprob > EMPTY_LOGPROB)
    return filled.length > 0 ? filled : null
  })
}
