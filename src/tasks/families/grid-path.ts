// grid-path: find a way through a map, through a list of one-way edges, or through a star of arms that all look alike
// at the start (path-star). Any legal path is right; where the prompt asks for the shortest, any shortest one.
import { z } from 'zod'
import type { Rng } from '../../base/rng.ts'
import { checkPath } from '../../verify/logic/path.ts'
import type { Family, Judgement } from '../family/family.ts'
import { taskOf } from '../family/task-of.ts'
import { quote } from '../verdict.ts'
import { cellName, edgeGraph, farNode, layersOf, mapGraph, moved, moves, type Walkable } from './grid-path-graph.ts'

type GridPath =
  | { readonly form: 'map'; readonly rows: readonly string[]; readonly shortest: boolean }
  | {
      readonly form: 'edges'
      readonly edges: readonly string[]
      readonly from: string
      readonly to: string
      readonly shortest: boolean
    }

interface GridPathKnobs {
  readonly form?: 'map' | 'edges' | 'star'
  readonly shortest?: boolean
  readonly size: number
  readonly blocked: number
  readonly length: number
  readonly nodes: number
  readonly hops: number
  readonly arms: number
  readonly arm: number
}

const names = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
const maxTries = 40

const graphOf = (instance: GridPath): Walkable =>
  instance.form === 'map' ? mapGraph(instance.rows) : edgeGraph(instance.edges, instance.from, instance.to)

function drawMap({ size, blocked, length }: GridPathKnobs, shortest: boolean, rng: Rng): GridPath {
  let best: { rows: string[]; distance: number } = { rows: [], distance: -1 }
  for (let tries = 0; tries < maxTries && best.distance < length; tries++) {
    const grid = Array.from({ length: size }, () =>
      Array.from({ length: size }, (): string => (rng.next() < blocked ? 'x' : '.')),
    )
    const [column, row] = [rng.int(size), rng.int(size)]
    grid[row][column] = 'S'
    const rows = grid.map((line) => line.join(''))
    const graph = { ...mapGraph(rows), from: cellName(column, row) }
    const { node, distance } = farNode(graph, length, rng)
    if (distance === 0 || distance <= best.distance) continue
    grid[Number(node.slice(1)) - 1][node.charCodeAt(0) - 97] = 'G'
    best = { rows: grid.map((line) => line.join('')), distance }
  }
  // Only where walls fill nearly everything: start and goal side by side.
  if (best.distance < 1)
    best = { rows: ['SG'.padEnd(size, 'x'), ...Array(size - 1).fill('x'.repeat(size))], distance: 1 }
  return { form: 'map', rows: best.rows, shortest }
}

function drawEdges({ nodes, hops }: GridPathKnobs, shortest: boolean, rng: Rng): GridPath {
  let best: { edges: string[]; from: string; to: string; distance: number } | undefined
  for (let tries = 0; tries < maxTries && (best === undefined || best.distance < hops); tries++) {
    const used = rng.shuffle(names).slice(0, nodes)
    const edges = new Set<string>()
    // A ring keeps everything reachable; chords make it a search.
    for (const [i, node] of used.entries()) edges.add(node + used[(i + 1) % nodes])
    for (let chord = 0; chord < nodes / 2; chord++) {
      const [a, b] = [rng.pick(used), rng.pick(used)]
      if (a !== b) edges.add(a + b)
    }
    const list = rng.shuffle([...edges])
    const from = rng.pick(used)
    const { node, distance } = farNode(edgeGraph(list, from, ''), hops, rng)
    if (best === undefined || distance > best.distance) best = { edges: list, from, to: node, distance }
  }
  const { edges, from, to } = best ?? { edges: ['AB'], from: 'A', to: 'B' }
  return { form: 'edges', edges, from, to, shortest }
}

function drawStar({ arms, arm }: GridPathKnobs, shortest: boolean, rng: Rng): GridPath {
  const [centre, ...others] = rng.shuffle(names)
  const edges: string[] = []
  const ends: string[] = []
  for (let a = 0; a < arms; a++) {
    let last = centre
    for (const node of others.slice(a * arm, (a + 1) * arm)) {
      edges.push(last + node)
      last = node
    }
    ends.push(last)
  }
  return { form: 'edges', edges: rng.shuffle(edges), from: centre, to: rng.pick(ends), shortest }
}

/** The nodes that an answer visits, or why it is none. */
function readAnswer(instance: GridPath, answer: string): readonly string[] | string {
  if (instance.form === 'edges')
    return /^[A-Z]{1,100}$/.test(answer) ? [...answer] : `${quote(answer)} is no list of nodes`
  if (!/^[UDLR]{1,100}$/.test(answer)) return `${quote(answer)} is no list of moves`
  const path = [graphOf(instance).from]
  for (const [i, move] of [...answer].entries()) {
    const next = moved(instance.rows, path[i], move)
    if (next === undefined) return `move ${i + 1}, ${move}, runs into a wall or off the map`
    path.push(next)
  }
  return path
}

function judge(instance: GridPath, answer: string): Judgement {
  const path = readAnswer(instance, answer)
  if (typeof path === 'string') return path
  const graph = graphOf(instance)
  if (new Set(path).size < path.length) return 'it visits a place twice'
  const legal = checkPath(graph, graph.from, graph.to, path)
  if (legal !== true || !instance.shortest) return legal
  const least = (layersOf(graph, graph.to).path?.length ?? 1) - 1
  return path.length - 1 === least || `it has ${path.length - 1} steps; ${least} are enough`
}

/** A path as it is answered: moves on a map, nodes of a graph. */
function written(instance: GridPath, path: readonly string[]): string {
  if (instance.form === 'edges') return path.join('')
  const letter = (from: string, to: string): string =>
    moves.find(([move]) => moved(instance.rows, from, move) === to)?.[0] ?? ''
  return path
    .slice(1)
    .map((cell, i) => letter(path[i], cell))
    .join('')
}

function solve(instance: GridPath) {
  const graph = graphOf(instance)
  const { layers, path = [] } = layersOf(graph, graph.to)
  const steps = layers.map((layer, depth) => `${depth}:${layer.join('')}`)
  return { steps: [...steps, `>${path.join('')}`], answer: written(instance, path) }
}

function stepScores(instance: GridPath, steps: readonly string[]): readonly number[] {
  const graph = graphOf(instance)
  const { layers } = layersOf(graph, undefined)
  const split = (text: string): string[] => text.match(instance.form === 'map' ? /[a-z]\d/g : /[A-Z]/g) ?? []
  return steps.map((step) => {
    if (step.length > 400) return 0
    const path = step.startsWith('>') ? split(step) : undefined
    if (path !== undefined)
      return `>${path.join('')}` === step && checkPath(graph, graph.from, graph.to, path) === true ? 1 : 0
    const [, depth, body] = /^(\d{1,2}):(.*)$/.exec(step) ?? []
    const nodes = split(body ?? '')
    const layer = new Set(layers[Number(depth)] ?? [])
    const isLayer = nodes.length === layer.size && new Set(nodes).size === layer.size
    return layer.size > 0 && nodes.join('') === body && isLayer && nodes.every((node) => layer.has(node)) ? 1 : 0
  })
}

function wrongAnswer(instance: GridPath, rng: Rng): string {
  const { answer } = solve(instance)
  const letters = instance.form === 'map' ? [...'UDLR'] : [...new Set(instance.edges.join(''))]
  for (let tries = 0; tries < 10; tries++) {
    const at = rng.int(answer.length)
    const changed = answer.slice(0, at) + rng.pick(letters) + answer.slice(at + 1)
    if (judge(instance, changed) !== true) return changed
  }
  // One move back from the goal: always wrong.
  return answer + rng.pick(letters)
}

/** Bars the way that `solve` takes, where another is left. */
function perturb(instance: GridPath, rng: Rng): GridPath | undefined {
  const path = layersOf(graphOf(instance), graphOf(instance).to).path ?? []
  const candidates: GridPath[] =
    instance.form === 'map'
      ? path.slice(1, -1).map((cell) => ({
          ...instance,
          rows: instance.rows.map((line, row) =>
            row === Number(cell.slice(1)) - 1
              ? `${line.slice(0, cell.charCodeAt(0) - 97)}x${line.slice(cell.charCodeAt(0) - 96)}`
              : line,
          ),
        }))
      : path
          .slice(1)
          .map((node, i) => ({ ...instance, edges: instance.edges.filter((edge) => edge !== path[i] + node) }))
  const left = candidates.filter((other) => layersOf(graphOf(other), graphOf(other).to).path !== undefined)
  return left.length > 0 ? rng.pick(left) : undefined
}

function prompt(instance: GridPath): string {
  const kind = instance.shortest ? 'shortest' : 'path'
  if (instance.form === 'map') return `${instance.rows.join('/')} ${kind}?`
  return `${instance.edges.join(' ')}:${instance.from}>${instance.to} ${kind}?`
}

const family: Family<GridPath, GridPathKnobs> = {
  id: 'grid-path',
  summary:
    'Find a way, or a shortest one, on a map such as `S.x./..x./.x../...G path?` or along edges: `AB BC CA:B>A shortest?`.',
  rules:
    'A map is rows joined by `/`: S start, G goal, `.` free, `x` wall. The answer is the moves from S to G, one letter ' +
    'each: U up (one row nearer the first), D down, L left (one column nearer the first), R right; never into a wall or off the map. ' +
    'A graph is edges joined by spaces: `AB` leads from A to B and not back; after the `:` come start and goal, `A>D`. ' +
    'The answer is the nodes visited, start and goal among them: `ABD`. No place may be visited twice. After `path?` every ' +
    'such way is right; after `shortest?` every one with the fewest steps. Steps: `0:a1`, `1:a2b1`, ... are the places ' +
    '0, 1, ... steps from the start, in any order (cells are a column letter and a row number, `a1` the first), and ' +
    '`>a1a2` is a way from start to goal.',
  tags: ['search', 'graph', 'several-answers'],
  knobs: z.object({
    form: z.enum(['map', 'edges', 'star']).optional().describe('What to walk on; default: any of the three.'),
    shortest: z.boolean().optional().describe('Ask for a shortest path; default: half of the time.'),
    size: z.int().min(3).max(9).optional().describe('Rows and columns of a map.'),
    blocked: z.number().min(0).max(0.6).optional().describe('Share of a map that is wall.'),
    length: z.int().min(1).max(20).optional().describe('Least moves on a map.'),
    nodes: z.int().min(3).max(26).optional().describe('Nodes of a graph.'),
    hops: z.int().min(1).max(10).optional().describe('Least steps in a graph.'),
    arms: z.int().min(2).max(5).optional().describe('Arms of a star.'),
    arm: z.int().min(1).max(5).optional().describe('Nodes of an arm of a star.'),
  }),
  ladder: [
    { size: 4, blocked: 0.2, length: 2, nodes: 6, hops: 2, arms: 2, arm: 2 },
    { size: 5, blocked: 0.25, length: 4, nodes: 8, hops: 3, arms: 3, arm: 3 },
    { size: 6, blocked: 0.3, length: 6, nodes: 12, hops: 4, arms: 4, arm: 3 },
    { size: 7, blocked: 0.33, length: 8, nodes: 16, hops: 5, arms: 4, arm: 4 },
    { size: 8, blocked: 0.36, length: 10, nodes: 20, hops: 6, arms: 5, arm: 5 },
  ],
  alphabet: ' #./0123456789:;>?ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghioprstx',
  draw(knobs, rng) {
    const form = knobs.form ?? rng.pick(['map', 'edges', 'star'] as const)
    const shortest = knobs.shortest ?? rng.int(2) === 0
    return (form === 'map' ? drawMap : form === 'edges' ? drawEdges : drawStar)(knobs, shortest, rng)
  },
  content: (instance) =>
    instance.form === 'map'
      ? instance.rows.join('/')
      : `${[...instance.edges].sort().join(' ')}:${instance.from}>${instance.to}`,
  prompt,
  solve,
  judge,
  wrongAnswer,
  stepScores,
  chance: (level) => [0.15, 0.01, 0.003, 0.0005, 0.0001][level - 1] ?? 0.15,
  perturb,
  unanswerable: (instance) =>
    instance.form === 'map'
      ? prompt({ ...instance, rows: instance.rows.map((line) => line.replace('G', '.')) })
      : prompt({ ...instance, to: '' }),
}

/** Ways through maps and graphs. */
export const gridPath = taskOf(family)
