// A search to look at where no run has one: Monte Carlo tree search (UCT, Kocsis and Szepesvári 2006) that really runs on a
// countdown problem, one step of arithmetic at a time. Differs from the paper: a heuristic, how near the nearest value is
// to the target, in place of random play to the end. It needs no model: steps are drawn from the legal ones by a seed.
import type { Rng } from '../../../base/rng.ts'
import { stream } from '../../../base/rng.ts'
import type { Problem } from '../../../contracts/index.ts'
import type { SearchEvent, SearchLog } from '../../../contracts/search-log.ts'
import { type CountdownGoal, countdown } from '../../../tasks/index.ts'

/** What an example search can be told. */
export interface ExampleSearchOptions {
  /** Names the problem and all draws; the default is one that takes a hundred nodes or so. */
  readonly seed?: number
  /** Characters of steps that may be written, which are its tokens. */
  readonly budget?: number
  /** Children of a node at most. */
  readonly width?: number
  /** Weight of exploration. */
  readonly explore?: number
}

/** A place in the search: the values still there, and the steps that led to them. */
interface Node {
  readonly id: string
  readonly parent?: Node
  readonly values: readonly number[]
  readonly steps: readonly string[]
  /** Steps not tried yet, in the order in which they will be. */
  readonly untried: Step[]
  readonly children: Node[]
  readonly isEnd: boolean
  /** Of the node alone, in [0, 1]. */
  readonly value: number
  visits: number
  /** Sum of the values of all visits. */
  total: number
}

/** Two values become one. */
interface Step {
  readonly text: string
  readonly values: readonly number[]
}

/** Runs the search until it has reached the target or spent its budget. Equal options give equal events. */
export async function exampleSearch(options: ExampleSearchOptions = {}): Promise<SearchLog> {
  const { seed = 2, budget = 1200, width = 6, explore = 0.2 } = options
  const problem = countdown.problem('test', seed, { level: 5 })
  const { numbers, target } = problem.meta as unknown as CountdownGoal
  const rng = stream(seed, 'example-search')
  const events: SearchEvent[] = []
  const tell = (event: Omit<SearchEvent, 'order'>): void => void events.push({ order: events.length, ...event })
  const root = newNode('0', undefined, { text: '', values: numbers }, target, width, rng)
  tell({ kind: 'add', node: root.id, text: numbers.join(' '), value: root.value, visits: 0 })
  let best = root
  let spent = 0
  // A step has five characters or more, so the budget bounds the rounds too: ends that are chosen again cost nothing.
  for (let next = 1; next <= budget && best.value < 1; next++) {
    const leaf = select(root, explore)
    const step = leaf.untried.pop()
    if (step === undefined) {
      // An end was chosen again: what it is worth counts once more.
      if (!leaf.isEnd) break
      for (const node of backUp(leaf)) tell(newsOf(node, explore))
      continue
    }
    const tokens = step.text.length
    if (spent + tokens > budget) break
    spent += tokens
    const child = newNode(String(next), leaf, step, target, width, rng)
    leaf.children.push(child)
    const verdict = child.isEnd ? { verdict: await verdictOf(problem, child) } : {}
    tell({
      kind: 'add',
      node: child.id,
      parent: leaf.id,
      text: step.text,
      tokens,
      value: child.value,
      visits: 1,
      ...verdict,
    })
    for (const node of backUp(child)) if (node !== child) tell(newsOf(node, explore))
    if (child.value > best.value) best = child
  }
  tell({ kind: 'done', node: best.id, verdict: await verdictOf(problem, best) })
  const { answer } = problem
  const prompt = String(problem.prompt)
  return { head: { schema: 1, id: 'example', strategy: 'mcts', prompt, ...(answer && { answer }), budget }, events }
}

function newNode(id: string, parent: Node | undefined, step: Step, target: number, width: number, rng: Rng): Node {
  const { values, text } = step
  const isEnd = parent !== undefined && (values.length === 1 || values.includes(target))
  const value = isEnd ? Number(values.includes(target)) : nearness(values, target)
  const untried = isEnd ? [] : rng.shuffle(legalSteps(values)).slice(0, width)
  const steps = parent === undefined ? [] : [...parent.steps, text]
  return { id, ...(parent && { parent }), values, steps, untried, children: [], isEnd, value, visits: 0, total: 0 }
}

/** Down from the root to a node with something untried, or to an end, always to the child of the greatest score. */
function select(root: Node, explore: number): Node {
  let node = root
  while (node.untried.length === 0 && node.children.length > 0) {
    node = node.children.reduce((a, b) => (scoreOf(b, explore) > scoreOf(a, explore) ? b : a))
  }
  return node
}

/** UCT: the mean value, and more for what was looked at less than its siblings. */
function scoreOf({ parent, visits, total }: Node, explore: number): number {
  return total / visits + explore * Math.sqrt(Math.log(parent?.visits ?? 1) / visits)
}

/** Counts a visit from a node up to the root; gives them back, the root last. */
function backUp(from: Node): readonly Node[] {
  const path: Node[] = []
  for (let node: Node | undefined = from; node !== undefined; node = node.parent) {
    node.visits++
    node.total += from.value
    path.push(node)
  }
  return path
}

function newsOf(node: Node, explore: number): Omit<SearchEvent, 'order'> {
  const score = node.parent === undefined ? {} : { score: scoreOf(node, explore) }
  return { kind: 'update', node: node.id, value: node.total / node.visits, visits: node.visits, ...score }
}

/** Below 1: near is not there. */
function nearness(values: readonly number[], target: number): number {
  const distance = Math.min(...values.map((value) => Math.abs(value - target)))
  return 0.9 / (1 + distance / 10)
}

/** Every way to make one value of two, in whole numbers above 0. */
function legalSteps(values: readonly number[]): readonly Step[] {
  const steps = new Map<string, Step>()
  values.forEach((a, i) => {
    values.forEach((b, j) => {
      if (i === j || a < b || (a === b && i > j)) return
      const rest = values.filter((_, at) => at !== i && at !== j)
      const add = (sign: string, result: number): void => {
        const text = `${a}${sign}${b}=${result}`
        steps.set(text, { text, values: [...rest, result] })
      }
      add('+', a + b)
      if (a > b) add('-', a - b)
      if (b > 1) add('*', a * b)
      if (b > 1 && a % b === 0) add('/', a / b)
    })
  })
  return [...steps.values()]
}

async function verdictOf(problem: Problem, { steps }: Node): Promise<'right' | 'wrong' | 'undecided'> {
  const { kind } = await countdown.verify(problem, steps.join(';'))
  return kind === 'failed' ? 'undecided' : kind
}
