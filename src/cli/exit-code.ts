// Exit codes, and how an error looks on stderr. Stdout stays empty on errors, with and without --json.
import { isGradusError, messageOf } from '../base/error.ts'

/** What the exit codes mean. */
export const exitCodes = {
  ok: 0,
  failed: 1,
  /** Wrong usage, configuration or data. */
  usage: 2,
  /** Stopped by the user; `--resume` goes on. */
  interrupted: 3,
  /** A check was made and did not hold. */
  checkFailed: 4,
} as const

/** One of {@link exitCodes}. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

const usageCategories = ['usage', 'config', 'data']

/** The exit code that an error ends the process with. */
export function exitCodeOf(error: unknown): ExitCode {
  const category = isGradusError(error) ? error.code.split('/')[0] : ''
  return usageCategories.includes(category) ? exitCodes.usage : exitCodes.failed
}

/** `error[code]: message`, and `hint: ...` on the next line. An error that is not ours shows where it came from. */
export function formatError(error: unknown): string {
  if (isGradusError(error)) {
    const hint = error.hint === undefined ? '' : `hint: ${error.hint}\n`
    return `error[${error.code}]: ${error.message}\n${hint}`
  }
  const stack = error instanceof Error && error.stack ? `${error.stack.split('\n').slice(1).join('\n')}\n` : ''
  return `error[internal]: ${messageOf(error)}\n${stack}hint: This is a mistake in gradus; please report it with the lines above.\n`
}
