// A server on 127.0.0.1 that answers each request by the next of the given handlers (the last one again and again), and
// remembers what it was asked.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Handler = (request: IncomingMessage, response: ServerResponse, body: string) => void

export interface FaultyServer {
  readonly url: string
  readonly asked: { method: string; url: string; headers: IncomingMessage['headers']; body: string }[]
  /** Connections that the other side closed before the answer was complete. */
  readonly left: number
  close(): Promise<void>
}

export async function faultyServer(...handlers: readonly Handler[]): Promise<FaultyServer> {
  const asked: FaultyServer['asked'] = []
  let left = 0
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (piece: string) => {
      body += piece
    })
    response.on('close', () => {
      if (!response.writableFinished) left++
    })
    request.on('end', () => {
      const handler = handlers[Math.min(asked.length, handlers.length - 1)]
      asked.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body })
      handler(request, response, body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    get left() {
      return left
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Answers with a status, a body and headers. */
export const answer =
  (status: number, body: unknown = {}, headers: Readonly<Record<string, string>> = {}): Handler =>
  (_request, response) => {
    response.writeHead(status, headers)
    response.end(typeof body === 'string' ? body : JSON.stringify(body))
  }

/** Closes the connection without an answer. */
export const reset: Handler = (request) => request.socket.resetAndDestroy()

/** Begins an answer and breaks the connection in the middle of its body. */
export const truncated: Handler = (_request, response) => {
  response.writeHead(200, { 'content-length': '100' })
  response.write('{"half":')
  setTimeout(() => response.destroy(), 5)
}

/** Never answers. */
export const silent: Handler = () => undefined
