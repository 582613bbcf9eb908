// Judges a path: it starts and ends where it should, every step is an edge, and, when asked, none is shorter.
// The graph is a function, so grids, mazes and edge lists all fit. It reads no text: nodes are names.

/** What leads where. `neighbours` is pure and knows every node that it returns. */
export interface PathGraph {
  neighbours(node: string): readonly string[]
}

/** Nodes of a path that are read at all. */
const maxPath = 10_000
/** Nodes that the search for a shorter path may reach. */
const maxReached = 100_000

/**
 * `true`, or why this is no path from `from` to `to`. With `shortest`, a path in a graph too large to search
 * (100,000 nodes within its length) is refused too.
 *
 * @example
 * const line = { neighbours: (n: string) => (n === 'a' ? ['b'] : n === 'b' ? ['c'] : []) }
 * checkPath(line, 'a', 'c', ['a', 'b', 'c']) // true
 */
export function checkPath(
  graph: PathGraph,
  from: string,
  to: string,
  path: readonly string[],
  options: { readonly shortest?: boolean } = {},
): true | string {
  if (path.length === 0) return 'the path is empty'
  if (path.length > maxPath) return `the path has more than ${maxPath} nodes`
  if (path[0] !== from) return `it starts at ${shown(path[0])}, not at ${shown(from)}`
  for (let i = 1; i < path.length; i++) {
    if (!graph.neighbours(path[i - 1]).includes(path[i])) {
      return `step ${i}: nothing leads from ${shown(path[i - 1])} to ${shown(path[i])}`
    }
  }
  const end = path[path.length - 1]
  if (end !== to) return `it ends at ${shown(end)}, not at ${shown(to)}`
  return options.shortest === true ? isShortest(graph, from, to, path.length - 1) : true
}

/** Breadth first, only as deep as a shorter path could be. */
function isShortest(graph: PathGraph, from: string, to: string, steps: number): true | string {
  let layer = [from]
  const reached = new Set(layer)
  for (let depth = 0; depth < steps && layer.length > 0; depth++) {
    if (layer.includes(to)) return `it has ${steps} steps; ${depth} are enough`
    const next: string[] = []
    for (const node of layer) {
      for (const near of graph.neighbours(node)) {
        if (reached.has(near)) continue
        if (reached.size >= maxReached) return 'the graph is too large to tell if it is the shortest'
        reached.add(near)
        next.push(near)
      }
    }
    layer = next
  }
  return true
}

/** Nodes come from a model's text: keep the reason short. */
function shown(node: string): string {
  return JSON.stringify(node.length > 24 ? `${node.slice(0, 24)}...` : node)
}
