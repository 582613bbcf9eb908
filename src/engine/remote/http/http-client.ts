// Requests to one server: a limit on how many run at once, retries with back-off, a time limit per attempt, a size limit
// per reply, event streams. Knows no protocol: a status that is not tried again is a reply, and redirects are not
// followed (a key must not travel to another host).
import { setTimeout as delay } from 'node:timers/promises'
import { createParser } from 'eventsource-parser'
import { GradusError, isGradusError } from '../../../base/error.ts'
import { type Rng, stream } from '../../../base/rng.ts'
import { type AttemptSignal, attemptSignal } from './attempt-signal.ts'
import { checkedHeaders, parseBaseUrl, secretsIn } from './base-url.ts'
import { type Failure, failureError, failureOf, statusError, withoutSecrets } from './http-error.ts'
import { httpReply } from './http-reply.ts'
import type { HttpCounters, HttpOptions, HttpReply, HttpRequest, RetryPolicy } from './http-types.ts'
import { bodyPieces, joined } from './reply-body.ts'
import { isRetriedStatus, waitMs } from './retry.ts'
import { Slots } from './slots.ts'

/** An attempt that got the head of a reply; the body is still to be read, and the slot to be freed by `end`. */
interface Open {
  readonly response: Response
  readonly clock: AttemptSignal
  end(): void
}

/** Why an attempt gave nothing: no reply, or one to try again. */
type Miss =
  | { readonly kind: 'failure'; readonly failure: Failure }
  | { readonly kind: 'status'; readonly reply: HttpReply }

/** One request on its way. */
interface Job {
  readonly url: URL
  /** The URL as messages name it. */
  readonly shown: string
  readonly init: RequestInit
  readonly retry: RetryPolicy
  readonly timeoutMs: number
  readonly signal: AbortSignal | undefined
  readonly bytesSent: number
}

/** A client of one server. */
export class HttpClient {
  readonly #options: HttpOptions
  readonly #base: URL
  readonly #headers: Headers
  readonly #secrets: readonly string[]
  readonly #slots: Slots
  readonly #rng: Rng
  readonly #maxBytes: number
  readonly #closing = new AbortController()
  readonly #counts = {
    requests: 0,
    attempts: 0,
    retries: 0,
    timeouts: 0,
    bytesSent: 0,
    bytesReceived: 0,
    backingOff: 0,
  }

  /** @throws `remote/bad-url`, `remote/bad-header` */
  constructor(options: HttpOptions) {
    this.#options = options
    this.#base = parseBaseUrl(options.baseUrl)
    this.#headers = checkedHeaders(options.headers)
    this.#secrets = secretsIn(options.headers)
    this.#slots = new Slots(options.concurrency ?? 64)
    this.#rng = options.rng ?? stream('http-jitter', this.#base.href, process.pid)
    this.#maxBytes = options.maxBytes ?? 256 * 2 ** 20
  }

  /** Without a slash at its end. */
  get baseUrl(): string {
    return this.#base.href.slice(0, -1)
  }

  get counters(): HttpCounters {
    return { ...this.#counts, inFlight: this.#slots.taken, queued: this.#slots.queued }
  }

  /**
   * The reply, whatever its status; but a status that was tried again and stayed throws.
   * @throws `remote/unreachable`, `remote/timeout`, `remote/http`, `remote/too-large`, `remote/closed`, or the signal's reason
   */
  async request(path: string, request: HttpRequest = {}): Promise<HttpReply> {
    const job = this.#job(path, request)
    return this.#attempts(job, async (open) => {
      const reply = await this.#reply(open.response, job)
      open.end()
      return reply
    })
  }

  /**
   * The `data` of each server-sent event, as it comes. Attempts end where the stream begins: one that breaks throws.
   * Leaving early closes the connection.
   * @throws as `request`; every status but 2xx is `remote/http`
   */
  async *events(path: string, request: HttpRequest = {}): AsyncGenerator<string> {
    const job = this.#job(path, { accept: 'text/event-stream', ...request })
    const open = await this.#attempts(job, async (opened) => {
      if (opened.response.ok) return opened
      throw statusError(await this.#reply(opened.response, job), { secrets: this.#secrets })
    })
    const ready: string[] = []
    const parser = createParser({ onEvent: ({ data }) => ready.push(data) })
    const decoder = new TextDecoder()
    try {
      for await (const piece of bodyPieces(open.response, job.shown, this.#maxBytes)) {
        this.#counts.bytesReceived += piece.byteLength
        parser.feed(decoder.decode(piece, { stream: true }))
        // The reader's time is not the server's.
        open.clock.pause()
        yield* ready.splice(0)
        open.clock.restart()
      }
      // Some servers leave out the blank line after the last event.
      parser.feed('\n\n')
      yield* ready.splice(0)
    } catch (error) {
      throw failureError(job.shown, this.#failure(error, job, open.clock), 1)
    } finally {
      open.end()
    }
  }

  /** The error of a reply that the caller cannot use: `remote/http`, without any secret that was sent. */
  refusal(reply: HttpReply, hint?: string): GradusError {
    return statusError(reply, { hint, secrets: this.#secrets })
  }

  /** Ends what is under way, with `remote/closed`; the client takes no more requests. */
  close(): void {
    this.#closing.abort(new GradusError('remote/closed', `the client of ${this.#base.origin} was closed`))
  }

  #job(path: string, request: HttpRequest): Job {
    this.#closing.signal.throwIfAborted()
    const { json, accept = 'application/json', signal } = request
    const body = json === undefined ? request.body : new TextEncoder().encode(JSON.stringify(json))
    const { method = body ? 'POST' : 'GET' } = request
    // Joined as text: a path that looks like a URL must not lead to another host.
    const url = new URL(this.#base.href + path.replace(/^\/{1,8}/, ''))
    const headers = checkedHeaders({ accept, ...request.headers }, this.#headers)
    if (body) headers.set('content-type', request.contentType ?? 'application/json')
    return {
      url,
      shown: `${url.origin}${url.pathname}`,
      init: { method, headers, body, redirect: 'manual' },
      retry: request.retry ?? (method === 'GET' ? 'read' : 'submit'),
      timeoutMs: request.timeoutMs ?? this.#options.timeoutMs ?? 60_000,
      signal,
      bytesSent: body?.byteLength ?? 0,
    }
  }

  /** Tries until `use` has what it wants. It ends what was opened; when it throws, that is done here. */
  async #attempts<T>(job: Job, use: (open: Open) => Promise<T>): Promise<T> {
    const { attempts = 6, onRetry } = this.#options
    this.#counts.requests++
    for (let attempt = 1; ; attempt++) {
      const outcome = await this.#attempt(job, use)
      if ('value' in outcome) return outcome.value
      const { miss } = outcome
      const wait = waitMs(attempt, miss.kind === 'status' ? miss.reply.headers : undefined, this.#rng)
      const isLast = attempt >= attempts || wait === undefined || !isRetried(job.retry, miss)
      if (isLast) throw this.#missError(job, miss, attempt)
      const reason = miss.kind === 'status' ? `status ${miss.reply.status}` : miss.failure.reason
      onRetry?.({ url: job.shown, attempt, reason, waitMs: wait })
      this.#counts.retries++
      await this.#backOff(wait, job)
    }
  }

  async #backOff(ms: number, job: Job): Promise<void> {
    const { sleep = sleepFor } = this.#options
    const either = attemptSignal(Number.POSITIVE_INFINITY, [job.signal, this.#closing.signal])
    this.#counts.backingOff++
    try {
      await sleep(ms, either.signal)
      either.signal.throwIfAborted()
    } finally {
      this.#counts.backingOff--
      either.end()
    }
  }

  async #attempt<T>(job: Job, use: (open: Open) => Promise<T>): Promise<{ value: T } | { miss: Miss }> {
    const free = await this.#slots.take(job.signal)
    const clock = attemptSignal(job.timeoutMs, [job.signal, this.#closing.signal])
    const end = (): void => {
      clock.end()
      free()
    }
    try {
      this.#counts.attempts++
      this.#counts.bytesSent += job.bytesSent
      const response = await (this.#options.fetch ?? fetch)(job.url, { ...job.init, signal: clock.signal })
      if (!isRetriedStatus(job.retry, response.status, response.headers)) {
        return { value: await use({ response, clock, end }) }
      }
      const reply = await this.#reply(response, job)
      end()
      return { miss: { kind: 'status', reply } }
    } catch (error) {
      end()
      return { miss: { kind: 'failure', failure: this.#failure(error, job, clock) } }
    }
  }

  /** Reads what was thrown; throws it again when it is no failure of the connection. */
  #failure(error: unknown, job: Job, clock: AttemptSignal): Failure {
    if (isGradusError(error)) throw error
    job.signal?.throwIfAborted()
    this.#closing.signal.throwIfAborted()
    const failure: Failure = clock.isLate
      ? { kind: 'timeout', reason: `${job.timeoutMs} ms`, cause: error }
      : failureOf(error)
    if (failure.kind === 'timeout') this.#counts.timeouts++
    return { ...failure, reason: withoutSecrets(failure.reason, this.#secrets) }
  }

  #missError(job: Job, miss: Miss, attempts: number): GradusError {
    if (miss.kind === 'failure') return failureError(job.shown, miss.failure, attempts)
    return statusError(miss.reply, { attempts, secrets: this.#secrets })
  }

  async #reply(response: Response, job: Job): Promise<HttpReply> {
    const pieces: Uint8Array[] = []
    for await (const piece of bodyPieces(response, job.shown, this.#maxBytes)) {
      this.#counts.bytesReceived += piece.byteLength
      pieces.push(piece)
    }
    return httpReply(job.shown, response.status, response.headers, joined(pieces))
  }
}

function isRetried(policy: RetryPolicy, miss: Miss): boolean {
  if (miss.kind === 'status' || policy === 'read') return policy !== 'none'
  return policy === 'submit' && miss.failure.kind === 'refused'
}

async function sleepFor(ms: number, signal?: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => signal?.throwIfAborted())
}
