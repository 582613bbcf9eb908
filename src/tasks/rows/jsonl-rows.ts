// Streams the rows of a JSONL file (UTF-8, one object a line, empty lines skipped; `.gz` is unpacked on the way), a
// line at a time whatever the file's size. It knows no task.
import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { GradusError, messageOf } from '../../base/error.ts'
import type { Place, Row } from './row.ts'
import { asRow, badRow, readingError } from './row.ts'

const maxLineBytes = 1 << 20
const newline = 0x0a

/** @throws `data/not-found`, `data/unreadable`, `data/bad-row` with file and line */
export async function* jsonlRows(path: string): AsyncGenerator<Row> {
  for await (const { text, line } of readLines(path)) {
    let value: unknown
    try {
      value = JSON.parse(text)
    } catch (cause) {
      throw badRow({ path, line }, `not JSON: ${messageOf(cause)}`, undefined, cause)
    }
    yield asRow(value, { path, line })
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
    for await (const chunk of openBytes(path)) {
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
    const code = (cause as NodeJS.ErrnoException).code
    if (typeof code === 'string' && (code.startsWith('Z_') || code === 'ERR_STREAM_PREMATURE_CLOSE')) {
      throw new GradusError('data/unreadable', `${path} is not a whole gzip file: ${messageOf(cause)}.`, {
        hint: 'Download it again.',
        cause,
      })
    }
    throw readingError(path, cause)
  }
  const last = finish()
  if (last.text !== '') yield last
}

function openBytes(path: string): AsyncIterable<Buffer> {
  const file = createReadStream(path)
  if (!path.endsWith('.gz')) return file
  const unpacked = createGunzip()
  file.on('error', (error) => unpacked.destroy(error))
  return file.pipe(unpacked)
}

function decode(bytes: Buffer, place: Place): string {
  try {
    // A byte-order mark at the start is dropped by the decoder.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).trim()
  } catch (cause) {
    throw badRow(place, 'not UTF-8 text', 'Save the file as UTF-8.', cause)
  }
}
