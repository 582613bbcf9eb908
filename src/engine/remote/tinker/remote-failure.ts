// The two ways in which an operation ends badly: it failed, and the server said so; or nobody knows whether it was done.
// The second is not final: what it may have changed can be built again from the last save (see tinker-trainer.ts).
import { GradusError, isGradusError, messageOf } from '../../../base/error.ts'
import { failureOf } from '../http/http-error.ts'
import { type HttpReply, serverMessage } from '../http/index.ts'

/** The server did not do it and will not. */
export function operationFailed(what: string, message: string, category = ''): GradusError {
  const mine = category === 'user' || category === '400'
  return new GradusError(
    'engine/operation-failed',
    `${what} failed on the server: ${message || 'it does not say why'}`,
    {
      hint: mine
        ? 'The request does not suit this server: check the length of sequences, token ids, the rank and the dialect.'
        : "Look into the server's log. The last checkpoint can be resumed.",
    },
  )
}

/** Nobody knows whether it was done. */
export function answerLost(what: string, why: string, cause?: unknown): GradusError {
  return new GradusError('engine/answer-lost', `the answer to ${what} is lost: ${why}`, {
    hint: 'The state on the server is unknown. Resume from the last checkpoint.',
    cause,
  })
}

export const isLost = (error: unknown): boolean => isGradusError(error) && error.code === 'engine/answer-lost'

/** True when no connection was made, so that nothing can have been done. */
export const isRefused = (error: unknown): boolean =>
  hasCode(error, 'remote/unreachable') && failureOf((error as GradusError).cause).kind === 'refused'

/** True for what may go away by itself: a broken connection, no answer in time, an answer that was cut short. */
export const isPassing = (error: unknown): boolean =>
  hasCode(error, 'remote/unreachable') || hasCode(error, 'remote/timeout') || hasCode(error, 'remote/bad-json')

export const hasCode = (error: unknown, code: string): boolean => isGradusError(error) && error.code === code

/** True when the server says that it does not have the model any more, as after a restart. */
export function saysGone(reply: HttpReply): boolean {
  if (reply.status === 404 || reply.status === 410) return true
  return reply.status === 400 && /\bnot (?:loaded|found)\b|\b(?:unknown|no such) model\b/i.test(serverMessage(reply))
}

/** True when it is the path that the server does not have, in the words of its router. */
export const lacksRoute = (reply: HttpReply): boolean =>
  (reply.status === 404 || reply.status === 405) &&
  /^(?:404 )?(?:not found|method not allowed)$/i.test(serverMessage(reply))

/** The server does not do such a thing. */
export const noRoute = (what: string, reply: HttpReply): GradusError =>
  new GradusError('engine/no-route', `the server has no ${reply.url}, which ${what} needs`, {
    hint: 'Check the URL, and name the kind of server with the option dialect.',
  })

/** A line about why something is being asked again. */
export const reasonOf = (thing: unknown): string =>
  isReply(thing) ? `status ${thing.status} ${serverMessage(thing)}`.trim() : messageOf(thing)

const isReply = (thing: unknown): thing is HttpReply =>
  typeof thing === 'object' && thing !== null && 'status' in thing && 'bytes' in thing
