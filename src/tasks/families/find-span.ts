// find-span: answer a question about a short text by quoting it, `Ann put a red key in the barn. [...] Where is the red
// key?`. Only the exact excerpt is right; how near another one comes (IoU of characters) is told in the reason. The
// trace quotes the sentences that matter.
import { z } from 'zod'
import type { Rng } from '../../base/rng.ts'
import type { Range } from '../../verify/text/spans.ts'
import { scoreExcerpts } from '../../verify/text/spans.ts'
import type { Solution } from '../family/family.ts'
import { taskOf } from '../family/task-of.ts'
import { quote } from '../verdict.ts'

type Fact = { readonly name: string; readonly colour: string; readonly thing: string; readonly place: string }
/** `asks` is the fact whose thing (`where`) or owner (`who`) is asked for, or whose person's places are (`places`). */
type FindSpan = {
  readonly facts: readonly Fact[]
  readonly question: 'where' | 'who' | 'places'
  readonly asks: number
}
type FindSpanKnobs = { readonly facts: number; readonly spans: number; readonly qualified: boolean }

const names = ['Ann', 'Bob', 'Dan', 'Eve', 'Gus', 'Ivo', 'Jo', 'Kim', 'Leo', 'Sam', 'Tom', 'Zoe']
const colours = ['red', 'blue', 'old', 'new', 'tiny', 'gold', 'pink', 'grey']
const things = ['key', 'hat', 'cup', 'pen', 'map', 'drum', 'kite', 'coin', 'lamp', 'rope', 'bell', 'book']
const prepositions = ['in', 'by', 'at', 'on', 'near']
const spots = ['barn', 'bed', 'lake', 'tree', 'oven', 'gate', 'desk', 'wall', 'roof', 'cart', 'shed', 'pond']
const qualities = ['', 'big ', 'far ', 'low ']

function draw({ facts: count, spans, qualified }: FindSpanKnobs, rng: Rng): FindSpan {
  const question = spans > 1 ? 'places' : rng.pick(['where', 'who', 'places'] as const)
  const people = rng.shuffle(names)
  // The first `spans` facts are of the person who may be asked for, the others of the people after.
  const facts: Fact[] = []
  while (facts.length < count) {
    const fact = {
      name: facts.length < spans ? people[0] : people[1 + rng.int(people.length - 1)],
      colour: rng.pick(colours),
      thing: rng.pick(things),
      place: `${rng.pick(prepositions)} the ${qualified ? rng.pick(qualities) : ''}${rng.pick(spots)}`,
    }
    // Distractors may share a colour or a thing but not both, and no place is part of another.
    const clashes = facts.some(
      (other) =>
        (other.colour === fact.colour && other.thing === fact.thing) ||
        other.place.includes(fact.place) ||
        fact.place.includes(other.place),
    )
    if (!clashes) facts.push(fact)
  }
  const order = rng.shuffle([...facts.keys()])
  return { facts: order.map((i) => facts[i]), question, asks: order.indexOf(0) }
}

const sentence = ({ name, colour, thing, place }: Fact): string => `${name} put a ${colour} ${thing} ${place}`
const documentOf = ({ facts }: FindSpan): string => facts.map((fact) => `${sentence(fact)}.`).join(' ')

function questionText({ facts, question, asks }: FindSpan): string {
  const { name, colour, thing } = facts[asks]
  switch (question) {
    case 'where':
      return `Where is the ${colour} ${thing}?`
    case 'who':
      return `Who put the ${colour} ${thing}?`
    case 'places':
      return `Where did ${name} put things?`
    default:
      return question satisfies never
  }
}

/** The facts that the question is about, in the order of the text. */
function relevant({ facts, question, asks }: FindSpan): readonly Fact[] {
  return question === 'places' ? facts.filter(({ name }) => name === facts[asks].name) : [facts[asks]]
}

const excerptOf = ({ question }: FindSpan, { name, place }: Fact): string => (question === 'who' ? name : place)

function solve(instance: FindSpan): Solution {
  const facts = relevant(instance)
  return { steps: facts.map(sentence), answer: facts.map((fact) => excerptOf(instance, fact)).join('|') }
}

/** Where the excerpts stand in the text. */
function goldRanges(instance: FindSpan): readonly Range[] {
  const document = documentOf(instance)
  return relevant(instance).map((fact): Range => {
    const whole = sentence(fact)
    const excerpt = excerptOf(instance, fact)
    const start = document.indexOf(whole) + (instance.question === 'who' ? 0 : whole.length - excerpt.length)
    return [start, start + excerpt.length]
  })
}

function judge(instance: FindSpan, answer: string): true | string {
  if (answer === solve(instance).answer) return true
  const { iou } = scoreExcerpts(documentOf(instance), goldRanges(instance), answer.split('|').slice(0, 64))
  return `${quote(answer)} is not the excerpt (IoU ${iou.toFixed(2)})`
}

/** Another fact's excerpt in place of one, or an excerpt that is cut short or too long. */
function wrongAnswer(instance: FindSpan, rng: Rng): string {
  const facts = relevant(instance)
  const excerpts = facts.map((fact) => excerptOf(instance, fact))
  const at = rng.int(excerpts.length)
  const others = instance.facts.map((fact) => excerptOf(instance, fact)).filter((other) => !excerpts.includes(other))
  const cut = instance.question === 'who' ? sentence(facts[at]) : excerpts[at].replace(/^[a-z]+ /, '')
  const wrong = others.length === 0 || rng.int(3) === 0 ? cut : rng.pick(others)
  return excerpts.with(at, wrong).join('|')
}

function stepScores(instance: FindSpan, steps: readonly string[]): number[] {
  const right = solve(instance).steps
  return steps.map((step, i) => (step === right[i] ? 1 : 0))
}

/** Questions about a short text, answered by quoting it. */
export const findSpan = taskOf<FindSpan, FindSpanKnobs>({
  id: 'find-span',
  summary: 'Quote the part of a text that answers a question: `Ann put a red key in the barn. Where is the red key?`.',
  rules: [
    'The prompt is a text of sentences `NAME put a COLOUR THING PLACE.` and a question; everything is split by spaces.',
    'A place begins with in, by, at, on or near and goes on to the end of its sentence. The questions:',
    '`Where is the red key?` asks for the place of that thing, `Who put the red key?` for the name, and',
    '`Where did Ann put things?` for the places in all sentences of that name, in the order of the text, split by |.',
    'Right is the exact excerpt without the full stop: `in the barn`. Steps quote the sentences that are used:',
    '`Ann put a red key in the barn;#in the barn`.',
  ].join(' '),
  tags: ['retrieval', 'reading'],
  knobs: z.object({
    facts: z.int().min(2).max(20).optional().describe('Sentences of the text.'),
    spans: z.int().min(1).max(4).optional().describe('Excerpts to find; with 1, any of the questions is asked.'),
    qualified: z.boolean().optional().describe('Whether a place may have an adjective, such as `in the big barn`.'),
  }),
  ladder: [
    { facts: 2, spans: 1, qualified: false },
    { facts: 3, spans: 1, qualified: true },
    { facts: 4, spans: 2, qualified: true },
    { facts: 5, spans: 2, qualified: true },
    { facts: 6, spans: 3, qualified: true },
  ],
  alphabet: 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.?| ;#',
  draw,
  prompt: (instance) => `${documentOf(instance)} ${questionText(instance)}`,
  solve,
  judge,
  wrongAnswer,
  stepScores,
  // One of the places or names in the text for each excerpt, in order.
  chance: (level) => [1 / 2, 1 / 3, 1 / 6, 1 / 10, 1 / 20][level - 1],
  perturb(instance, rng) {
    const right = solve(instance).answer
    for (let tries = 0; tries < 8; tries++) {
      const place = `${rng.pick(prepositions)} the ${rng.pick(spots)}`
      const name = rng.pick(names)
      const isTaken = instance.facts.some(
        (fact) => fact.place.includes(place) || place.includes(fact.place) || fact.name === name,
      )
      if (isTaken) continue
      const change = instance.question === 'who' ? { name } : { place }
      const facts = instance.facts.map((fact, i) => (i === instance.asks ? { ...fact, ...change } : fact))
      if (solve({ ...instance, facts }).answer !== right) return { ...instance, facts }
    }
    return undefined
  },
  unanswerable(instance) {
    const used = relevant(instance)
    const rest = instance.facts.filter((fact) => !used.includes(fact))
    return `${documentOf({ ...instance, facts: rest })} ${questionText(instance)}`
  },
})
