// POST /v1/chat/completions: the assistant's turn after some messages, whole or as it grows.
import { z } from 'zod'
import type { ServeContext } from '../http/app.ts'
import { checkObject, readJsonObject } from '../http/json-body.ts'
import { answerWithin, writeAnswer } from './answer.ts'
import { chatPrompt, chatPromptFields } from './chat-prompt.ts'
import { type ChoicePiece, ChoiceText } from './choice-text.ts'
import { Generation, type GrowingSample } from './generation.ts'
import { chatLogprobs, type LogprobStyle, promptLogprobs, type ScoredTokens } from './logprobs.ts'
import { completionLimit } from './prompts.ts'
import { refuseUnsupported, unsupported } from './refused.ts'
import { MOST_LIKELY, samplingFields, samplingPlan } from './sampling-fields.ts'
import { answerHead, samplerFor } from './served-model.ts'
import { type OpenAiService, seedsFor } from './service.ts'

const schema = z.object({
  ...samplingFields,
  ...chatPromptFields,
  max_tokens: z.int().min(0).nullish(),
  /** The newer name. */
  max_completion_tokens: z.int().min(0).nullish(),
  logprobs: z.boolean().nullish(),
  top_logprobs: z.int().min(0).max(MOST_LIKELY).nullish(),
})

/** Handles the request. */
export async function chat(c: ServeContext, service: OpenAiService): Promise<Response> {
  const { model, tokens } = service
  const body = await readJsonObject(c.req.raw, service.maxBodyBytes)
  refuseUnsupported(body, 'chat')
  const fields = checkObject(schema, body)
  if (fields.top_logprobs && !fields.logprobs) {
    throw unsupported('top_logprobs', '"top_logprobs" needs "logprobs": true.')
  }
  const sampler = samplerFor(model, fields.model)
  const plan = samplingPlan(fields, sampler.vocab, fields.top_logprobs ?? 0)
  const { n = 1 } = plan

  return answerWithin(c, service, n, async (signal) => {
    const prompt = await chatPrompt(service, body, fields)
    const { contextLimit } = sampler
    const asked = fields.max_completion_tokens ?? fields.max_tokens
    const maxTokens = completionLimit(prompt, asked, { contextLimit, byDefault: contextLimit, param: 'messages' })
    const asIds = fields.return_tokens_as_token_ids === true
    const style: LogprobStyle = { tokens, count: fields.top_logprobs ?? 0, asIds }
    const about = {
      ...(typeof fields.prompt_logprobs === 'number' && {
        prompt_logprobs: await scored(service, sampler, prompt.ids, fields.prompt_logprobs, style, signal),
      }),
      ...(fields.return_token_ids && { prompt_token_ids: [...prompt.ids] }),
    }
    const [seed] = seedsFor(model, fields.seed, 1)
    const reading = {
      vocab: sampler.vocab,
      stops: plan.stop ?? [],
      stopTokens: plan.stopTokens ?? [],
      wantsOffsets: false,
    }
    const restOf = ({ soFar }: GrowingSample, { from, to, end }: ChoicePiece) => ({
      logprobs: fields.logprobs
        ? {
            content: chatLogprobs(
              { ids: soFar.ids, logprob: (t) => soFar.logprobs[t], top: (t) => soFar.top?.[t] },
              { from, to },
              style,
            ),
            refusal: null,
          }
        : null,
      finish_reason: end?.finish_reason ?? null,
      stop_reason: end?.stop_reason ?? null,
      ...(fields.return_token_ids && { token_ids: [...soFar.ids.subarray(from, to)] }),
    })

    const opening = { delta: { role: 'assistant', content: '' }, logprobs: null, finish_reason: null }
    return writeAnswer({
      generation: new Generation(sampler, [{ ...plan, context: prompt.ids, maxTokens, seed }], signal),
      texts: Array.from({ length: n }, () => new ChoiceText(reading, prompt.ids)),
      head: answerHead(model, 'chatcmpl', fields.stream ? 'chat.completion.chunk' : 'chat.completion'),
      about,
      promptTokens: prompt.ids.length,
      isStream: fields.stream === true,
      streamsUsage: fields.stream_options?.include_usage === true,
      whole: (sample, piece) => ({
        index: sample.index,
        message: { role: 'assistant', content: piece.text, refusal: null },
        ...restOf(sample, piece),
      }),
      chunks(sample, piece, isFirst) {
        const { index } = sample
        const first = isFirst ? [{ index, ...opening }] : []
        const hasTokens = piece.to > piece.from && (fields.logprobs || fields.return_token_ids)
        if (piece.text === '' && piece.end === undefined && !hasTokens) return first
        const delta = piece.text === '' ? {} : { content: piece.text }
        return [...first, { index, delta, ...restOf(sample, piece) }]
      },
    })
  })
}

async function scored(
  { scorer }: OpenAiService,
  sampler: Parameters<typeof scorer.score>[0],
  ids: ScoredTokens['ids'],
  count: number,
  style: LogprobStyle,
  signal: AbortSignal,
): Promise<unknown> {
  const [only] = await scorer.score(sampler, [ids], { top: count, param: 'prompt_logprobs', signal })
  return promptLogprobs(only, { ...style, count })
}
