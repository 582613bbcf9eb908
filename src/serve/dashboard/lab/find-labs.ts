// Which folders below the root are labs: those with a lab.json in the folder of a testbed. It does not read them. Runs, and
// what a lab keeps inside, are not walked through.
import { join } from 'node:path'
import type { FolderListings } from '../runs/folder-listing.ts'

/** Labs lie at most so many folders below the root. */
export const MAX_LAB_DEPTH = 4
/** A home directory given by mistake ends here. */
const MAX_FOLDERS = 20_000

const skipped: ReadonlySet<string> = new Set(['rollouts', 'evals', 'checkpoints', 'search', 'node_modules'])

/** One lab with results of at least one testbed. */
export interface FoundLab {
  /** Its name in requests: its path below the root with `/`; `.` for the root itself. */
  readonly lab: string
  /** Absolute. */
  readonly dir: string
  /** Sorted. */
  readonly testbeds: readonly string[]
}

/** Labs below an absolute folder, and itself, the outer ones first. */
export function findLabs(root: string, listings: FolderListings, maxFolders = MAX_FOLDERS): readonly FoundLab[] {
  const labs: FoundLab[] = []
  let level: readonly string[] = ['.']
  let visited = 0
  for (let depth = 0; depth <= MAX_LAB_DEPTH; depth++) {
    const next: string[] = []
    for (const lab of level) {
      if (++visited > maxFolders) return labs
      const dir = lab === '.' ? root : join(root, lab)
      const { files, folders } = listings.of(dir)
      if (files.includes('run.json')) continue
      const open = folders.filter((folder) => !skipped.has(folder) && !/^\.|[\\:]/.test(folder))
      const testbeds = open.filter((folder) => listings.of(join(dir, folder)).files.includes('lab.json'))
      if (testbeds.length > 0) labs.push({ lab, dir, testbeds })
      else next.push(...open.map((folder) => (lab === '.' ? folder : `${lab}/${folder}`)))
    }
    level = next
  }
  return labs
}
