// The cache of a batch against a naive one: a list of rows, each a list of tokens.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tinyConfig } from './__fixtures__/tiny-model.ts'
import { cacheBytes, KvCache, type SequenceCache } from './kv-cache.ts'

const config = { ...tinyConfig, layers: 2, kvHeads: 2, headDim: 3 }
const { layers, kvHeads, headDim } = config

/** The number that a token has as key (0) or value (1) of a layer and head: tells every place from every other. */
const mark = (token: number, kind: 0 | 1, layer: number, head: number, i: number): number =>
  (((token * 2 + kind) * layers + layer) * kvHeads + head) * headDim + i + 1

/** Per layer [K, T, W] of a list of tokens. */
function arraysOf(tokens: readonly number[], kind: 0 | 1): Float32Array[] {
  return Array.from({ length: layers }, (_, layer) => {
    const out = new Float32Array(kvHeads * tokens.length * headDim)
    for (let head = 0; head < kvHeads; head++)
      tokens.forEach((token, t) => {
        for (let i = 0; i < headDim; i++)
          out[(head * tokens.length + t) * headDim + i] = mark(token, kind, layer, head, i)
      })
    return out
  })
}

const sequenceOf = (tokens: readonly number[]): SequenceCache => ({
  length: tokens.length,
  keys: arraysOf(tokens, 0),
  values: arraysOf(tokens, 1),
})

/** Per layer [B, K, 1, W]: one new token a row. */
function newest(tokens: readonly number[], kind: 0 | 1): Float32Array[] {
  return Array.from({ length: layers }, (_, layer) =>
    Float32Array.from(
      tokens.flatMap((token) =>
        Array.from({ length: kvHeads * headDim }, (_, j) =>
          mark(token, kind, layer, Math.floor(j / headDim), j % headDim),
        ),
      ),
    ),
  )
}

/** What the decode graph would see of each row: the places that are not masked, in order. */
function expectRows(cache: KvCache, rows: readonly (readonly number[])[]): void {
  const feeds = cache.feeds(rows.length)
  const places = cache.places
  const mask = feeds['cache.mask']
  expect(mask.length).toBe(rows.length * places)
  rows.forEach((tokens, row) => {
    expect(cache.lengths[row]).toBe(tokens.length)
    const open = Array.from({ length: places }, (_, place) => mask[row * places + place] === 0)
    expect(open).toEqual(open.map((_, place) => place < tokens.length))
    expect(cache.extract(row, tokens.length)).toEqual(sequenceOf(tokens))
    for (let layer = 0; layer < layers; layer++)
      for (const [kind, name] of [
        [0, 'keys'],
        [1, 'values'],
      ] as const) {
        const data = feeds[`cache.${name}.${layer}`]
        expect(data.length).toBe(rows.length * kvHeads * places * headDim)
        tokens.forEach((token, t) => {
          const at = ((row * kvHeads + kvHeads - 1) * places + t) * headDim
          expect(data[at]).toBe(mark(token, kind, layer, kvHeads - 1, 0))
        })
      }
  })
}

/** Joins with a context of so many tokens, decodes one token in every row, or loses a row. */
type Act = { kind: 'join'; length: number } | { kind: 'decode' } | { kind: 'leave'; row: number } | { kind: 'reset' }

const acts: fc.Arbitrary<Act[]> = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({ kind: fc.constant('join' as const), length: fc.integer({ min: 1, max: 40 }) }),
    },
    { weight: 6, arbitrary: fc.record({ kind: fc.constant('decode' as const) }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('leave' as const), row: fc.nat(7) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('reset' as const) }) },
  ),
  { maxLength: 40 },
)

describe('KvCache', () => {
  it('holds what a naive cache holds, whatever joins, grows, leaves or starts over', () => {
    fc.assert(
      fc.property(acts, (list) => {
        const cache = new KvCache(config)
        let rows: number[][] = []
        let next = 0
        for (const act of list) {
          if (act.kind === 'join') {
            const tokens = Array.from({ length: act.length }, () => next++)
            cache.reserve(tokens.length + 1, rows.length + 1, rows.length)
            cache.fill(rows.length, sequenceOf(tokens))
            rows.push(tokens)
          } else if (act.kind === 'decode' && rows.length > 0) {
            const drawn = rows.map(() => next++)
            cache.reserve(Math.max(...rows.map((tokens) => tokens.length)) + 1, rows.length, rows.length)
            cache.append(newest(drawn, 0), newest(drawn, 1), rows.length)
            for (const [row, tokens] of rows.entries()) tokens.push(drawn[row])
          } else if (act.kind === 'leave' && act.row < rows.length) {
            cache.move(rows.length - 1, act.row)
            rows[act.row] = rows[rows.length - 1]
            rows.pop()
          } else if (act.kind === 'reset') {
            cache.reset()
            rows = []
          }
          if (rows.length > 0) expectRows(cache, rows)
        }
      }),
      { numRuns: 40 },
    )
  })

  it('gives the first positions of a row as a copy', () => {
    const cache = new KvCache(config)
    cache.reserve(5, 1, 0)
    cache.fill(0, sequenceOf([7, 8, 9]))
    const start = cache.extract(0, 2)
    cache.fill(0, sequenceOf([1, 2, 3]))
    expect(start).toEqual(sequenceOf([7, 8]))
  })

  it('grows in steps and never shrinks before it is reset', () => {
    const cache = new KvCache(config)
    cache.reserve(1, 1, 0)
    const grain = cache.places
    cache.reserve(grain, 1, 0)
    expect(cache.places).toBe(grain)
    cache.reserve(grain + 1, 1, 0)
    expect(cache.places).toBe(2 * grain)
    cache.reserve(2, 1, 0)
    expect(cache.places).toBe(2 * grain)
    cache.reset()
    cache.reserve(2, 1, 0)
    expect(cache.places).toBe(grain)
  })

  it('counts the bytes of a sequence', () => {
    // Keys and values, 4 bytes, 2 layers, 2 heads, width 3, 10 tokens.
    expect(cacheBytes(config, 10)).toBe(2 * 4 * 2 * 2 * 3 * 10)
  })
})
