// POST /v1/completions: texts or tokens continued, with log-probabilities of prompt and completion where asked for.
import { z } from 'zod'
import type { ServeContext } from '../http/app.ts'
import { checkObject, readJsonObject } from '../http/json-body.ts'
import { answerWithin, writeAnswer } from './answer.ts'
import { type ChoicePiece, ChoiceText, codePoints } from './choice-text.ts'
import { Generation, type GrowingSample } from './generation.ts'
import { type CompletionLogprobs, completionLogprobs, type LogprobStyle, type ScoredTokens } from './logprobs.ts'
import { joined, type PromptPart, promptParts } from './prompt-part.ts'
import { completionLimit, listPrompts } from './prompts.ts'
import { refuseUnsupported } from './refused.ts'
import { MOST_LIKELY, samplingFields, samplingPlan } from './sampling-fields.ts'
import { answerHead, samplerFor } from './served-model.ts'
import { type OpenAiService, seedsFor } from './service.ts'

const schema = z.object({
  ...samplingFields,
  max_tokens: z.int().min(0).nullish(),
  logprobs: z.int().min(0).max(MOST_LIKELY).nullish(),
  echo: z.boolean().nullish(),
  add_special_tokens: z.boolean().nullish(),
})

/** Tokens of a completion when a request does not say. */
const DEFAULT_TOKENS = 16

/** Handles the request. */
export async function completions(c: ServeContext, service: OpenAiService): Promise<Response> {
  const { model, encoder, tokens } = service
  const body = await readJsonObject(c.req.raw, service.maxBodyBytes)
  refuseUnsupported(body, 'completions')
  const fields = checkObject(schema, body)
  const sampler = samplerFor(model, fields.model)
  const given = listPrompts(body.prompt)
  const plan = samplingPlan(fields, sampler.vocab, fields.logprobs ?? 0)
  const { n = 1 } = plan

  return answerWithin(c, service, given.length * n, async (signal) => {
    const prompts = await encoder.encode(given, {
      addSpecialTokens: fields.add_special_tokens ?? true,
      param: 'prompt',
    })
    const fit = { contextLimit: sampler.contextLimit, byDefault: DEFAULT_TOKENS, param: 'prompt' }
    const limits = prompts.map((prompt) => completionLimit(prompt, fields.max_tokens, fit))
    const asIds = fields.return_tokens_as_token_ids === true
    const style: LogprobStyle = { tokens, count: fields.logprobs ?? 0, asIds }
    const parts = await promptParts(service.scorer, { ...fields, sampler, prompts, style, signal })
    const seeds = seedsFor(model, fields.seed, prompts.length)
    const requests = prompts.map(({ ids }, p) => ({ ...plan, context: ids, maxTokens: limits[p], seed: seeds[p] }))
    const wantsOffsets = typeof fields.logprobs === 'number'
    const reading = {
      vocab: sampler.vocab,
      stops: plan.stop ?? [],
      stopTokens: plan.stopTokens ?? [],
      wantsOffsets,
    }
    const choiceOf = (sample: GrowingSample, piece: ChoicePiece, part?: PromptPart) => ({
      index: sample.index,
      text: `${part?.text ?? ''}${piece.text}`,
      logprobs: wantsOffsets
        ? joined(part?.logprobs, logprobsOf(sample, piece, style, parts[sample.prompt].text))
        : null,
      finish_reason: piece.end?.finish_reason ?? null,
      stop_reason: piece.end?.stop_reason ?? null,
      ...part?.extra,
      ...(fields.return_token_ids && { token_ids: [...sample.soFar.ids.subarray(piece.from, piece.to)] }),
    })
    return writeAnswer({
      generation: new Generation(sampler, requests, signal),
      texts: prompts.flatMap(({ ids }) => Array.from({ length: n }, () => new ChoiceText(reading, ids))),
      head: answerHead(model, 'cmpl', 'text_completion'),
      promptTokens: prompts.reduce((sum, { ids }) => sum + ids.length, 0),
      isStream: fields.stream === true,
      streamsUsage: fields.stream_options?.include_usage === true,
      whole: (sample, piece) => choiceOf(sample, piece, parts[sample.prompt]),
      chunks(sample, piece, isFirst) {
        const part = isFirst ? parts[sample.prompt] : undefined
        const hasTokens = piece.to > piece.from && (wantsOffsets || fields.return_token_ids)
        const isEmpty = piece.text === '' && piece.end === undefined && !hasTokens && !part?.text
        return isEmpty ? [] : [choiceOf(sample, piece, part)]
      },
    })
  })
}

/** Lists of what was sampled; `echoed` is the text before it. */
function logprobsOf(
  { soFar }: GrowingSample,
  { from, to, offsets }: ChoicePiece,
  style: LogprobStyle,
  echoed: string,
): CompletionLogprobs {
  const scored: ScoredTokens = { ids: soFar.ids, logprob: (t) => soFar.logprobs[t], top: (t) => soFar.top?.[t] }
  const base = codePoints(echoed)
  return completionLogprobs(scored, { from, to, offsets: offsets.map((offset) => base + offset) }, style)
}
