// Reads a log of any size row by row: a block of the file at a time, never the whole of it.
// A half-written last line is left out, as src/store does. It does not know what the rows mean, and follows no growing file.
import { closeSync, existsSync, openSync, readSync } from 'node:fs'
import { GradusError, messageOf } from '../base/error.ts'

/** The longest line that is read. A row of a rollout with 100,000 tokens takes about 3 MB. */
const maxLineBytes = 64 * 1024 * 1024
const newline = 0x0a

/**
 * The rows of a file; a missing file has none.
 * Throws `store/bad-line` with path and line number for a line that is no JSON object or too long.
 */
export function* streamJsonl(path: string, blockBytes = 1 << 20): Generator<Readonly<Record<string, unknown>>> {
  let number = 0
  for (const line of lines(path, blockBytes)) {
    number++
    let value: unknown
    try {
      value = JSON.parse(line)
    } catch (error) {
      throw badLine(path, number, messageOf(error))
    }
    if (value === null || typeof value !== 'object' || Array.isArray(value)) {
      throw badLine(path, number, 'not a JSON object')
    }
    yield value as Readonly<Record<string, unknown>>
  }
}

function* lines(path: string, blockBytes: number): Generator<string> {
  if (!existsSync(path)) return
  const fd = openSync(path, 'r')
  try {
    const block = Buffer.allocUnsafe(blockBytes)
    // Parts of a line that did not end in the blocks before.
    let parts: Buffer[] = []
    let held = 0
    let number = 1
    for (let got = readSync(fd, block); got > 0; got = readSync(fd, block)) {
      let from = 0
      for (let at = block.indexOf(newline); at >= 0 && at < got; at = block.indexOf(newline, from)) {
        yield Buffer.concat([...parts, block.subarray(from, at)]).toString('utf8')
        parts = []
        held = 0
        from = at + 1
        number++
      }
      held += got - from
      if (held > maxLineBytes) throw badLine(path, number, `longer than ${maxLineBytes} bytes`)
      parts.push(Buffer.from(block.subarray(from, got)))
    }
  } finally {
    closeSync(fd)
  }
}

function badLine(path: string, line: number, why: string): GradusError {
  return new GradusError('store/bad-line', `${path}:${line}: ${why}`, {
    hint: 'The file was edited or damaged. Remove that line and run the command again.',
  })
}
