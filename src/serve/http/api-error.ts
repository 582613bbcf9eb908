// Errors as OpenAI's clients read them: `{error: {message, type, param, code}}` with a status. What a request got wrong is
// told to whoever sent it; a failure of the server is told by its code only, since a message may hold what was sent.
import { isGradusError } from '../../base/error.ts'

/** Kinds of errors that clients tell apart. */
export type ApiErrorType =
  | 'invalid_request_error'
  | 'authentication_error'
  | 'permission_error'
  | 'rate_limit_error'
  | 'server_error'

/** What an {@link ApiError} can be told beside its message. */
export interface ApiErrorDetails {
  /** Default 400. */
  readonly status?: number
  /** Default `invalid_request_error`. */
  readonly type?: ApiErrorType
  /** The field of the request that is at fault. */
  readonly param?: string
  readonly code?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** An error that is the answer to a request. */
export class ApiError extends Error {
  readonly status: number
  readonly type: ApiErrorType
  readonly param: string | null
  readonly code: string | null
  readonly headers: Readonly<Record<string, string>>

  constructor(message: string, details: ApiErrorDetails = {}) {
    super(message)
    this.name = 'ApiError'
    this.status = details.status ?? 400
    this.type = details.type ?? 'invalid_request_error'
    this.param = details.param ?? null
    this.code = details.code ?? null
    this.headers = details.headers ?? {}
  }

  /** The body of the answer, and of an event that ends a stream. */
  get body(): { readonly error: Readonly<Record<'message' | 'type' | 'param' | 'code', string | null>> } {
    const { message, type, param, code } = this
    return { error: { message, type, param, code } }
  }

  response(): Response {
    return Response.json(this.body, { status: this.status, headers: this.headers })
  }
}

/** Codes of errors that a request can bring about by what it holds. */
const OF_THE_REQUEST: ReadonlySet<string> = new Set([
  'render/template-failed',
  'render/unknown-character',
  'sampler/bad-option',
  'sampler/bad-stop',
  'sampler/empty-context',
  'sampler/unknown-token',
])

/** The answer that an error means. */
export function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error
  if (isGradusError(error) && OF_THE_REQUEST.has(error.code)) {
    const hint = error.hint === undefined ? '' : ` (${error.hint})`
    return new ApiError(`${error.message}${hint}`, { code: error.code })
  }
  return new ApiError('The server failed on this request.', {
    status: 500,
    type: 'server_error',
    code: isGradusError(error) ? error.code : 'internal',
  })
}

/** Where an error that no one foresaw comes from, without its message, which may hold what was sent. */
export function traceOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  const frames = (error.stack ?? '').split('\n').filter((line) => /^ {4}at /.test(line))
  return [isGradusError(error) ? error.code : error.name, ...frames.slice(0, 8)].join('\n')
}

/** Refused because the server is about to end. */
export const stopping = (): ApiError =>
  new ApiError('The server is stopping.', {
    status: 503,
    type: 'server_error',
    code: 'server_stopping',
    headers: { 'retry-after': '5' },
  })
