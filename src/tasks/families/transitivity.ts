// Does one thing cause another, through a chain of causes? Arrows of the chain may be turned round, then it does not.
// After axiomatic training (arXiv 2407.07612): chains with flips, shuffled, with branches. Names are not renamed for
// the splits: the same pattern in other letters may be trained on.
import { z } from 'zod'
import type { Rng } from '../../base/rng.ts'
import type { Family, Judgement, Solution } from '../family/family.ts'
import { taskOf } from '../family/task-of.ts'
import { quote } from '../verdict.ts'

interface TransitivityKnobs {
  readonly chain: number
  readonly branches: number
  /** How often a sentence is written backwards, `b<a` for `a>b`. */
  readonly backwards: number
}

/** Sentences `a>b` or `b<a`, and the two ends of the question. */
export type TransitivityInstance = {
  readonly sentences: readonly string[]
  readonly from: string
  readonly to: string
}

const ladder = [
  { chain: 3, branches: 1, backwards: 0 },
  { chain: 5, branches: 2, backwards: 0.2 },
  { chain: 7, branches: 4, backwards: 0.3 },
  { chain: 11, branches: 8, backwards: 0.4 },
  { chain: 15, branches: 16, backwards: 0.5 },
] as const satisfies readonly TransitivityKnobs[]

const letters = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ']

/** A tree, so that the only way from end to end is the chain: for `no` some of its arrows are turned round. */
function draw({ chain, branches, backwards }: TransitivityKnobs, rng: Rng): TransitivityInstance {
  const names = rng.shuffle(letters)
  const nodes = names.slice(0, chain + 1)
  const isYes = rng.int(2) === 0
  const turned = new Set(isYes ? [] : [rng.int(chain)])
  if (!isYes) for (let link = 0; link < chain; link++) if (rng.int(4) === 0) turned.add(link)
  const arrows = nodes.slice(1).map((node, link) => (turned.has(link) ? [node, nodes[link]] : [nodes[link], node]))
  for (const leaf of names.slice(chain + 1, chain + 1 + branches)) {
    const at = rng.pick(nodes)
    arrows.push(rng.int(2) === 0 ? [at, leaf] : [leaf, at])
    nodes.push(leaf)
  }
  const sentences = rng.shuffle(arrows).map(([a, b]) => (rng.next() < backwards ? `${b}<${a}` : `${a}>${b}`))
  return { sentences, from: names[0], to: names[chain] }
}

/** `a>b` for both ways of writing it. */
function forward(sentence: string): string {
  return sentence[1] === '<' ? `${sentence[2]}>${sentence[0]}` : sentence
}

/** Breadth first: from each thing reached, its arrows in the order of the prompt, until the goal is reached. */
function solve({ sentences, from, to }: TransitivityInstance): Solution {
  const arrows = sentences.map(forward)
  const reached = [from]
  const steps: string[] = []
  for (let next = 0; next < reached.length && !reached.includes(to); next++) {
    for (const arrow of arrows) {
      if (arrow[0] !== reached[next] || reached.includes(arrow[2]) || reached.includes(to)) continue
      reached.push(arrow[2])
      steps.push(arrow)
    }
  }
  return { steps, answer: reached.includes(to) ? 'yes' : 'no' }
}

/** 1 for an arrow of the prompt from something reached to something new. */
function stepScores({ sentences, from }: TransitivityInstance, steps: readonly string[]): number[] {
  const arrows = new Set(sentences.map(forward))
  const reached = new Set([from])
  return steps.map((step) => {
    if (!arrows.has(step) || !reached.has(step[0]) || reached.has(step[2])) return 0
    reached.add(step[2])
    return 1
  })
}

function judge(instance: TransitivityInstance, answer: string): Judgement {
  const right = solve(instance).answer
  if (answer === right) return true
  if (answer !== 'yes' && answer !== 'no') return `${quote(answer)} is not yes or no`
  const { from, to } = instance
  return right === 'yes' ? `arrows lead from ${from} to ${to}` : `no arrows lead from ${from} to ${to}`
}

function wrongAnswer(instance: TransitivityInstance): string {
  return solve(instance).answer === 'yes' ? 'no' : 'yes'
}

/** One sentence written the other way round, so that the answer changes. */
function perturb(instance: TransitivityInstance, rng: Rng): TransitivityInstance | undefined {
  const { sentences } = instance
  const right = solve(instance).answer
  for (const at of rng.shuffle(sentences.map((_, i) => i))) {
    const sign = sentences[at][1] === '<' ? '>' : '<'
    const changed = { ...instance, sentences: sentences.with(at, `${sentences[at][0]}${sign}${sentences[at][2]}`) }
    if (solve(changed).answer !== right) return changed
  }
  return undefined
}

/** Chains of causes. */
export const transitivity = taskOf<TransitivityInstance, TransitivityKnobs>({
  id: 'transitivity',
  summary: 'Does one thing lead to another? `b>c.a>b.c<d.a>c?` has the answer yes, `b>c.a>b.c>a?` has no.',
  rules:
    'The prompt is sentences joined by `.`; the last one, followed by `?`, is the question. `a>b` says that a causes b, ' +
    '`b<a` says the same. Letters are the names of things; small and capital letters differ. The question `a>z?` asks ' +
    'whether one or more arrows in a row lead from a to z, each in its direction: `yes` or `no`. Steps are arrows, ' +
    'written with `>`, from something that is reached (at first only a) to something that is not yet.',
  tags: ['logic', 'graph', 'chaining'],
  knobs: z.object({
    chain: z.int().min(1).max(24).optional().describe('Arrows between the two things asked about.'),
    branches: z.int().min(0).max(24).optional().describe('Arrows beside the chain.'),
    backwards: z.number().min(0).max(1).optional().describe('Share of sentences written with `<`.'),
  }),
  ladder,
  alphabet: `${letters.join('')}<>.?;#`,
  draw,
  content: ({ sentences, from, to }) => `${sentences.map(forward).sort().join('.')}.${from}>${to}`,
  prompt: ({ sentences, from, to }) => `${sentences.join('.')}.${from}>${to}?`,
  solve,
  judge,
  wrongAnswer,
  // Someone who reads one sentence the wrong way round.
  wrongSolution: (instance, rng) => {
    const misread = perturb(instance, rng)
    return misread === undefined ? { steps: [], answer: wrongAnswer(instance) } : solve(misread)
  },
  stepScores,
  chance: () => 1 / 2,
  perturb,
} satisfies Family<TransitivityInstance, TransitivityKnobs>)
