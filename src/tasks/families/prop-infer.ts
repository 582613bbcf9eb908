// Facts and rules over letters: does a claim follow, does its opposite, or neither? Rules work forward only. Letters
// are not renamed for the splits: the same pattern in other letters may be trained on.
import { z } from 'zod'
import type { Rng } from '../../base/rng.ts'
import type { Family, Judgement, Solution } from '../family/family.ts'
import { taskOf } from '../family/task-of.ts'
import { quote } from '../verdict.ts'

interface InferKnobs {
  readonly rules: number
  readonly depth: number
  /** How often a letter stands negated where it holds. */
  readonly negation: number
}

/** Literals are `a` or `!a`; a rule's literals are its premises and then its conclusion. */
export type InferInstance = {
  readonly facts: readonly string[]
  readonly rules: readonly (readonly string[])[]
  readonly query: string
}

const ladder = [
  { rules: 4, depth: 2, negation: 0.2 },
  { rules: 6, depth: 3, negation: 0.25 },
  { rules: 9, depth: 4, negation: 0.3 },
  { rules: 14, depth: 6, negation: 0.35 },
  { rules: 20, depth: 8, negation: 0.4 },
] as const satisfies readonly InferKnobs[]

const letters = [...'abcdefghijklmnopqrstuvwxyz']
const answers = ['true', 'false', 'unknown'] as const

function opposite(literal: string): string {
  return literal.startsWith('!') ? literal.slice(1) : `!${literal}`
}

/**
 * A chain of rules from the facts to the claim, and rules beside it: some fire, some wait for what never comes. For
 * `unknown` one link of the chain waits too. Every letter that is derived holds with one sign only.
 */
function draw({ rules: total, depth, negation }: InferKnobs, rng: Rng): InferInstance {
  const answer = rng.pick(answers)
  const names = rng.shuffle(letters)
  const fresh = (): string => {
    const name = names.pop() ?? 'a'
    return rng.next() < negation ? `!${name}` : name
  }
  const facts = [fresh(), fresh()]
  const missing = [fresh(), fresh()]
  const links = Math.min(depth, total)
  const broken = answer === 'unknown' ? rng.int(links) : -1
  const rules: (readonly string[])[] = []
  const known = [...facts]
  let head = facts[0]
  for (let link = 0; link < links; link++) {
    const side = link === broken ? rng.pick(missing) : rng.pick(known)
    const premises = link === broken || (side !== head && rng.int(2) === 0) ? rng.shuffle([head, side]) : [head]
    head = fresh()
    rules.push([...premises, head])
    if (broken < 0 || link < broken) known.push(head)
  }
  const claim = head
  for (let tries = 0; rules.length < total && tries < 20 * total; tries++) {
    const waits = rng.int(2) === 0 || names.length < 2
    const premises = waits ? [rng.pick(missing), rng.pick(known)] : [rng.pick(known)]
    // What waits may say anything of a letter, even the opposite of the claim.
    const end = waits ? (rng.int(3) === 0 ? opposite(claim) : opposite(rng.pick([...facts, ...missing]))) : fresh()
    const rule = [...rng.shuffle(premises), end]
    if (waits && rules.some((other) => other.join() === rule.join())) continue
    if (!waits) known.push(end)
    rules.push(rule)
  }
  return {
    facts: rng.shuffle(facts),
    rules: rng.shuffle(rules),
    query: answer === 'false' || (answer === 'unknown' && rng.int(2) === 0) ? opposite(claim) : claim,
  }
}

function showRule(rule: readonly string[]): string {
  return `${rule.slice(0, -1).join('&')}>${rule.at(-1)}`
}

function prompt({ facts, rules, query }: InferInstance): string {
  return `${[...facts, ...rules.map(showRule)].join('.')}.${query}?`
}

/** Fires rules from first to last, again and again, until the claim or its opposite is known or nothing is new. */
function solve({ facts, rules, query }: InferInstance): Solution {
  const known = new Set(facts)
  const steps: string[] = []
  const isOpen = (): boolean => !known.has(query) && !known.has(opposite(query))
  for (let before = -1; isOpen() && steps.length > before; ) {
    before = steps.length
    for (const rule of rules) {
      if (!isOpen() || !fires(rule, known)) continue
      known.add(rule[rule.length - 1])
      steps.push(showRule(rule))
    }
  }
  return { steps, answer: known.has(query) ? 'true' : isOpen() ? 'unknown' : 'false' }
}

function fires(rule: readonly string[], known: ReadonlySet<string>): boolean {
  return !known.has(rule[rule.length - 1]) && rule.slice(0, -1).every((literal) => known.has(literal))
}

/** 1 for a rule of the prompt that fires where it stands and gives something new. */
function stepScores({ facts, rules }: InferInstance, steps: readonly string[]): number[] {
  const byText = new Map(rules.map((rule) => [showRule(rule), rule]))
  const known = new Set(facts)
  return steps.map((step) => {
    const rule = byText.get(step)
    if (rule === undefined || !fires(rule, known)) return 0
    known.add(rule[rule.length - 1])
    return 1
  })
}

function judge(instance: InferInstance, answer: string): Judgement {
  const right = solve(instance).answer
  if (answer === right) return true
  if (!answers.some((word) => word === answer)) return `${quote(answer)} is not true, false or unknown`
  return right === 'unknown' ? 'neither the claim nor its opposite follows' : `the claim is ${right}`
}

/** Someone who takes a rule to fire though a premise is missing, or who stops too early. */
function wrongSolution(instance: InferInstance, rng: Rng): Solution {
  const right = solve(instance)
  for (const rule of rng.shuffle(instance.rules)) {
    const slip = solve({ ...instance, facts: [...instance.facts, ...rule.slice(0, -1)] })
    if (slip.answer !== right.answer) return slip
  }
  return right.answer === 'unknown'
    ? { steps: right.steps, answer: rng.pick(['true', 'false']) }
    : { steps: right.steps.slice(0, -1), answer: 'unknown' }
}

/** Forward inference. */
export const propInfer = taskOf<InferInstance, InferKnobs>({
  id: 'prop-infer',
  summary: 'Does a claim follow from facts and rules? `a.!c.a&!c>!d.d?` has the answer false, `a.b>c.c?` unknown.',
  rules:
    'The prompt is sentences joined by `.`; the last one, followed by `?`, is the claim. A literal is a small letter ' +
    'or `!` and a letter, its opposite. A sentence without `>` is a fact: the literal holds. `p&q>r` (one premise or ' +
    'more) is a rule: when all premises hold, r holds. Rules work in this direction only: nothing follows from a ' +
    'conclusion that fails, and what does not follow does not therefore fail. The answer is `true` when the claim ' +
    'follows, `false` when its opposite follows, `unknown` when neither does; never do both. Steps are the rules that ' +
    'are used, each when its premises hold and its conclusion is new.',
  tags: ['logic', 'deduction', 'chaining'],
  knobs: z.object({
    rules: z.int().min(1).max(24).optional().describe('Rules at most.'),
    depth: z.int().min(1).max(12).optional().describe('Rules in the chain to the claim.'),
    negation: z.number().min(0).max(1).optional().describe('Share of letters that hold negated.'),
  }),
  ladder,
  alphabet: 'abcdefghijklmnopqrstuvwxyz!&>.?;#',
  draw,
  content: ({ facts, rules, query }) =>
    `${[...facts].sort().join('.')}|${rules
      .map((rule) => showRule([...rule.slice(0, -1).sort(), rule[rule.length - 1]]))
      .sort()
      .join('.')}|${query}`,
  prompt,
  solve,
  judge,
  wrongAnswer: (instance, rng) => {
    const right = solve(instance).answer
    return rng.pick(answers.filter((answer) => answer !== right))
  },
  wrongSolution,
  stepScores,
  chance: () => 1 / 3,
  perturb: (instance) =>
    solve(instance).answer === 'unknown' ? undefined : { ...instance, query: opposite(instance.query) },
} satisfies Family<InferInstance, InferKnobs>)
