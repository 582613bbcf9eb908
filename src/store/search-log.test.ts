import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SearchEvent } from '../contracts/search-log.ts'
import { quickFs } from './__fixtures__/toy-run.ts'
import { listSearches, readSearchLog, SearchLogWriter } from './search-log.ts'

let dir = ''
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'gradus-search-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const head = { id: 's1', strategy: 'best-first', prompt: '1+1=' }
const HEAD = JSON.stringify({ schema: 1, ...head })

/** Writes lines as they are. */
function put(lines: readonly (string | object)[], id = 's1'): void {
  mkdirSync(join(dir, 'search'), { recursive: true })
  const text = lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join('')
  writeFileSync(join(dir, 'search', `${id}.jsonl`), text)
}

const root = { order: 0, kind: 'add', node: 'r', text: '' } as const

describe('SearchLogWriter', () => {
  it('writes what readSearchLog gives back', () => {
    const events: SearchEvent[] = [
      root,
      { order: 1, kind: 'add', node: 'a', parent: 'r', text: '2', tokens: 3, value: 0.5, score: 1.5 },
      { order: 2, kind: 'update', node: 'r', value: 0.5, visits: 1 },
      { order: 3, kind: 'done', node: 'a', verdict: 'right' },
    ]
    const writer = new SearchLogWriter(dir, { ...head, answer: '2', budget: 10 }, quickFs)
    writer.append(...events.slice(0, 2))
    writer.append(...events.slice(2))
    writer.close()
    expect(readSearchLog(dir, 's1')).toEqual({ head: { schema: 1, ...head, answer: '2', budget: 10 }, events })
    expect(listSearches(dir)).toEqual(['s1'])
  })

  it('leaves out numbers that JSON cannot hold', () => {
    const writer = new SearchLogWriter(dir, head, quickFs)
    writer.append({ ...root, value: Number.NaN, score: Number.NEGATIVE_INFINITY, visits: 0 })
    writer.close()
    expect(readSearchLog(dir, 's1').events).toEqual([{ ...root, visits: 0 }])
  })

  it('refuses an id that is a path, and one that was used', () => {
    for (const id of ['../x', 'a/b', '', '.hidden', 'x'.repeat(101)]) {
      expect(() => new SearchLogWriter(dir, { ...head, id }, quickFs)).toThrow('cannot name a search')
    }
    new SearchLogWriter(dir, head, quickFs).close()
    expect(() => new SearchLogWriter(dir, head, quickFs)).toThrow('is there already')
  })
})

describe('readSearchLog', () => {
  it('ignores a torn last line and unknown keys', () => {
    put([
      { schema: 1, ...head, colour: 'red' },
      { ...root, weight: 3 },
    ])
    appendFileSync(join(dir, 'search', 's1.jsonl'), '{"order":1,"kind":"ad')
    expect(readSearchLog(dir, 's1')).toEqual({ head: { schema: 1, ...head }, events: [root] })
  })

  it.each<[string, (string | object)[], RegExp]>([
    ['an empty file', [], /s1\.jsonl:1: it has no first line/],
    ['another schema', [{ schema: 2, ...head }], /:1: .*schema/],
    ['a head without a strategy', [{ schema: 1, id: 's1', prompt: '' }], /:1: .*strategy/],
    ['a line that is no object', [HEAD, '3'], /:2: not a JSON object/],
    ['an unknown kind', [HEAD, { ...root, kind: 'drop' }], /:2: .*kind/],
    ['negative tokens', [HEAD, { ...root, tokens: -1 }], /:2: .*tokens/],
    ['a value that is null', [HEAD, { ...root, value: null }], /:2: .*value/],
    ['an order that stands still', [HEAD, root, { order: 0, kind: 'update', node: 'r' }], /:3: order 0 comes after 0/],
    ['an update of no node', [HEAD, { order: 0, kind: 'update', node: 'x' }], /:2: there is no node "x" yet/],
    ['an end at no node', [HEAD, root, { order: 1, kind: 'done', node: 'x' }], /:3: there is no node "x" yet/],
    ['a node added twice', [HEAD, root, { ...root, order: 1 }], /:3: node "r" was added before/],
    ['a node that is its own parent', [HEAD, { ...root, parent: 'r' }], /:2: there is no parent "r" yet/],
  ])('refuses %s and says where', (_, lines, message) => {
    put(lines)
    expect(() => readSearchLog(dir, 's1')).toThrow(message)
  })

  it('refuses what is larger than its limits, by bytes and by events', () => {
    put([HEAD, root, { order: 1, kind: 'update', node: 'r' }])
    const size = readFileSync(join(dir, 'search', 's1.jsonl')).length
    expect(() => readSearchLog(dir, 's1', { bytes: size - 1 })).toThrow(`${size} bytes`)
    expect(() => readSearchLog(dir, 's1', { events: 1 })).toThrow('2 events')
    expect(readSearchLog(dir, 's1', { bytes: size, events: 2 }).events).toHaveLength(2)
  })

  it('finds nothing by ids that lead elsewhere, nor through links out of the run', () => {
    mkdirSync(join(dir, 'search'))
    writeFileSync(join(dir, 'other.jsonl'), `${HEAD}\n`)
    mkdirSync(join(dir, 'run', 'search'), { recursive: true })
    symlinkSync(join(dir, 'other.jsonl'), join(dir, 'run', 'search', 'link.jsonl'))
    for (const id of ['../other', 'link', 'missing', '', 'a\0b']) {
      expect(() => readSearchLog(join(dir, 'run'), id)).toThrow('has no search')
    }
  })

  it('gives a tree or an error for any lines', () => {
    const line = fc.record(
      {
        order: fc.nat(5),
        kind: fc.constantFrom('add', 'update', 'done'),
        node: fc.constantFrom('a', 'b', 'c'),
        parent: fc.option(fc.constantFrom('a', 'b', 'c'), { nil: undefined }),
        text: fc.string(),
      },
      { requiredKeys: ['order', 'kind', 'node'] },
    )
    let trees = 0
    fc.assert(
      fc.property(fc.array(line, { maxLength: 3 }), (lines) => {
        put([HEAD, ...lines])
        try {
          const { events } = readSearchLog(dir, 's1')
          const added = new Map(
            events.filter(({ kind }) => kind === 'add').map((event, at) => [event.node, { event, at }]),
          )
          for (const { event, at } of added.values()) {
            if (event.parent !== undefined) expect(added.get(event.parent)?.at).toBeLessThan(at)
          }
          trees++
        } catch (error) {
          expect(error).toMatchObject({ code: 'store/bad-search' })
        }
      }),
      { numRuns: 200 },
    )
    expect(trees).toBeGreaterThan(10)
  })
})

describe('listSearches', () => {
  it('names what can be read, sorted, and nothing of a run without searches', () => {
    expect(listSearches(dir)).toEqual([])
    put([HEAD], 'b')
    put([HEAD], 'a')
    writeFileSync(join(dir, 'search', 'notes.txt'), '')
    writeFileSync(join(dir, 'search', '.a.jsonl'), '')
    expect(listSearches(dir)).toEqual(['a', 'b'])
  })
})
