// Names as the strictest reader wants them, which are also safe as paths: ASCII letters, digits and `_-./`, no empty part,
// no `.` or `..`, and no name that is a folder of another one. Two names stay two. `@` becomes `_at_`, and such
// a folder's own name gets `.value`.
import { createHash } from 'node:crypto'

const maxLength = 240

/** What each of `names` is called. Only its own characters and a clash with another name change a name. */
export function entryNames(names: readonly string[]): ReadonlyMap<string, string> {
  const taken = new Map<string, string>()
  const folders = new Set<string>()
  // Names that need no change come first, so that a changed one can never take their place.
  const plain = names.filter((name) => allowed(name) === name).sort()
  const changed = names.filter((name) => allowed(name) !== name).sort()
  for (const name of names) {
    for (const folder of foldersOf(allowed(name))) folders.add(folder.toLowerCase())
  }
  const used = new Set<string>()
  for (const name of [...plain, ...changed]) {
    let entry = allowed(name)
    // Where only their case differs, some systems take two files for one.
    const isTaken = (): boolean => folders.has(entry.toLowerCase()) || used.has(entry.toLowerCase())
    // `tokens` beside `tokens/seen`.
    if (folders.has(entry.toLowerCase())) entry = `${entry}.value`
    while (isTaken()) entry = `${entry}.${digest(name)}`
    used.add(entry.toLowerCase())
    taken.set(name, entry)
  }
  return taken
}

function allowed(name: string): string {
  const entry = name
    .replaceAll('@', '_at_')
    .split('/')
    .map((part) => part.replace(/[^A-Za-z0-9_.-]/g, '_').replace(/^(\.{0,2})$/, (dots) => '_'.repeat(dots.length + 1)))
    .join('/')
  return entry.length <= maxLength ? entry : `${entry.slice(0, maxLength - 9).replace(/\/$/, '_')}.${digest(name)}`
}

function foldersOf(entry: string): readonly string[] {
  const parts = entry.split('/')
  return parts.slice(1).map((_, i) => parts.slice(0, i + 1).join('/'))
}

const digest = (name: string): string => createHash('sha256').update(name).digest('hex').slice(0, 8)
