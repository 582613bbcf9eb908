// One request for samples, from its body to rows: whole or as a stream. A failure ends the rows that are not done, with
// what had arrived; nothing is thrown. A stream that breaks is asked for again from the start, a few times.
import { isGradusError, messageOf } from '../../../base/error.ts'
import type { HttpClient } from '../http/index.ts'
import type { RemoteRow } from './remote-row.ts'
import type { WireRequest } from './request-body.ts'
import { parseReply, replyShape, type WireReply, type WireUsage } from './wire.ts'

const STREAM_ATTEMPTS = 3

/** How an exchange went: what the server counted, and whether it answered at all. */
export interface ExchangeResult {
  readonly usage?: WireUsage
  readonly isAnswered: boolean
}

/** Fills `rows`, row j with the choice of index j. */
export async function exchange(
  http: HttpClient,
  request: WireRequest,
  rows: readonly RemoteRow[],
  { signal, isStreamed }: { signal: AbortSignal; isStreamed: boolean },
): Promise<ExchangeResult> {
  for (let attempt = 1; ; attempt++) {
    let usage: WireUsage | undefined
    let isAnswered = false
    try {
      for await (const reply of replies(http, request, signal, isStreamed)) {
        isAnswered = true
        usage = reply.usage ?? usage
        for (const choice of reply.choices) rows[choice.index]?.read(choice)
        // The server has more to say, about its costs perhaps; but no more tokens are wanted.
        if (isStreamed && rows.every((row) => row.done) && !reply.choices.some(({ finish_reason }) => finish_reason))
          break
      }
      for (const row of rows) row.fail('error', 'the answer ended without this sample, or in the middle of it')
      return { usage, isAnswered }
    } catch (error) {
      const isBroken = isAnswered && isGradusError(error) && error.code === 'remote/unreachable'
      if (isBroken && attempt < STREAM_ATTEMPTS && !signal.aborted) {
        for (const row of rows) row.restart()
        continue
      }
      const stop = stopFor(error, signal)
      for (const row of rows) row.fail(stop, messageOf(error))
      return { usage, isAnswered }
    }
  }
}

/** A sampler that is disposed of aborts with an error of its own; everyone else wants to have what there is. */
export function stopFor(error: unknown, signal: AbortSignal): 'abort' | 'timeout' | 'error' {
  if (signal.aborted) return isGradusError(signal.reason) ? 'error' : 'abort'
  return isGradusError(error) && error.code === 'remote/timeout' ? 'timeout' : 'error'
}

/** The one reply, or the pieces of a stream. Sampling again changes nothing but the bill, so everything is retried. */
async function* replies(
  http: HttpClient,
  { path, body }: WireRequest,
  signal: AbortSignal,
  isStreamed: boolean,
): AsyncGenerator<WireReply> {
  const options = { json: body, signal, retry: 'read' } as const
  if (!isStreamed) {
    const reply = await http.request(path, options)
    if (reply.status !== 200) throw http.refusal(reply)
    yield parseReply(replyShape, reply.json(), reply.url)
    return
  }
  for await (const data of http.events(path, options)) {
    if (data.trim() === '[DONE]') return
    yield parseReply(replyShape, parsePiece(data), `${http.baseUrl}${path}`)
  }
}

/** A piece of a stream; an error that the server sends as one is thrown. */
function parsePiece(data: string): unknown {
  const piece: unknown = JSON.parse(data)
  const { error } = (typeof piece === 'object' && piece !== null ? piece : {}) as { error?: unknown }
  if (error === undefined || error === null) return piece
  const { message } = error as { message?: unknown }
  throw new Error(`the server broke off: ${String(message ?? JSON.stringify(error)).slice(0, 300)}`)
}
