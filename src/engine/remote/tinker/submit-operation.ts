// Sends an operation until the server has taken it in. One that may have been done is sent again only where that does no
// harm; else its answer is lost, and the caller has to rebuild what it may have changed.
import { type HttpReply, replyOf, statusError } from '../http/index.ts'
import { type Connection, readAnswer } from './connection.ts'
import type { Operation, Ticket } from './operation.ts'
import { answerLost, isPassing, isRefused, lacksRoute, noRoute, reasonOf, saysGone } from './remote-failure.ts'
import { ticketSchema } from './wire/index.ts'

/** Sendings of one operation before a failure is believed: about four minutes. */
const SENDINGS = 12
/** Of one that the server is too busy for, where it asked to be told so: about ten minutes. */
const BUSY_SENDINGS = 600
const LONGEST_WAIT_MS = 30_000

/** What is to be done after one sending. */
type Step =
  | { readonly kind: 'taken'; readonly ticket: Ticket }
  | { readonly kind: 'again' | 'busy'; readonly error: unknown }

/** The ticket of an operation. @throws `engine/answer-lost` when it may or may not have been done, `remote/...` */
export async function submit<T>(connection: Connection, operation: Operation<T>): Promise<Ticket> {
  const { busyMs, signal } = operation
  let failures = 0
  let refusals = 0
  for (;;) {
    const step = await sendOnce(connection, operation)
    if (step.kind === 'taken') return step.ticket
    if (step.kind === 'busy' && busyMs !== undefined) {
      refusals++
      if (refusals >= BUSY_SENDINGS) throw step.error
      await connection.pause(busyMs, signal)
      continue
    }
    failures++
    if (failures >= SENDINGS) throw step.error
    await connection.pause(Math.min(1000 * 2 ** (failures - 1), LONGEST_WAIT_MS), signal)
  }
}

async function sendOnce<T>(connection: Connection, operation: Operation<T>): Promise<Step> {
  const { what, route, request, headers, mayRepeat, busyMs, signal } = operation
  let reply: HttpReply
  try {
    // The HTTP client's own retries end with an error that holds the last reply.
    const retry = busyMs === undefined ? 'submit' : 'none'
    reply = await connection.send(route, { ...request, headers, retry, signal })
  } catch (error) {
    const last = replyOf(error)
    if (!last) return afterFailure(error, operation)
    reply = last
  }
  if (reply.status >= 200 && reply.status < 300) return readTicket(reply, operation)
  const error = statusError(reply)
  if (lacksRoute(reply)) throw noRoute(what, reply)
  if (saysGone(reply)) throw answerLost(what, reasonOf(reply), error)
  // Too busy is said before anything is done.
  if (reply.status === 429 || (reply.status === 503 && reply.headers.has('retry-after'))) return { kind: 'busy', error }
  const isUnclear = reply.status === 408 || reply.status === 425 || reply.status >= 500
  if (!isUnclear) throw error
  if (!mayRepeat) throw answerLost(what, reasonOf(reply), error)
  return { kind: 'again', error }
}

function afterFailure<T>(error: unknown, { what, mayRepeat }: Operation<T>): Step {
  if (!isPassing(error)) throw error
  if (!mayRepeat && !isRefused(error)) throw answerLost(what, reasonOf(error), error)
  return { kind: 'again', error }
}

function readTicket<T>(reply: HttpReply, { what, mayRepeat }: Operation<T>): Step {
  try {
    const { request_id, model_id } = readAnswer(reply, ticketSchema)
    return { kind: 'taken', ticket: { requestId: request_id, ...(model_id && { modelId: model_id }) } }
  } catch (error) {
    // It was taken in, and its number is not known.
    if (!mayRepeat) throw answerLost(what, reasonOf(error), error)
    if (!isPassing(error)) throw error
    return { kind: 'again', error }
  }
}
