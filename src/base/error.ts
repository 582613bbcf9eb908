// The one error class. A message says what happened, with the value; a hint says what to do next.
// Expected failures inside rollouts and verifiers are values (see contracts/sample.ts), never this.

/** What part of the system an error belongs to; the first half of its code. */
export type ErrorCategory =
  | 'usage'
  | 'config'
  | 'data'
  | 'render'
  | 'tensor'
  | 'model'
  | 'engine'
  | 'remote'
  | 'sampler'
  | 'sandbox'
  | 'verify'
  | 'train'
  | 'store'

/** `category/what-happened`, e.g. `config/unknown-key`. */
export type ErrorCode = `${ErrorCategory}/${string}`

const marker = Symbol.for('gradus.error')

/** An error with a stable code and advice. Recognise it with {@link isGradusError}, not `instanceof`. */
export class GradusError extends Error {
  readonly code: ErrorCode
  readonly hint: string | undefined
  readonly [marker] = true

  constructor(code: ErrorCode, message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'GradusError'
    this.code = code
    this.hint = options.hint
  }
}

/** True for errors made by any copy of this package. */
export function isGradusError(error: unknown): error is GradusError {
  return typeof error === 'object' && error !== null && marker in error
}

/** The message of anything thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
