// Writes a whole file or none of it: a temporary file in the same folder, fsync, rename.
// Full disks and forbidden folders become errors that say what to do. It knows nothing of what the files mean.
import * as nodeFs from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { GradusError, messageOf } from './error.ts'

/** The file-system calls that write, as a port, so that tests can fill the disk. All synchronous, as in `node:fs`. */
export interface WriteFs {
  openSync(path: string, flags: string): number
  writeSync(fd: number, data: Uint8Array, offset: number, length: number): number
  fsyncSync(fd: number): void
  ftruncateSync(fd: number, length: number): void
  closeSync(fd: number): void
  renameSync(from: string, to: string): void
  mkdirSync(path: string, options: { recursive: boolean }): void
  rmSync(path: string, options: { recursive: boolean; force: boolean }): void
}

/** The real file system. */
export const realFs: WriteFs = nodeFs

/** Replaces `path` by `data`; a crash at any moment leaves the old file or the new one. Throws what {@link writeError} makes. */
export function writeFileAtomic(path: string, data: string | Uint8Array, fs: WriteFs = realFs): void {
  const folder = dirname(path)
  const temporary = join(folder, `.${basename(path)}.${process.pid}.tmp`)
  let fd: number | undefined
  try {
    fd = fs.openSync(temporary, 'w')
    writeAll(fd, typeof data === 'string' ? new TextEncoder().encode(data) : data, fs)
    fs.fsyncSync(fd)
    fs.closeSync(fd)
    fd = undefined
    fs.renameSync(temporary, path)
  } catch (error) {
    quietly(() => fd !== undefined && fs.closeSync(fd))
    quietly(() => fs.rmSync(temporary, { recursive: false, force: true }))
    throw writeError(error, path)
  }
  syncFolder(folder, fs)
}

/** Like {@link writeFileAtomic}, with `value` as indented JSON and a last newline. */
export function writeJsonAtomic(path: string, value: unknown, fs: WriteFs = realFs): void {
  writeFileAtomic(path, `${JSON.stringify(value, null, 2)}\n`, fs)
}

/** Writes every byte: one `write` call may take fewer than it was given. */
export function writeAll(fd: number, bytes: Uint8Array, fs: WriteFs = realFs): void {
  let done = 0
  while (done < bytes.length) done += fs.writeSync(fd, bytes, done, bytes.length - done)
}

/** Makes renames inside a folder survive a power cut. Does nothing where folders cannot be synced (Windows). */
export function syncFolder(folder: string, fs: WriteFs = realFs): void {
  quietly(() => {
    const fd = fs.openSync(folder, 'r')
    try {
      fs.fsyncSync(fd)
    } finally {
      fs.closeSync(fd)
    }
  })
}

/** `store/disk-full` or `store/not-writable` for what a write threw; anything else unchanged. */
export function writeError(error: unknown, path: string): unknown {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new GradusError('store/disk-full', `the disk is full: could not write ${path}`, {
      hint: 'Free some space (old checkpoints are the biggest files), then run the same command again: it resumes.',
      cause: error,
    })
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new GradusError('store/not-writable', `no permission to write ${path}: ${messageOf(error)}`, {
      hint: 'Choose a folder that you may write to with --out, or change the owner of this one.',
      cause: error,
    })
  }
  return error
}

// For clean-up after a failure, where the first error is the one that matters.
function quietly(action: () => unknown): void {
  try {
    action()
  } catch {}
}
