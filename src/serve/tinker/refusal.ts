// A request that is not done, and whose fault that is. As an HTTP answer it is `{detail}` with a status; as the outcome of
// a future, which has been accepted already, `{error, category}`.
import { isGradusError, messageOf } from '../../base/error.ts'

/** Who can mend it. */
export type Category = 'user' | 'server'

/** Statuses that this protocol answers errors with. */
export type RefusalStatus = 400 | 401 | 404 | 409 | 410 | 413 | 415 | 422 | 429 | 500

const marker = Symbol.for('gradus.tinker.refusal')

/** Thrown to answer with an error. */
export class Refusal extends Error {
  readonly [marker] = true
  readonly status: RefusalStatus
  readonly headers: Readonly<Record<string, string>>

  constructor(status: RefusalStatus, detail: string, headers: Readonly<Record<string, string>> = {}) {
    super(detail)
    this.name = 'Refusal'
    this.status = status
    this.headers = headers
  }
}

/** The client asked for something that makes no sense. */
export const userError = (detail: string): Refusal => new Refusal(400, detail)

export const isRefusal = (error: unknown): error is Refusal =>
  typeof error === 'object' && error !== null && marker in error

/** Errors of the engine that its caller causes: a bad batch, a bad sampling option, settings out of range. */
const USERS_CODES = /^(?:config|data|sampler|train)\//

/** The outcome of an accepted operation that threw. */
export function failureOf(error: unknown): { error: string; category: Category } {
  if (isRefusal(error)) return { error: error.message, category: error.status === 500 ? 'server' : 'user' }
  if (isGradusError(error)) {
    const text = error.hint ? `${error.message}. ${error.hint}` : error.message
    return { error: text, category: USERS_CODES.test(error.code) ? 'user' : 'server' }
  }
  return { error: messageOf(error), category: 'server' }
}
