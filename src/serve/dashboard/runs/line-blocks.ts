// The whole lines of a growing file from a byte on, a few megabytes at a time, so that a long file neither fills the memory
// nor holds up other requests. `readJsonl` of src/store reads all that is left at once; this is for logs without limit.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { ApiError } from '../../http/api-error.ts'

/** Whole lines, without the last line's end. */
export interface LineBlock {
  readonly lines: readonly string[]
  /** Where the next block begins. */
  readonly nextByte: number
}

const BLOCK_BYTES = 4 * 2 ** 20
/** No row is so long; a file without line ends is no log. */
const MAX_LINE_BYTES = 64 * 2 ** 20
const NEWLINE = 0x0a

/**
 * Blocks from `fromByte`, which must be the start of a line, up to `toByte`. A torn last line is left for later.
 *
 * @throws what `node:fs` throws, ApiError 422 for a line beyond all measure
 */
export function* lineBlocks(
  path: string,
  fromByte: number,
  toByte: number,
  blockBytes = BLOCK_BYTES,
): Generator<LineBlock> {
  const fd = openSync(path, 'r')
  try {
    let size = blockBytes
    for (let at = fromByte; at < toByte; ) {
      const bytes = readAt(fd, at, Math.min(size, toByte - at))
      const end = bytes.lastIndexOf(NEWLINE)
      if (end < 0) {
        // One long line, or its torn beginning at the end of the file.
        if (bytes.length < size) return
        if (size > MAX_LINE_BYTES) throw endlessLine(path)
        size *= 4
        continue
      }
      yield { lines: bytes.toString('utf8', 0, end).split('\n'), nextByte: at + end + 1 }
      at += end + 1
      size = blockBytes
    }
  } finally {
    closeSync(fd)
  }
}

/** Up to `length` bytes of a file; fewer at its end. */
export function readAt(fd: number, from: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(Math.max(0, length))
  let filled = 0
  for (let got = 1; got > 0 && filled < bytes.length; filled += got) {
    got = readSync(fd, bytes, filled, bytes.length - filled, from + filled)
  }
  return bytes.subarray(0, filled)
}

const endlessLine = (path: string): ApiError =>
  new ApiError(`${path} has a line of more than ${MAX_LINE_BYTES} bytes and is no log of a run.`, {
    status: 422,
    code: 'bad-log',
  })

/** The whole lines among the last `maxBytes` of a file; none when it is missing. */
export function lastLines(path: string, maxBytes: number): readonly string[] {
  let fd: number | undefined
  try {
    fd = openSync(path, 'r')
    const { size } = fstatSync(fd)
    const from = Math.max(0, size - maxBytes)
    const bytes = readAt(fd, from, size - from)
    const start = from === 0 ? 0 : bytes.indexOf(NEWLINE) + 1
    const end = bytes.lastIndexOf(NEWLINE)
    return end < start ? [] : bytes.toString('utf8', start, end).split('\n')
  } catch {
    return []
  } finally {
    if (fd !== undefined) closeSync(fd)
  }
}
