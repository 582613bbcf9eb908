// The runs below the folder with their run.json, as they are now. A run.json is read again when it or the lock beside it has
// changed; of a run that is running, the process is looked for at every look.
import { join } from 'node:path'
import { messageOf } from '../../../base/error.ts'
import type { RunInfo } from '../../../contracts/run.ts'
import { isLocked, readRunInfo } from '../../../store/index.ts'
import { fileStamp, stampText } from '../file-stamp.ts'
import type { IndexedRun, RunList } from '../world.ts'
import { findRuns, MAX_FOLDERS } from './find-runs.ts'
import type { FolderListings } from './folder-listing.ts'

interface Known {
  readonly key: string
  readonly info?: RunInfo
  readonly why?: string
}

/** The runs below a folder. */
export class RunIndex {
  readonly #root: string
  readonly #listings: FolderListings
  #known = new Map<string, Known>()

  /** `root` is absolute and free of symbolic links. */
  constructor(root: string, listings: FolderListings) {
    this.#root = root
    this.#listings = listings
  }

  /** All runs, newest first. Never throws: what cannot be read is listed with the reason. */
  list(): RunList {
    const { names, isCut } = findRuns(this.#root, this.#listings)
    const known = new Map<string, Known>()
    const runs: IndexedRun[] = []
    const unreadable: { run: string; why: string }[] = []
    for (const run of names) {
      const dir = run === '.' ? this.#root : join(this.#root, run)
      const entry = look(dir, this.#known.get(run))
      known.set(run, entry)
      if (entry.info !== undefined) runs.push({ run, dir, info: entry.info })
      else unreadable.push({ run, why: entry.why ?? 'it cannot be read' })
    }
    // Runs that are gone are forgotten.
    this.#known = known
    if (isCut) {
      unreadable.push({
        run: '.',
        why: `only ${MAX_FOLDERS} folders were looked through; show a folder closer to the runs`,
      })
    }
    runs.sort((a, b) => compareText(b.info.startedAt, a.info.startedAt) || compareText(a.run, b.run))
    return { runs, unreadable }
  }

  /** One run in its directory. @throws `store/bad-run`, `store/newer-run` */
  one(run: string, dir: string): IndexedRun {
    const entry = look(dir, this.#known.get(run))
    this.#known.set(run, entry)
    // Read once more, to throw what is wrong with it.
    return { run, dir, info: entry.info ?? readRunInfo(dir) }
  }
}

function look(dir: string, known: Known | undefined): Known {
  const key = `${stampText(fileStamp(join(dir, 'run.json')))} ${stampText(fileStamp(join(dir, '.lock')))}`
  if (known?.key === key && (known.info?.status !== 'running' || isLocked(dir))) return known
  try {
    return { key, info: readRunInfo(dir) }
  } catch (error) {
    return { key, why: messageOf(error) }
  }
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
