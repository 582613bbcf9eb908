// Measures puzzles: what people say and how the solutions spread. It is what the generator was compared with the public
// rows by, and what shows whether another data set is like it. It draws nothing and prints nothing.
import type { Puzzle } from './knights-and-knaves-puzzle.ts'
import type { Statement } from './knights-and-knaves-statement.ts'
import { atomsOf } from './knights-and-knaves-statement.ts'

/** Shares of the statements, in [0, 1], unless said otherwise. */
export interface KnightsAndKnavesSurvey {
  readonly puzzles: number
  /** By what the statement is: a claim `is-knight` or `is-knave`, or `not`, `and`, `or`, `if`, `iff`. */
  readonly forms: Readonly<Record<string, number>>
  /** Share of the claims, inside operations too, that someone is a knight. */
  readonly knightClaims: number
  /** The speaker is among the people spoken about. */
  readonly aboutSelf: number
  /** Share of the operations that speak about one person only. */
  readonly aboutOne: number
  /** Share of the people who are knights. */
  readonly knights: number
  /** Share of the puzzles in which everybody is a knight. */
  readonly allKnights: number
  /** Mean number of claims in a statement. */
  readonly claims: number
}

/** Surveys puzzles. */
export function surveyKnightsAndKnaves(puzzles: readonly Puzzle[]): KnightsAndKnavesSurvey {
  const said = puzzles.flatMap(({ statements }) =>
    statements.map((statement, speaker) => ({ form: formOf(statement), speaker, atoms: atomsOf(statement) })),
  )
  const forms = [...new Set(said.map(({ form }) => form))].sort()
  const atoms = said.flatMap((one) => one.atoms)
  const operations = said.filter((one) => one.atoms.length > 1)
  const people = puzzles.flatMap(({ solution }) => solution)
  return {
    puzzles: puzzles.length,
    forms: Object.fromEntries(forms.map((form) => [form, share(said, (one) => one.form === form)])),
    knightClaims: share(atoms, (atom) => atom.knight),
    aboutSelf: share(said, (one) => one.atoms.some((atom) => atom.person === one.speaker)),
    aboutOne: share(operations, (one) => new Set(one.atoms.map((atom) => atom.person)).size === 1),
    knights: share(people, (knight) => knight),
    allKnights: share(puzzles, ({ solution }) => solution.every((knight) => knight)),
    claims: atoms.length / said.length,
  }
}

function formOf(statement: Statement): string {
  if (statement.kind !== 'is') return statement.kind
  return statement.knight ? 'is-knight' : 'is-knave'
}

function share<T>(items: readonly T[], holds: (item: T) => boolean): number {
  return items.filter(holds).length / items.length
}
