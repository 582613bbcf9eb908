// eq-proof: turn one word into another by equations that may be used in both directions, and say which was used where.
// The twin of Alchemy (2410.15748) on words: a problem is a walk of rewrites, and `perturb` makes a new theorem of an
// old one by one more rewrite. The walk is a proof; a shorter one may exist and is as right.
import { z } from 'zod'
import type { Rng } from '../../base/rng.ts'
import { checkProof } from '../../verify/logic/proof.ts'
import type { Family, Judgement, Solution } from '../family/family.ts'
import { taskOf } from '../family/task-of.ts'
import { quote } from '../verdict.ts'

type Theorem = {
  readonly equations: readonly (readonly [string, string])[]
  readonly start: string
  readonly goal: string
  /** `2@0`: equation 2, left to right, at position 0; `2-@0`: right to left. */
  readonly proof: readonly string[]
}

interface EqProofKnobs {
  readonly length: number
  readonly equations: number
  readonly letters: number
  readonly word: number
}

const mostSteps = 60
const longest = 16
const stepForm = /^([1-9]\d?)(-?)@(0|[1-9]\d?)$/

const drawWord = (length: number, letters: number, rng: Rng): string =>
  Array.from({ length }, () => 'abcde'[rng.int(letters)]).join('')

/** Every use of an equation on a word, with the word that it gives. */
function uses(equations: Theorem['equations'], word: string): { step: string; word: string }[] {
  const found: { step: string; word: string }[] = []
  for (const [i, [left, right]] of equations.entries()) {
    for (const [mark, from, to] of [['', left, right] as const, ['-', right, left] as const]) {
      for (let at = word.indexOf(from); at >= 0; at = word.indexOf(from, at + 1)) {
        found.push({ step: `${i + 1}${mark}@${at}`, word: word.slice(0, at) + to + word.slice(at + from.length) })
      }
    }
  }
  return found
}

function drawEquations(count: number, letters: number, rng: Rng): Theorem['equations'] {
  const equations: (readonly [string, string])[] = []
  const seen = new Set<string>()
  while (equations.length < count) {
    // Sides of one to three letters whose lengths differ by at most one, so that words neither vanish nor explode.
    const left = drawWord(2 + rng.int(2), letters, rng)
    const right = drawWord(Math.max(1, left.length - rng.int(2)), letters, rng)
    if (left === right || seen.has(`${left}=${right}`) || seen.has(`${right}=${left}`)) continue
    seen.add(`${left}=${right}`)
    equations.push(rng.int(2) === 0 ? [left, right] : [right, left])
  }
  return equations
}

function draw(knobs: EqProofKnobs, rng: Rng): Theorem {
  for (;;) {
    const equations = drawEquations(knobs.equations, knobs.letters, rng)
    const start = drawWord(knobs.word + rng.int(2), knobs.letters, rng)
    const seen = new Set([start])
    const proof: string[] = []
    let word = start
    while (proof.length < knobs.length) {
      const next = uses(equations, word).filter((use) => !seen.has(use.word) && use.word.length <= longest)
      if (next.length === 0) break
      const use = rng.pick(next)
      word = use.word
      seen.add(word)
      proof.push(use.step)
    }
    if (proof.length === knobs.length) return { equations, start, goal: word, proof }
  }
}

/** A walk of three or more that one or two rewrites replace is no long proof. */
function accept({ equations, start, goal, proof }: Theorem): boolean {
  if (proof.length < 2) return true
  const near = uses(equations, start).map((use) => use.word)
  if (near.includes(goal)) return false
  if (proof.length < 3) return true
  const before = new Set(uses(equations, goal).map((use) => use.word))
  return !near.some((word) => before.has(word))
}

const rulesOf = ({ equations }: Theorem) =>
  equations.flatMap(([left, right], i) => [
    { id: `${i + 1}`, from: left, to: right },
    { id: `${i + 1}-`, from: right, to: left },
  ])

function readSteps(answer: string): { rule: string; at: number }[] | undefined {
  const parts = answer.split(',', mostSteps + 1)
  if (parts.length > mostSteps) return undefined
  const steps = parts.map((part) => stepForm.exec(part))
  return steps.every((step) => step !== null)
    ? steps.map((step) => ({ rule: `${step?.[1]}${step?.[2]}`, at: Number(step?.[3]) }))
    : undefined
}

function judge(theorem: Theorem, answer: string): Judgement {
  const steps = readSteps(answer)
  if (steps === undefined) return `${quote(answer)} is no list of at most ${mostSteps} rewrites`
  return checkProof(rulesOf(theorem), theorem.start, theorem.goal, steps)
}

/** The rewrites with the word after each, as far as they are possible. */
function replay({ equations, start }: Theorem, proof: readonly string[]): { solution: Solution; end: string } {
  const done: string[] = []
  const steps: string[] = []
  let word = start
  for (const step of proof) {
    const next = uses(equations, word).find((use) => use.step === step)
    if (next === undefined) break
    word = next.word
    done.push(step)
    steps.push(`${step}=${word}`)
  }
  return { solution: { steps, answer: done.join(',') }, end: word }
}

/** One rewrite replaced by another that is possible there, and the rest as far as it goes. */
function wrongSolution(theorem: Theorem, rng: Rng): Solution {
  const { proof, equations, goal } = theorem
  for (let tries = 0; tries < 10; tries++) {
    const at = rng.int(proof.length)
    const { end: word } = replay(theorem, proof.slice(0, at))
    const other = rng.pick(uses(equations, word)).step
    const { solution, end } = replay(theorem, proof.with(at, other))
    if (end !== goal) return solution
  }
  // There and back again: an even number of rewrites that ends at the start, which is not the goal.
  const { step } = uses(equations, theorem.start)[0]
  const { end } = replay(theorem, [step])
  const back = uses(equations, end).find((use) => use.word === theorem.start)?.step ?? step
  return replay(theorem, [step, back]).solution
}

function stepScores(theorem: Theorem, steps: readonly string[]): readonly number[] {
  let word = theorem.start
  return steps.map((step) => {
    const [use, text] = step.split('=', 2)
    const next = step.length > 80 ? undefined : uses(theorem.equations, word).find((other) => other.step === use)
    if (next === undefined) return 0
    word = next.word
    return step === `${use}=${word}` && text === word ? 1 : 0
  })
}

const equationText = ([left, right]: readonly [string, string]): string => `${left}=${right}`

function prompt({ equations, start, goal }: Theorem): string {
  return `${equations.map((equation, i) => `${i + 1}:${equationText(equation)}`).join(' ')}|${start}>${goal}?`
}

const family: Family<Theorem, EqProofKnobs> = {
  id: 'eq-proof',
  summary: 'Prove that one word equals another by numbered equations, as in `1:ab=ba 2:aa=c|aab>cb?` by `2@0`.',
  rules:
    'Equations `1:ab=ba`, joined by spaces, then `|`, the word to start from, `>` and the word to reach. `1@0` replaces the left ' +
    'side of equation 1, which must stand at position 0 of the word (counted in letters from 0), by its right side; `1-@0` ' +
    'the right side by the left. The answer is such rewrites joined by `,`, carried out in order: `1@1,2-@0`. Every list of at ' +
    'most 60 that turns the first word into the second is right. Steps: each rewrite and the whole word after it, `1@1=aba`.',
  tags: ['deduction', 'rewriting', 'several-answers'],
  knobs: z.object({
    length: z.int().min(1).max(12).optional().describe('Rewrites of the proof that is drawn.'),
    equations: z.int().min(2).max(16).optional().describe('Equations.'),
    letters: z.int().min(2).max(5).optional().describe('Letters that words are made of.'),
    word: z.int().min(2).max(10).optional().describe('Least letters of the first word; perhaps one more.'),
  }),
  ladder: [
    { length: 1, equations: 4, letters: 3, word: 4 },
    { length: 2, equations: 5, letters: 3, word: 4 },
    { length: 3, equations: 6, letters: 4, word: 5 },
    { length: 5, equations: 9, letters: 4, word: 6 },
    { length: 8, equations: 12, letters: 5, word: 7 },
  ],
  alphabet: '#,-0123456789:;=>?@abcde| ',
  draw,
  accept,
  content: ({ equations, start, goal }) => {
    const sorted = equations.map(([left, right]) => equationText(left < right ? [left, right] : [right, left])).sort()
    // A proof read backwards proves the same.
    return `${sorted.join(' ')}|${[start, goal].sort().join('>')}`
  },
  prompt,
  solve: (theorem) => replay(theorem, theorem.proof).solution,
  judge,
  wrongAnswer: (theorem, rng) => wrongSolution(theorem, rng).answer,
  wrongSolution,
  stepScores,
  chance: (level) => [0.03, 0.0005, 0.0001, 0, 0][level - 1] ?? 0.03,
  /** A new theorem from the old by one more rewrite of its goal. */
  perturb(theorem, rng) {
    const next = uses(theorem.equations, theorem.goal).filter(({ word }) => word !== theorem.start)
    const fit = next.filter(({ word }) => word.length <= longest && word !== theorem.goal)
    if (fit.length === 0) return undefined
    const { step, word } = rng.pick(fit)
    return { ...theorem, goal: word, proof: [...theorem.proof, step] }
  },
}

/** Proofs by rewriting. */
export const eqProof = taskOf(family)
