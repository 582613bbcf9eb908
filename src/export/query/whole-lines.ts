// A log as DuckDB can read it: without a half-written last line, and without one that is written while it reads; when asked,
// also without halves of characters, which JSON allows and DuckDB does not.
import { closeSync, existsSync, fstatSync, openSync, readSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { writeAll } from '../../base/atomic-file.ts'

const blockBytes = 1 << 20

/** What may stand in the way of reading a file as it lies. */
export interface LineHazards {
  /** A process still writes it. */
  readonly isGrowing?: boolean
  /** Escapes such as `\ud800` without their other half become U+FFFD. */
  readonly repair?: boolean
}

/**
 * The path itself, or that of a copy of its whole lines in `folder` when the file is torn, still growing or to be
 * repaired; none when it has no line.
 */
export function wholeLines(
  path: string,
  folder: string,
  copyName: string,
  { isGrowing = false, repair = false }: LineHazards = {},
): readonly string[] {
  if (!existsSync(path) || !statSync(path).isFile()) return []
  const fd = openSync(path, 'r')
  try {
    const size = fstatSync(fd).size
    const end = lastLineEnd(fd, size)
    if (end === 0) return []
    if (end === size && !isGrowing && !repair) return [path]
    const copy = join(folder, copyName)
    copyStart(fd, end, copy, repair)
    return [copy]
  } finally {
    closeSync(fd)
  }
}

/** Bytes up to the end of the last whole line. */
function lastLineEnd(fd: number, size: number): number {
  const block = Buffer.alloc(Math.min(blockBytes, size))
  for (let end = size; end > 0; ) {
    const start = Math.max(0, end - block.length)
    const got = readSync(fd, block, 0, end - start, start)
    const at = block.subarray(0, got).lastIndexOf(0x0a)
    if (at >= 0) return start + at + 1
    end = start
  }
  return 0
}

function copyStart(from: number, bytes: number, path: string, repair: boolean): void {
  const to = openSync(path, 'wx')
  try {
    const block = Buffer.alloc(blockBytes)
    // An escape that began in the block before.
    let held = ''
    for (let at = 0; at < bytes; ) {
      const got = readSync(from, block, 0, Math.min(block.length, bytes - at), at)
      if (got === 0) break
      at += got
      if (!repair) {
        writeAll(to, block.subarray(0, got))
        continue
      }
      // One character a byte, so that nothing but ASCII is looked at or changed.
      const text = held + block.toString('latin1', 0, got)
      const cut = at < bytes ? text.lastIndexOf('\n') + 1 : text.length
      held = text.slice(cut)
      writeAll(to, Buffer.from(withoutHalves(text.slice(0, cut)), 'latin1'))
    }
  } finally {
    closeSync(to)
  }
}

// Every backslash is taken together with what it escapes, so that an escaped backslash before `ud800` is none of ours.
const escapes = /\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[dD][89a-fA-F][0-9a-fA-F]{2}|.)/g

const withoutHalves = (text: string): string =>
  text.replace(escapes, (found) => (found.length === 6 ? '\\ufffd' : found))
