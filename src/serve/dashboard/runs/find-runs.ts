// Which folders below the root are run directories: those with a run.json. It does not read them. Folders of runs, of labs
// and of folders of labs are all a few levels deep; what a run keeps inside is not walked through.
import { join } from 'node:path'
import type { FolderListings } from './folder-listing.ts'

/** A folder of labs has its runs so deep: lab, `runs`, testbed, arm, seed. */
export const MAX_DEPTH = 5
/** A home directory given by mistake ends here. */
export const MAX_FOLDERS = 20_000

const skipped: ReadonlySet<string> = new Set([
  'rollouts',
  'evals',
  'checkpoints',
  'search',
  'node_modules',
  'tinker-state',
])

/** What was found. */
export interface FoundRuns {
  /** Names: paths below the root with `/`, `.` for the root itself. */
  readonly names: readonly string[]
  /** The walk was ended at {@link MAX_FOLDERS}. */
  readonly isCut: boolean
}

/** Run directories below an absolute folder, and itself. */
export function findRuns(root: string, listings: FolderListings, maxFolders = MAX_FOLDERS): FoundRuns {
  const names: string[] = []
  let level: readonly string[] = ['.']
  let visited = 0
  for (let depth = 0; depth <= MAX_DEPTH; depth++) {
    const next: string[] = []
    for (const name of level) {
      if (++visited > maxFolders) return { names, isCut: true }
      const { files, folders } = listings.of(name === '.' ? root : join(root, name))
      if (files.includes('run.json')) names.push(name)
      if (depth === MAX_DEPTH) continue
      for (const folder of folders) {
        if (skipped.has(folder) || folder.startsWith('.') || isOdd(folder)) continue
        next.push(name === '.' ? folder : `${name}/${folder}`)
      }
    }
    level = next
  }
  return { names, isCut: false }
}

/** Names that requests cannot say. */
const isOdd = (folder: string): boolean => /[\\:]/.test(folder)
