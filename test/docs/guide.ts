// A page of the guide as data: its blocks of code, and what a reader does with them in a copy of the repository. It runs
// nothing. A block of `ts` names its file in the first line: a new file is written as it is, an import goes to a file's
// imports, anything else to the end of the file's exported list. `sh` is typed; `text` is what the `sh` above it prints.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** A block of commands and lines that they print. */
export interface Commands {
  /** Of its first command in the page, from 1. */
  readonly line: number
  readonly text: string
  readonly prints: readonly string[]
  /** Why a test does not run it, from `<!-- not run: ... -->` above it. */
  readonly notRun?: string
}

/** A page that was read. */
export interface Page {
  readonly name: string
  readonly lines: number
  /** Code by file, in order. */
  readonly code: readonly (readonly [file: string, text: string])[]
  readonly commands: readonly Commands[]
  /** Targets of its links, without those to the web. */
  readonly links: readonly string[]
}

/** Files of the repository that pages made and those that they edited. */
export interface AppliedCode {
  readonly made: readonly string[]
  readonly edited: readonly string[]
}

const blocks = /^(?:<!-- not run: (.+) -->\n)?```(\w*)\n([\s\S]*?)^```$/gm

/** Reads a page. Throws on a block that a reader could not place. */
export function readPage(path: string): Page {
  const text = readFileSync(path, 'utf8')
  const code: [string, string][] = []
  const commands: (Commands & { prints: string[] })[] = []
  for (const { 0: whole, 1: notRun, 2: language, 3: block, index } of text.matchAll(blocks)) {
    const [first, ...rest] = block.trimEnd().split('\n')
    if (language === 'ts') {
      const file = /^\/\/ ([\w./-]+\.ts)\b/.exec(first)?.[1]
      if (file === undefined) throw new Error(`${path}: this block does not begin with its file: ${first}`)
      code.push([file, `${rest.join('\n')}\n`])
    } else if (language === 'sh') {
      const line = text.slice(0, index + whole.indexOf('```')).split('\n').length + 1
      commands.push({ line, text: block.trimEnd(), prints: [], notRun })
    } else if (language === 'text') commands.at(-1)!.prints.push(first, ...rest)
    else throw new Error(`${path}: a block is of ts, sh or text, not "${language}"`)
  }
  const links = [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(([, target]) => target)
  return {
    name: basename(path, '.md'),
    lines: text.trimEnd().split('\n').length,
    code,
    commands,
    links: links.filter((target) => !/^\w+:/.test(target)),
  }
}

/** Puts the page's code into the repository at `root`. */
export function applyCode({ code }: Page, root: string): AppliedCode {
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
