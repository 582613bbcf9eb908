// One slow request, as the client describes it. How it is sent, waited for and repeated is in the files around.
import type { HttpReply, HttpRequest } from '../http/index.ts'

/** What to do and how to read what came of it. */
export interface Operation<T> {
  /** For messages: `optim_step 7 of model x`. */
  readonly what: string
  readonly route: string
  /** Name of the kind for the server's statistics. */
  readonly type: string
  readonly request: Pick<HttpRequest, 'json' | 'body' | 'contentType'>
  /** Doing it twice does no harm, or the server sees to it that it is done once. */
  readonly mayRepeat: boolean
  /** Its answer may be in protocol buffers. */
  readonly accept?: string
  /** Waits before a request that was refused for now (429) is sent again; default a doubling time. */
  readonly busyMs?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
  read(reply: HttpReply): T
}

/** An operation that the server has taken in. */
export interface Ticket {
  readonly requestId: string
  /** Given at once by some servers when a model is made. */
  readonly modelId?: string
}
