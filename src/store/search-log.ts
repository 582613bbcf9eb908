// `search/<id>.jsonl`: the tree of a test-time search, written as it grows and read back with limits. What is read is a
// tree for certain: a node comes after its parent, nothing happens to a node that is not there, `order` rises. It does not
// know how a search works.
import { existsSync, mkdirSync, readdirSync, realpathSync, statSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { z } from 'zod'
import { realFs, type WriteFs, writeError } from '../base/atomic-file.ts'
import { GradusError } from '../base/error.ts'
import type { SearchEvent, SearchHead, SearchLog } from '../contracts/search-log.ts'
import { JsonlWriter, readJsonl } from './jsonl.ts'

/** Limits of {@link readSearchLog}. */
export interface SearchLimits {
  /** Default 50 MB. */
  readonly bytes?: number
  /** Default 200,000. */
  readonly events?: number
}

const idPattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/
const tokens = z.int().min(0)

const headSchema = z.object({
  schema: z.literal(1),
  id: z.string().regex(idPattern),
  strategy: z.string().max(200),
  prompt: z.string(),
  answer: z.string().optional(),
  budget: tokens.optional(),
})

const node = z.string().min(1).max(200)

const eventSchema = z.object({
  order: z.int().min(0),
  kind: z.enum(['add', 'update', 'done']),
  node,
  parent: node.optional(),
  text: z.string().optional(),
  tokens: tokens.optional(),
  value: z.number().optional(),
  visits: z.int().min(0).optional(),
  score: z.number().optional(),
  verdict: z.enum(['right', 'wrong', 'undecided']).optional(),
})

/** Ids of the searches of a run, sorted. */
export function listSearches(dir: string): readonly string[] {
  const folder = join(dir, 'search')
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .map((name) => name.slice(0, -'.jsonl'.length))
    .filter((id) => idPattern.test(id))
    .sort()
}

/**
 * One search of a run. A torn last line and unknown keys are ignored.
 *
 * @throws `store/no-such-search`, `store/search-too-large`, `store/bad-search`, `store/bad-line`
 */
export function readSearchLog(dir: string, id: string, limits: SearchLimits = {}): SearchLog {
  const { bytes = 50_000_000, events: most = 200_000 } = limits
  const path = join(dir, 'search', `${id}.jsonl`)
  if (!idPattern.test(id) || !isFileBelow(dir, path)) {
    throw new GradusError('store/no-such-search', `${dir} has no search "${id.slice(0, 100)}"`, {
      hint: `It has: ${listSearches(dir).slice(0, 20).join(', ') || 'none'}.`,
    })
  }
  const size = statSync(path).size
  if (size > bytes) throw tooLarge(path, `${size} bytes, and at most ${bytes} are read`)
  const { rows } = readJsonl<unknown>(path)
  if (rows.length === 0) throw badSearch(path, 1, 'it has no first line')
  if (rows.length - 1 > most) throw tooLarge(path, `${rows.length - 1} events, and at most ${most} are read`)
  const head = headSchema.safeParse(rows[0])
  if (!head.success) throw badSearch(path, 1, oneLine(head.error))
  return { head: head.data, events: readEvents(path, rows) }
}

/** All rows but the first. */
function readEvents(path: string, rows: readonly unknown[]): readonly SearchEvent[] {
  const nodes = new Set<string>()
  let last = -1
  return rows.slice(1).map((row, i) => {
    const line = i + 2
    const read = eventSchema.safeParse(row)
    if (!read.success) throw badSearch(path, line, oneLine(read.error))
    const { kind, node, parent, order } = read.data
    if (order <= last) throw badSearch(path, line, `order ${order} comes after ${last}`)
    last = order
    if (kind !== 'add' && !nodes.has(node)) throw badSearch(path, line, `there is no node "${node}" yet`)
    if (kind !== 'add') return read.data
    if (nodes.has(node)) throw badSearch(path, line, `node "${node}" was added before`)
    if (parent !== undefined && !nodes.has(parent)) throw badSearch(path, line, `there is no parent "${parent}" yet`)
    nodes.add(node)
    return read.data
  })
}

/** Writes one search as it goes on. Its methods throw `store/disk-full` and `store/not-writable`. */
export class SearchLogWriter {
  readonly #writer: JsonlWriter

  /** Begins `search/<id>.jsonl` of a run directory. @throws `store/bad-search-id`, `store/search-exists` */
  constructor(dir: string, { id, ...about }: Omit<SearchHead, 'schema'>, fs: WriteFs = realFs) {
    const path = join(dir, 'search', `${id}.jsonl`)
    if (!idPattern.test(id)) {
      throw new GradusError('store/bad-search-id', `"${id.slice(0, 100)}" cannot name a search`, {
        hint: 'Use up to 100 letters, digits, dots, dashes and underscores, a letter or digit first.',
      })
    }
    if (existsSync(path)) {
      throw new GradusError('store/search-exists', `${path} is there already`, { hint: 'Give the search another id.' })
    }
    try {
      mkdirSync(dirname(path), { recursive: true })
    } catch (error) {
      throw writeError(error, path)
    }
    this.#writer = new JsonlWriter(path, fs)
    this.#writer.append({ schema: 1, id, ...about } satisfies SearchHead)
  }

  append(...events: readonly SearchEvent[]): void {
    this.#writer.append(...events.map(withoutOddNumbers))
  }

  close(): void {
    this.#writer.close()
  }
}

/** JSON has no NaN and no infinity: a value that is none is left out, as one that is not known. */
function withoutOddNumbers(event: SearchEvent): object {
  return Object.fromEntries(
    Object.entries(event).filter(([, value]) => typeof value !== 'number' || Number.isFinite(value)),
  )
}

/** False for links to what lies elsewhere: run directories are passed around. */
function isFileBelow(dir: string, path: string): boolean {
  if (!existsSync(path) || !statSync(path).isFile()) return false
  return realpathSync(path).startsWith(`${realpathSync(dir)}${sep}`)
}

const oneLine = (error: z.ZodError): string => z.prettifyError(error).replaceAll(/\s+/g, ' ').slice(0, 300)

function badSearch(path: string, line: number, why: string): GradusError {
  return new GradusError('store/bad-search', `${path}:${line}: ${why}`, {
    hint: 'The file was edited, or another program wrote it. src/contracts/search-log.ts says what it holds.',
  })
}

function tooLarge(path: string, what: string): GradusError {
  return new GradusError('store/search-too-large', `${path} is too large to be shown: ${what}`, {
    hint: 'Cut the file after an earlier line: what is left is a whole search up to that moment.',
  })
}
