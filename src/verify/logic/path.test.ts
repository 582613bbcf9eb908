import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkPath } from './path.ts'

const edges: Record<string, string[]> = { a: ['b', 'c'], b: ['c'], c: ['d'], d: ['a'] }
const graph = { neighbours: (node: string) => edges[node] ?? [] }

describe('checkPath', () => {
  it('takes any legal path and, when asked, only a shortest one', () => {
    expect(checkPath(graph, 'a', 'd', ['a', 'b', 'c', 'd'])).toBe(true)
    expect(checkPath(graph, 'a', 'd', ['a', 'b', 'c', 'd'], { shortest: true })).toBe('it has 3 steps; 2 are enough')
    expect(checkPath(graph, 'a', 'd', ['a', 'c', 'd'], { shortest: true })).toBe(true)
    expect(checkPath(graph, 'a', 'a', ['a'], { shortest: true })).toBe(true)
    expect(checkPath(graph, 'a', 'a', ['a', 'c', 'd', 'a'], { shortest: true })).toBe('it has 3 steps; 0 are enough')
  })

  it('says what is wrong', () => {
    expect(checkPath(graph, 'a', 'd', [])).toBe('the path is empty')
    expect(checkPath(graph, 'a', 'd', ['b', 'c', 'd'])).toBe('it starts at "b", not at "a"')
    expect(checkPath(graph, 'a', 'd', ['a', 'c'])).toBe('it ends at "c", not at "d"')
    expect(checkPath(graph, 'a', 'd', ['a', 'd'])).toBe('step 1: nothing leads from "a" to "d"')
    expect(checkPath(graph, 'a', 'd', ['a', '__proto__', 'd'])).toBe('step 1: nothing leads from "a" to "__proto__"')
    expect(checkPath(graph, 'a', 'd', Array(20_000).fill('a'))).toContain('more than')
  })

  it('ends on a graph without end', () => {
    const endless = { neighbours: (node: string) => (node === 'z' ? [] : [`${node}0`, `${node}1`, 'z']) }
    const wide = { neighbours: (node: string) => [`${node}0`, `${node}1`] }
    expect(checkPath(endless, 'x', 'z', ['x', 'x0', 'x00', 'z'], { shortest: true })).toBe(
      'it has 3 steps; 1 are enough',
    )
    const deep = Array.from({ length: 30 }, (_, i) => `x${'0'.repeat(i)}`)
    expect(checkPath(wide, 'x', deep[29], deep, { shortest: true })).toContain('too large')
  })

  it('agrees with distances by Floyd and Warshall', () => {
    const arcs = fc.array(fc.tuple(fc.nat(5), fc.nat(5)), { maxLength: 12 })
    fc.assert(
      fc.property(arcs, fc.array(fc.nat(5), { minLength: 1, maxLength: 6 }), (pairs, walk) => {
        const far: number[][] = [0, 1, 2, 3, 4, 5].map((i) => [0, 1, 2, 3, 4, 5].map((j) => (i === j ? 0 : 99)))
        for (const [i, j] of pairs) if (i !== j) far[i][j] = 1
        const isEdge = (i: number, j: number) => pairs.some(([a, b]) => a === i && b === j)
        const legal = walk.every((node, i) => i === 0 || isEdge(walk[i - 1], node))
        for (let k = 0; k < 6; k++)
          for (let i = 0; i < 6; i++) for (let j = 0; j < 6; j++) far[i][j] = Math.min(far[i][j], far[i][k] + far[k][j])
        const nodes = { neighbours: (node: string) => pairs.filter(([a]) => `${a}` === node).map(([, b]) => `${b}`) }
        const [from, to] = [walk[0], walk[walk.length - 1]]
        const judge = (shortest: boolean) =>
          checkPath(nodes, `${from}`, `${to}`, walk.map(String), { shortest }) === true
        expect(judge(false)).toBe(legal)
        expect(judge(true)).toBe(legal && walk.length - 1 === far[from][to])
      }),
    )
  })
})
