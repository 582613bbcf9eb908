// Judges who is a knight (always tells the truth) and who a knave (always lies): each person's statement must be true
// exactly when that person is a knight. Consistency is judged, not uniqueness: a puzzle with two answers accepts both.
import type { Verdict } from '../../contracts/index.ts'
import { failed, malformed, ruleCount } from './verdicts.ts'

/** A statement about people, who are numbered from 0; `and` and `or` take any number of parts, `if` and `iff` two. */
export type Claim =
  | { readonly kind: 'is'; readonly person: number; readonly knight: boolean }
  | { readonly kind: 'not'; readonly of: Claim }
  | { readonly kind: 'and' | 'or' | 'if' | 'iff'; readonly parts: readonly Claim[] }

const maxPeople = 1_000
const maxDepth = 32
const maxParts = 10_000

/**
 * Whether the assignment (true for a knight) is consistent with what each person says; `parts.rules` is the share of
 * people whose statement fits their kind.
 */
export function checkKnightsKnaves(statements: readonly Claim[], assignment: readonly boolean[]): Verdict {
  const people = statements.length
  if (people < 1 || people > maxPeople) return failed(`an island of ${people} people is not read`)
  if (assignment.length !== people) return malformed(`it names ${assignment.length} people, not ${people}`)
  const count = ruleCount()
  const budget = { parts: maxParts }
  for (const [person, statement] of statements.entries()) {
    const value = truthOf(statement, assignment, 0, budget)
    if (value === undefined) return failed(`the statement of person ${person + 1} is malformed or too large`)
    const kind = assignment[person] ? 'knight' : 'knave'
    count.hold(value === assignment[person], () => `person ${person + 1} would be a ${kind} and say what is ${value}`)
  }
  return count.verdict(`all ${people} statements fit`)
}

/** Undefined when the statement makes no sense or is too large. */
function truthOf(
  claim: Claim,
  knights: readonly boolean[],
  depth: number,
  budget: { parts: number },
): boolean | undefined {
  if (depth > maxDepth || budget.parts-- <= 0) return undefined
  if (claim.kind === 'is') {
    const kind = knights[claim.person]
    return kind === undefined ? undefined : kind === claim.knight
  }
  if (claim.kind === 'not') {
    const inner = truthOf(claim.of, knights, depth + 1, budget)
    return inner === undefined ? undefined : !inner
  }
  const { kind, parts } = claim
  const values: boolean[] = []
  for (const part of parts) {
    const value = truthOf(part, knights, depth + 1, budget)
    if (value === undefined) return undefined
    values.push(value)
  }
  switch (kind) {
    case 'and':
      return values.every((value) => value)
    case 'or':
      return values.some((value) => value)
    case 'if':
      return values.length === 2 ? !values[0] || values[1] : undefined
    case 'iff':
      return values.length === 2 ? values[0] === values[1] : undefined
    default:
      return kind satisfies never
  }
}
