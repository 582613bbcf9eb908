import { describe, expect, it } from 'vitest'
import type { SearchEvent } from '../../../contracts/search-log.ts'
import { countdown } from '../../../tasks/index.ts'
import { exampleSearch } from './example-search.ts'

/** The tree that events make. */
function treeOf(events: readonly SearchEvent[]) {
  const nodes = new Map<string, { event: SearchEvent; visits: number; value: number; children: string[] }>()
  for (const event of events) {
    const { kind, node, parent, visits = 0, value = 0 } = event
    if (kind === 'add') nodes.set(node, { event, visits, value, children: [] })
    if (kind === 'add' && parent !== undefined) nodes.get(parent)!.children.push(node)
    if (kind === 'update') Object.assign(nodes.get(node)!, { visits, value })
  }
  return nodes
}

describe('exampleSearch', () => {
  it('finds an answer that the task accepts, after a hundred nodes and several dead ends, within its budget', async () => {
    const { head, events } = await exampleSearch()
    const nodes = treeOf(events)
    expect(nodes.size).toBeGreaterThanOrEqual(60)
    expect(nodes.size).toBeLessThanOrEqual(150)
    expect(events.filter(({ verdict, kind }) => kind === 'add' && verdict === 'wrong').length).toBeGreaterThan(2)
    expect(events.reduce((sum, { tokens = 0 }) => sum + tokens, 0)).toBeLessThanOrEqual(head.budget!)
    const last = events.at(-1)!
    expect(last).toMatchObject({ kind: 'done', verdict: 'right' })
    const steps: string[] = []
    for (let at = nodes.get(last.node)!; at.event.parent !== undefined; at = nodes.get(at.event.parent)!) {
      steps.unshift(at.event.text!)
    }
    const problem = countdown.problem('test', 2, { level: 5 })
    expect([head.prompt, head.answer]).toEqual([problem.prompt, problem.answer])
    expect(await countdown.verify(problem, steps.join(';'))).toMatchObject({ kind: 'right' })
  })

  it('counts every visit of a node once in each node above it', async () => {
    for (const seed of [1, 2, 3]) {
      const nodes = treeOf((await exampleSearch({ seed })).events)
      for (const { event, visits, value, children } of nodes.values()) {
        if (children.length === 0) continue
        const below = children.map((id) => nodes.get(id)!)
        // The root is not visited when it is made.
        const own = event.parent === undefined ? 0 : 1
        expect(visits).toBe(own + below.reduce((sum, child) => sum + child.visits, 0))
        const total = own * event.value! + below.reduce((sum, child) => sum + child.visits * child.value, 0)
        expect(value).toBeCloseTo(total / visits, 9)
      }
    }
  })

  it('is the same for the same seed and another for another', async () => {
    expect(await exampleSearch({ seed: 5 })).toEqual(await exampleSearch({ seed: 5 }))
    expect((await exampleSearch({ seed: 5 })).events).not.toEqual((await exampleSearch({ seed: 6 })).events)
  })

  it('ends with the nearest it has seen when the budget is spent, at once when there is none', async () => {
    const { events } = await exampleSearch({ budget: 40 })
    expect(events.reduce((sum, { tokens = 0 }) => sum + tokens, 0)).toBeLessThanOrEqual(40)
    const added = events.filter(({ kind }) => kind === 'add')
    const best = Math.max(...added.map(({ value }) => value!))
    expect(added.find(({ node }) => node === events.at(-1)!.node)?.value).toBe(best)
    expect((await exampleSearch({ budget: 0 })).events.map(({ kind }) => kind)).toEqual(['add', 'done'])
  })

  it('ends where nothing is left to try', async () => {
    const { events } = await exampleSearch({ width: 1, budget: 3000 })
    expect(events.at(-1)?.kind).toBe('done')
    expect(events.filter(({ kind }) => kind === 'add')).toHaveLength(5)
  })
})
