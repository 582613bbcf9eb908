// The names in folders, read again only when a folder has changed. File systems keep the time of a change coarsely, so
// a folder that has just changed is read once more until its time of change lies behind.
import { readdirSync } from 'node:fs'
import type { Clock } from '../../../contracts/run.ts'
import { folderStamp, isSame, type Stamp } from '../file-stamp.ts'

/** What a folder holds. */
export interface Listing {
  readonly files: readonly string[]
  /** Real folders only: a link may lead anywhere, and in circles. */
  readonly folders: readonly string[]
}

interface Known {
  readonly stamp: Stamp
  /** When it was first read with this stamp. */
  readonly sinceMs: number
  /** It was read so long after that a later change must have another stamp. */
  readonly isSettled: boolean
  readonly listing: Listing
}

const EMPTY: Listing = { files: [], folders: [] }
/** Some file systems keep whole seconds. */
const SETTLED_MS = 2000
/** Folders that are remembered; beyond it all are forgotten and read anew. */
const MOST_KNOWN = 50_000

/** Listings of folders. */
export class FolderListings {
  readonly #clock: Clock
  readonly #known = new Map<string, Known>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** What a folder holds now, sorted; nothing when it is missing or closed to us. */
  of(folder: string): Listing {
    const stamp = folderStamp(folder)
    if (stamp === undefined) {
      this.#known.delete(folder)
      return EMPTY
    }
    const known = this.#known.get(folder)
    const now = this.#clock.nowMs()
    const isKnown = known !== undefined && isSame(known.stamp, stamp)
    if (isKnown && known.isSettled) return known.listing
    const listing = read(folder)
    if (this.#known.size >= MOST_KNOWN) this.#known.clear()
    const sinceMs = isKnown ? known.sinceMs : now
    this.#known.set(folder, { stamp, sinceMs, isSettled: now - sinceMs > SETTLED_MS, listing })
    return listing
  }
}

function read(folder: string): Listing {
  try {
    const entries = readdirSync(folder, { withFileTypes: true })
    const named = (keep: (entry: (typeof entries)[number]) => boolean): readonly string[] =>
      entries
        .filter(keep)
        .map(({ name }) => name)
        .sort()
    return { files: named((entry) => !entry.isDirectory()), folders: named((entry) => entry.isDirectory()) }
  } catch {
    return EMPTY
  }
}
