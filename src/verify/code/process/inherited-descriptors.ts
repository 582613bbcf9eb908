// Descriptors that the host itself was started with (a log, a socket of a supervisor). Node marks its own as closed on
// exec, yet of those handed to it only the lowest in a row; any other would reach every child, and a program could read
// it. Nothing can close them on the way without a helper, so each is replaced in the child by an empty file.

import type { StdioNull, StdioOptions, StdioPipe } from 'node:child_process'
import { closeSync, openSync, readdirSync, readFileSync } from 'node:fs'

/** O_CLOEXEC as Linux writes it in `/proc/self/fdinfo`. */
const closeOnExec = 0o2000000

/** Descriptors from `first` on that a child would get. Empty outside Linux, where libuv closes them or /proc is missing. */
export function strayDescriptors(first: number): readonly number[] {
  return listDescriptors().filter((descriptor) => descriptor >= first && !isClosedOnExec(descriptor))
}

/** Calls `start` with what a child gets: `own` for its first descriptors, nothing to read for every other. */
export function withoutStrays<T>(own: readonly (StdioPipe | StdioNull)[], start: (stdio: StdioOptions) => T): T {
  const strays = strayDescriptors(own.length)
  if (strays.length === 0) return start([...own])
  const empty = openSync('/dev/null', 'r')
  try {
    const length = Math.max(...strays) + 1
    return start(Array.from({ length }, (_, at) => own[at] ?? (strays.includes(at) ? empty : 'ignore')))
  } finally {
    closeSync(empty)
  }
}

function listDescriptors(): readonly number[] {
  try {
    return readdirSync('/proc/self/fd').map(Number)
  } catch {
    return []
  }
}

function isClosedOnExec(descriptor: number): boolean {
  try {
    const flags = /^flags:\s*([0-7]+)$/m.exec(readFileSync(`/proc/self/fdinfo/${descriptor}`, 'utf8'))
    return flags !== null && (Number.parseInt(flags[1], 8) & closeOnExec) !== 0
  } catch {
    // Gone meanwhile: it was the listing's own.
    return true
  }
}
