// A puzzle: one statement a person, and exactly one way to be knights and knaves that makes every knight's statement
// true and every knave's false. Puzzles are small enough to try every way. It knows neither splits nor verdicts.
import { z } from 'zod'
import type { Problem } from '../contracts/index.ts'
import type { Kinds, Statement } from './knights-and-knaves-statement.ts'
import { isTrue } from './knights-and-knaves-statement.ts'
import { maxPeople, readStatement, showPerson, showStatement } from './knights-and-knaves-text.ts'

/** Statements in the order of the people who make them, and what the people are. */
export interface Puzzle {
  readonly statements: readonly Statement[]
  readonly solution: Kinds
}

/** Every way to be knights and knaves, all knights first and the last person's kind changing fastest. */
export function everyKinds(people: number): readonly Kinds[] {
  return Array.from({ length: 2 ** people }, (_, n) =>
    Array.from({ length: people }, (_, person) => ((n >> (people - 1 - person)) & 1) === 0),
  )
}

/** The first person whose statement does not go with what they are; undefined when all do. */
export function firstContradiction(statements: readonly Statement[], kinds: Kinds): number | undefined {
  const speaker = statements.findIndex((statement, i) => isTrue(statement, kinds) !== kinds[i])
  return speaker < 0 ? undefined : speaker
}

/** Every way that goes with all the statements. */
export function solutionsOf(statements: readonly Statement[]): readonly Kinds[] {
  return everyKinds(statements.length).filter((kinds) => firstContradiction(statements, kinds) === undefined)
}

/** `A:C=A;B:B|C;C:a=b?` */
export function puzzlePrompt(statements: readonly Statement[]): string {
  return `${statements.map((said, i) => `${showPerson(i, true)}:${showStatement(said)}`).join(';')}?`
}

/** `KNK`: what each person is, as an answer is written. */
export function showAnswer(kinds: Kinds): string {
  return kinds.map((knight) => (knight ? 'K' : 'N')).join('')
}

const puzzleMeta = z.object({ statements: z.array(z.string()).min(2).max(maxPeople) })

/** The puzzle of a problem of this task, or undefined when its `meta` holds none. */
export function puzzleOf(problem: Problem): Puzzle | undefined {
  const read = puzzleMeta.safeParse(problem.meta)
  if (!read.success) return undefined
  const texts = read.data.statements
  const statements = texts.map((text) => readStatement(text, texts.length))
  if (!statements.every((statement) => statement !== undefined)) return undefined
  const solutions = solutionsOf(statements)
  return solutions.length === 1 ? { statements, solution: solutions[0] } : undefined
}
