// arc1d: three strips with what a hidden rule makes of them, and a strip to which the rule is applied,
// `.11.>11..,2..1>..12,.3..>3...,1.2.>?`. The rule is the only one of a stated list (arc1d-rules.ts) that fits. The
// trace tries the list in order and names for each rule the first pair that refutes it.
import { z } from 'zod'
import type { Rng } from '../../base/rng.ts'
import type { Solution } from '../family/family.ts'
import { taskOf } from '../family/task-of.ts'
import { quote } from '../verdict.ts'
import { stripRules } from './arc1d-rules.ts'

type Pair = readonly [before: string, after: string]
type Arc = { readonly pairs: readonly Pair[]; readonly query: string }
type ArcKnobs = { readonly size: number; readonly rules: number; readonly colours: number }

const pairCount = 3

function draw({ size, rules, colours }: ArcKnobs, rng: Rng): Arc {
  const { apply } = stripRules[rng.int(Math.min(rules, stripRules.length))]
  const pairs = Array.from({ length: pairCount }, (): Pair => {
    const before = drawStrip(size, colours, rng)
    return [before, apply(before)]
  })
  return { pairs, query: drawStrip(size, colours, rng) }
}

/** Runs of one to three cells, half of them empty. */
function drawStrip(size: number, colours: number, rng: Rng): string {
  let strip = ''
  while (strip.length < size) {
    const cell = rng.int(2) === 0 ? '.' : `${1 + rng.int(colours)}`
    strip += cell.repeat(1 + rng.int(3))
  }
  return strip.slice(0, size)
}

/** The place of the first pair that the rule does not explain, or -1. */
function refuting(pairs: readonly Pair[], apply: (strip: string) => string): number {
  return pairs.findIndex(([before, after]) => apply(before) !== after)
}

const fitting = ({ pairs }: Arc) => stripRules.filter(({ apply }) => refuting(pairs, apply) < 0)

/** Tries the rules in order; takes rule `believed` at its turn although it does not fit. */
function work({ pairs, query }: Arc, believed?: string): Solution {
  const steps: string[] = []
  for (const { name, apply } of stripRules) {
    const pair = name === believed ? -1 : refuting(pairs, apply)
    if (pair < 0) return { steps: [...steps, `${name} ok`], answer: apply(query) }
    steps.push(`${name} x${pair + 1}`)
  }
  return { steps, answer: query }
}

/** Rules that do something else with the query, in the list's order. */
function otherRules(instance: Arc): readonly string[] {
  const right = work(instance).answer
  return stripRules.filter(({ apply }) => apply(instance.query) !== right).map(({ name }) => name)
}

const resultOf = (name: string, strip: string): string =>
  stripRules.find((rule) => rule.name === name)?.apply(strip) ?? strip

function stepScores({ pairs }: Arc, steps: readonly string[]): number[] {
  return steps.map((step, i) => {
    const rule = stripRules[i]
    if (rule === undefined) return 0
    const pair = refuting(pairs, rule.apply)
    return step === `${rule.name} ${pair < 0 ? 'ok' : `x${pair + 1}`}` ? 1 : 0
  })
}

/** Find the rule behind three pairs of strips and apply it. */
export const arc1d = taskOf<Arc, ArcKnobs>({
  id: 'arc1d',
  summary: 'Find the rule behind three pairs of strips and apply it: `.11.>11..,2..1>..12,.3..>3...,1.2.>?`.',
  rules: [
    'The prompt gives three pairs `before>after`, split by commas, and a last strip with `>?`. In a strip, . is an empty',
    'cell and a digit from 1 to 4 a colour; a run is a longest row of neighbouring cells of one colour.',
    'Exactly one rule of this list fits all three pairs; right is what it makes of the last strip. The rules:',
    `${stripRules.map(({ name, words }) => `${name} ${words}`).join('; ')}.`,
    'Steps try the rules in this order, each with the number of the first pair that refutes it, up to the one that fits:',
    '`left1 x2;right1 x1;mirror ok;#.2.1`.',
  ].join(' '),
  tags: ['induction', 'strings'],
  knobs: z.object({
    size: z.int().min(6).max(30).optional().describe('Cells of a strip.'),
    rules: z
      .int()
      .min(2)
      .max(16)
      .optional()
      .describe('How many of the rules, from the first of the list, can be behind it.'),
    colours: z.int().min(2).max(4).optional().describe('Different colours.'),
  }),
  ladder: [
    { size: 6, rules: 4, colours: 3 },
    { size: 8, rules: 8, colours: 3 },
    { size: 10, rules: 11, colours: 4 },
    { size: 16, rules: 14, colours: 4 },
    { size: 24, rules: 16, colours: 4 },
  ],
  alphabet: '.1234>,?abcdefghiklmnoprstuvwx- ;#',
  draw,
  accept: (instance) => fitting(instance).length === 1 && otherRules(instance).length > 0,
  content: ({ pairs, query }) =>
    `${pairs
      .map((pair) => pair.join('>'))
      .sort()
      .join(',')},${query}`,
  prompt: ({ pairs, query }) => `${pairs.map((pair) => pair.join('>')).join(',')},${query}>?`,
  solve: (instance) => work(instance),
  judge(instance, answer) {
    const right = work(instance).answer
    return answer === right || `${quote(answer)} is not ${quote(right)}`
  },
  wrongAnswer: (instance, rng) => resultOf(rng.pick(otherRules(instance)), instance.query),
  wrongSolution(instance, rng) {
    const right = work(instance).steps.length
    const earlier = otherRules(instance).filter((name) => stripRules.findIndex((rule) => rule.name === name) < right)
    const believed = rng.pick(earlier.length > 0 ? earlier : otherRules(instance))
    if (earlier.length > 0) return work(instance, believed)
    return { steps: work(instance).steps, answer: resultOf(believed, instance.query) }
  },
  stepScores,
  // A guess among the rules of the level.
  chance: (level) => 1 / [4, 8, 11, 14, 16][level - 1],
  perturb(instance, rng) {
    const [rule] = fitting(instance)
    const right = rule.apply(instance.query)
    for (let tries = 0; tries < 16; tries++) {
      const at = rng.int(instance.query.length)
      const query = instance.query.slice(0, at) + rng.pick([...'.123']) + instance.query.slice(at + 1)
      if (rule.apply(query) !== right) return { ...instance, query }
    }
    return undefined
  },
})
