// A row of a data set and where it stands, so that every complaint names its file and its row. It knows no format and
// no task.
import { GradusError, isGradusError } from '../../base/error.ts'

/** Named values, as the file has them. */
export type RowValues = Readonly<Record<string, unknown>>

/** Where a row stands. `line` counts from 1: lines of a JSONL file, rows of other formats. */
export interface Place {
  readonly path: string
  readonly line: number
}

/** A row and its place. */
export interface Row extends Place {
  readonly values: RowValues
}

/** `data/bad-row` with file and line. */
export function badRow({ path, line }: Place, what: string, hint?: string, cause?: unknown): GradusError {
  return new GradusError('data/bad-row', `${path}:${line}: ${what}`, {
    hint: hint ?? 'Correct or remove that line. Each line must be one JSON object.',
    cause,
  })
}

/** What went wrong with opening or reading a file, as an error that names it. */
export function readingError(path: string, cause: unknown): unknown {
  const code = (cause as NodeJS.ErrnoException).code
  if (isGradusError(cause) || typeof code !== 'string') return cause
  if (code === 'ENOENT') {
    return new GradusError('data/not-found', `There is no file ${path}.`, { hint: 'Check the path.', cause })
  }
  return new GradusError('data/unreadable', `${path} cannot be read: ${code}.`, {
    hint: 'Check the permissions of the file.',
    cause,
  })
}

/** The object in a parsed value. @throws `data/bad-row` */
export function asRow(value: unknown, place: Place): Row {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw badRow(place, 'not a JSON object')
  return { ...place, values: value as RowValues }
}
