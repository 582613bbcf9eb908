// A file that is written from front to back in large blocks. Full disks and forbidden folders become errors that say so.
import { closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { writeAll, writeError } from '../base/atomic-file.ts'

const blockBytes = 1 << 20

/** One new file, with the folders it lies in. Nothing is certain to be on the disk before {@link OutputFile.close}. */
export class OutputFile {
  readonly path: string
  readonly #fd: number
  #parts: Uint8Array[] = []
  #held = 0

  /** Throws `store/disk-full` and `store/not-writable`, as do all its methods. */
  constructor(path: string) {
    this.path = path
    this.#fd = guarded(path, () => {
      mkdirSync(dirname(path), { recursive: true })
      return openSync(path, 'wx')
    })
  }

  write(data: string | Uint8Array): void {
    const bytes = typeof data === 'string' ? new TextEncoder().encode(data) : data
    this.#parts.push(bytes)
    this.#held += bytes.length
    if (this.#held >= blockBytes) this.#flush()
  }

  close(): void {
    try {
      this.#flush()
    } finally {
      closeSync(this.#fd)
    }
  }

  #flush(): void {
    const bytes = Buffer.concat(this.#parts)
    this.#parts = []
    this.#held = 0
    guarded(this.path, () => writeAll(this.#fd, bytes))
  }
}

/** Writes a file through `fill`, and closes it whatever happens. */
export function writeOutput(path: string, fill: (file: OutputFile) => void): void {
  const file = new OutputFile(path)
  try {
    fill(file)
  } catch (error) {
    try {
      file.close()
    } catch {
      // The first error is the one that matters.
    }
    throw error
  }
  file.close()
}

function guarded<T>(path: string, action: () => T): T {
  try {
    return action()
  } catch (error) {
    throw writeError(error, path)
  }
}
