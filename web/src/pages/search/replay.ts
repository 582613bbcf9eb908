// The events of a search as a tree, and that tree as it stood after any number of events. What an event says of a node that
// was never added is counted and otherwise left out: the events come from a file.
import type { SearchEvent } from '../../../../src/serve/dashboard/api.ts'

/** What a search built, all of it. Nodes are numbered in the order in which they were added. */
export interface SearchHistory {
  readonly events: readonly SearchEvent[]
  /** [N] */
  readonly ids: readonly string[]
  /** [N] index of the parent, less than the node's own; -1 for a root. */
  readonly parents: readonly number[]
  /** [N] */
  readonly children: readonly (readonly number[])[]
  /** [N] number of the event that added it. */
  readonly addedAt: readonly number[]
  /** [events] index of the event's node, -1 for one that was never added. */
  readonly nodeOf: readonly number[]
  /** Events that say something of a node that was never added, or add one under a parent that was not. */
  readonly strays: number
}

/** A node at one moment. */
export interface NodeState {
  readonly text: string
  /** Spent on it so far. */
  readonly tokens: number
  readonly value?: number
  readonly visits?: number
  readonly score?: number
  readonly verdict?: SearchEvent['verdict']
}

/** The search after some of its events. */
export interface SearchMoment {
  /** Events that have happened. */
  readonly time: number
  /** [N], undefined for nodes that are still to come. */
  readonly nodes: readonly (NodeState | undefined)[]
  readonly count: number
  /** Tokens spent. */
  readonly spent: number
  /** What the last event was about; -1 before the first. */
  readonly touched: number
  /** What the search chose, once it is done; -1 before. */
  readonly chosen: number
}

/** Numbers the nodes and finds each one's parent. */
export function readHistory(unordered: readonly SearchEvent[]): SearchHistory {
  const events = unordered.toSorted((a, b) => a.order - b.order)
  const indexOf = new Map<string, number>()
  const ids: string[] = []
  const parents: number[] = []
  const children: number[][] = []
  const addedAt: number[] = []
  let strays = 0
  const nodeOf = events.map((event, at) => {
    const known = indexOf.get(event.node)
    if (known !== undefined) return known
    if (event.kind !== 'add') {
      strays++
      return -1
    }
    const index = ids.length
    const parent = event.parent === undefined ? -1 : (indexOf.get(event.parent) ?? -1)
    if (event.parent !== undefined && parent < 0) strays++
    indexOf.set(event.node, index)
    ids.push(event.node)
    parents.push(parent)
    children.push([])
    if (parent >= 0) children[parent].push(index)
    addedAt.push(at)
    return index
  })
  return { events, ids, parents, children, addedAt, nodeOf, strays }
}

/** The search after its first `time` events. */
export function momentOf({ events, ids, nodeOf, addedAt }: SearchHistory, time: number): SearchMoment {
  const end = Math.max(0, Math.min(Math.round(time), events.length))
  const nodes: (NodeState | undefined)[] = Array(ids.length).fill(undefined)
  let [spent, chosen, count] = [0, -1, 0]
  for (let at = 0; at < end; at++) {
    const event = events[at]
    const node = nodeOf[at]
    const cost = event.tokens ?? 0
    spent += cost
    if (node < 0) continue
    if (addedAt[node] === at) count++
    if (event.kind === 'done') chosen = node
    const before = nodes[node]
    nodes[node] = {
      text: event.text ?? before?.text ?? '',
      tokens: (before?.tokens ?? 0) + cost,
      value: event.value ?? before?.value,
      visits: event.visits ?? before?.visits,
      score: event.score ?? before?.score,
      verdict: event.verdict ?? before?.verdict,
    }
  }
  return { time: end, nodes, count, spent, touched: end === 0 ? -1 : nodeOf[end - 1], chosen }
}

/** From the root to a node; empty for -1. */
export function pathTo(parents: readonly number[], node: number): number[] {
  const path: number[] = []
  for (let at = node; at >= 0; at = parents[at]) path.push(at)
  return path.reverse()
}

/** Where an arrow leads from a node, among those that are there; the node itself where it leads nowhere. */
export function neighbour(
  { parents, children }: SearchHistory,
  { nodes }: SearchMoment,
  node: number,
  way: 'parent' | 'child' | 'previous' | 'next',
): number {
  const isThere = (other: number): boolean => nodes[other] !== undefined
  if (way === 'parent') return parents[node] >= 0 ? parents[node] : node
  if (way === 'child') return children[node].find(isThere) ?? node
  const roots = (): number[] => parents.flatMap((parent, n) => (parent < 0 ? [n] : []))
  const siblings = (parents[node] >= 0 ? children[parents[node]] : roots()).filter(isThere)
  return siblings[siblings.indexOf(node) + (way === 'next' ? 1 : -1)] ?? node
}
