// What tells whether a file or folder has changed without reading it. A missing one has no stamp.
import { type Stats, statSync } from 'node:fs'

/** Equal stamps: nothing was written in between, as far as the file system tells. */
export interface Stamp {
  readonly sizeBytes: number
  readonly mtimeMs: number
  readonly inode: number
}

/** The stamp of a plain file; undefined for what is missing or something else. */
export function fileStamp(path: string): Stamp | undefined {
  const stats = statsOf(path)
  return stats?.isFile() ? stampOf(stats) : undefined
}

/** The stamp of a folder, which changes when a name in it comes, goes or is replaced. */
export function folderStamp(path: string): Stamp | undefined {
  const stats = statsOf(path)
  return stats?.isDirectory() ? stampOf(stats) : undefined
}

/** Whether both are the same, or both missing. */
export function isSame(a: Stamp | undefined, b: Stamp | undefined): boolean {
  return a?.sizeBytes === b?.sizeBytes && a?.mtimeMs === b?.mtimeMs && a?.inode === b?.inode
}

/** As text, for keys. */
export const stampText = (stamp: Stamp | undefined): string =>
  stamp === undefined ? '-' : `${stamp.sizeBytes}.${stamp.mtimeMs}.${stamp.inode}`

const stampOf = ({ size, mtimeMs, ino }: Stats): Stamp => ({ sizeBytes: size, mtimeMs, inode: ino })

function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false })
  } catch {
    return undefined
  }
}
