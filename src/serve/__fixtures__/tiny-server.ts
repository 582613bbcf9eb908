// A server without a port over a model of 13 letters: requests go straight to its app.
import { stream } from '../../base/rng.ts'
import type { Sampler } from '../../contracts/index.ts'
import { type TinyOptions, tinyModel, tinySampler } from '../../engine/__fixtures__/tiny-model.ts'
import type { EmbeddedModel } from '../../engine/embedded-model.ts'
import { type AppOptions, createApp } from '../http/app.ts'
import { Traffic } from '../http/traffic.ts'
import { openAiRoutes } from '../openai/routes.ts'
import type { ServedModel } from '../openai/served-model.ts'
import type { OpenAiOptions } from '../openai/service.ts'

/** Writes the messages one after another, and `m` before the answer. */
export const TINY_TEMPLATE = `{% for message in messages %}{{ message['content'] }}{{ mark }}{% endfor %}{% if add_generation_prompt %}m{% endif %}`

/** What a tiny server can be told. */
export interface TinyServerOptions extends TinyOptions {
  readonly template?: string
  /** In place of the model's own. */
  readonly sampler?: Sampler
  readonly app?: Partial<AppOptions>
  readonly routes?: Partial<OpenAiOptions>
  readonly served?: Partial<ServedModel>
}

/** An answer that was JSON. */
export interface JsonAnswer {
  readonly status: number
  readonly headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects, and fails where that is not there.
  readonly body: any
}

export type TinyServer = ReturnType<typeof tinyServer>

/** A server; dispose its sampler. */
export function tinyServer(options: TinyServerOptions = {}) {
  const { template = TINY_TEMPLATE, ...tiny } = options
  const plain = tinyModel(tiny)
  const model: EmbeddedModel = { ...plain, tokenizer: { ...plain.tokenizer, chatTemplate: template || undefined } }
  const sampler = options.sampler ?? tinySampler(model)
  const served: ServedModel = {
    name: 'tiny',
    sampler,
    tokenizer: model.tokenizer,
    created: 1_700_000_000,
    fingerprint: 'fp_test',
    clock: { iso: () => '2026-01-02T03:04:05.000Z' },
    rng: stream(7, 'tiny-server'),
    ...options.served,
  }
  const traffic = new Traffic()
  const logged: string[] = []
  const routes = openAiRoutes({ model: served, capacity: { rows: 8, waiting: 8 }, eventGapMs: 0, ...options.routes })
  const app = createApp({ groups: [routes], traffic, log: (line) => logged.push(line), ...options.app })
  const send = (path: string, body: unknown, init: RequestInit = {}) =>
    app.request(path, {
      method: 'POST',
      body: typeof body === 'string' ? body : JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
      ...init,
    })
  const read = async (reply: Response): Promise<JsonAnswer> => ({
    status: reply.status,
    headers: reply.headers,
    body: await reply.json(),
  })
  return {
    app,
    traffic,
    sampler,
    model,
    logged,
    send,
    get: async (path: string, init?: RequestInit): Promise<JsonAnswer> => read(await app.request(path, init)),
    post: async (path: string, body: unknown, init?: RequestInit): Promise<JsonAnswer> =>
      read(await send(path, body, init)),
    /** The data of all events of a stream. */
    async events(path: string, body: object): Promise<JsonAnswer['body'][]> {
      const reply = await send(path, { ...body, stream: true })
      const events = (await reply.text()).split('\n\n').filter((event) => event !== '')
      if (events.at(-1) !== 'data: [DONE]') throw new Error(`no end: ${events.at(-1)}`)
      return events.slice(0, -1).map((event) => JSON.parse(event.slice('data: '.length)))
    },
  }
}
