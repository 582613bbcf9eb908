// The graphs of grid-path: cells of a map and lists of one-way edges, seen alike as nodes with neighbours, and the
// breadth-first layers that both the drawing and the worked solutions rest on. It reads no answers.
import type { Rng } from '../../base/rng.ts'

/** What to walk on: names of nodes, and what leads where. */
export interface Walkable {
  readonly from: string
  readonly to: string
  neighbours(node: string): readonly string[]
}

/** Moves on a map: letter, columns, rows. In this order a worked solution tries them. */
export const moves = [
  ['U', 0, -1],
  ['D', 0, 1],
  ['L', -1, 0],
  ['R', 1, 0],
] as const

/** `a1` is the first column of the first row. */
export function cellName(column: number, row: number): string {
  return `${String.fromCharCode(97 + column)}${row + 1}`
}

/** The cell that a move leads to, or undefined when a wall or the edge of the map is in the way. */
export function moved(rows: readonly string[], cell: string, move: string): string | undefined {
  const found = moves.find(([letter]) => letter === move)
  if (found === undefined) return undefined
  const column = cell.charCodeAt(0) - 97 + found[1]
  const row = Number(cell.slice(1)) - 1 + found[2]
  const mark = rows[row]?.[column]
  return mark === undefined || mark === 'x' ? undefined : cellName(column, row)
}

/** The cells of a map with `S`, `G`, `.` and walls `x`. */
export function mapGraph(rows: readonly string[]): Walkable {
  const find = (mark: string): string => {
    const row = rows.findIndex((line) => line.includes(mark))
    return cellName(rows[row]?.indexOf(mark) ?? 0, row)
  }
  return {
    from: find('S'),
    to: find('G'),
    neighbours: (cell) => moves.flatMap(([letter]) => moved(rows, cell, letter) ?? []),
  }
}

/** The graph of one-way edges such as `AB`. */
export function edgeGraph(edges: readonly string[], from: string, to: string): Walkable {
  const after = new Map<string, string[]>()
  for (const [a, b] of edges) after.set(a, [...(after.get(a) ?? []), b])
  return { from, to, neighbours: (node) => after.get(node) ?? [] }
}

/** Breadth-first layers from the start, up to the layer that holds the goal. */
export interface Layers {
  readonly layers: readonly (readonly string[])[]
  /** The first shortest path found, or undefined when nothing leads to the goal. */
  readonly path: readonly string[] | undefined
}

/** With `to` undefined, every node that can be reached. */
export function layersOf({ from, neighbours }: Walkable, to: string | undefined): Layers {
  const before = new Map<string, string>([[from, '']])
  const layers: string[][] = [[from]]
  while (to === undefined || !before.has(to)) {
    const next: string[] = []
    for (const node of layers[layers.length - 1]) {
      for (const near of neighbours(node)) {
        if (before.has(near)) continue
        before.set(near, node)
        next.push(near)
      }
    }
    if (next.length === 0) break
    layers.push(next)
  }
  if (to === undefined || !before.has(to)) return { layers, path: undefined }
  const path: string[] = []
  for (let node: string | undefined = to; node !== undefined && node !== ''; node = before.get(node)) path.push(node)
  return { layers, path: path.reverse() }
}

/** A node exactly `length` steps away, or else as far as there is one. */
export function farNode(graph: Walkable, length: number, rng: Rng): { node: string; distance: number } {
  const { layers } = layersOf(graph, undefined)
  const distance = Math.min(length, layers.length - 1)
  return { node: rng.pick(layers[distance]), distance }
}
