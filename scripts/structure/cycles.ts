// Import cycles: the strongly connected parts of a graph of files (Tarjan), one example walk through each.

/** One cycle per tangle of files that import each other, the first file repeated at the end. */
export function findCycles(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const order = new Map<string, number>()
  const low = new Map<string, number>()
  const stack: string[] = []
  const onStack = new Set<string>()
  const cycles: string[][] = []
  const lowOf = (node: string) => low.get(node) ?? 0

  const visit = (node: string): void => {
    const mine = order.size
    order.set(node, mine)
    low.set(node, mine)
    stack.push(node)
    onStack.add(node)
    for (const next of graph.get(node) ?? []) {
      if (!order.has(next)) {
        visit(next)
        low.set(node, Math.min(lowOf(node), lowOf(next)))
      } else if (onStack.has(next)) {
        low.set(node, Math.min(lowOf(node), order.get(next) ?? 0))
      }
    }
    if (lowOf(node) !== mine) return
    const part = new Set(stack.splice(stack.indexOf(node)))
    for (const member of part) onStack.delete(member)
    const cycle = shortestCycle(graph, node, part)
    if (cycle !== undefined) cycles.push(cycle)
  }
  for (const node of graph.keys()) if (!order.has(node)) visit(node)
  return cycles
}

/** The shortest way from `start` back to itself inside `part`, by breadth-first search. */
function shortestCycle(
  graph: ReadonlyMap<string, readonly string[]>,
  start: string,
  part: ReadonlySet<string>,
): string[] | undefined {
  const queue: string[][] = [[start]]
  const seen = new Set<string>()
  for (const walk of queue) {
    for (const next of graph.get(walk[walk.length - 1]) ?? []) {
      if (next === start) return [...walk, start]
      if (!part.has(next) || seen.has(next)) continue
      seen.add(next)
      queue.push([...walk, next])
    }
  }
  return undefined
}
