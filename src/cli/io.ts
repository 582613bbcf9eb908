// What a verb may say and where: results on stdout, everything else on stderr. A port, so that tests can listen.
import { writeSync } from 'node:fs'

/** The two outputs of a command. */
export interface Io {
  /** Results. */
  out(text: string): void
  /** Progress and errors. */
  err(text: string): void
  /** Whether stderr shows a line that is redrawn: a terminal, not a log of continuous integration. */
  readonly isLive: boolean
  readonly columns: number
  /** Whether escape codes for colours may be written to stderr. */
  readonly hasColour: boolean
}

/** What every verb is given beside its own options. */
export interface Shell {
  readonly io: Io
  /** The command line, to be kept in run.json. */
  readonly command: string
}

/** The outputs of this process. */
export function processIo(env: NodeJS.ProcessEnv = process.env): Io {
  const isTty = process.stderr.isTTY === true && env.TERM !== 'dumb'
  return {
    out: (text) => writeAll(1, text),
    err: (text) => writeAll(2, text),
    isLive: isTty && !isSet(env.CI),
    columns: process.stderr.columns ?? 80,
    hasColour: isTty && !isSet(env.NO_COLOR) && !isSet(env.CI),
  }
}

const isSet = (value: string | undefined): boolean => value !== undefined && value !== '' && value !== 'false'

// Synchronous: the process may end right after a line, and a pipe must have it by then.
function writeAll(fd: number, text: string): void {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(fd, bytes, at)
    } catch (error) {
      const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
      if (code === 'EAGAIN') continue
      // The reader has gone (`| head`): there is no one left to tell.
      if (code === 'EPIPE') return
      throw error
    }
  }
}
