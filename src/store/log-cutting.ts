// The lengths of a run's logs at a moment, and cutting the logs back to them.
// Logs of a step, evaluation or search that did not exist at that moment are removed. Checkpoints are not its business.
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { realFs, type WriteFs } from '../base/atomic-file.ts'
import { logFolders, logNames } from './layout.ts'

/** Byte length of every log file, by path inside the run directory, with forward slashes. */
export function measureLogs(dir: string): Record<string, number> {
  return Object.fromEntries(
    logFiles(dir)
      .filter((name) => existsSync(join(dir, name)))
      .map((name) => [name, statSync(join(dir, name)).size]),
  )
}

/** Why the logs cannot be cut back to `bytes`: one of the three main logs is shorter. Undefined when they can. */
export function missingBytes(dir: string, bytes: Readonly<Record<string, number>>): string | undefined {
  for (const name of logNames) {
    const expected = bytes[name] ?? 0
    const path = join(dir, name)
    const actual = existsSync(path) ? statSync(path).size : 0
    if (actual < expected) return `${name} has ${actual} bytes, and had ${expected} at this checkpoint`
  }
  return undefined
}

/** Cuts every log back to `bytes`; what is not in it goes. Doing it twice changes nothing. */
export function cutLogs(dir: string, bytes: Readonly<Record<string, number>>, fs: WriteFs = realFs): void {
  for (const [name, size] of Object.entries(measureLogs(dir))) {
    const path = join(dir, name)
    const target = bytes[name]
    if (target === undefined) fs.rmSync(path, { recursive: false, force: true })
    else if (target < size) truncate(path, target, fs)
  }
}

function logFiles(dir: string): readonly string[] {
  const inFolders = logFolders
    .filter((folder) => existsSync(join(dir, folder)))
    .flatMap((folder) => readdirSync(join(dir, folder)).map((name) => `${folder}/${name}`))
  return [...logNames, ...inFolders]
}

function truncate(path: string, size: number, fs: WriteFs): void {
  const fd = fs.openSync(path, 'r+')
  try {
    fs.ftruncateSync(fd, size)
  } finally {
    fs.closeSync(fd)
  }
}
