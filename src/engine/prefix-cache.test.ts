import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PrefixCache } from './prefix-cache.ts'

const ids = (...list: number[]) => Int32Array.from(list)

interface Row {
  readonly ids: Int32Array
  readonly payload: string
  readonly sizeBytes: number
}

function shared(a: Int32Array, b: Int32Array): number {
  let k = 0
  while (k < a.length && k < b.length && a[k] === b[k]) k++
  return k
}

// A list in order of use, searched in full.
class NaiveCache {
  rows: Row[] = []
  readonly budgetBytes: number

  constructor(budgetBytes: number) {
    this.budgetBytes = budgetBytes
  }

  longest(key: Int32Array): number {
    return Math.max(0, ...this.rows.map((row) => shared(row.ids, key)))
  }

  touch(payload: string): void {
    this.rows = [
      ...this.rows.filter((row) => row.payload !== payload),
      ...this.rows.filter((row) => row.payload === payload),
    ]
  }

  insert(row: Row): void {
    if (row.ids.length === 0 || row.sizeBytes > this.budgetBytes) return
    this.rows = [...this.rows.filter((old) => old.ids.join() !== row.ids.join()), row]
    while (this.size() > this.budgetBytes) this.rows.shift()
  }

  size(): number {
    return this.rows.reduce((sum, row) => sum + row.sizeBytes, 0)
  }
}

describe('PrefixCache', () => {
  it('gives the longest stored prefix', () => {
    const cache = new PrefixCache<string>(100)
    cache.insert(ids(1, 2), 'short', 1)
    cache.insert(ids(1, 2, 3, 4), 'long', 1)
    expect(cache.lookup(ids(1, 2, 3, 4, 5))).toMatchObject({ length: 4, entry: { payload: 'long' } })
    expect(cache.lookup(ids(1, 2))).toMatchObject({ length: 2, entry: { payload: 'short' } })
  })

  it('gives the shared part of an entry that goes on differently', () => {
    const cache = new PrefixCache<string>(100)
    cache.insert(ids(1, 2, 3, 4), 'x', 1)
    expect(cache.lookup(ids(1, 2, 9))).toMatchObject({ length: 2, entry: { payload: 'x', ids: ids(1, 2, 3, 4) } })
    expect(cache.lookup(ids(1, 2))).toMatchObject({ length: 2, entry: { payload: 'x' } })
    expect(cache.lookup(ids(2, 1))).toBeUndefined()
    expect(cache.lookup(ids())).toBeUndefined()
    expect(cache.stats()).toMatchObject({ hits: 2, misses: 2 })
  })

  it('replaces what was stored for exactly the same ids', () => {
    const cache = new PrefixCache<string>(10)
    cache.insert(ids(1, 2), 'old', 6)
    cache.insert(ids(1, 2), 'new', 7)
    expect(cache.lookup(ids(1, 2))?.entry.payload).toBe('new')
    expect(cache.stats()).toMatchObject({ entries: 1, sizeBytes: 7, evictions: 0 })
  })

  it('makes room by dropping what was used longest ago', () => {
    const cache = new PrefixCache<string>(3)
    cache.insert(ids(1), 'a', 1)
    cache.insert(ids(2), 'b', 1)
    cache.insert(ids(3), 'c', 1)
    cache.lookup(ids(1))
    cache.insert(ids(4), 'd', 2)
    expect([1, 2, 3, 4].map((id) => cache.lookup(ids(id))?.entry.payload)).toEqual(['a', undefined, undefined, 'd'])
    expect(cache.stats()).toMatchObject({ evictions: 2, entries: 2, sizeBytes: 3 })
  })

  it('refuses an empty sequence and a payload over the budget, and keeps the rest', () => {
    const cache = new PrefixCache<string>(3)
    expect(cache.insert(ids(1), 'a', 3)).toBe(true)
    expect(cache.insert(ids(2), 'b', 4)).toBe(false)
    expect(cache.insert(ids(), 'c', 0)).toBe(false)
    expect(cache.lookup(ids(1))?.entry.payload).toBe('a')
  })

  it('keeps its own copy of the ids', () => {
    const cache = new PrefixCache<string>(3)
    const key = ids(1, 2, 3)
    cache.insert(key, 'a', 1)
    key.fill(7)
    expect(cache.lookup(ids(1, 2, 3))?.length).toBe(3)
    expect(cache.lookup(key)).toBeUndefined()
  })

  it('is empty after clear and usable again', () => {
    const cache = new PrefixCache<string>(3)
    cache.insert(ids(1, 2), 'a', 3)
    cache.lookup(ids(1))
    cache.clear()
    expect(cache.lookup(ids(1, 2))).toBeUndefined()
    expect(cache.stats()).toEqual({ hits: 1, misses: 1, evictions: 0, entries: 0, sizeBytes: 0 })
    cache.insert(ids(1, 3), 'b', 3)
    expect(cache.lookup(ids(1, 3))?.entry.payload).toBe('b')
  })

  it('finds what a search of the whole list finds after any run of operations', () => {
    const key = fc.array(fc.integer({ min: 0, max: 2 }), { maxLength: 7 }).map((list) => Int32Array.from(list))
    const insert = fc.record({ kind: fc.constant('insert' as const), key, sizeBytes: fc.integer({ min: 0, max: 5 }) })
    const lookup = fc.record({ kind: fc.constant('lookup' as const), key })
    const operations = fc.array(fc.oneof(insert, lookup), { maxLength: 60 })
    fc.assert(
      fc.property(operations, fc.integer({ min: 1, max: 20 }), (list, budgetBytes) => {
        const cache = new PrefixCache<string>(budgetBytes)
        const naive = new NaiveCache(budgetBytes)
        list.forEach((operation, k) => {
          if (operation.kind === 'insert') {
            const { sizeBytes } = operation
            cache.insert(operation.key, `payload ${k}`, sizeBytes)
            naive.insert({ ids: operation.key, payload: `payload ${k}`, sizeBytes })
          } else {
            const match = cache.lookup(operation.key)
            expect(match?.length ?? 0).toBe(naive.longest(operation.key))
            if (match !== undefined) {
              // Any entry that shares as much will do; it must be a live one.
              const row = naive.rows.find(({ payload }) => payload === match.entry.payload)
              expect(row?.ids).toEqual(match.entry.ids)
              expect(shared(match.entry.ids, operation.key)).toBe(match.length)
              naive.touch(match.entry.payload)
            }
          }
          expect(cache.stats()).toMatchObject({ entries: naive.rows.length, sizeBytes: naive.size() })
        })
        for (const row of naive.rows) {
          expect(cache.lookup(row.ids)).toMatchObject({ length: row.ids.length, entry: { payload: row.payload } })
        }
      }),
      { numRuns: 400 },
    )
  })
})
