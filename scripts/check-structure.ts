// `npm run structure`: reads the repository and prints what breaks its structure; exit 1 when anything does.
// The rules are in structure/check.ts. What .gitignore names is not part of the repository.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, posix, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkStructure } from './structure/check.ts'

/** Larger files are data, not text that someone wrote. */
const MAX_BYTES = 2_000_000

const root = fileURLToPath(new URL('..', import.meta.url))
/** Folders that git ignores: a name is one anywhere, `/a/b` is one place. */
const skipped = new Set(['.git', ...ignoredFolders()])

function ignoredFolders(): string[] {
  const lines = readFileSync(join(root, '.gitignore'), 'utf8').split('\n')
  return lines.filter((line) => line.endsWith('/')).map((line) => line.slice(0, -1))
}

const isSkipped = (path: string, name: string): boolean =>
  skipped.has(name) || skipped.has(`/${relative(root, path).split(sep).join(posix.sep)}`)

function readTree(folder: string, files = new Map<string, string>()): Map<string, string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) {
      if (!isSkipped(path, entry.name)) readTree(path, files)
    } else if (entry.isFile() && statSync(path).size <= MAX_BYTES) {
      const text = readFileSync(path, 'utf8')
      if (!text.includes('\0')) files.set(relative(root, path).split(sep).join(posix.sep), text)
    }
  }
  return files
}

const files = readTree(root)
const findings = checkStructure(files)
for (const { file, line, rule, level, message } of findings) console.log(`${file}:${line} ${level}[${rule}] ${message}`)
const errors = findings.filter((finding) => finding.level === 'error').length
console.log(`structure: ${files.size} files, ${errors} errors, ${findings.length - errors} notes`)
process.exitCode = errors > 0 ? 1 : 0
