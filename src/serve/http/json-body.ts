// The body of a request: read up to a limit, as JSON, checked by a schema. Only `application/json` is read: a browser
// asks before it sends that from a page of another origin.
import type { z } from 'zod'
import { ApiError } from './api-error.ts'

/** A parsed JSON object. */
export type JsonObject = Readonly<Record<string, unknown>>

/** Largest body that is read unless the server is told otherwise. */
export const DEFAULT_MAX_BODY_BYTES = 8 * 2 ** 20

/** @throws ApiError 413, 415, or 400 for what is no JSON object */
export async function readJsonObject(request: Request, maxBytes: number): Promise<JsonObject> {
  const [type] = (request.headers.get('content-type') ?? '').split(';', 1)
  if (type.trim().toLowerCase() !== 'application/json') {
    throw new ApiError('The body has to be sent with "Content-Type: application/json".', {
      status: 415,
      code: 'unsupported_media_type',
    })
  }
  const text = await readText(request, maxBytes)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new ApiError('The body is not valid JSON.', { code: 'invalid_json' })
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject
  throw new ApiError('The body has to be a JSON object.', { code: 'invalid_json' })
}

async function readText(request: Request, maxBytes: number): Promise<string> {
  const declared = request.headers.get('content-length')
  if (declared !== null) {
    if (Number(declared) > maxBytes) throw tooLarge(maxBytes)
    const text = await request.text()
    // A header that lies is possible only without a real connection in between.
    if (text.length > maxBytes) throw tooLarge(maxBytes)
    return text
  }
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.length
    if (size > maxBytes) throw tooLarge(maxBytes)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

const tooLarge = (maxBytes: number): ApiError =>
  new ApiError(`The body is larger than ${maxBytes} bytes, the limit of this server.`, {
    status: 413,
    code: 'request_too_large',
  })

/** Checks an object; other keys are dropped. @throws ApiError 400 that names the field */
export function checkObject<T>(schema: z.ZodType<T>, value: JsonObject): T {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const [{ path, message }] = result.error.issues
  const param = path.join('.').slice(0, 200)
  throw new ApiError(param === '' ? message : `${param}: ${message}`, { param, code: 'invalid_value' })
}
