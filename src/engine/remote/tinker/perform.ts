// An operation from its sending to its result, while whoever watches is told of what takes long.
import { type HttpReply, serverMessage } from '../http/index.ts'
import type { Connection } from './connection.ts'
import type { Operation, Ticket } from './operation.ts'
import { pollFuture } from './poll-future.ts'
import { answerLost } from './remote-failure.ts'
import { submit } from './submit-operation.ts'

/** Times that a server may forget one operation. */
const RENEWALS = 3

/**
 * The result of an operation; `send` puts the first sending in its place among others.
 * @throws `engine/operation-failed`, `engine/answer-lost`, `remote/...`
 */
export async function perform<T>(
  connection: Connection,
  operation: Operation<T>,
  send: () => Promise<Ticket> = () => submit(connection, operation),
): Promise<T> {
  const notices = new WaitingNotices(connection, operation.what)
  try {
    let ticket = await send()
    for (let renewal = 0; ; renewal++) {
      const outcome = await pollFuture(connection, operation, ticket, (reply) => notices.heard(reply))
      if (outcome.kind === 'done') return outcome.value
      if (!operation.mayRepeat || renewal >= RENEWALS) throw answerLost(operation.what, outcome.why)
      ticket = await submit(connection, operation)
    }
  } finally {
    notices.end()
  }
}

/** Says at intervals what is being waited for, and what the server last said of its queue. */
class WaitingNotices {
  readonly #timer: NodeJS.Timeout | undefined
  #state: string | undefined

  constructor({ options }: Connection, what: string) {
    const { onWaiting, waitingNoticeMs = 30_000 } = options
    if (!onWaiting) return
    let count = 0
    this.#timer = setInterval(() => {
      count++
      onWaiting({ what, seconds: (count * waitingNoticeMs) / 1000, ...(this.#state && { state: this.#state }) })
    }, waitingNoticeMs).unref()
  }

  heard(reply: HttpReply): void {
    try {
      const { queue_state: state, queue_state_reason: reason } = reply.json() as Record<string, unknown>
      if (typeof state === 'string') this.#state = typeof reason === 'string' ? `${state}: ${reason}` : state
    } catch {
      this.#state = serverMessage(reply)
    }
  }

  end(): void {
    clearInterval(this.#timer)
  }
}
