// Bodies of requests. Everything that a server could fill in by itself is said, neutral values too: vLLM and llama.cpp
// otherwise take filters from the model's folder or defaults of their own, and samples would come from another distribution.
import type { SampleRequest, ScoreItem, TokenIds } from '../../../contracts/index.ts'
import { byteVocab, turnsOf } from './byte-vocab.ts'
import type { SamplePlan } from './sample-plan.ts'
import type { ServerFacts } from './server-facts.ts'

/** What is asked of the server, and where. */
export interface WireRequest {
  readonly path: '/completions' | '/chat/completions'
  readonly body: Readonly<Record<string, unknown>>
}

/** Samples `start` to `start + count` of a plan. */
export function samplingRequest(
  plan: SamplePlan,
  facts: ServerFacts,
  { start, count, isExact, isStreamed }: { start: number; count: number; isExact: boolean; isStreamed: boolean },
): WireRequest {
  const { request, limit, top, baseSeed, stopsHere } = plan
  const { temperature = 1, topP = 1, topK = 0, minP = 0, stop = [], stopTokens = [] } = request
  return promptRequest(request.context, facts, isExact, {
    [facts.maxTokensField]: limit,
    temperature,
    top_p: topP,
    ...(facts.topK && { top_k: topK === 0 ? -1 : topK }),
    // Who knows min_p may have a penalty of repetition among its defaults.
    ...(facts.minP && { min_p: minP, repetition_penalty: 1 }),
    ...(count > 1 && { n: count }),
    ...(facts.seed && { seed: baseSeed + start }),
    ...(!stopsHere && stop.length > 0 && { stop }),
    ...(!stopsHere && stopTokens.length > 0 && { stop_token_ids: stopTokens }),
    ...(facts.stopTold && !isExact && { include_stop_str_in_output: true }),
    ...(request.logitBias?.size && { logit_bias: biases(request) }),
    ...(isExact && idFields(facts, top)),
    ...(isStreamed && { stream: true, stream_options: { include_usage: true } }),
  })
}

/** The log-probabilities of an item. */
export function scoringRequest({ context, ids }: ScoreItem, facts: ServerFacts, top: number): WireRequest {
  const all = new Int32Array(context.length + ids.length)
  all.set(context)
  all.set(ids, context.length)
  const asked =
    facts.promptLogprobs === 'prompt_logprobs'
      ? { prompt_logprobs: top }
      : { echo: true, logprobs: Math.max(1, top), ...(facts.topIds && { return_tokens_as_token_ids: true }) }
  return promptRequest(all, facts, true, { [facts.maxTokensField]: 1, temperature: 0, ...asked })
}

/** Fields that make a server send ids and log-probabilities. */
export function idFields({ idsBack, logprobs, topIds }: ServerFacts, top: number): Record<string, unknown> {
  const count = idsBack === 'token_ids' ? top : Math.max(1, top)
  return {
    ...(idsBack === 'token_ids' && { return_token_ids: true }),
    ...((idsBack === 'token-strings' || (top > 0 && topIds && idsBack === 'token_ids')) && {
      return_tokens_as_token_ids: true,
    }),
    ...(logprobs && { logprobs: count }),
  }
}

/** A request with a prompt in the form that the server reads. */
export function promptRequest(
  context: TokenIds,
  facts: ServerFacts,
  isExact: boolean,
  fields: Readonly<Record<string, unknown>>,
): WireRequest {
  const { model } = facts
  if (facts.endpoint === 'completions') {
    const prompt = isExact ? Array.from(context) : byteVocab.decode(context)
    return { path: '/completions', body: { model, prompt, ...fields } }
  }
  const turns = turnsOf(context)
  const last = turns.at(-1)
  const isContinued = last?.role === 'assistant' && last.text !== ''
  // An empty turn at the end only says that the assistant is next, which it is anyway.
  const sent = last?.role === 'assistant' && !isContinued ? turns.slice(0, -1) : turns
  return {
    path: '/chat/completions',
    body: {
      model,
      messages: sent.map(({ role, text }) => ({ role, content: text })),
      ...(isContinued && { continue_final_message: true, add_generation_prompt: false }),
      ...fields,
    },
  }
}

/** True when a context ends within the assistant's turn, which only some servers can continue. */
export function continuesTurn(context: TokenIds): boolean {
  const last = turnsOf(context).at(-1)
  return last?.role === 'assistant' && last.text !== ''
}

/** The API knows -100 to 100, and JSON no infinity: -100 leaves e^-100 of a probability. */
function biases({ logitBias }: SampleRequest): Record<string, number> {
  return Object.fromEntries(
    Array.from(logitBias ?? [], ([id, bias]) => [String(id), Math.max(-100, Math.min(100, bias))]),
  )
}
