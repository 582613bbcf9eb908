// JSON lines: an append-only writer that never leaves a torn line behind, and an incremental reader
// that waits for the end of a half-written last line. Neither knows what the rows mean.
import { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs'
import { realFs, type WriteFs, writeAll, writeError } from '../base/atomic-file.ts'
import { GradusError, messageOf } from '../base/error.ts'

/** One open file that only grows. Rows reach the operating system before `append` returns, so kill -9 loses none. */
export class JsonlWriter {
  readonly path: string
  readonly #fs: WriteFs
  readonly #fd: number
  #size: number

  /** Opens or creates `path`. Throws `store/disk-full` and `store/not-writable`, as do all its methods. */
  constructor(path: string, fs: WriteFs = realFs) {
    this.path = path
    this.#fs = fs
    try {
      this.#fd = fs.openSync(path, 'a')
      this.#size = fstatSync(this.#fd).size
    } catch (error) {
      throw writeError(error, path)
    }
  }

  /** Bytes written so far. */
  get size(): number {
    return this.#size
  }

  append(...rows: readonly unknown[]): void {
    if (rows.length === 0) return
    const bytes = new TextEncoder().encode(rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
    try {
      writeAll(this.#fd, bytes, this.#fs)
      this.#size += bytes.length
    } catch (error) {
      // Half a line followed by whole ones would make the file unreadable.
      this.cutTo(this.#size)
      throw writeError(error, this.path)
    }
  }

  /** Takes back what was appended after `size` bytes, as far as the disk lets it: for use after a failure. */
  cutTo(size: number): void {
    try {
      this.#fs.ftruncateSync(this.#fd, size)
      this.#size = size
    } catch {}
  }

  /** Waits until the rows are on the disk itself, safe from a power cut. */
  sync(): void {
    try {
      this.#fs.fsyncSync(this.#fd)
    } catch (error) {
      throw writeError(error, this.path)
    }
  }

  close(): void {
    this.#fs.closeSync(this.#fd)
  }
}

/** What a reader got and where it goes on. */
export interface JsonlChunk<T> {
  readonly rows: readonly T[]
  /** Give it as `fromByte` to read what comes next. */
  readonly nextByte: number
  /** The file was cut back by a resume: the rows are the whole file, and earlier ones are to be forgotten. */
  readonly restarted: boolean
}

/**
 * Reads the whole lines of a file from `fromByte` on; a missing file has none.
 * Throws `store/bad-line` with path and line number for a line that is no JSON object.
 */
export function readJsonl<T>(path: string, { fromByte = 0 }: { fromByte?: number } = {}): JsonlChunk<T> {
  if (!existsSync(path)) return { rows: [], nextByte: 0, restarted: fromByte > 0 }
  const tail = readTail(path, fromByte)
  const end = tail.bytes.lastIndexOf(newline) + 1
  const lines = end === 0 ? [] : tail.bytes.toString('utf8', 0, end - 1).split('\n')
  const rows = lines.map((line, index) => {
    try {
      return parseObject(line) as T
    } catch (error) {
      throw badLine(path, countLines(path, tail.start) + index + 1, line, error)
    }
  })
  return { rows, nextByte: tail.start + end, restarted: tail.start < fromByte }
}

const newline = 0x0a

// Starts over when the byte before `fromByte` is not the end of a line any more.
function readTail(path: string, fromByte: number): { bytes: Buffer; start: number } {
  const fd = openSync(path, 'r')
  try {
    const from = Math.max(0, fromByte - 1)
    const bytes = Buffer.alloc(Math.max(0, fstatSync(fd).size - from))
    let length = 0
    for (let got = 1; got > 0 && length < bytes.length; length += got) {
      got = readSync(fd, bytes, length, bytes.length - length, from + length)
    }
    const read = bytes.subarray(0, length)
    if (fromByte <= 0) return { bytes: read, start: 0 }
    if (read[0] === newline) return { bytes: read.subarray(1), start: fromByte }
  } finally {
    closeSync(fd)
  }
  return readTail(path, 0)
}

function parseObject(line: string): unknown {
  const value: unknown = JSON.parse(line)
  if (value === null || typeof value !== 'object' || Array.isArray(value)) throw new Error('not a JSON object')
  return value
}

function countLines(path: string, bytes: number): number {
  return readFileSync(path)
    .subarray(0, bytes)
    .filter((byte) => byte === newline).length
}

function badLine(path: string, lineNumber: number, line: string, cause: unknown): GradusError {
  const shown = line.length > 80 ? `${line.slice(0, 80)}...` : line
  return new GradusError('store/bad-line', `${path}:${lineNumber}: ${messageOf(cause)}, in ${JSON.stringify(shown)}`, {
    hint: 'The file was edited or damaged. Remove that line to read the rest; a resume from a checkpoint cuts later lines.',
    cause,
  })
}
