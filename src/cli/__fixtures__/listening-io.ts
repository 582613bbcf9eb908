// An Io that keeps what it is told.
import type { Io } from '../io.ts'

/** What was said so far. */
export interface ListeningIo extends Io {
  readonly results: string
  readonly errors: string
  /** Lines of stderr. */
  lines(): readonly string[]
}

/** A listener; by default no terminal. */
export function listeningIo(terminal: Partial<Pick<Io, 'isLive' | 'columns' | 'hasColour'>> = {}): ListeningIo {
  let results = ''
  let errors = ''
  return {
    isLive: false,
    columns: 80,
    hasColour: false,
    ...terminal,
    out(text) {
      results += text
    },
    err(text) {
      errors += text
    },
    get results() {
      return results
    },
    get errors() {
      return errors
    },
    lines: () => errors.split('\n').filter((line) => line !== ''),
  }
}
