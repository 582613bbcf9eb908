// Answers as JSON that are not sent again while the client has them: the tag of an answer is a hash of its text. And what
// an error says to whoever asked: the dashboard's server is the reader's own, so paths and reasons are told.
import { createHash } from 'node:crypto'
import { isGradusError, messageOf } from '../../base/error.ts'
import { ApiError, toApiError } from '../http/api-error.ts'
import type { ServeContext } from '../http/app.ts'

/** Status 200 with the value, or 304 when the client has just that. */
export function jsonAnswer(c: ServeContext, value: unknown): Response {
  const text = JSON.stringify(value)
  const tag = `"${createHash('sha1').update(text).digest('base64url')}"`
  const headers = { etag: tag, 'cache-control': 'no-cache' }
  const known = c.req.header('if-none-match')?.slice(0, 1000).split(',')
  if (known?.some((given) => given.trim().replace(/^W\//, '') === tag))
    return new Response(null, { status: 304, headers })
  return new Response(text, { headers: { ...headers, 'content-type': 'application/json; charset=utf-8' } })
}

/** `{error: {message, code, hint?}}` for whatever was thrown. */
export function errorAnswer(error: unknown): Response {
  const { status, body, headers, code, message } = toAnswer(error)
  const hint = isGradusError(error) ? error.hint : undefined
  return Response.json(
    { error: { ...body.error, message, code, ...(hint !== undefined && { hint }) } },
    { status, headers },
  )
}

/** Which answer an error is. */
export function toAnswer(error: unknown): ApiError {
  if (error instanceof ApiError) return error
  if (isGradusError(error)) {
    const known = toApiError(error)
    if (known.status !== 500) return new ApiError(error.message, { code: error.code })
    const [area] = error.code.split('/', 1)
    // What lies in a run directory is no failure of the server.
    const status = area === 'store' || area === 'data' ? 422 : 500
    return new ApiError(error.message, { status, code: error.code, ...(status === 500 && { type: 'server_error' }) })
  }
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new ApiError('It was there a moment ago: a file of this run has just gone.', { status: 404, code: 'gone' })
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EISDIR') {
    return new ApiError(`A file of this run cannot be read: ${messageOf(error)}`, { status: 422, code: 'unreadable' })
  }
  if (error instanceof RangeError) {
    return new ApiError('A file of this run is nested too deeply or is too large to show.', {
      status: 422,
      code: 'too-deep',
    })
  }
  return toApiError(error)
}
