// What can go wrong between here and a server, as errors that name the URL and what to do. Never a key: queries are cut
// from URLs, and whatever was sent as a secret is cut from what the server says.
import { GradusError, isGradusError, messageOf } from '../../../base/error.ts'
import type { HttpReply } from './http-types.ts'

const LONGEST_MESSAGE = 500

/** How far an attempt got that had no reply. */
export interface Failure {
  /** `refused`: no connection was made, so nothing was done. `broken`: it ended early, and anything may have been done. */
  readonly kind: 'refused' | 'broken' | 'timeout'
  readonly reason: string
  readonly cause: unknown
}

const REFUSED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])
const TIMEOUTS = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'])

/** Reads what `fetch` threw. */
export function failureOf(thrown: unknown): Failure {
  const cause = thrown instanceof Error && thrown.cause !== undefined ? thrown.cause : thrown
  const { code, syscall } = (typeof cause === 'object' && cause !== null ? cause : {}) as Record<string, unknown>
  const name = typeof code === 'string' ? code : ''
  const reason = [name, messageOf(cause) || messageOf(thrown)].filter((part) => part !== '').join(': ')
  if (TIMEOUTS.has(name)) return { kind: 'timeout', reason, cause: thrown }
  const isRefused = REFUSED.has(name) || syscall === 'connect' || syscall === 'getaddrinfo'
  return { kind: isRefused ? 'refused' : 'broken', reason, cause: thrown }
}

/** The error of a request whose last attempt failed so. */
export function failureError(url: string, { kind, reason, cause }: Failure, attempts: number): GradusError {
  const times = attempts === 1 ? '' : ` (${attempts} attempts)`
  if (kind === 'timeout') {
    return new GradusError('remote/timeout', `no answer in time from ${url}: ${reason}${times}`, {
      hint: 'The server may be busy: ask for less at once (concurrency), or allow more time (timeoutMs).',
      cause,
    })
  }
  const what = kind === 'refused' ? 'cannot connect to' : 'the connection broke to'
  return new GradusError('remote/unreachable', `${what} ${url}: ${reason}${times}`, {
    hint: 'Check that the server runs, and that host, port and http/https are right.',
    cause,
  })
}

/** The error of a reply that a caller cannot use; {@link replyOf} finds the reply again. */
export function statusError(
  reply: HttpReply,
  more: { attempts?: number; hint?: string; secrets?: readonly string[] } = {},
) {
  const { attempts = 1, secrets = [] } = more
  const said = withoutSecrets(serverMessage(reply), secrets)
  const times = attempts === 1 ? '' : ` (${attempts} attempts)`
  return new GradusError('remote/http', `${reply.url} answered ${reply.status}${said && `: ${said}`}${times}`, {
    hint: more.hint ?? hintFor(reply.status),
    cause: reply,
  })
}

/** The reply behind a `remote/http` error. */
export function replyOf(error: unknown): HttpReply | undefined {
  if (!isGradusError(error) || error.code !== 'remote/http') return undefined
  return error.cause as HttpReply
}

export function tooLarge(url: string, maxBytes: number): GradusError {
  return new GradusError('remote/too-large', `the reply of ${url} has more than ${maxBytes} bytes`, {
    hint: 'Ask for less at once, or raise maxBytes.',
  })
}

/** What the server says went wrong, in one of the usual JSON shapes or as text; at most 500 characters on one line. */
export function serverMessage(reply: HttpReply): string {
  // Longer than any message: a page of some proxy, whose beginning is enough.
  const text = new TextDecoder().decode(reply.bytes.subarray(0, 65_536))
  const message = messageIn(text) ?? text
  return message.replace(/\s+/g, ' ').trim().slice(0, LONGEST_MESSAGE)
}

function messageIn(text: string): string | undefined {
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    return undefined
  }
  // {error: {message}}, {error}, {detail}, {detail: [{msg}]}, {message}: at most three steps in.
  for (let step = 0; step < 4; step++) {
    if (typeof body === 'string') return body
    if (typeof body !== 'object' || body === null) return undefined
    const { error, detail, message, msg } = body as Record<string, unknown>
    body = Array.isArray(body) ? body[0] : (error ?? detail ?? message ?? msg)
  }
  return undefined
}

/** `text` without any of the secrets. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets.reduce((rest, secret) => (secret.length < 4 ? rest : rest.replaceAll(secret, '***')), text)
}

function hintFor(status: number): string {
  if (status === 401 || status === 403) return 'Check the API key.'
  if (status === 404) return 'Check the base URL (is /v1 missing, or there twice?) and the name of the model.'
  if (status === 429) return 'The server limits how much it takes: lower the concurrency, or try again later.'
  if (status >= 500) return 'The server failed: look into its log, and try again.'
  return 'The server did not accept the request; its message says why.'
}
