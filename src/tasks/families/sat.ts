// Satisfiability in the style of SATURN (arXiv 2505.16368): a conjunction of l clauses of n literals over k letters,
// built around a planted assignment; any satisfying 0/1 string is right. Differs from the paper: the string must have
// exactly k characters, and the prompt states k. A row of the public data set becomes a problem by `fromRow`.
import { z } from 'zod'
import type { Rng } from '../../base/rng.ts'
import type { Problem, Task } from '../../contracts/index.ts'
import { checkSat } from '../../verify/logic/sat.ts'
import type { Family, Judgement, Solution } from '../family/family.ts'
import { taskOf } from '../family/task-of.ts'
import { problemId } from '../split-by-content.ts'
import { quote } from '../verdict.ts'
import type { SatInstance } from './sat-formula.ts'
import { showClause, showFormula } from './sat-formula.ts'
import { readSatRow } from './sat-row.ts'
import { satStepScores, solveSat } from './sat-solver.ts'

interface SatKnobs {
  readonly literals: number
  readonly variables: number
  readonly clauses: number
}

const ladder = [
  { literals: 3, variables: 4, clauses: 4 },
  { literals: 3, variables: 5, clauses: 6 },
  { literals: 3, variables: 5, clauses: 13 },
  { literals: 3, variables: 6, clauses: 20 },
  { literals: 3, variables: 7, clauses: 34 },
] as const satisfies readonly SatKnobs[]

/** SATURN's closed form of how hard (n, k, l) is: log2 k + 2 log2 l - n + k / n. */
export function satDifficulty(literals: number, variables: number, clauses: number): number {
  return Math.log2(variables) + 2 * Math.log2(clauses) - literals + variables / literals
}

/** Distinct clauses that the planted assignment satisfies, uniform over such clauses. */
function draw({ literals, variables, clauses }: SatKnobs, rng: Rng): SatInstance {
  const plant = Array.from({ length: variables }, () => rng.int(2) === 1)
  const letters = Array.from({ length: variables }, (_, i) => i + 1)
  const width = Math.min(literals, variables)
  const chosen = new Map<string, readonly number[]>()
  // Some knobs allow fewer clauses than are asked for: then there are as many as were found.
  for (let tries = 0; chosen.size < clauses && tries < 40 * clauses; tries++) {
    const clause = rng
      .shuffle(letters)
      .slice(0, width)
      .sort((a, b) => a - b)
      .map((letter) => (rng.int(2) === 1 ? letter : -letter))
    if (clause.some((literal) => plant[Math.abs(literal) - 1] === literal > 0)) chosen.set(showClause(clause), clause)
  }
  const texts = [...chosen.keys()].sort()
  return { variables, clauses: texts.map((text) => chosen.get(text) ?? []) }
}

function judge(instance: SatInstance, answer: string): Judgement {
  const verdict = checkSat(instance, answer)
  if (verdict.kind === 'right') return true
  return `${quote(answer)}: ${verdict.reason}`
}

/** Any string that makes one clause false. */
function wrongAnswer({ variables, clauses }: SatInstance, rng: Rng): string {
  const bits = Array.from({ length: variables }, () => (rng.int(2) === 1 ? '1' : '0'))
  for (const literal of rng.pick(clauses)) bits[Math.abs(literal) - 1] = literal > 0 ? '0' : '1'
  return bits.join('')
}

/** The search of someone who overlooks a clause. */
function wrongSolution(instance: SatInstance, rng: Rng): Solution {
  for (const overlooked of rng.shuffle(instance.clauses)) {
    const rest = instance.clauses.filter((clause) => clause !== overlooked)
    const solution = solveSat({ ...instance, clauses: rest })
    if (solution !== undefined && judge(instance, solution.answer) !== true) return solution
  }
  return { steps: solve(instance).steps, answer: wrongAnswer(instance, rng) }
}

function solve(instance: SatInstance): Solution {
  return solveSat(instance) ?? { steps: [], answer: '' }
}

/** One literal negated, so that the solver's assignment no longer satisfies the formula but another does. */
function perturb(instance: SatInstance, rng: Rng): SatInstance | undefined {
  const { answer } = solve(instance)
  const places = instance.clauses.flatMap((clause, c) => clause.map((_, i) => [c, i] as const))
  for (const [c, i] of rng.shuffle(places)) {
    const clause = instance.clauses[c].map((literal, j) => (i === j ? -literal : literal))
    const clauses = instance.clauses.with(c, clause)
    const changed = { ...instance, clauses: clauses.toSorted((a, b) => (showClause(a) < showClause(b) ? -1 : 1)) }
    if (judge(changed, answer) !== true && solveSat(changed) !== undefined) return changed
  }
  return undefined
}

/** Exact but for clauses being distinct: the guess differs from the plant in d letters, a clause sees it or not. */
function chance({ literals: n, variables: k, clauses: l }: SatKnobs): number {
  const choose = (a: number, b: number): number => (b > a ? 0 : b === 0 ? 1 : (choose(a - 1, b - 1) * a) / b)
  let sum = 0
  for (let d = 0; d <= k; d++) {
    const sees = 1 - choose(k - d, n) / choose(k, n)
    sum += (choose(k, d) / 2 ** k) * (1 - sees / (2 ** n - 1)) ** l
  }
  return sum
}

const family = {
  id: 'sat',
  summary: 'Find bits that make every clause true, e.g. `3:!AB&!B!C&A?` has the answer 110.',
  rules:
    'A prompt `k:clauses?` has k variables, the first k capital letters. Clauses are joined by `&`, all must be true; ' +
    'a clause is one or more literals side by side, of which at least one must be true; `B` is true when B is 1, ' +
    '`!B` when B is 0. A letter may occur in no clause. The answer is k characters 0 or 1, the values of A, B, C ... ' +
    'in order; every string that makes all clauses true is right. Steps: `A?1` tries A as 1; `B=0` follows, since all ' +
    'other literals of a clause are false, or because the other value has just failed; `x!AB` says that clause `!AB` ' +
    'is false, which takes back all since the last try.',
  tags: ['logic', 'search', 'backtracking', 'several-answers'],
  knobs: z.object({
    literals: z.int().min(1).max(7).optional().describe('Literals in a clause (n).'),
    variables: z.int().min(1).max(12).optional().describe('Variables (k); at least as many as literals.'),
    clauses: z.int().min(1).max(80).optional().describe('Clauses (l).'),
  }),
  ladder,
  alphabet: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!&:?=x;#',
  draw,
  prompt: (instance) => `${instance.variables}:${showFormula(instance)}?`,
  solve,
  judge,
  wrongAnswer,
  wrongSolution,
  stepScores: satStepScores,
  chance: (level) => chance(ladder[level - 1]),
  perturb,
} satisfies Family<SatInstance, SatKnobs>

const task = taskOf<SatInstance, SatKnobs>(family)

/** The problem of a row {id, k, clause, answer}. @throws `data/bad-row` naming the field. */
function fromRow(row: Readonly<Record<string, unknown>>, split: Problem['split']): Problem {
  const { id, instance } = readSatRow(row)
  const { answer } = solve(instance)
  const prompt = family.prompt(instance)
  return {
    id: problemId(`sat/${id}`, split, 0, prompt),
    task: 'sat',
    split,
    prompt,
    answer,
    meta: { instance, row: id },
  }
}

/** The family as a task. */
export const sat = { ...task, fromRow } satisfies Task
