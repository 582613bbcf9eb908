import { describe, expect, test } from 'vitest'
import type { SearchEvent } from '../../../../src/serve/dashboard/api.ts'
import { rangesOf } from './node-looks.ts'
import { momentOf, readHistory } from './replay.ts'
import { layoutTree } from './tidy-tree.ts'
import { nodeNear, nodesInView, pathEdges, placesOf, treePaths } from './tree-paths.ts'

const events: readonly SearchEvent[] = [
  { order: 0, kind: 'add', node: 'root', value: 0 },
  { order: 1, kind: 'add', node: 'a', parent: 'root', value: 1, verdict: 'right' },
  { order: 2, kind: 'add', node: 'b', parent: 'root', value: 1 },
]
const history = readHistory(events)
const layout = layoutTree(history.parents)
const places = { ...placesOf(layout, 1), xs: Float64Array.of(0, 100, 100), ys: Float64Array.of(15, 0, 30) }
const draw = (time: number) =>
  treePaths(history, places, momentOf(history, time), { colour: 'value', size: 'equal', ranges: rangesOf(history) })

describe('placesOf', () => {
  test('gives the drawing the shape of the view where labels have room', () => {
    const star = layoutTree([-1, ...Array(40).fill(0)])
    const { width, height, level, xs, ys } = placesOf(star, 0.3)
    expect(width / height).toBeCloseTo(0.3, 9)
    expect(level).toBeCloseTo(39 * 26 * 0.3, 9)
    expect([xs[0], xs[1], ys[1]]).toEqual([0, 304.2, 0])
    expect(ys[40]).toBeCloseTo(height, 0)
  })

  test('leaves room for labels however long the chain, and does not tear small trees apart', () => {
    const chain = layoutTree(Array.from({ length: 300 }, (_, n) => n - 1))
    expect(placesOf(chain, 2).level).toBe(110)
    expect(placesOf(layoutTree([-1, 0, 0]), 2)).toMatchObject({ level: 110, row: 60 })
    expect(placesOf(layoutTree([]), 2)).toMatchObject({ width: 100, height: 0 })
  })
})

describe('the paths of a tree', () => {
  test('are one for the edges and one for each look', () => {
    const { edges, dots, marks } = draw(3)
    expect(edges.split('M').length - 1).toBe(2)
    expect(dots.map(({ colour, path }) => [colour, path])).toEqual([
      ['c0', 'M0 15h0'],
      ['c5', 'M100 0h0M100 30h0'],
    ])
    expect(marks.right).toMatch(/^M100 0m/)
    expect(marks.wrong).toBe('')
  })

  test('leave out what is still to come, and do not move what is there', () => {
    const { edges, dots } = draw(1)
    expect(edges).toBe('')
    expect(dots.map(({ path }) => path)).toEqual(['M0 15h0'])
  })

  test('draw the way to a node', () => {
    expect(pathEdges(places, [0, 2], false)).toBe('M0 15L100 30')
    expect(pathEdges(places, [0], false)).toBe('')
  })

  test('are found by a point near a node', () => {
    const end = momentOf(history, 3)
    expect(nodeNear(places, end, { x: 103, y: 2 }, 10)).toBe(1)
    expect(nodeNear(places, end, { x: 50, y: 0 }, 10)).toBe(-1)
    expect(nodeNear(places, momentOf(history, 1), { x: 100, y: 0 }, 10)).toBe(-1)
  })

  test('name the nodes in view, or none where they are too many', () => {
    const end = momentOf(history, 3)
    const view = { left: 1, right: 999, top: -5, bottom: 999 }
    expect(nodesInView(places, end, view, 2)).toEqual([1, 2])
    expect(nodesInView(places, end, view, 1)).toEqual([])
  })

  test('are made for 5,000 nodes in under 50 ms', () => {
    const many = Array.from({ length: 5000 }, (_, order): SearchEvent => {
      const node = String(order)
      return { order, kind: 'add', node, value: order, ...(order > 0 && { parent: String(order >> 2) }) }
    })
    const large = readHistory(many)
    const [place, ranges, end] = [placesOf(layoutTree(large.parents), 1.6), rangesOf(large), momentOf(large, 5000)]
    const times = [0, 1, 2].map(() => {
      const start = performance.now()
      treePaths(large, place, end, { colour: 'value', size: 'equal', ranges })
      return performance.now() - start
    })
    expect(Math.min(...times)).toBeLessThan(50)
  })
})
