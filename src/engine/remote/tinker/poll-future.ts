// Asks for the result of a ticket until there is an outcome. Every answer that the protocol knows has its branch here; see
// the table in docs/remote-tinker.md.
import { GradusError } from '../../../base/error.ts'
import { type HttpReply, serverMessage, statusError } from '../http/index.ts'
import type { Connection } from './connection.ts'
import type { Operation, Ticket } from './operation.ts'
import { answerLost, hasCode, isPassing, operationFailed, reasonOf, saysGone } from './remote-failure.ts'
import { pollSchema } from './wire/index.ts'

/** How it ended: with a result, or with a server that does not know the ticket any more. */
export type Outcome<T> = { readonly kind: 'done'; readonly value: T } | { readonly kind: 'gone'; readonly why: string }

/** What one answer means. */
type Turn<T> =
  | Outcome<T>
  /** Ask again after a wait, if any; `counts` towards the limit of its kind. */
  | { readonly kind: 'again'; readonly waitMs: number; readonly counts?: Kind; readonly error?: unknown }
  | { readonly kind: 'in-full' }

type Kind = 'broken' | 'busy' | 'failing' | 'bad-request' | 'unpaid' | 'unreadable'

const LONGEST_WAIT_MS = 30_000
const UNPAID_WAIT_MS = 5000

/** Answers of one kind in a row before it is believed. */
const PATIENCE: Readonly<Record<Exclude<Kind, 'unpaid'>, number>> = {
  broken: 20,
  busy: 60,
  failing: 20,
  'bad-request': 3,
  unreadable: 4,
}
/** Where failures are told as 400, a 5xx is a failure that the server could not name: it will stay. */
const PATIENCE_WHERE_TOLD = 4

/** Waits for a ticket. @throws `engine/operation-failed`, `engine/answer-lost`, `remote/...` */
export async function pollFuture<T>(
  connection: Connection,
  operation: Operation<T>,
  ticket: Ticket,
  onState: (reply: HttpReply) => void = () => {},
): Promise<Outcome<T>> {
  let metadataOnly = true
  let queued = 0
  let last: Kind | undefined
  let row = 0
  for (let iteration = 1; ; iteration++) {
    let reply: HttpReply | undefined
    let turn: Turn<T>
    try {
      reply = await connection.poll({
        json: { request_id: ticket.requestId, allow_metadata_only: metadataOnly },
        accept: operation.accept,
        signal: operation.signal,
        headers: {
          'x-tinker-request-iteration': String(iteration),
          'x-tinker-request-type': operation.type,
        },
      })
      turn = read(reply, operation, connection)
    } catch (error) {
      turn = afterFailure(error)
    }
    if (turn.kind === 'done' || turn.kind === 'gone') return turn
    if (turn.kind === 'in-full') {
      metadataOnly = false
      continue
    }
    if (turn.counts === undefined) {
      row = 0
      last = undefined
      queued++
      if (reply) onState(reply)
      // A server that does not hold polls open is not asked without pause.
      await connection.pause(Math.min(2 ** queued * 10, 1000), operation.signal)
      continue
    }
    row = turn.counts === last ? row + 1 : 1
    last = turn.counts
    if (row >= patience(turn.counts, connection)) throw turn.error ?? tooOften(turn.counts, operation, reply)
    await connection.pause(Math.max(turn.waitMs, Math.min(1000 * 2 ** (row - 1), LONGEST_WAIT_MS)), operation.signal)
  }
}

function read<T>(reply: HttpReply, operation: Operation<T>, { dialect }: Connection): Turn<T> {
  const { status } = reply
  if (status === 200) return readResult(reply, operation)
  if (status === 408) return { kind: 'again', waitMs: 0 }
  if (saysGone(reply)) return { kind: 'gone', why: reasonOf(reply) }
  if (status === 429 || status === 425) return { kind: 'again', waitMs: 0, counts: 'busy' }
  if (status === 402) return { kind: 'again', waitMs: UNPAID_WAIT_MS, counts: 'unpaid' }
  if (status >= 500) return { kind: 'again', waitMs: 0, counts: 'failing' }
  if (status === 400 && !dialect.failureAs400) return { kind: 'again', waitMs: 0, counts: 'bad-request' }
  if (status === 400) throw operationFailed(operation.what, serverMessage(reply), '400')
  throw statusError(reply)
}

function readResult<T>(reply: HttpReply, operation: Operation<T>): Turn<T> {
  if (reply.headers.get('content-type')?.includes('protobuf')) return { kind: 'done', value: operation.read(reply) }
  const said = pollSchema.safeParse(reply.json())
  if (said.success) {
    const { type, status, error, category } = said.data
    if (type === 'try_again') return { kind: 'again', waitMs: 0 }
    if (status === 'complete_metadata') return { kind: 'in-full' }
    if (error != null) throw operationFailed(operation.what, error, category ?? '')
  }
  return { kind: 'done', value: operation.read(reply) }
}

function afterFailure<T>(error: unknown): Turn<T> {
  // No answer within the time of one poll: the server holds polls open longer than that.
  if (hasCode(error, 'remote/timeout')) return { kind: 'again', waitMs: 0 }
  if (hasCode(error, 'remote/bad-json') || hasCode(error, 'engine/bad-answer'))
    return { kind: 'again', waitMs: 0, counts: 'unreadable', error }
  if (isPassing(error)) return { kind: 'again', waitMs: 0, counts: 'broken' }
  throw error
}

function patience(kind: Kind, { dialect, settings }: Connection): number {
  if (kind === 'unpaid') return Math.max(1, Math.floor((settings.maxPauseS * 1000) / LONGEST_WAIT_MS))
  return kind === 'failing' && dialect.failureAs400 ? PATIENCE_WHERE_TOLD : PATIENCE[kind]
}

function tooOften<T>(kind: Kind, { what }: Operation<T>, reply: HttpReply | undefined): GradusError {
  switch (kind) {
    case 'bad-request':
      return operationFailed(what, reply ? serverMessage(reply) : '', '400')
    case 'unpaid':
      return new GradusError('engine/unpaid', `the server answers 402 to ${what}: the account cannot pay`, {
        hint: 'Add credit to the account, then resume from the last checkpoint.',
      })
    case 'failing':
      return operationFailed(what, reply ? serverMessage(reply) : '', 'server')
    default:
      return answerLost(what, reply ? reasonOf(reply) : `the connection is ${kind}`)
  }
}
