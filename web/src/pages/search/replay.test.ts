import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { SearchEvent } from '../../../../src/serve/dashboard/api.ts'
import { momentOf, neighbour, pathTo, readHistory } from './replay.ts'

const events: readonly SearchEvent[] = [
  { order: 0, kind: 'add', node: 'root', text: 'How much is 2 + 2?' },
  { order: 1, kind: 'add', node: 'a', parent: 'root', text: ' It is 4', tokens: 5, value: 0.5 },
  { order: 2, kind: 'add', node: 'b', parent: 'root', text: ' It is 5', tokens: 6, value: 0.25 },
  { order: 3, kind: 'update', node: 'a', visits: 2, value: 0.75, tokens: 3 },
  { order: 4, kind: 'add', node: 'c', parent: 'a', text: '.', tokens: 1, verdict: 'right' },
  { order: 5, kind: 'done', node: 'c' },
]

describe('readHistory', () => {
  test('numbers nodes as they were added, parents before children', () => {
    const history = readHistory(events)
    expect(history.ids).toEqual(['root', 'a', 'b', 'c'])
    expect(history.parents).toEqual([-1, 0, 0, 1])
    expect(history.children).toEqual([[1, 2], [3], [], []])
    expect(history.addedAt).toEqual([0, 1, 2, 4])
    expect(history.strays).toBe(0)
  })

  test('goes by the order that events name, not by that of the list', () => {
    expect(readHistory(events.toReversed())).toEqual(readHistory(events))
  })

  test('makes a root of a node whose parent is not known, and counts what leads nowhere', () => {
    const history = readHistory([
      { order: 0, kind: 'add', node: 'a', parent: 'nobody' },
      { order: 1, kind: 'update', node: 'nobody', value: 1, tokens: 7 },
    ])
    expect(history.parents).toEqual([-1])
    expect(history.strays).toBe(2)
    expect(momentOf(history, 2)).toMatchObject({ spent: 7, count: 1, touched: -1, chosen: -1 })
  })

  test('takes a second adding of a node as news of it, so that no node is its own ancestor', () => {
    const history = readHistory([
      { order: 0, kind: 'add', node: 'a' },
      { order: 1, kind: 'add', node: 'b', parent: 'a' },
      { order: 2, kind: 'add', node: 'a', parent: 'b', text: 'again' },
    ])
    expect(history.parents).toEqual([-1, 0])
    expect(momentOf(history, 3).nodes[0]?.text).toBe('again')
  })
})

describe('momentOf', () => {
  test('is empty before the first event', () => {
    expect(momentOf(readHistory(events), 0)).toEqual({
      time: 0,
      nodes: [undefined, undefined, undefined, undefined],
      count: 0,
      spent: 0,
      touched: -1,
      chosen: -1,
    })
  })

  test('knows what was known at its time and nothing later', () => {
    const moment = momentOf(readHistory(events), 3)
    expect(moment).toMatchObject({ count: 3, spent: 11, touched: 2, chosen: -1 })
    expect(moment.nodes[1]).toMatchObject({ value: 0.5, visits: undefined, tokens: 5 })
    expect(moment.nodes[3]).toBeUndefined()
  })

  test('keeps what an update does not name and adds up tokens', () => {
    const { nodes, spent } = momentOf(readHistory(events), 4)
    expect(nodes[1]).toEqual({
      text: ' It is 4',
      tokens: 8,
      value: 0.75,
      visits: 2,
      score: undefined,
      verdict: undefined,
    })
    expect(spent).toBe(14)
  })

  test('ends with what was chosen, and takes times beyond the end for the end', () => {
    const history = readHistory(events)
    expect(momentOf(history, 6)).toMatchObject({ chosen: 3, spent: 15, count: 4 })
    expect(momentOf(history, 999)).toEqual(momentOf(history, 6))
  })

  test('never loses a node or a token as time goes on', () => {
    const event = fc.record({
      kind: fc.constantFrom('add' as const, 'update' as const, 'done' as const),
      node: fc.constantFrom('a', 'b', 'c', 'd'),
      parent: fc.constantFrom('a', 'b', 'x', undefined),
      tokens: fc.nat(9),
    })
    fc.assert(
      fc.property(fc.array(event, { maxLength: 20 }), (drawn) => {
        const history = readHistory(drawn.map((one, order) => ({ ...one, order })))
        const moments = drawn.map((_, time) => momentOf(history, time + 1))
        let tokens = 0
        for (const [i, { spent, count, nodes }] of moments.entries()) {
          tokens += drawn[i].tokens
          expect(spent).toBe(tokens)
          expect(nodes.filter((node) => node !== undefined)).toHaveLength(count)
          expect(count).toBeGreaterThanOrEqual(moments[i - 1]?.count ?? 0)
        }
      }),
    )
  })

  test('replays 10,000 events in under 50 ms', () => {
    const many = Array.from({ length: 10_000 }, (_, order): SearchEvent => {
      const node = String(order >> 1)
      return order % 2 === 0
        ? { order, kind: 'add', node, parent: String(order >> 2), text: 'x' }
        : { order, kind: 'update', node, value: order }
    })
    const history = readHistory(many)
    const times = [0, 1, 2].map(() => {
      const start = performance.now()
      momentOf(history, 10_000)
      return performance.now() - start
    })
    expect(Math.min(...times)).toBeLessThan(50)
  })
})

describe('pathTo and neighbour', () => {
  const history = readHistory(events)
  const end = momentOf(history, 6)

  test('go from the root to a node', () => {
    expect(pathTo(history.parents, 3)).toEqual([0, 1, 3])
    expect(pathTo(history.parents, -1)).toEqual([])
  })

  test('follow the arrows and stay where there is nothing', () => {
    expect(neighbour(history, end, 0, 'child')).toBe(1)
    expect(neighbour(history, end, 1, 'next')).toBe(2)
    expect(neighbour(history, end, 2, 'next')).toBe(2)
    expect(neighbour(history, end, 2, 'previous')).toBe(1)
    expect(neighbour(history, end, 1, 'previous')).toBe(1)
    expect(neighbour(history, end, 3, 'parent')).toBe(1)
    expect(neighbour(history, end, 0, 'parent')).toBe(0)
    expect(neighbour(history, end, 3, 'child')).toBe(3)
  })

  test('do not lead to nodes that are still to come', () => {
    expect(neighbour(history, momentOf(history, 4), 1, 'child')).toBe(1)
    expect(neighbour(history, momentOf(history, 2), 1, 'next')).toBe(1)
  })
})
