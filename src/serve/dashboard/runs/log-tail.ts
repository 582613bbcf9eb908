// What the list of runs says of a log without reading all of it: the last row, and some rows spread over the file. A file
// that grew a little is read on; of one that grew a lot, and of a long one at the first look, only places are read.
import { closeSync, openSync } from 'node:fs'
import { fileStamp, isSame, type Stamp } from '../file-stamp.ts'
import { readAt } from './line-blocks.ts'

/** Told of rows as they are met, with the place in the file where they begin; places grow. */
export type OnLine = (line: string, byte: number) => void

const WHOLE_BYTES = 128 * 2 ** 10
/** Places that are looked at in a long file. */
const PLACES = 40
/** Bytes of a first look at a place; rows are shorter, as a rule. */
const WINDOW_BYTES = 8 * 2 ** 10
/** A row that is longer than this is passed over. */
const MAX_WINDOW_BYTES = 4 * 2 ** 20
const NEWLINE = 0x0a

/** The state of following one file. */
export class LogTail {
  readonly #path: string
  readonly #onLine: OnLine
  readonly #onRestart: () => void
  readonly #wholeBytes: number
  #stamp: Stamp | undefined
  #nextByte = 0
  #epoch = 0

  /**
   * `onRestart`: the file is another one now, or was cut back; what was told is to be forgotten.
   * `wholeBytes`: growth up to here is read whole.
   */
  constructor(path: string, onLine: OnLine, onRestart: () => void, wholeBytes = WHOLE_BYTES) {
    this.#path = path
    this.#onLine = onLine
    this.#onRestart = onRestart
    this.#wholeBytes = wholeBytes
  }

  /** Reads what is new. Another `epoch` says that the file may have been cut and have grown again. */
  refresh(epoch: number): void {
    const stamp = fileStamp(this.#path)
    if (isSame(stamp, this.#stamp) && epoch === this.#epoch) return
    const isOther = epoch !== this.#epoch || stamp?.inode !== this.#stamp?.inode
    if (this.#nextByte > 0 && (isOther || (stamp?.sizeBytes ?? 0) < this.#nextByte)) {
      this.#nextByte = 0
      this.#onRestart()
    }
    this.#stamp = stamp
    this.#epoch = epoch
    if (stamp !== undefined && stamp.sizeBytes > this.#nextByte) this.#read(stamp.sizeBytes)
  }

  #read(size: number): void {
    let fd: number | undefined
    try {
      fd = openSync(this.#path, 'r')
      const unread = size - this.#nextByte
      if (unread > this.#wholeBytes) {
        const start = this.#nextByte
        for (let i = 0; i < PLACES; i++) {
          const place = start + Math.floor((i * unread) / PLACES)
          if (place >= this.#nextByte) this.#readLineAfter(fd, place, size)
        }
        // From the last line start that is close to the end.
        this.#nextByte = Math.max(this.#nextByte, lastLineStart(fd, size))
      }
      this.#readWhole(fd, size)
    } catch {
      // It went away meanwhile: what was known stays until the next look.
    } finally {
      if (fd !== undefined) closeSync(fd)
    }
  }

  #readWhole(fd: number, size: number): void {
    while (this.#nextByte < size) {
      const bytes = readAt(fd, this.#nextByte, Math.min(MAX_WINDOW_BYTES, size - this.#nextByte))
      const end = bytes.lastIndexOf(NEWLINE)
      if (end < 0) return
      for (let at = 0; at <= end; ) {
        const stop = bytes.indexOf(NEWLINE, at)
        this.#onLine(bytes.toString('utf8', at, stop), this.#nextByte + at)
        at = stop + 1
      }
      this.#nextByte += end + 1
    }
  }

  // The first whole line at or after a byte.
  #readLineAfter(fd: number, byte: number, size: number): void {
    const from = Math.max(0, byte - 1)
    for (let window = WINDOW_BYTES; window <= MAX_WINDOW_BYTES; window *= 8) {
      const bytes = readAt(fd, from, Math.min(window, size - from))
      const start = byte === 0 ? 0 : bytes.indexOf(NEWLINE) + 1
      const stop = start === 0 && byte > 0 ? -1 : bytes.indexOf(NEWLINE, start)
      if (stop >= 0) {
        this.#onLine(bytes.toString('utf8', start, stop), from + start)
        this.#nextByte = from + stop + 1
        return
      }
      if (from + bytes.length >= size) return
    }
  }
}

/** Where the last whole line begins, and the torn one behind it if there is one. */
function lastLineStart(fd: number, size: number): number {
  for (let window = WINDOW_BYTES; ; window *= 8) {
    const from = Math.max(0, size - window)
    const bytes = readAt(fd, from, size - from)
    const end = bytes.lastIndexOf(NEWLINE)
    const start = end <= 0 ? -1 : bytes.lastIndexOf(NEWLINE, end - 1)
    if (start >= 0) return from + start + 1
    if (from === 0 || window >= MAX_WINDOW_BYTES) return Math.max(from, 0)
  }
}
