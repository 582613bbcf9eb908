import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { layoutTree } from './tidy-tree.ts'

/** Trees of up to `size` nodes: every node's parent is one of those before it. */
const trees = (size: number) =>
  fc
    .array(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), { maxLength: size })
    .map((draws) => [-1, ...draws.map((draw, i) => Math.floor(draw * (i + 1)))])

/** Parents from a fixed recurrence, no two runs alike in shape and every run the same. */
function tangle(size: number): number[] {
  let state = 1
  return Array.from({ length: size }, (_, n) => {
    state = (state * 48271) % 2147483647
    return n === 0 ? -1 : Math.max(0, n - 1 - (state % Math.min(n, 40)))
  })
}

const levelsOf = (parents: readonly number[]): number[][] => {
  const { depths, breadths, maxDepth } = layoutTree(parents)
  const level = (depth: number): number[] => parents.flatMap((_, n) => (depths[n] === depth ? [n] : []))
  const levels = Array.from({ length: maxDepth + 1 }, (_, depth) => level(depth))
  return levels.map((nodes) => nodes.sort((a, b) => breadths[a] - breadths[b]))
}

describe('layoutTree', () => {
  test('puts a parent over the middle of its children', () => {
    const { depths, breadths, maxBreadth, maxDepth } = layoutTree([-1, 0, 0, 0])
    expect([...depths]).toEqual([0, 1, 1, 1])
    expect([...breadths]).toEqual([1, 0, 1, 2])
    expect([maxBreadth, maxDepth]).toEqual([2, 1])
  })

  test('sets cousins further apart than siblings', () => {
    //      0
    //   1     2
    //  3 4   5 6
    const { breadths } = layoutTree([-1, 0, 0, 1, 1, 2, 2])
    const expected = [1.675, 0.5, 2.85, 0, 1, 2.35, 3.35]
    for (const [n, breadth] of expected.entries()) expect(breadths[n]).toBeCloseTo(breadth, 12)
  })

  test('spreads small subtrees evenly between two large ones', () => {
    // The root has a wide child, a leaf, another leaf and a wide child.
    const parents = [-1, 0, 0, 0, 0, ...Array(5).fill(1), ...Array(5).fill(4)]
    const { breadths } = layoutTree(parents)
    const steps = [2, 3, 4].map((n) => breadths[n] - breadths[n - 1])
    expect(steps[0]).toBeCloseTo(steps[1], 12)
    expect(steps[1]).toBeCloseTo(steps[2], 12)
    expect(steps[0]).toBeGreaterThan(1.5)
  })

  test('draws several trees side by side, and nothing for no tree', () => {
    expect([...layoutTree([-1, -1, -1]).breadths]).toEqual([0, 1, 2])
    expect(layoutTree([])).toMatchObject({ maxBreadth: 0, maxDepth: 0 })
  })

  test('keeps nodes of a level at least 1 apart and subtrees in the order of their parents', () => {
    fc.assert(
      fc.property(trees(120), (parents) => {
        const { breadths } = layoutTree(parents)
        for (const level of levelsOf(parents)) {
          for (const [i, n] of level.entries()) {
            if (i === 0) continue
            expect(breadths[n] - breadths[level[i - 1]]).toBeGreaterThan(1 - 1e-9)
            const [before, here] = [parents[level[i - 1]], parents[n]]
            if (before === here) expect(level[i - 1]).toBeLessThan(n)
            else expect(breadths[before]).toBeLessThan(breadths[here])
          }
        }
      }),
      { numRuns: 200 },
    )
  })

  test('puts every parent over the middle of its first and last child', () => {
    fc.assert(
      fc.property(trees(120), (parents) => {
        const { breadths } = layoutTree(parents)
        for (const parent of new Set(parents.filter((n) => n >= 0))) {
          const own = parents.flatMap((p, n) => (p === parent ? [breadths[n]] : []))
          expect(breadths[parent]).toBeCloseTo((own[0] + own[own.length - 1]) / 2, 9)
        }
      }),
      { numRuns: 100 },
    )
  })

  test('draws the mirror image of a mirrored tree', () => {
    // Children of every node in the opposite order, by renumbering level by level.
    fc.assert(
      fc.property(trees(60), (parents) => {
        const children = parents.map((_, p) => parents.flatMap((parent, n) => (parent === p ? [n] : [])))
        const order = [0]
        for (const n of order) order.push(...children[n].toReversed())
        const mirrored = order.map((n) => order.indexOf(parents[n]))
        const [one, other] = [layoutTree(parents), layoutTree(mirrored)]
        for (const [at, n] of order.entries()) {
          expect(other.breadths[at]).toBeCloseTo(one.maxBreadth - one.breadths[n], 9)
        }
      }),
      { numRuns: 100 },
    )
  })

  test('is the same every time', () => {
    const parents = tangle(500)
    expect(layoutTree(parents)).toEqual(layoutTree(parents))
  })

  test('lays out 5,000 nodes in under 50 ms, whatever their shape', () => {
    const chain = Array.from({ length: 5000 }, (_, n) => n - 1)
    const star = Array.from({ length: 5000 }, (_, n) => (n === 0 ? -1 : 0))
    const binary = Array.from({ length: 5000 }, (_, n) => (n === 0 ? -1 : Math.floor((n - 1) / 2)))
    for (const parents of [tangle(5000), chain, star, binary]) {
      // The best of three: a busy machine may take one of them away.
      const times = [0, 1, 2].map(() => {
        const start = performance.now()
        layoutTree(parents)
        return performance.now() - start
      })
      expect(Math.min(...times)).toBeLessThan(50)
    }
  })
})
