// graph-color: colour the vertices of a graph so that no edge joins two of one colour. Any proper colouring is right.
// Graphs are drawn around a hidden colouring, so that one exists; more edges leave fewer of them.
import { z } from 'zod'
import type { Rng } from '../../base/rng.ts'
import type { Family, Judgement, Solution } from '../family/family.ts'
import { taskOf } from '../family/task-of.ts'
import { quote } from '../verdict.ts'

type Colouring = { readonly vertices: number; readonly colours: number; readonly edges: readonly string[] }

interface GraphColorKnobs {
  readonly vertices: number
  readonly edges: number
  readonly colours: number
}

const letters = 'ABCDEFGHIJKL'

function draw({ vertices, edges, colours }: GraphColorKnobs, rng: Rng): Colouring {
  const hidden = rng.shuffle(Array.from({ length: vertices }, (_, i) => i % colours))
  const pairs: string[] = []
  for (let a = 0; a < vertices; a++) {
    for (let b = a + 1; b < vertices; b++) if (hidden[a] !== hidden[b]) pairs.push(letters[a] + letters[b])
  }
  return { vertices, colours, edges: rng.shuffle(pairs).slice(0, edges).sort() }
}

/** For each vertex, the earlier vertices that it has an edge to. */
function earlier({ vertices, edges }: Colouring): number[][] {
  const before: number[][] = Array.from({ length: vertices }, () => [])
  for (const [a, b] of edges) before[letters.indexOf(b)].push(letters.indexOf(a))
  return before
}

/** In alphabetical order, the smallest colour that fits; where none does, back to the vertex before and its next. */
function solve(graph: Colouring): Solution {
  const before = earlier(graph)
  const colours: number[] = []
  const steps: string[] = []
  let least = 1
  while (colours.length < graph.vertices) {
    const vertex = colours.length
    let colour = least
    while (colour <= graph.colours && before[vertex].some((other) => colours[other] === colour)) colour++
    if (colour <= graph.colours) {
      colours.push(colour)
      steps.push(letters[vertex] + colour)
      least = 1
    } else {
      steps.push(`${letters[vertex]}!`)
      least = (colours.pop() ?? 0) + 1
    }
  }
  return { steps, answer: colours.join('') }
}

function judge(graph: Colouring, answer: string): Judgement {
  if (!/^[1-9]{1,12}$/.test(answer) || answer.length !== graph.vertices)
    return `${quote(answer)} is not ${graph.vertices} colours`
  const strange = [...answer].find((colour) => Number(colour) > graph.colours)
  if (strange !== undefined) return `there is no colour ${strange}`
  const bad = graph.edges.find(([a, b]) => answer[letters.indexOf(a)] === answer[letters.indexOf(b)])
  return bad === undefined || `both ends of ${bad} have colour ${answer[letters.indexOf(bad[0])]}`
}

function wrongAnswer(graph: Colouring, rng: Rng): string {
  const colours = [...solve(graph).answer]
  const [a, b] = rng.pick(graph.edges)
  colours[letters.indexOf(a)] = colours[letters.indexOf(b)]
  return colours.join('')
}

/** The greedy search with one edge overlooked. */
function wrongSolution(graph: Colouring, rng: Rng): Solution {
  for (const overlooked of rng.shuffle(graph.edges).slice(0, 6)) {
    const slip = solve({ ...graph, edges: graph.edges.filter((edge) => edge !== overlooked) })
    if (judge(graph, slip.answer) !== true) return slip
  }
  return { steps: solve(graph).steps, answer: wrongAnswer(graph, rng) }
}

/** `B2` must fit the vertices before it; `D!` needs every colour of D to clash or to have been tried since. */
function stepScores(graph: Colouring, steps: readonly string[]): readonly number[] {
  const before = earlier(graph)
  const colours: number[] = []
  const tried: Set<number>[] = Array.from({ length: graph.vertices + 1 }, () => new Set())
  return steps.map((step) => {
    const vertex = letters.indexOf(step[0] ?? '?')
    if (step.length !== 2 || vertex < 0 || vertex >= graph.vertices || vertex > colours.length) return 0
    const clashes = (colour: number): boolean => before[vertex].some((other) => colours[other] === colour)
    if (step[1] === '!') {
      if (vertex !== colours.length) return 0
      const isStuck = Array.from({ length: graph.colours }, (_, i) => i + 1).every(
        (c) => clashes(c) || tried[vertex].has(c),
      )
      tried[vertex].clear()
      colours.pop()
      return isStuck ? 1 : 0
    }
    const colour = '123456789'.indexOf(step[1]) + 1
    if (colour === 0 || colour > graph.colours) return 0
    colours.length = vertex
    const isFit = !clashes(colour)
    colours.push(colour)
    tried[vertex].add(colour)
    tried[vertex + 1].clear()
    return isFit ? 1 : 0
  })
}

/** One more edge, between two vertices that `solve` gives one colour, where the graph can still be coloured. */
function perturb(graph: Colouring, rng: Rng): Colouring | undefined {
  const { answer } = solve(graph)
  const pairs: string[] = []
  for (let a = 0; a < graph.vertices; a++) {
    for (let b = a + 1; b < graph.vertices; b++) if (answer[a] === answer[b]) pairs.push(letters[a] + letters[b])
  }
  for (const pair of rng.shuffle(pairs)) {
    const other = { ...graph, edges: [...graph.edges, pair].sort() }
    if (isColourable(other)) return other
  }
  return undefined
}

function isColourable(graph: Colouring): boolean {
  const before = earlier(graph)
  const fits = (colours: readonly number[]): boolean => {
    const vertex = colours.length
    if (vertex === graph.vertices) return true
    for (let colour = 1; colour <= graph.colours; colour++) {
      if (!before[vertex].some((other) => colours[other] === colour) && fits([...colours, colour])) return true
    }
    return false
  }
  return fits([])
}

const family: Family<Colouring, GraphColorKnobs> = {
  id: 'graph-color',
  summary: 'Colour a graph so that no edge joins two vertices of one colour, as in `A-D 3:AB AC BC CD?` by `1231`.',
  rules:
    '`A-D 3:AB AC?`: the vertices are the letters A to D, the colours the digits 1 to 3, and the pairs after `:` are the ' +
    'edges. The answer is one digit for each vertex in alphabetical order, nothing between them: `1231`. Right is every ' +
    'colouring in which the ends of each edge differ; not all colours need occur. Steps: `B2` gives B colour 2 and forgets ' +
    'the vertices after B; `D!` says that no colour is left for D and takes the vertex before it back.',
  tags: ['search', 'graph', 'several-answers'],
  knobs: z.object({
    vertices: z.int().min(3).max(12).optional().describe('Vertices.'),
    edges: z.int().min(2).max(60).optional().describe('Edges, as far as there are pairs of different hidden colours.'),
    colours: z.int().min(2).max(5).optional().describe('Colours allowed.'),
  }),
  ladder: [
    { vertices: 6, edges: 7, colours: 3 },
    { vertices: 7, edges: 10, colours: 3 },
    { vertices: 8, edges: 14, colours: 3 },
    { vertices: 9, edges: 19, colours: 3 },
    { vertices: 10, edges: 25, colours: 3 },
  ],
  alphabet: ` !#-0123456789:;?${letters}`,
  draw,
  prompt: ({ vertices, colours, edges }) => `A-${letters[vertices - 1]} ${colours}:${edges.join(' ')}?`,
  solve,
  judge,
  wrongAnswer,
  wrongSolution,
  stepScores,
  chance: (level) => [0.04, 0.01, 0.002, 0.0005, 0.0003][level - 1] ?? 0.04,
  perturb,
}

/** Colourings of graphs. */
export const graphColor = taskOf(family)
