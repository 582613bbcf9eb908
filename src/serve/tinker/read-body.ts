// The bytes of a request, up to a limit. Compressed bodies are not taken: this server asks no client to compress.
import type { z } from 'zod'
import { check, parseJson } from './op-body.ts'
import { Refusal } from './refusal.ts'

/** @throws a refusal of status 413 or 415 */
export async function readBody(request: Request, maxBytes: number): Promise<Uint8Array> {
  const encoding = request.headers.get('content-encoding')
  if (encoding !== null && encoding !== 'identity') throw new Refusal(415, `a body with Content-Encoding ${encoding}`)
  const tooLarge = (): Refusal => new Refusal(413, `the body is larger than ${maxBytes} bytes; send smaller batches`)
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw tooLarge()
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.length
    if (size > maxBytes) throw tooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** A JSON body as a schema reads it. @throws a refusal */
export async function bodyOf<T>(request: Request, maxBytes: number, schema: z.ZodType<T>): Promise<T> {
  return check(schema, parseJson(await readBody(request, maxBytes)))
}
