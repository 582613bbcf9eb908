// `fetch` over node:http. Node's own adds `Sec-Fetch-Mode` to every request, by which Ray takes it for a browser's and
// refuses all but GET (it keeps web pages from starting jobs); a program that is no browser has no such header to send.
import { type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { Readable } from 'node:stream'

/** As `fetch` for a URL, with bytes or text as the body; redirects are never followed. */
export const plainFetch: typeof fetch = async (input, init = {}) => {
  const url = new URL(input instanceof Request ? input.url : input)
  const { method = 'GET', body, signal } = init
  const bytes = typeof body === 'string' ? Buffer.from(body) : (body as Uint8Array | null | undefined)
  const headers = Object.fromEntries(new Headers(init.headers))
  const send = url.protocol === 'https:' ? requestHttps : requestHttp
  const reply = await new Promise<IncomingMessage>((resolve, reject) => {
    const request = send(url, {
      method,
      headers: { ...headers, 'content-length': String(bytes?.byteLength ?? 0) },
      signal: signal ?? undefined,
    })
    request.once('response', resolve)
    request.once('error', reject)
    request.end(bytes ?? undefined)
  })
  const { statusCode: status = 500 } = reply
  const given = Object.entries(reply.headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)] satisfies [string, string]],
  )
  const stream = [204, 205, 304].includes(status) ? null : (Readable.toWeb(reply) as ReadableStream<Uint8Array>)
  return new Response(stream, { status, headers: given })
}
