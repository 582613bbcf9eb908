// The drawing of a tree as few long paths: one for the edges, one for each colour and size of node. Thousands of nodes stay
// a handful of elements, so that panning moves no more than one transform.
import { type ColourBy, colourOf, diameterOf, type Quality, type QualityRange, type SizeBy } from './node-looks.ts'
import type { SearchHistory, SearchMoment } from './replay.ts'
import type { TreeLayout } from './tidy-tree.ts'

/** Where all nodes stand in the drawing. */
export interface Places {
  /** [N] */
  readonly xs: Float64Array
  /** [N] */
  readonly ys: Float64Array
  /** From one level to the next, and between neighbours of one level. */
  readonly level: number
  readonly row: number
  readonly width: number
  readonly height: number
}

/** Room for a label between levels, and for a line of text between neighbours; more where it fills the view. */
const LEVEL = { least: 110, most: 420 }
const ROW = { least: 26, most: 60 }
/** Room for the labels of the last level. */
const LAST = 100

/** Nodes of one look. */
export interface DotGroup {
  readonly key: string
  readonly colour: string
  readonly diameter: number
  /** A point for each node: a line of no length, which round ends make a dot. */
  readonly path: string
}

/** A tree as paths. */
export interface TreePaths {
  readonly edges: string
  readonly dots: readonly DotGroup[]
  /** Signs on nodes with a verdict, by verdict. */
  readonly marks: Readonly<Record<'right' | 'wrong' | 'undecided', string>>
}

/** Curves are for small trees: they take longer to draw and tell nothing more in large ones. */
const MOST_CURVES = 800

const shapes = { right: 'm-3 .3l2 2.2l4-4.6', wrong: 'm-2.6-2.6l5.2 5.2m0-5.2l-5.2 5.2', undecided: 'm-3 0h6' }

/** Stretches a layout to about the shape of the view, `aspect` times as wide as high. */
export function placesOf({ depths, breadths, maxDepth, maxBreadth }: TreeLayout, aspect: number): Places {
  const level = clamp((maxBreadth * ROW.least * aspect) / Math.max(1, maxDepth), LEVEL.least, LEVEL.most)
  const width = maxDepth * level + LAST
  const row = clamp(width / aspect / Math.max(1, maxBreadth), ROW.least, ROW.most)
  const round = (value: number): number => Math.round(value * 10) / 10
  return {
    xs: Float64Array.from(depths, (depth) => round(depth * level)),
    ys: breadths.map((breadth) => round(breadth * row)),
    level,
    row,
    width,
    height: maxBreadth * row,
  }
}

const clamp = (value: number, low: number, high: number): number => Math.max(low, Math.min(high, value))

/** The paths of all nodes that are there. */
export function treePaths(
  { parents }: Pick<SearchHistory, 'parents'>,
  places: Places,
  { nodes, count }: Pick<SearchMoment, 'nodes' | 'count'>,
  looks: {
    readonly colour: ColourBy
    readonly size: SizeBy
    readonly ranges: Readonly<Record<Quality, QualityRange | null>>
  },
): TreePaths {
  const { colour, size, ranges } = looks
  const edges: string[] = []
  const groups = new Map<string, { readonly colour: string; readonly diameter: number; readonly points: string[] }>()
  const marks: Record<'right' | 'wrong' | 'undecided', string[]> = { right: [], wrong: [], undecided: [] }
  for (const [n, node] of nodes.entries()) {
    if (node === undefined) continue
    if (parents[n] >= 0) edges.push(edgeOf(places, parents[n], n, count <= MOST_CURVES))
    const look = {
      colour: colourOf(node, colour, colour === 'verdict' ? null : ranges[colour]),
      diameter: diameterOf(node, size, size === 'equal' ? null : ranges[size]),
    }
    const key = `${look.colour} ${look.diameter}`
    const group = groups.get(key) ?? { ...look, points: [] }
    groups.set(key, group)
    const point = `M${places.xs[n]} ${places.ys[n]}`
    group.points.push(`${point}h0`)
    if (node.verdict !== undefined) marks[node.verdict].push(point + shapes[node.verdict])
  }
  const join = (parts: readonly string[]): string => parts.join('')
  return {
    edges: join(edges),
    dots: [...groups]
      .map(([key, group]) => ({ key, colour: group.colour, diameter: group.diameter, path: join(group.points) }))
      .sort((a, b) => (a.key < b.key ? -1 : 1)),
    marks: { right: join(marks.right), wrong: join(marks.wrong), undecided: join(marks.undecided) },
  }
}

/** The edges along a path of nodes, root first. */
export function pathEdges(places: Places, path: readonly number[], isCurved: boolean): string {
  return path.map((node, i) => (i === 0 ? '' : edgeOf(places, path[i - 1], node, isCurved))).join('')
}

function edgeOf({ xs, ys }: Places, parent: number, child: number, isCurved: boolean): string {
  const start = `M${xs[parent]} ${ys[parent]}`
  if (!isCurved) return `${start}L${xs[child]} ${ys[child]}`
  const middle = (xs[parent] + xs[child]) / 2
  return `${start}C${middle} ${ys[parent]} ${middle} ${ys[child]} ${xs[child]} ${ys[child]}`
}

/** The node nearest to a point of the drawing, among those that are there and no further than `reach`; -1 for none. */
export function nodeNear(
  { xs, ys }: Places,
  { nodes }: Pick<SearchMoment, 'nodes'>,
  at: { readonly x: number; readonly y: number },
  reach: number,
): number {
  let [nearest, least] = [-1, reach * reach]
  for (let n = 0; n < nodes.length; n++) {
    if (nodes[n] === undefined) continue
    const far = (xs[n] - at.x) ** 2 + (ys[n] - at.y) ** 2
    if (far <= least) [nearest, least] = [n, far]
  }
  return nearest
}

/** The nodes in view, all of them or none: with more than `most`, labels would only cover each other. */
export function nodesInView(
  { xs, ys }: Places,
  { nodes }: Pick<SearchMoment, 'nodes'>,
  {
    left,
    right,
    top,
    bottom,
  }: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number },
  most: number,
): readonly number[] {
  const found: number[] = []
  for (let n = 0; n < nodes.length; n++) {
    if (nodes[n] === undefined) continue
    if (xs[n] < left || xs[n] > right || ys[n] < top || ys[n] > bottom) continue
    if (found.length === most) return []
    found.push(n)
  }
  return found
}
