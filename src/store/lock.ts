// One process at a time writes a run: a lock file that names its process.
// The lock of a process that is gone is taken over; a lock from another host is never judged from here.
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { writeError } from '../base/atomic-file.ts'
import { GradusError } from '../base/error.ts'

interface LockHolder {
  readonly pid: number
  readonly host: string
  /** Start of the process, which tells it from an earlier one with the same pid (usual in containers). */
  readonly startedMs: number
}

/** Name of the lock file in a run directory. */
export const lockName = '.lock'

/** Locks a run directory for this process; call what it returns to unlock. Throws `store/locked`. */
export function lockRun(dir: string): () => void {
  const path = join(dir, lockName)
  const mine: LockHolder = { pid: process.pid, host: hostname(), startedMs: performance.timeOrigin }
  for (let attempt = 0; attempt < 3; attempt++) {
    if (create(path, mine)) return () => rmSync(path, { force: true })
    const holder = readHolder(path)
    if (holder !== undefined && isHeld(holder)) throw locked(dir, path, holder)
    takeAway(path, holder)
  }
  throw locked(dir, path, readHolder(path))
}

/** True while a process that is alive (or that cannot be judged, on another host) has the run open. */
export function isLocked(dir: string): boolean {
  const holder = readHolder(join(dir, lockName))
  return holder !== undefined && isHeld(holder)
}

// A hard link appears with its content, and fails when the name is taken: no one ever reads a half-written lock.
function create(path: string, holder: LockHolder): boolean {
  const draft = `${path}.${holder.pid}`
  try {
    writeFileSync(draft, JSON.stringify(holder))
    linkSync(draft, path)
    return true
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false
    throw writeError(error, path)
  } finally {
    rmSync(draft, { force: true })
  }
}

// Two processes may find the same dead lock. Renaming lets one of them win, and what was taken by mistake goes back.
function takeAway(path: string, expected: LockHolder | undefined): void {
  const aside = `${path}.stale-${process.pid}`
  try {
    renameSync(path, aside)
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return
    throw writeError(error, path)
  }
  const taken = readHolder(aside)
  if (taken !== undefined && (taken.pid !== expected?.pid || taken.startedMs !== expected.startedMs)) {
    renameSync(aside, path)
  } else {
    rmSync(aside, { force: true })
  }
}

function readHolder(path: string): LockHolder | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'))
    if (value === null || typeof value !== 'object') return undefined
    const { pid, host, startedMs } = value as Partial<LockHolder>
    return typeof pid === 'number' && typeof host === 'string' ? { pid, host, startedMs: Number(startedMs) } : undefined
  } catch {
    return undefined
  }
}

function isHeld(holder: LockHolder): boolean {
  if (holder.host !== hostname()) return true
  if (holder.pid === process.pid) return holder.startedMs === performance.timeOrigin
  try {
    process.kill(holder.pid, 0)
    return true
  } catch (error) {
    // EPERM: alive, but of another user.
    return errorCode(error) === 'EPERM'
  }
}

function locked(dir: string, path: string, holder: LockHolder | undefined): GradusError {
  const who = holder === undefined ? 'another process' : `process ${holder.pid} on ${holder.host}`
  return new GradusError('store/locked', `${dir} is being written by ${who}`, {
    hint: `Wait for it or stop it. If you are sure that it is gone, delete ${path}.`,
  })
}

function errorCode(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
}
