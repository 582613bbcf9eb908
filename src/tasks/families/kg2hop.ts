// kg2hop: follow relations through facts in the prompt, `ApB,BqC,AqD. Apq?`, after the two-hop study (arXiv 2502.04667)
// with one to four hops. The trace names the fact of each hop, so the bridge entities stand in it.
import { z } from 'zod'
import type { Rng } from '../../base/rng.ts'
import type { Solution } from '../family/family.ts'
import { taskOf } from '../family/task-of.ts'
import { quote } from '../verdict.ts'

/** A fact is head, relation, tail: `ApB`. */
type Kg = { readonly facts: readonly string[]; readonly start: string; readonly relations: string }
type KgKnobs = {
  readonly hops: number
  readonly facts: number
  readonly entities: number
  readonly relations: number
}

const entityNames = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
const relationNames = [...'abcdefghijklmnopqrstuvwxyz']

function draw({ hops, facts, entities, relations }: KgKnobs, rng: Rng): Kg {
  const people = rng.shuffle(entityNames).slice(0, entities)
  const known = rng.shuffle(relationNames).slice(0, relations)
  const path = Array.from({ length: hops }, () => rng.pick(known))
  // By head and relation, which no two facts share. The path's entities are the first ones, so it visits none twice.
  const tails = new Map(path.map((relation, i) => [people[i] + relation, people[i + 1]]))
  for (let tries = 0; tails.size < facts && tries < 20 * facts; tries++) {
    const [head, relation, tail] = [rng.pick(people), rng.pick(known), rng.pick(people)]
    if (head !== tail && !tails.has(head + relation)) tails.set(head + relation, tail)
  }
  return { facts: rng.shuffle([...tails].map(([key, tail]) => key + tail)), start: people[0], relations: path.join('') }
}

const prompt = ({ facts, start, relations }: Kg): string => `${facts.join(',')}. ${start}${relations}?`
const factOf = ({ facts }: Kg, head: string, relation: string): string | undefined =>
  facts.find((fact) => fact.startsWith(head + relation))

function solve(instance: Kg): Solution {
  let at = instance.start
  const steps = [...instance.relations].map((relation) => {
    const fact = factOf(instance, at, relation) ?? ''
    at = fact[2]
    return fact
  })
  return { steps, answer: at }
}

/** Entities of the facts other than this one. */
function others({ facts }: Kg, entity: string): readonly string[] {
  return [...new Set(facts.flatMap((fact) => [fact[0], fact[2]]))].filter((name) => name !== entity)
}

const wrongAnswer = (instance: Kg, rng: Rng): string => rng.pick(others(instance, solve(instance).answer))

/** Reads a wrong tail at one hop and goes on from there as long as facts carry on; the last hop may need the slip. */
function wrongSolution(instance: Kg, rng: Rng): Solution {
  const right = solve(instance)
  const last = right.steps.length - 1
  for (const slip of [rng.int(last + 1), last]) {
    const steps = right.steps.slice(0, slip)
    const slipped = right.steps[slip].slice(0, 2) + rng.pick(others(instance, right.steps[slip][2]))
    steps.push(slipped)
    for (let hop = slip + 1; hop <= last; hop++) {
      const fact = factOf(instance, steps[hop - 1][2], instance.relations[hop])
      if (fact !== undefined) steps.push(fact)
      else break
    }
    const answer = steps[steps.length - 1][2]
    if (steps.length === right.steps.length && answer !== right.answer) return { steps, answer }
  }
  return { steps: right.steps, answer: wrongAnswer(instance, rng) }
}

function stepScores(instance: Kg, steps: readonly string[]): number[] {
  let at = instance.start
  return steps.map((step, i) => {
    const isRight = i < instance.relations.length && step === factOf(instance, at, instance.relations[i])
    if (step.length === 3) at = step[2]
    return isRight ? 1 : 0
  })
}

/** Chains of relations over facts given in the prompt. */
export const kg2hop = taskOf<Kg, KgKnobs>({
  id: 'kg2hop',
  summary: 'Follow relations through the facts given: `ApB,BqC,AqD. Apq?`.',
  rules: [
    'The prompt lists facts split by commas, a full stop, a space, an entity, one or more relations, and ?.',
    'A fact ApB says that relation p leads from entity A to entity B; entities are capitals, relations small letters.',
    'No entity has two facts with the same relation. Apq asks where p from A and then q from there lead.',
    'Right is that entity, one capital. Steps are the facts used, in order: `ApB;BqC;#C`.',
  ].join(' '),
  tags: ['multi-hop', 'retrieval'],
  knobs: z.object({
    hops: z.int().min(1).max(6).optional().describe('Relations to follow.'),
    facts: z.int().min(6).max(60).optional().describe('Facts in the prompt, fewer when no more are possible.'),
    entities: z.int().min(7).max(26).optional().describe('Different entities.'),
    relations: z.int().min(2).max(26).optional().describe('Different relations.'),
  }),
  ladder: [
    { hops: 1, facts: 6, entities: 7, relations: 3 },
    { hops: 2, facts: 8, entities: 8, relations: 3 },
    { hops: 2, facts: 16, entities: 10, relations: 4 },
    { hops: 3, facts: 28, entities: 14, relations: 5 },
    { hops: 4, facts: 48, entities: 18, relations: 6 },
  ],
  alphabet: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz,.? ;#',
  draw,
  content: (instance) => prompt({ ...instance, facts: [...instance.facts].sort() }),
  prompt,
  solve,
  judge(instance, answer) {
    const right = solve(instance).answer
    return answer === right || `${quote(answer)} is not ${right}`
  },
  wrongAnswer,
  wrongSolution,
  stepScores,
  // One of the entities, the first of which is hardly ever the answer.
  chance: (level) => 1 / [6, 7, 9, 13, 17][level - 1],
  perturb(instance, rng) {
    const { steps, answer } = solve(instance)
    const last = steps[steps.length - 1]
    // The path visits no entity twice, so its last fact serves once.
    const tail = rng.pick(others(instance, answer).filter((name) => name !== last[0]))
    return { ...instance, facts: instance.facts.map((fact) => (fact === last ? last.slice(0, 2) + tail : fact)) }
  },
  unanswerable(instance, rng) {
    const missing = rng.pick(solve(instance).steps)
    return prompt({ ...instance, facts: instance.facts.filter((fact) => fact !== missing) })
  },
})
