// What the dialects of the fake server understand and how they answer: generation, stops, and the shapes of replies.
// Long because three dialects are one server with switches: apart they would repeat each other.
import { stream } from '../../../base/rng.ts'
import { type FakeModel, fakeEncode, fakeTokenizer } from './fake-model.ts'

export type Dialect = 'openai' | 'vllm' | 'llamacpp'
export type Body = Readonly<Record<string, unknown>>

export interface Asked {
  readonly path: string
  readonly body: Body
  readonly authorization: string | undefined
}

/** An answer other than 200. */
export class Refused extends Error {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  constructor(status: number, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message)
    this.status = status
    this.headers = headers
  }
}

export interface Traits {
  readonly refusesUnknown: boolean
  readonly checksModel: boolean
  readonly hasVllmFields: boolean
  readonly hasFilters: boolean
  readonly hasN: boolean
  /** Entries with ids instead of lists. */
  readonly idsInLogprobs: boolean
  readonly defaults: {
    readonly temperature: number
    readonly topK: number
    readonly topP: number
    readonly minP: number
  }
}

export const dialects: Readonly<Record<Dialect, Traits>> = {
  openai: {
    refusesUnknown: true,
    checksModel: true,
    hasVllmFields: false,
    hasFilters: false,
    hasN: true,
    idsInLogprobs: false,
    defaults: { temperature: 1, topK: 0, topP: 1, minP: 0 },
  },
  vllm: {
    refusesUnknown: false,
    checksModel: true,
    hasVllmFields: true,
    hasFilters: true,
    hasN: true,
    idsInLogprobs: false,
    // As a model's generation_config.json has them.
    defaults: { temperature: 0.6, topK: 3, topP: 0.9, minP: 0 },
  },
  llamacpp: {
    refusesUnknown: false,
    checksModel: false,
    hasVllmFields: false,
    hasFilters: true,
    hasN: false,
    idsInLogprobs: true,
    defaults: { temperature: 0.8, topK: 40, topP: 0.95, minP: 0.05 },
  },
}

const STANDARD =
  'model prompt messages max_tokens max_completion_tokens temperature top_p n seed stop stream stream_options logit_bias logprobs top_logprobs echo'

export function refuseUnknown(body: Body, traits: Traits, isChat: boolean, isNew: boolean): void {
  if (!isChat && body.messages !== undefined) throw new Refused(400, 'messages on the wrong endpoint')
  if (!traits.refusesUnknown) {
    const both = body.continue_final_message === true && body.add_generation_prompt === true
    if (traits.hasVllmFields && both)
      throw new Refused(400, 'Cannot set both continue_final_message and add_generation_prompt')
    if (!traits.hasN && Number(body.n ?? 1) > 1) throw new Refused(400, 'Only one completion choice is allowed')
    return
  }
  const unknown = Object.keys(body).find((name) => !STANDARD.split(' ').includes(name))
  if (unknown) throw new Refused(400, `Unrecognized request argument supplied: ${unknown}`)
  if (body.echo === true) throw new Refused(400, 'echo is not supported')
  if (isNew && body.max_tokens !== undefined) {
    throw new Refused(400, "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.")
  }
  if (Number(body.logprobs ?? 0) > 5) throw new Refused(400, 'logprobs must be at most 5')
}

interface Setting {
  readonly traits: Traits
  readonly model: FakeModel
  readonly contextLimit: number
  readonly isChat: boolean
  readonly isCooked: boolean
}

interface Token {
  readonly id: number
  readonly text: string
  readonly all: Float64Array
}

interface Choice {
  readonly index: number
  readonly tokens: readonly Token[]
  readonly finish: 'stop' | 'length'
  readonly stopReason: string | number | null
  /** Of the text, less a stop string. */
  readonly cut: number
}

export interface Reply {
  whole(): unknown
  pieces(): Generator<unknown>
}

export function createReply(body: Body, setting: Setting): Reply {
  const { contextLimit, isChat } = setting
  const context = contextOf(body, isChat)
  const limit = Number(body.max_tokens ?? body.max_completion_tokens ?? 16)
  if (context.length + limit > contextLimit) {
    throw new Refused(
      400,
      `maximum context length is ${contextLimit} tokens, ${context.length} + ${limit} were asked for`,
    )
  }
  const n = Number(body.n ?? 1)
  const choices = Array.from({ length: n }, (_, index) => generate(context, limit, index, body, setting))
  const usage = {
    prompt_tokens: context.length,
    completion_tokens: choices.reduce((sum, { tokens }) => sum + tokens.length, 0),
  }
  const shape = (choice: Choice, from: number, to: number): unknown => shapeOf(choice, from, to, body, setting, context)
  return {
    whole: () => ({
      object: isChat ? 'chat.completion' : 'text_completion',
      choices: choices.map((choice) => shape(choice, 0, choice.tokens.length)),
      usage,
    }),
    *pieces() {
      const longest = Math.max(...choices.map(({ tokens }) => tokens.length))
      for (let t = 0; t < longest; t++) {
        for (const choice of choices) if (t < choice.tokens.length) yield { choices: [shape(choice, t, t + 1)] }
      }
      // An empty text has to end too.
      for (const choice of choices) if (choice.tokens.length === 0) yield { choices: [shape(choice, 0, 0)] }
      if (body.stream_options !== undefined) yield { choices: [], usage }
    },
  }
}

function contextOf(body: Body, isChat: boolean): number[] {
  if (isChat) {
    const messages = body.messages as readonly { role: string; content: string }[]
    const text = messages.map(({ role, content }) => `${role} ${content}`).join(' ')
    return fakeEncode(body.continue_final_message === true ? text : `${text} assistant `)
  }
  const { prompt } = body
  if (typeof prompt === 'string') return fakeEncode(prompt)
  const ids = prompt as number[]
  const unknown = ids.find((id) => id >= fakeTokenizer.size)
  if (unknown !== undefined) throw new Refused(400, `Token id ${unknown} is out of vocabulary`)
  return ids
}

function generate(context: readonly number[], limit: number, index: number, body: Body, setting: Setting): Choice {
  const { traits, model } = setting
  const { defaults } = traits
  const seed = typeof body.seed === 'number' ? body.seed : Number(stream('unseeded', unseeded++).uint32())
  // vLLM counts on from the seed; others have one stream for all choices.
  const rng = traits.hasVllmFields || index === 0 ? stream('fake', seed + index) : stream('fake', seed, index)
  const topK = traits.hasFilters ? Number(body.top_k ?? defaults.topK) : 0
  const settings = {
    temperature: Number(body.temperature ?? defaults.temperature),
    topK: Math.max(0, topK),
    topP: Number(body.top_p ?? defaults.topP),
    minP: traits.hasFilters ? Number(body.min_p ?? defaults.minP) : 0,
    bias: new Map(
      Object.entries((body.logit_bias ?? {}) as Record<string, number>).map(([id, by]) => [Number(id), by]),
    ),
  }
  const stops = ([] as string[]).concat((body.stop ?? []) as string[])
  const stopIds = traits.hasVllmFields ? ((body.stop_token_ids ?? []) as number[]) : []
  const tokens: Token[] = []
  const ids = [...context]
  let text = ''
  for (;;) {
    if (tokens.length === limit) return { index, tokens, finish: 'length', stopReason: null, cut: text.length }
    const logprobs = model.next(ids)
    const id = model.pick(logprobs, settings, rng.next())
    const all = setting.isCooked ? cooked(logprobs, settings.temperature) : logprobs
    tokens.push({ id, text: fakeTokenizer.decode([id]), all })
    ids.push(id)
    text += fakeTokenizer.decode([id])
    if (id === fakeTokenizer.eos) return { index, tokens, finish: 'stop', stopReason: null, cut: text.length }
    if (stopIds.includes(id)) return { index, tokens, finish: 'stop', stopReason: id, cut: text.length }
    const stop = stops.find((each) => text.includes(each))
    if (stop !== undefined) {
      const keeps = traits.hasVllmFields && body.include_stop_str_in_output === true
      const cut = text.indexOf(stop) + (keeps ? stop.length : 0)
      return { index, tokens, finish: 'stop', stopReason: stop, cut }
    }
  }
}

let unseeded = 0

function cooked(logprobs: Float64Array, temperature: number): Float64Array {
  const scaled = Array.from(logprobs, (value) => value / (temperature || 1))
  const most = Math.max(...scaled)
  const total = Math.log(scaled.reduce((sum, value) => sum + Math.exp(value - most), 0))
  return Float64Array.from(scaled, (value) => value - most - total)
}

/** Tokens `from` to `to` of a choice as the dialect writes them. */
function shapeOf(
  choice: Choice,
  from: number,
  to: number,
  body: Body,
  setting: Setting,
  context: readonly number[],
): unknown {
  const { traits, isChat } = setting
  const { tokens, index, finish, stopReason, cut } = choice
  const part = tokens.slice(from, to)
  const start = tokens.slice(0, from).reduce((sum, { text }) => sum + text.length, 0)
  const isLast = to === tokens.length
  const text = part
    .map((token) => token.text)
    .join('')
    .slice(0, Math.max(0, cut - start))
  const echoed = !isChat && body.echo === true && traits.hasVllmFields && body.stream !== true
  const shown: Token[] = echoed ? [...promptTokens(context, setting.model), ...part] : part
  const said = isChat
    ? body.stream === true
      ? { delta: { content: text } }
      : { message: { content: text } }
    : { text }
  return {
    index,
    ...said,
    finish_reason: isLast ? finish : null,
    ...(wantsLogprobs(body) && { logprobs: logprobsOf(shown, body, traits, isChat, echoed) }),
    ...(traits.hasVllmFields && isLast && { stop_reason: stopReason }),
    ...(traits.hasVllmFields &&
      body.return_token_ids === true && { token_ids: part.map(({ id }) => id), prompt_token_ids: context }),
    ...(traits.hasVllmFields &&
      typeof body.prompt_logprobs === 'number' && {
        prompt_logprobs: promptTokens(context, setting.model).map(({ id, all }, at) => {
          if (at === 0) return null
          const named = [...best(all, Number(body.prompt_logprobs)), id]
          return Object.fromEntries(
            named.map((each) => [String(each), { logprob: all[each], rank: 1, decoded_token: 'x' }]),
          )
        }),
      }),
  }
}

function wantsLogprobs({ logprobs }: Body): boolean {
  return logprobs === true || typeof logprobs === 'number'
}

function logprobsOf(tokens: readonly Token[], body: Body, traits: Traits, isChat: boolean, isEcho: boolean): unknown {
  const count = Number(isChat ? (body.top_logprobs ?? 0) : body.logprobs)
  if (traits.idsInLogprobs && !isChat && count === 0) return null
  const isNamed = traits.hasVllmFields && body.return_tokens_as_token_ids === true
  const name = (id: number): string => (isNamed ? `token_id:${id}` : fakeTokenizer.token(id))
  if (isChat || traits.idsInLogprobs) {
    const entry = (id: number, all: Float64Array) => ({
      ...(traits.idsInLogprobs && { id }),
      token: name(id),
      logprob: all[id],
    })
    return {
      content: tokens.map(({ id, all }) => ({
        ...entry(id, all),
        top_logprobs: best(all, count).map((each) => entry(each, all)),
      })),
    }
  }
  return {
    tokens: tokens.map(({ id }) => name(id)),
    token_logprobs: tokens.map(({ id, all }, t) => (isEcho && t === 0 ? null : all[id])),
    top_logprobs: tokens.map(({ id, all }, t) =>
      isEcho && t === 0 ? null : Object.fromEntries([...best(all, count), id].map((each) => [name(each), all[each]])),
    ),
  }
}

function promptTokens(context: readonly number[], model: FakeModel): Token[] {
  return context.map((id, at) => ({ id, text: fakeTokenizer.decode([id]), all: model.next(context.slice(0, at)) }))
}

function best(all: Float64Array, count: number): number[] {
  return Array.from(all, (_, id) => id)
    .sort((a, b) => all[b] - all[a] || a - b)
    .slice(0, count)
}
