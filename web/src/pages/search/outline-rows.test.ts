import { describe, expect, test } from 'vitest'
import { outlineRows } from './outline-rows.ts'

const there = { text: '', tokens: 0 }
// 0 has 1, 2 and 3; 1 has 4.
const tree = { parents: [-1, 0, 0, 0, 1], children: [[1, 2, 3], [4], [], [], []] }
const all = { nodes: [there, there, there, there, there] }
const lines = (open: readonly number[], moment: Parameters<typeof outlineRows>[1] = all) =>
  outlineRows(tree, moment, new Set(open)).map(({ node, level, place, siblings }) => [node, level, place, siblings])

describe('outlineRows', () => {
  test('show children of open nodes under them', () => {
    expect(lines([])).toEqual([[0, 1, 1, 1]])
    expect(lines([0])).toEqual([
      [0, 1, 1, 1],
      [1, 2, 1, 3],
      [2, 2, 2, 3],
      [3, 2, 3, 3],
    ])
    expect(lines([0, 1]).map(([node]) => node)).toEqual([0, 1, 4, 2, 3])
    expect(lines([1])).toEqual([[0, 1, 1, 1]])
  })

  test('leave out what is still to come', () => {
    const moment = { nodes: [there, there, undefined, there, undefined] }
    expect(lines([0, 1], moment)).toEqual([
      [0, 1, 1, 1],
      [1, 2, 1, 2],
      [3, 2, 2, 2],
    ])
    expect(outlineRows(tree, moment, new Set([0, 1]))[1]).toMatchObject({ children: 0, isOpen: false })
  })

  test('take a chain of thousands', () => {
    const parents = Array.from({ length: 20_000 }, (_, n) => n - 1)
    const chain = { parents, children: parents.map((_, n) => (n < 19_999 ? [n + 1] : [])) }
    const nodes = parents.map(() => there)
    expect(outlineRows(chain, { nodes }, new Set(nodes.keys()))).toHaveLength(20_000)
  })
})
