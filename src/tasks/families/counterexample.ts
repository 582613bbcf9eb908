// counterexample: is the claim true of all numbers up to a limit? The answer is `true` or any number that refutes it
// (after CounterMATH, 2502.10454, shrunk to finite domains). Rare witnesses and deep conditions make it hard.
import { z } from 'zod'
import type { Rng } from '../../base/rng.ts'
import type { Family, Judgement, Solution } from '../family/family.ts'
import { taskOf } from '../family/task-of.ts'
import { quote } from '../verdict.ts'
import { type Claim, candidates, claimContent, conditionText, drawCondition, holds } from './counterexample-claim.ts'

interface CounterexampleKnobs {
  readonly most: number
  readonly given: number
  readonly claimed: number
  readonly witnesses: number
  readonly squares: boolean
  readonly truths: number
}

const maxTries = 120

/** Numbers that refute the claim. */
const witnessesOf = (claim: Claim): readonly number[] => candidates(claim).filter((n) => !holds(claim.claimed, n))

function draw(knobs: CounterexampleKnobs, rng: Rng): Claim {
  const most = knobs.most + rng.int(10)
  const isTrue = rng.next() < knobs.truths
  let claim: Claim
  let tries = 0
  let found: readonly number[]
  do {
    const given = drawCondition(knobs.given, most, knobs.squares, rng)
    claim = { most, given, claimed: drawCondition(knobs.claimed, most, knobs.squares, rng) }
    found = witnessesOf(claim)
    tries++
    // A claim about no number, or nearly every number, asks nothing.
  } while (tries < maxTries && !isFit(claim, found, isTrue, knobs.witnesses))
  return claim
}

function isFit(claim: Claim, found: readonly number[], isTrue: boolean, most: number): boolean {
  if (isTrue ? found.length > 0 : found.length === 0 || found.length > most) return false
  const asked = candidates(claim).length
  return asked >= 3 && asked <= claim.most / 2
}

function judge(claim: Claim, answer: string): Judgement {
  if (answer === 'true') {
    const [first] = witnessesOf(claim)
    return first === undefined || `it is not true for n=${first}`
  }
  if (!/^[1-9]\d{0,3}$/.test(answer)) return `${quote(answer)} is neither "true" nor a number`
  const n = Number(answer)
  if (n > claim.most) return `${n} is above ${claim.most}`
  if (!holds(claim.given, n)) return `the first condition does not hold for ${n}`
  return holds(claim.claimed, n) ? `both conditions hold for ${n}` : true
}

/** Every number that the claim speaks of, up to the first for which the step says `-`. */
function scan(claim: Claim, saysHolds: (n: number) => boolean): Solution {
  const steps: string[] = []
  for (const n of candidates(claim)) {
    const isKept = saysHolds(n)
    steps.push(`${n}${isKept ? '+' : '-'}`)
    if (!isKept) return { steps, answer: String(n) }
  }
  return { steps, answer: 'true' }
}

/** Refutes a true claim at a number where it holds, or overlooks every witness. */
function wrongSolution(claim: Claim, rng: Rng): Solution {
  if (witnessesOf(claim).length > 0) return scan(claim, () => true)
  const asked = candidates(claim)
  const slip = asked.length > 0 ? rng.pick(asked) : 0
  return slip > 0 ? scan(claim, (n) => n !== slip) : { steps: [], answer: String(claim.most) }
}

function wrongAnswer(claim: Claim, rng: Rng): string {
  const wrong = candidates(claim).filter((n) => holds(claim.claimed, n))
  if (wrong.length > 0 && rng.int(2) === 0) return String(rng.pick(wrong))
  return wrongSolution(claim, rng).answer
}

/** A step is a number that the claim speaks of, none left out since the last, and the right sign. */
function stepScores(claim: Claim, steps: readonly string[]): readonly number[] {
  const asked = candidates(claim)
  let last = 0
  return steps.map((step) => {
    const [, digits, sign] = /^([1-9]\d{0,3})([+-])$/.exec(step) ?? []
    const n = Number(digits ?? 0)
    const isNext = n === asked.find((other) => other > last)
    if (n > last) last = n
    return isNext && (sign === '+') === holds(claim.claimed, n) ? 1 : 0
  })
}

/** One number of one atom changed so that the answer of `solve` is no longer right. */
function perturb(claim: Claim, rng: Rng): Claim | undefined {
  const { answer } = scan(claim, (n) => holds(claim.claimed, n))
  for (let tries = 0; tries < 40; tries++) {
    const side = rng.pick(['given', 'claimed'] as const)
    const i = rng.int(claim[side].length)
    const j = rng.int(claim[side][i].length)
    const atom = claim[side][i][j]
    const changed = atom.kind === 'mod' ? { ...atom, r: rng.int(atom.m) } : { ...atom, k: 2 + rng.int(claim.most - 2) }
    const other = { ...claim, [side]: claim[side].with(i, claim[side][i].with(j, changed)) }
    if (candidates(other).length >= 3 && judge(other, answer) !== true) return other
  }
  return undefined
}

const family: Family<Claim, CounterexampleKnobs> = {
  id: 'counterexample',
  summary: 'Answer `true` or a number that refutes the claim, such as 4 for `all n<=20: n%3=1 -> n>4?`.',
  rules:
    '`all n<=20: P -> Q?` claims that for every whole number n from 1 to 20, both included, if P holds then Q holds. A condition ' +
    'is atoms joined by `&` (and) and `|` (or); `&` binds tighter. Atoms: `n%3=1` (n leaves 1 when divided by 3), `n*n%3=1` ' +
    '(its square does), `n<7`, `n>7`; `~` before an atom means that it does not hold. Right is `true` when the claim holds, and else every ' +
    'n within the range for which P holds and Q does not. Steps: each n for which P holds, from 1 up, with `+` when Q holds ' +
    'or `-` when not, up to the first `-`: `1+;4-`.',
  tags: ['deduction', 'search', 'arithmetic', 'several-answers'],
  knobs: z.object({
    most: z.int().min(10).max(500).optional().describe('Least limit of n; up to nine more are added.'),
    given: z.int().min(1).max(4).optional().describe('Atoms of the first condition.'),
    claimed: z.int().min(1).max(4).optional().describe('Atoms of the second condition.'),
    witnesses: z.int().min(1).max(100).optional().describe('Most numbers that refute a claim.'),
    squares: z.boolean().optional().describe('Whether atoms may speak of squares.'),
    truths: z.number().min(0).max(1).optional().describe('Share of claims that are true.'),
  }),
  ladder: [
    { most: 15, given: 1, claimed: 1, witnesses: 6, squares: false, truths: 0.35 },
    { most: 20, given: 1, claimed: 2, witnesses: 5, squares: false, truths: 0.35 },
    { most: 30, given: 2, claimed: 2, witnesses: 4, squares: true, truths: 0.35 },
    { most: 50, given: 2, claimed: 3, witnesses: 3, squares: true, truths: 0.35 },
    { most: 80, given: 3, claimed: 3, witnesses: 2, squares: true, truths: 0.35 },
  ],
  alphabet: ' #%&*+-0123456789:;<=>?aelnrtu|~',
  draw,
  content: claimContent,
  prompt: (claim) => `all n<=${claim.most}: ${conditionText(claim.given)} -> ${conditionText(claim.claimed)}?`,
  solve: (claim) => scan(claim, (n) => holds(claim.claimed, n)),
  judge,
  wrongAnswer,
  wrongSolution,
  stepScores,
  // Always `true`: the share of true claims.
  chance: () => 0.36,
  perturb,
}

/** Claims over small ranges of numbers. */
export const counterexample = taskOf(family)
