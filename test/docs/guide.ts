// A guide as data: its blocks of code, and what a reader does with them in a copy of the repository. It runs nothing.
// A block of `ts` names its file in the first line: a new file is written as it is, an import goes to a file's imports,
// anything else to the end of the file's exported list. `sh` is run; `text` is what the `sh` above it prints.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Commands, one a line, and lines that they print. */
export interface Commands {
  readonly lines: readonly string[]
  readonly prints: readonly string[]
}

/** A guide that was read. */
export interface Guide {
  /** Code by file, in order. */
  readonly code: readonly (readonly [file: string, text: string])[]
  readonly commands: readonly Commands[]
  /** Targets of its links, without those to the web. */
  readonly links: readonly string[]
}

/** Files of the repository that a guide made and those that it edited. */
export interface AppliedCode {
  readonly made: readonly string[]
  readonly edited: readonly string[]
}

/** Reads a guide. Throws on a block that a reader could not place. */
export function readGuide(path: string): Guide {
  const text = readFileSync(path, 'utf8')
  const code: [string, string][] = []
  const commands: { lines: string[]; prints: string[] }[] = []
  for (const [, language, block] of text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)) {
    const lines = block.trimEnd().split('\n')
    if (language === 'ts') {
      const file = /^\/\/ ([\w./-]+\.ts)\b/.exec(lines[0])?.[1]
      if (file === undefined) throw new Error(`${path}: this block does not begin with its file: ${lines[0]}`)
      code.push([file, `${lines.slice(1).join('\n')}\n`])
    } else if (language === 'sh') commands.push({ lines: lines.map((line) => line.replace(/\s+#.*/, '')), prints: [] })
    else if (language === 'text') commands.at(-1)!.prints.push(...lines)
    else throw new Error(`${path}: a block is of ts, sh or text, not "${language}"`)
  }
  const links = [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(([, target]) => target)
  return { code, commands, links: links.filter((target) => !/^\w+:/.test(target)) }
}

/** Puts the guide's code into the repository at `root`. */
export function applyCode({ code }: Guide, root: string): AppliedCode {
  const made: string[] = []
  const edited = new Set<string>()
  for (const [file, text] of code) {
    const path = join(root, file)
    if (existsSync(path)) {
      edited.add(file)
      const before = readFileSync(path, 'utf8')
      writeFileSync(path, text.startsWith('import ') ? withImport(before, text) : withEntry(before, text, file))
    } else {
      made.push(file)
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, text)
    }
  }
  return { made, edited: [...edited] }
}

const withImport = (source: string, line: string): string => source.replace(/^import /m, () => `${line}import `)

function withEntry(source: string, entry: string, file: string): string {
  const list = /^export const \w+[^=\n]* = \[(?:.*\]$|[\s\S]*?^\])/m.exec(source)
  if (list === null) throw new Error(`${file} has no exported list`)
  const end = list.index + list[0].length - 1
  const before = source.slice(0, end).trimEnd()
  return `${before}${before.endsWith(',') ? '' : ','}\n${entry}${source.slice(end)}`
}
