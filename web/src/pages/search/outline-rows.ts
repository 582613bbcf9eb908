// The tree as a list of lines, those of open nodes under each other: what a screen reader walks through, and what a window
// over a long list is cut from.
import type { SearchHistory, SearchMoment } from './replay.ts'

/** A line of the outline. */
export interface OutlineRow {
  readonly node: number
  /** From 1. */
  readonly level: number
  readonly isOpen: boolean
  /** Children that are there. */
  readonly children: number
  /** Place among its siblings, from 1, and how many they are. */
  readonly place: number
  readonly siblings: number
}

/** Lines in the order of the tree. Nodes that are still to come have none. */
export function outlineRows(
  { parents, children }: Pick<SearchHistory, 'parents' | 'children'>,
  { nodes }: Pick<SearchMoment, 'nodes'>,
  open: ReadonlySet<number>,
): readonly OutlineRow[] {
  const isThere = (node: number): boolean => nodes[node] !== undefined
  const rows: OutlineRow[] = []
  // A stack and no recursion: a search can be one chain of thousands.
  const stack: { readonly node: number; readonly level: number; readonly place: number; readonly siblings: number }[] =
    []
  const push = (group: readonly number[], level: number): void => {
    for (let i = group.length - 1; i >= 0; i--)
      stack.push({ node: group[i], level, place: i + 1, siblings: group.length })
  }
  push(
    parents.flatMap((parent, node) => (parent < 0 && isThere(node) ? [node] : [])),
    1,
  )
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const own = children[next.node].filter(isThere)
    const isOpen = own.length > 0 && open.has(next.node)
    rows.push({ ...next, isOpen, children: own.length })
    if (isOpen) push(own, next.level + 1)
  }
  return rows
}
