// Judges an assignment against a formula in conjunctive normal form. Any satisfying assignment is right. The string
// must have exactly one bit a variable: a missing bit read as 0 would let an empty answer satisfy some formulas.
import type { Verdict } from '../../contracts/index.ts'
import { failed, malformed, ruleCount } from './verdicts.ts'

/** Clauses of literals: `3` is the third variable, `-3` its negation, as in DIMACS files. */
export interface CnfFormula {
  readonly variables: number
  readonly clauses: readonly (readonly number[])[]
}

const maxVariables = 10_000
const maxLiterals = 1_000_000

/**
 * Whether the 0/1 string satisfies every clause; `parts.rules` is the share of clauses that it satisfies.
 *
 * @example
 * checkSat({ variables: 2, clauses: [[1, 2], [-1]] }, '01').kind // 'right'
 */
export function checkSat(formula: CnfFormula, assignment: string): Verdict {
  const { variables, clauses } = formula
  if (!Number.isSafeInteger(variables) || variables < 1 || variables > maxVariables) {
    return failed(`a formula of ${variables} variables is not read`)
  }
  if (assignment.length !== variables) return malformed(`it has ${assignment.length} characters, not ${variables}`)
  for (let i = 0; i < variables; i++) {
    if (assignment[i] !== '0' && assignment[i] !== '1') return malformed(`character ${i + 1} is neither 0 nor 1`)
  }
  const count = ruleCount()
  let literals = 0
  for (const [i, clause] of clauses.entries()) {
    literals += clause.length
    if (literals > maxLiterals) return failed('the formula is too large')
    if (clause.some((literal) => !isLiteral(literal, variables))) return failed(`clause ${i + 1} has no such variable`)
    count.hold(
      clause.some((literal) => (assignment[Math.abs(literal) - 1] === '1') === literal > 0),
      () => `clause ${i + 1} is false`,
    )
  }
  return count.verdict(`all ${clauses.length} clauses are true`)
}

function isLiteral(literal: number, variables: number): boolean {
  return Number.isSafeInteger(literal) && literal !== 0 && Math.abs(literal) <= variables
}
