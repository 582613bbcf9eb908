// What is told of an error by the routes that read logs, load models and sample. The dashboard is read on the machine that
// it runs on, by whoever owns the runs: so the message and the advice of a known error are told, as the command line does.
import { isGradusError, messageOf } from '../../../base/error.ts'
import { ApiError, toApiError } from '../../http/api-error.ts'

/** Errors that say that something is not there. */
const MISSING = new Set(['store/no-such-search', 'store/no-checkpoint', 'render/no-tokenizer'])

/** A known error as an answer with its message and advice: 404 for what is not there, else 422. Others stay as they are. */
export function toRefusal(error: unknown): unknown {
  if (!isGradusError(error)) return error
  const hint = error.hint === undefined ? '' : ` ${error.hint}`
  return new ApiError(`${sentence(messageOf(error))}${hint}`.slice(0, 2000), {
    status: MISSING.has(error.code) ? 404 : 422,
    code: error.code,
  })
}

/** The same as a text, for an event of a stream; nothing is told of errors that no one foresaw. */
export function refusalText(error: unknown): string {
  return toApiError(toRefusal(error)).message
}

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`)
