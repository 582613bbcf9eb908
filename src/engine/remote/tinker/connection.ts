// A connection to one Tinker server: who asks, what the server wants of its clients, which dialect it speaks. It sends what
// it is given and reads answers by a schema; what operations mean is not known here.
import { setTimeout as delay } from 'node:timers/promises'
import type { z } from 'zod'
import { GradusError } from '../../../base/error.ts'
import type { Rng } from '../../../base/rng.ts'
import { attemptSignal } from '../http/attempt-signal.ts'
import { withoutSecrets } from '../http/http-error.ts'
import { httpReply } from '../http/http-reply.ts'
import { HttpClient, type HttpReply, type HttpRequest, statusError } from '../http/index.ts'
import { askCapabilities, detectDialect } from './detect-dialect.ts'
import { type Dialect, dialectOf } from './dialect.ts'
import { KeyHeaders } from './key-headers.ts'
import { type Capabilities, type ChunkLimits, clientConfigSchema, DEFAULT_LIMITS } from './wire/index.ts'

/** Something that has been waited for. */
export interface Waiting {
  readonly what: string
  readonly seconds: number
  /** What the server says of its queue. */
  readonly state?: string
}

/** Where the server is and how to speak to it. */
export interface ConnectionOptions {
  /** What `/api/v1` is appended to. */
  readonly url: string
  readonly apiKey?: string
  /** Name of a row of the dialect table; default: found out. */
  readonly dialect?: string
  /** Told every `waitingNoticeMs` of what takes long. */
  readonly onWaiting?: (waiting: Waiting) => void
  /** Default 30_000. */
  readonly waitingNoticeMs?: number
  /** Told of what happened that a run should know: a replacement, a guess, a recovery. */
  readonly onNote?: (note: string) => void
  /** Longest wait for one poll's answer; default 45_000. Servers hold polls open for minutes. */
  readonly pollTimeoutMs?: number
  /** Of every other request; default 60_000. */
  readonly timeoutMs?: number
  /** For tests. */
  readonly fetch?: typeof fetch
  readonly sleep?: (ms: number, signal?: AbortSignal) => Promise<void>
  readonly rng?: Rng
}

/** What the server wants, with the service's defaults. */
export interface ServerSettings {
  readonly limits: ChunkLimits
  readonly maxPauseS: number
  readonly maxSamples: number
}

/** Longer answers are results, of which no message is made. */
const LONGEST_SAID = 65_536

/** Polls held open at once, beside other requests. */
const POLLS = 512

/** An open connection. */
export class Connection {
  readonly options: ConnectionOptions
  readonly dialect: Dialect
  readonly capabilities: Capabilities | undefined
  readonly settings: ServerSettings
  readonly #http: HttpClient
  /** A client of its own: polls take long, and must not keep heartbeats waiting. */
  readonly #polls: HttpClient
  readonly #key: KeyHeaders

  private constructor(
    options: ConnectionOptions,
    { http, key }: { http: HttpClient; key: KeyHeaders },
    found: { dialect: Dialect; capabilities: Capabilities | undefined; settings: ServerSettings },
  ) {
    this.options = options
    this.dialect = found.dialect
    this.capabilities = found.capabilities
    this.settings = found.settings
    this.#http = http
    this.#key = key
    this.#polls = httpClient(options, { concurrency: POLLS, timeoutMs: options.pollTimeoutMs ?? 45_000 })
  }

  /** Asks the server for its settings and finds its dialect. @throws `remote/...`, `config/unknown-dialect` */
  static async open(options: ConnectionOptions): Promise<Connection> {
    // Checked first: a misspelt name needs no server.
    const named = options.dialect === undefined ? undefined : dialectOf(options.dialect)
    const http = httpClient(options, { timeoutMs: options.timeoutMs ?? 60_000 })
    const key = new KeyHeaders(http, options.apiKey ?? 'tml-none')
    try {
      const settings = await askSettings(http, key)
      const capabilities = await askCapabilities(http, await key.headers())
      const detected = named ? undefined : await detectDialect(http, await key.headers(), capabilities)
      const dialect = named ?? detected?.dialect ?? dialectOf('hosted')
      if (detected?.isGuess)
        options.onNote?.(`the server looks like ${dialect.name}; if it is another, name it with the option dialect`)
      return new Connection(options, { http, key }, { dialect, capabilities, settings })
    } catch (error) {
      http.close()
      key.close()
      throw error
    }
  }

  /** Sends one request below `/api/v1`; error statuses are replies. */
  async send(route: string, request: HttpRequest): Promise<HttpReply> {
    return this.#with(this.#http, route, request)
  }

  /** Asks for the state of a future; held open by the server. */
  async poll(request: HttpRequest): Promise<HttpReply> {
    return this.#with(this.#polls, 'retrieve_future', { ...request, retry: 'none' })
  }

  /** Asks for something that is answered at once. @throws `remote/...`, `engine/bad-answer` */
  async ask<T>(route: string, json: unknown, schema: z.ZodType<T>, retry: HttpRequest['retry'] = 'read'): Promise<T> {
    const reply = await this.send(route, { json, retry })
    if (reply.status < 200 || reply.status > 299) throw statusError(reply)
    return readAnswer(reply, schema)
  }

  /** Waits, as the connection was told to. */
  async pause(ms: number, signal?: AbortSignal): Promise<void> {
    if (ms <= 0) return
    const { sleep = sleepFor } = this.options
    // Of its own: hundreds of samples may wait with one signal, and a timer would put a listener on it for each.
    const own = attemptSignal(Number.POSITIVE_INFINITY, [signal])
    try {
      await sleep(ms, own.signal)
    } finally {
      own.end()
    }
  }

  note(text: string): void {
    this.options.onNote?.(text)
  }

  /** Ends everything under way. */
  close(): void {
    this.#key.close()
    this.#http.close()
    this.#polls.close()
  }

  async #with(http: HttpClient, route: string, request: HttpRequest): Promise<HttpReply> {
    const send = async (): Promise<HttpReply> => {
      const headers = { ...(await this.#key.headers()), ...request.headers }
      return http.request(`api/v1/${route}`, { ...request, headers })
    }
    const reply = await send()
    return this.#redacted(reply.status === 401 && this.#key.refused() ? await send() : reply)
  }

  /** A server may repeat a key in what it says, and what it says goes into messages. */
  #redacted(reply: HttpReply): HttpReply {
    if (reply.status < 400 && reply.bytes.length > LONGEST_SAID) return reply
    const text = reply.text()
    const clean = withoutSecrets(text, this.#key.secrets)
    return clean === text ? reply : httpReply(reply.url, reply.status, reply.headers, new TextEncoder().encode(clean))
  }
}

/** The answer as its schema reads it. @throws `remote/bad-json`, `engine/bad-answer` */
export function readAnswer<T>(reply: HttpReply, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(reply.json())
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const where = issue.path.length > 0 ? ` at ${issue.path.join('.')}` : ''
  throw new GradusError('engine/bad-answer', `${reply.url} answered what is not understood${where}: ${issue.message}`, {
    hint: 'Check that the URL is that of a Tinker server, and name its kind with the option dialect.',
    cause: parsed.error,
  })
}

async function askSettings(http: HttpClient, key: KeyHeaders): Promise<ServerSettings> {
  const reply = await http.request('api/v1/client/config', {
    json: { sdk_version: VERSION },
    headers: await key.headers(),
    retry: 'read',
  })
  // Servers without the route want nothing special.
  if (reply.status !== 404 && reply.status !== 405 && reply.status !== 200)
    throw statusError(reply, { secrets: key.secrets })
  const config = reply.status === 200 ? readAnswer(reply, clientConfigSchema) : {}
  if (config.pjwt_auth_enabled) key.exchange()
  return {
    limits: {
      sequences: config.fwdbwd_max_chunk_len ?? DEFAULT_LIMITS.sequences,
      bytes: config.fwdbwd_max_chunk_bytes_count ?? DEFAULT_LIMITS.bytes,
    },
    maxPauseS: config.billing_exception_max_pause_duration_sec ?? 3600,
    maxSamples: config.sample_max_concurrent_requests ?? 2000,
  }
}

async function sleepFor(ms: number, signal?: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => signal?.throwIfAborted())
}

/** What the client calls itself. */
export const VERSION = 'gradus-0.1'

function httpClient(options: ConnectionOptions, more: { concurrency?: number; timeoutMs: number }): HttpClient {
  const { url, fetch, sleep, rng } = options
  return new HttpClient({ baseUrl: url, ...more, fetch, sleep, rng })
}
