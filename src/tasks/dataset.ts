// Streams a JSONL file into problems of one task, and says exactly which line of which file is wrong.
// It knows no task's fields: the task's `fromRow` does.
import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { GradusError, isGradusError, messageOf } from '../base/error.ts'
import type { Problem, Split, Task } from '../contracts/index.ts'

const maxLineBytes = 1 << 20
const newline = 0x0a

/** Which rows to read. */
export interface DatasetOptions {
  /** Only problems of these levels. */
  readonly levels?: readonly number[]
  /** The split that the problems belong to; default `train`. */
  readonly split?: Split
  /** At most this many problems, from the top. */
  readonly limit?: number
}

/**
 * The problems in a JSONL file (UTF-8, one row a line, empty lines skipped). A row without `id` is named by file and line.
 *
 * @throws `data/not-found`, `data/unreadable`, `data/empty-file`, `data/bad-row` with file and line, `data/no-rows` when
 * no row has a wanted level, `usage/bad-limit`, `usage/no-rows-for-task` when the task cannot read rows.
 */
export async function readDataset(path: string, task: Task, options: DatasetOptions = {}): Promise<readonly Problem[]> {
  const { levels, split = 'train', limit = Number.POSITIVE_INFINITY } = options
  if (!(limit >= 1)) {
    throw new GradusError('usage/bad-limit', `The limit of rows is ${limit}.`, { hint: 'Give a limit of 1 or more.' })
  }
  const problems: Problem[] = []
  const lineOfId = new Map<string, number>()
  const levelsPresent = new Set<number>()
  for await (const { text, line } of readLines(path)) {
    const problem = readRow(text, task, split, { path, line })
    const earlier = lineOfId.get(problem.id)
    if (earlier !== undefined) throw badRow({ path, line }, `the id "${problem.id}" is already that of line ${earlier}`)
    lineOfId.set(problem.id, line)
    if (problem.level !== undefined) levelsPresent.add(problem.level)
    const isWanted = levels === undefined || (problem.level !== undefined && levels.includes(problem.level))
    if (isWanted) problems.push(problem)
    if (problems.length >= limit) break
  }
  if (lineOfId.size === 0) {
    throw new GradusError('data/empty-file', `${path} holds no rows.`, {
      hint: 'A data set is a JSONL file: one JSON object a line. Check that the download or the export finished.',
    })
  }
  if (problems.length > 0) return problems
  const present = [...levelsPresent].sort((a, b) => a - b).join(', ')
  throw new GradusError('data/no-rows', `${path} has no row of level ${(levels ?? []).join(', ')}.`, {
    hint: present === '' ? 'Its rows have no levels: ask for all of them.' : `Its levels are: ${present}.`,
  })
}

interface Place {
  readonly path: string
  readonly line: number
}

function badRow(place: Place, what: string, hint?: string, cause?: unknown): GradusError {
  return new GradusError('data/bad-row', `${place.path}:${place.line}: ${what}`, {
    hint: hint ?? 'Correct or remove that line. Each line must be one JSON object.',
    cause,
  })
}

function readRow(text: string, task: Task, split: Split, place: Place): Problem {
  if (task.fromRow === undefined) {
    throw new GradusError('usage/no-rows-for-task', `Task "${task.id}" cannot read rows from a file.`, {
      hint: 'Its problems are generated: leave the file out.',
    })
  }
  let row: unknown
  try {
    row = JSON.parse(text)
  } catch (cause) {
    throw badRow(place, `not JSON: ${messageOf(cause)}`, undefined, cause)
  }
  if (typeof row !== 'object' || row === null || Array.isArray(row)) throw badRow(place, 'not a JSON object')
  try {
    return task.fromRow({ id: `${basename(place.path)}:${place.line}`, ...row }, split)
  } catch (cause) {
    throw badRow(place, messageOf(cause), isGradusError(cause) ? cause.hint : undefined, cause)
  }
}

/** The lines that are not empty, with their numbers from 1. */
async function* readLines(path: string): AsyncGenerator<{ text: string; line: number }> {
  let line = 1
  let parts: Buffer[] = []
  let bytes = 0
  const append = (part: Buffer): void => {
    bytes += part.length
    if (bytes > maxLineBytes) throw badRow({ path, line }, `longer than ${maxLineBytes} bytes`)
    parts.push(part)
  }
  const finish = (): { text: string; line: number } => {
    const text = decode(Buffer.concat(parts), { path, line })
    parts = []
    bytes = 0
    return { text, line: line++ }
  }
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      let start = 0
      for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, start)) {
        append(chunk.subarray(start, end))
        start = end + 1
        const done = finish()
        if (done.text !== '') yield done
      }
      append(chunk.subarray(start))
    }
  } catch (cause) {
    throw readingError(path, cause)
  }
  const last = finish()
  if (last.text !== '') yield last
}

function decode(bytes: Buffer, place: Place): string {
  try {
    // A byte-order mark at the start is dropped by the decoder.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).trim()
  } catch (cause) {
    throw badRow(place, 'not UTF-8 text', 'Save the file as UTF-8.', cause)
  }
}

function readingError(path: string, cause: unknown): unknown {
  const code = (cause as NodeJS.ErrnoException).code
  if (isGradusError(cause) || typeof code !== 'string') return cause
  if (code === 'ENOENT') {
    return new GradusError('data/not-found', `There is no file ${path}.`, { hint: 'Check the path.', cause })
  }
  const isFolder = code === 'EISDIR'
  return new GradusError('data/unreadable', `${path} ${isFolder ? 'is a folder' : `cannot be read: ${code}`}.`, {
    hint: isFolder ? 'Name the JSONL file inside it.' : 'Check the permissions of the file.',
    cause,
  })
}
