// Statements about each other and about how many of them are true: how many are? Exactly one assignment of truth
// values is consistent; the steps go through the possible counts.
import { z } from 'zod'
import type { Rng } from '../../base/rng.ts'
import type { Family, Judgement, Solution } from '../family/family.ts'
import { taskOf } from '../family/task-of.ts'
import { quote } from '../verdict.ts'
import type { SelfRefInstance } from './self-ref-solver.ts'
import { consistentAssignments, countCase } from './self-ref-solver.ts'

interface SelfRefKnobs {
  readonly statements: number
  /** Share of statements that join two claims. */
  readonly joined: number
}

const ladder = [
  { statements: 4, joined: 0 },
  { statements: 5, joined: 0 },
  { statements: 5, joined: 0.4 },
  { statements: 6, joined: 0.5 },
  { statements: 8, joined: 0.6 },
] as const satisfies readonly SelfRefKnobs[]

function drawClaim(at: number, statements: number, rng: Rng): string {
  const kind = rng.int(8)
  if (kind < 4) {
    const other = (at + 1 + rng.int(statements - 1)) % statements
    return `${kind < 2 ? 'T' : 'F'}${other + 1}`
  }
  if (kind < 6) return `=${rng.int(statements + 1)}`
  if (kind === 6) return rng.int(2) === 0 ? `<${1 + rng.int(statements)}` : `>${rng.int(statements)}`
  return rng.pick(['E', 'O'])
}

function draw({ statements, joined }: SelfRefKnobs, rng: Rng): SelfRefInstance {
  return {
    statements: Array.from({ length: statements }, (_, at) => {
      const claim = drawClaim(at, statements, rng)
      if (rng.next() >= joined) return claim
      return `${claim}${rng.pick(['&', '|'])}${drawClaim(at, statements, rng)}`
    }),
  }
}

/** Tries each count from 0 on, and stops at the one that fits. */
function solve(instance: SelfRefInstance): Solution {
  const steps: string[] = []
  for (let count = 0; count <= instance.statements.length; count++) {
    const { text, fits } = countCase(instance, count)
    steps.push(text)
    if (fits) return { steps, answer: String(count) }
  }
  return { steps, answer: '0' }
}

function rightCount(instance: SelfRefInstance): number {
  return consistentAssignments(instance)[0]?.filter((value) => value).length ?? 0
}

function judge(instance: SelfRefInstance, answer: string): Judgement {
  const right = String(rightCount(instance))
  if (answer === right) return true
  return /^(?:0|[1-9][0-9]?)$/.test(answer) ? `${right} are true, not ${answer}` : `${quote(answer)} is not a count`
}

function wrongAnswer(instance: SelfRefInstance, rng: Rng): string {
  const count = instance.statements.length + 1
  return String((rightCount(instance) + 1 + rng.int(count - 1)) % count)
}

/** One statement replaced, so that another count is right. */
function perturb(instance: SelfRefInstance, rng: Rng): SelfRefInstance | undefined {
  const { statements } = instance
  for (let tries = 0; tries < 40; tries++) {
    const at = rng.int(statements.length)
    const changed = { statements: statements.with(at, drawClaim(at, statements.length, rng)) }
    if (accept(changed) && rightCount(changed) !== rightCount(instance)) return changed
  }
  return undefined
}

/** What follows from each count, from 0 to the number of statements. */
function casesOf(instance: SelfRefInstance): readonly ReturnType<typeof countCase>[] {
  return [...instance.statements, ''].map((_, count) => countCase(instance, count))
}

/** One consistent assignment, and the cases of the counts are settled without guessing. */
function accept(instance: SelfRefInstance): boolean {
  return consistentAssignments(instance).length === 1 && casesOf(instance).every(({ settled }) => settled)
}

/** Statements about each other. */
export const selfRef = taskOf<SelfRefInstance, SelfRefKnobs>({
  id: 'self-ref',
  summary: 'How many of the statements are true? `F2,=3,T1,>2?` has the answer 2: the first and the third.',
  rules:
    'The prompt is statements joined by `,` and followed by `?`; they are numbered from 1 in order. `T3` says that ' +
    'statement 3 is true, `F3` that it is false; `=2`, `<2`, `>2` say that exactly, fewer than, more than 2 of all the ' +
    'statements are true; `E` that an even number of them is true (0 is even), `O` an odd number. Two claims joined by ' +
    '`&` are a statement that is true when both are, joined by `|` when one is or both. Exactly one assignment of ' +
    'truth values makes every statement as true as what it says. The answer is the number of true statements in it. ' +
    'Steps try counts from 0: `2:TF?T` says that if 2 are true, the statements must have these values (`?` is not ' +
    'settled), and is followed by `x` when that is a contradiction, by `!` when all fits.',
  tags: ['logic', 'search', 'self-reference'],
  knobs: z.object({
    statements: z.int().min(2).max(9).optional().describe('Statements.'),
    joined: z.number().min(0).max(1).optional().describe('Share of statements that join two claims.'),
  }),
  ladder,
  alphabet: '0123456789TFEO=<>&|,?:!x;#',
  draw,
  accept,
  prompt: ({ statements }) => `${statements.join(',')}?`,
  solve,
  judge,
  wrongAnswer,
  // Someone who misreads a statement.
  wrongSolution: (instance, rng) => {
    const misread = perturb(instance, rng)
    return misread === undefined ? { steps: solve(instance).steps, answer: wrongAnswer(instance, rng) } : solve(misread)
  },
  stepScores: (instance, steps) => {
    const cases = casesOf(instance).map(({ text }) => text)
    return steps.map((step) => (cases.includes(step) ? 1 : 0))
  },
  chance: (level) => 1 / (ladder[level - 1].statements + 1),
  perturb,
} satisfies Family<SelfRefInstance, SelfRefKnobs>)
