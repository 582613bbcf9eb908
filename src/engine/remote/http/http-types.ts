// What callers of the HTTP client write and get. Types only.
import type { Rng } from '../../../base/rng.ts'

/** Which outcomes are tried again. */
export type RetryPolicy =
  /** What may be repeated freely: connection errors, timeouts, 408, 425, 429, and 5xx but for 501 and 505. */
  | 'read'
  /** Only what proves that nothing was done: no connection was made, 429, 503 with `retry-after`. */
  | 'submit'
  | 'none'

/** Said before a request is tried again. The URL holds no key. */
export interface RetryNote {
  readonly url: string
  /** The attempt that failed, from 1. */
  readonly attempt: number
  readonly reason: string
  readonly waitMs: number
}

export interface HttpOptions {
  /** A path may follow the host; requests are below it. */
  readonly baseUrl: string
  /** Sent with every request. Their values never appear in messages. */
  readonly headers?: Readonly<Record<string, string>>
  /** Requests in flight at once; default 64. The others queue, in order. */
  readonly concurrency?: number
  /** Attempts of one request, the first included; default 6. */
  readonly attempts?: number
  /** Of one attempt, body included; of an event stream, the longest silence. Default 60_000. */
  readonly timeoutMs?: number
  /** Of one reply, decompressed; default 256 MiB. */
  readonly maxBytes?: number
  readonly onRetry?: (note: RetryNote) => void
  /** For tests. */
  readonly fetch?: typeof fetch
  readonly sleep?: (ms: number, signal?: AbortSignal) => Promise<void>
  /** Of the jitter of waits; it changes no result. */
  readonly rng?: Rng
}

export interface HttpRequest {
  /** Default GET, or POST when there is a body. */
  readonly method?: 'GET' | 'POST' | 'DELETE' | 'PUT'
  readonly json?: unknown
  readonly body?: Uint8Array
  readonly contentType?: string
  readonly accept?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
  readonly timeoutMs?: number
  /** Default `read` for GET, else `submit`. */
  readonly retry?: RetryPolicy
}

export interface HttpReply {
  readonly status: number
  readonly headers: Headers
  readonly bytes: Uint8Array
  /** Without its query, in which some services put keys. */
  readonly url: string
  text(): string
  /** @throws `remote/bad-json` */
  json(): unknown
}

/** What a client has done so far, and what it is doing. */
export interface HttpCounters {
  readonly requests: number
  readonly attempts: number
  readonly retries: number
  readonly timeouts: number
  readonly bytesSent: number
  readonly bytesReceived: number
  readonly inFlight: number
  readonly queued: number
  /** Requests that wait before their next attempt. */
  readonly backingOff: number
}
