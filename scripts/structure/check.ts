// The structure rules, as one pure function over a map from path to text: layers, cycles, length, headers, folders,
// forbidden words, private names. It does not read the disk (scripts/check-structure.ts does) and judges no style
// (biome does).
import { posix } from 'node:path'
import { findCycles } from './cycles.ts'
import { arrows, indexOptional, isLayer, rankOf, typesOnly } from './layers.ts'
import { type Import, readSource, type Source } from './source.ts'

/** One thing to mend, or with level `note` one thing to look at. */
export interface Finding {
  readonly file: string
  /** From 1. */
  readonly line: number
  readonly rule: 'layer' | 'cycle' | 'length' | 'header' | 'folder' | 'forbidden' | 'private-name'
  readonly level: 'error' | 'note'
  /** What is wrong and what to do. */
  readonly message: string
}

/** Lines above which a file is an error, and above which it is a note. */
const LONGEST = 500
const LONG = 250

/** Names of this or that machine. In pieces, so that this file does not hold them itself. */
const privateNames = [
  { name: ['', 'work', ''].join('/'), instead: 'write a path relative to the repository' },
  { name: ['registry', 'npmjs', 'org'].join('.'), instead: 'leave it to the npm configuration (see .npmrc)' },
  { name: ['pypi', 'org'].join('.'), instead: 'leave it to the pip configuration' },
]

/** Applies every rule to the files of a repository: paths with `/`, relative to its root. */
export function checkStructure(files: ReadonlyMap<string, string>): Finding[] {
  const findings: Finding[] = []
  const graph = new Map<string, string[]>()
  for (const [file, text] of files) {
    findings.push(...checkPrivateNames(file, text))
    if (!/\.(?:ts|mts|tsx)$/.test(file)) continue
    const source = readSource(file, text)
    const relative = source.imports.filter((entry) => entry.specifier.startsWith('.'))
    const targets = new Map(relative.map((entry) => [entry, posix.join(posix.dirname(file), entry.specifier)]))
    graph.set(
      file,
      [...new Set(targets.values())].filter((target) => files.has(target)),
    )
    findings.push(...checkLength(file, text, source), ...checkHeader(file, source), ...checkForbidden(file, source))
    for (const [entry, target] of targets) findings.push(...checkArrow(file, entry, target))
  }
  for (const cycle of findCycles(graph)) {
    const message = `import cycle: ${cycle.join(' -> ')}; move what both need into a file below them`
    findings.push({ file: cycle[0], line: 1, rule: 'cycle', level: 'error', message })
  }
  findings.push(...checkFolders(files))
  return findings.sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1))
}

function checkArrow(file: string, entry: Import, target: string): Finding[] {
  const [top, from] = file.split('/')
  if (top !== 'src' || file.split('/').length < 3) return []
  const isTest = isTestFile(file)
  const fail = (message: string): Finding[] => [{ file, line: entry.line, rule: 'layer', level: 'error', message }]
  if (!target.startsWith('src/')) {
    return isTest ? [] : fail(`'${entry.specifier}' lies outside src/; only tests may import it, so move it into src/`)
  }
  const to = target.split('/')[1]
  if (from === to || !isLayer(from)) return []
  if (!isLayer(to))
    return fail(`'${to}' is not a layer; add it to scripts/structure/layers.ts with its rank and arrows`)
  if (isTest) {
    if ((rankOf(to) ?? 0) <= (rankOf(from) ?? 0)) return []
    return fail(`a test of '${from}' reaches up to '${to}'; move the test to src/${to} or test/`)
  }
  if (!arrows[from].includes(to)) {
    const allowed = arrows[from].length === 0 ? 'nothing' : arrows[from].join(', ')
    return fail(
      `'${from}' may not import '${to}' (it may import: ${allowed}); take what it gives as a parameter, ` +
        'move the shared part to a lower layer, or argue for a new arrow in docs/decisions',
    )
  }
  if (typesOnly[from]?.includes(to) && !entry.isTypeOnly) {
    return fail(`'${from}' may import only types of '${to}'; write 'import type' or take the function as a parameter`)
  }
  return []
}

function checkLength(file: string, text: string, source: Source): Finding[] {
  const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0)
  if (lines <= LONG || source.header.includes('Long because')) return []
  const level = lines > LONGEST ? 'error' : 'note'
  const message = `${lines} lines; split it by idea, or say 'Long because ...' in the header`
  return [{ file, line: lines, rule: 'length', level, message }]
}

/** Tests are let off: the file beside them and their first `describe` say what they are about. */
function checkHeader(file: string, source: Source): Finding[] {
  if (source.header !== '' || isTestFile(file)) return []
  const message = 'no header comment; open the file with 1-8 lines: what it is and what it deliberately does not know'
  return [{ file, line: 1, rule: 'header', level: 'error', message }]
}

function checkForbidden(file: string, source: Source): Finding[] {
  const talks = isTestFile(file) || /^(?:src\/cli|scripts|bench|test)\//.test(file)
  const instead: Readonly<Record<string, string>> = {
    'Math.random': "name a stream: stream(seed, 'purpose', ...) of src/base/rng.ts",
    'Date.now': 'take a clock as a parameter',
    'console.log': 'report through an event or a returned value',
    'as any': 'use unknown and narrow it, or a precise type',
  }
  const uses = source.uses.filter((use) => use.text === 'as any' || !talks)
  return [
    ...uses.map((use) => ({ ...use, advice: instead[use.text] })),
    ...source.marks.map((mark) => ({ ...mark, advice: 'finish it, or write it into the issue and delete the mark' })),
  ].map(({ text, line, advice }) => ({
    file,
    line,
    rule: 'forbidden',
    level: 'error',
    message: `'${text}' is not allowed here; ${advice}`,
  }))
}

function checkPrivateNames(file: string, text: string): Finding[] {
  const findings: Finding[] = []
  for (const { name, instead } of privateNames) {
    // A longer path or host that merely contains the name (src/work/, my-pypi.org) is somebody else's.
    const pattern = new RegExp(`(?<![\\w./-])${name.replaceAll('.', '\\.')}`, 'g')
    for (const match of text.replaceAll('://', ':  ').matchAll(pattern)) {
      const line = text.slice(0, match.index).split('\n').length
      findings.push({
        file,
        line,
        rule: 'private-name',
        level: 'error',
        message: `'${name}' names one machine's surroundings; ${instead}`,
      })
    }
  }
  return findings
}

function checkFolders(files: ReadonlyMap<string, string>): Finding[] {
  const findings: Finding[] = []
  const folders = new Set([...files.keys()].filter((f) => /^src\/[^/]+\//.test(f)).map((f) => f.split('/')[1]))
  for (const folder of folders) {
    const path = `src/${folder}`
    const add = (message: string) => findings.push({ file: path, line: 1, rule: 'folder', level: 'error', message })
    if (!isLayer(folder)) add('not a layer; add it to scripts/structure/layers.ts with its rank and arrows')
    if (!files.has(`${path}/README.md`))
      add('no README.md; write its purpose in two sentences, an example, a file list')
    const needsIndex = !(indexOptional as readonly string[]).includes(folder)
    if (needsIndex && !files.has(`${path}/index.ts`)) add('no index.ts; re-export by name what others may use')
  }
  return findings
}

function isTestFile(file: string): boolean {
  return /\.(?:test|test-d|bench)\.ts$/.test(file) || file.includes('/__fixtures__/')
}
