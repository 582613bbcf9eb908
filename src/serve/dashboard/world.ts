// What the routes of the dashboard stand on: the folder that is shown and the runs below it. Routes get a run's name from a
// request and ask here for its directory; nothing outside the folder is ever given out.
import { existsSync, realpathSync } from 'node:fs'
import { join, sep } from 'node:path'
import type { Hono } from 'hono'
import type { Clock, RunInfo } from '../../contracts/run.ts'
import { ApiError } from '../http/api-error.ts'
import type { ServeEnv } from '../http/app.ts'

/** The application that routes are added to. */
export type DashboardApp = Hono<ServeEnv>

/** A run below the folder. */
export interface IndexedRun {
  /** Its name in requests: its path below the root with `/`; `.` for the root itself. */
  readonly run: string
  /** Absolute. */
  readonly dir: string
  readonly info: RunInfo
}

/** What lies below the folder at one moment. */
export interface RunList {
  /** Newest first. */
  readonly runs: readonly IndexedRun[]
  /** Directories whose run.json cannot be read. */
  readonly unreadable: readonly { readonly run: string; readonly why: string }[]
}

/** What routes of the dashboard share. */
export interface DashboardWorld {
  /** The folder that is shown: absolute, without symbolic links. */
  readonly root: string
  readonly clock: Clock
  /** The directory of a run. @throws ApiError 404 `no-such-run` for all that is no run below the root */
  dirOf(run: string): string
  /** The runs as they are now; what has not changed on the disk is not read again. */
  runs(): RunList
}

/** Longest name of a run that is looked for. */
const MAX_NAME = 1000

/** The directory of a run below `root`, which must be absolute and free of symbolic links. @throws ApiError 404 */
export function runDirectory(root: string, run: string): string {
  const dir = directoryBelow(root, run)
  if (dir === undefined || !existsSync(join(dir, 'run.json'))) throw noSuchRun(run)
  return dir
}

/** An existing directory below `root` by its name in a request; undefined for names that lead elsewhere. */
export function directoryBelow(root: string, name: string): string | undefined {
  if (name === '.') return root
  const parts = name.split('/')
  const isOdd = (part: string): boolean => part === '' || part === '.' || part === '..' || /[\\\0:]/.test(part)
  if (name.length > MAX_NAME || parts.some(isOdd)) return undefined
  try {
    const real = realpathSync(join(root, ...parts))
    return real.startsWith(root.endsWith(sep) ? root : `${root}${sep}`) ? real : undefined
  } catch {
    return undefined
  }
}

const noSuchRun = (run: string): ApiError =>
  new ApiError(`There is no run "${run.slice(0, 200)}" below this folder.`, {
    status: 404,
    code: 'no-such-run',
    param: 'run',
  })
