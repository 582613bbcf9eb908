// One client's presence at a server: a session, kept alive by heartbeats, in which models and sampling sessions are made.
// When the server has forgotten it, as after a restart, a new one is opened; what hung on the old one is its user's to make
// again.
import { z } from 'zod'
import { type HttpReply, statusError } from '../http/index.ts'
import { Connection, type ConnectionOptions, readAnswer, VERSION } from './connection.ts'
import type { Operation } from './operation.ts'
import { pollFuture } from './poll-future.ts'
import { answerLost, hasCode, lacksRoute } from './remote-failure.ts'
import { samplingSessionSchema, sessionSchema, ticketSchema } from './wire/index.ts'

const HEARTBEAT_MS = 10_000

/** A session that is open. */
export class Session {
  readonly connection: Connection
  #id: string
  #nextModel = 0
  #nextSampling = 0
  #isForgotten = false
  #users = 1
  readonly #heartbeat: NodeJS.Timeout

  private constructor(connection: Connection, id: string) {
    this.connection = connection
    this.#id = id
    this.#heartbeat = setInterval(() => void this.#beat(), HEARTBEAT_MS).unref()
  }

  /** @throws `remote/...`, `engine/bad-answer`, `config/unknown-dialect` */
  static async open(options: ConnectionOptions): Promise<Session> {
    const connection = await Connection.open(options)
    try {
      return new Session(connection, await create(connection))
    } catch (error) {
      connection.close()
      throw error
    }
  }

  get isClosed(): boolean {
    return this.#users <= 0
  }

  /** Another user: the session ends when the last has closed it. */
  share(): this {
    this.#users++
    return this
  }

  /** Names the session, opening a new one where the server has forgotten the old. */
  async id(): Promise<string> {
    if (this.#isForgotten) {
      this.#id = await create(this.connection)
      this.#isForgotten = false
      this.#nextModel = 0
      this.#nextSampling = 0
      this.connection.note('the server had forgotten the session; a new one was opened')
    }
    return this.#id
  }

  /** The server may have forgotten the session: it is asked before the next thing is made. */
  async check(): Promise<void> {
    await this.#beat()
  }

  nextModel(): number {
    return this.#nextModel++
  }

  nextSampling(): number {
    return this.#nextSampling++
  }

  /** A session that samples from a stored snapshot or from the untrained model. */
  async sampling(source: { model_path: string } | { base_model: string }): Promise<string> {
    for (let attempt = 1; ; attempt++) {
      const json = {
        session_id: await this.id(),
        sampling_session_seq_id: this.nextSampling(),
        ...source,
        type: 'create_sampling_session',
      }
      const reply = await this.connection.send('create_sampling_session', { json, retry: 'read' })
      if (reply.status >= 200 && reply.status < 300) return this.#opened(reply)
      await this.#orForgotten(reply, attempt)
    }
  }

  /** The id is said at once, or there is a ticket for it. */
  async #opened(reply: HttpReply): Promise<string> {
    const said = readAnswer(reply, z.union([samplingSessionSchema, ticketSchema]))
    if ('sampling_session_id' in said) return said.sampling_session_id
    const operation: Operation<{ sampling_session_id: string }> = {
      what: 'create_sampling_session',
      route: 'create_sampling_session',
      type: 'CreateSamplingSession',
      request: {},
      mayRepeat: true,
      read: (result) => readAnswer(result, samplingSessionSchema),
    }
    const outcome = await pollFuture(this.connection, operation, { requestId: said.request_id })
    if (outcome.kind === 'gone') throw answerLost(operation.what, outcome.why)
    return outcome.value.sampling_session_id
  }

  close(): void {
    if (--this.#users > 0) return
    clearInterval(this.#heartbeat)
    this.connection.close()
  }

  /** Goes on only when it was the session that the server does not know, and for the first time. */
  async #orForgotten(reply: HttpReply, attempt: number): Promise<void> {
    if (reply.status === 404 && attempt === 1) await this.#beat()
    if (!this.#isForgotten) throw statusError(reply)
  }

  async #beat(): Promise<void> {
    try {
      const reply = await this.connection.send('session_heartbeat', {
        json: { session_id: this.#id, type: 'session_heartbeat' },
        retry: 'none',
      })
      if (reply.status === 404 && !lacksRoute(reply)) this.#isForgotten = true
    } catch (error) {
      // A heartbeat that was missed is no failure; a client that was closed is no news.
      if (hasCode(error, 'remote/closed')) clearInterval(this.#heartbeat)
    }
  }
}

async function create(connection: Connection): Promise<string> {
  const body = { tags: ['gradus'], user_metadata: {}, sdk_version: VERSION, type: 'create_session' }
  const answer = await connection.ask('create_session', body, sessionSchema, 'submit')
  for (const said of [answer.warning_message, answer.error_message, answer.info_message])
    if (said) connection.note(`the server says: ${said}`)
  return answer.session_id
}
