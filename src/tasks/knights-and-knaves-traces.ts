// Worked searches: whole assignments one after the other, each tested statement by statement up to the first
// contradiction. `AbC:AC1=A1+;bB0|C1+!`: suppose A and C are knights and b a knave; A says C=A, which is 1=1, true, as it
// should be; B says B|C, which is true, but b is a knave, so this assignment is given up.
// Everything that a character rests on stands close by: the supposed kind of the speaker begins its line, and a claim is
// true when its very character is in the assignment.
import type { Rng } from '../base/rng.ts'
import type { Puzzle } from './knights-and-knaves-puzzle.ts'
import { everyKinds, firstContradiction } from './knights-and-knaves-puzzle.ts'
import type { Kinds, Statement } from './knights-and-knaves-statement.ts'
import { atomsOf, isTrue } from './knights-and-knaves-statement.ts'
import type { Working } from './knights-and-knaves-text.ts'
import { showKinds, showPerson, workOut } from './knights-and-knaves-text.ts'

/** A search as steps, one tested statement each, and the assignment that it ends with. */
export interface Search {
  readonly steps: readonly string[]
  readonly found: Kinds
}

/** One tested statement: speaker, statement worked out, `+` true or `-` false, `;` as it should be or `!` not. */
export function testStep(speaker: number, statement: Statement, kinds: Kinds): string {
  return stepText(speaker, kinds, workOut(statement, kinds))
}

function stepText(speaker: number, kinds: Kinds, { text, value }: Working): string {
  const knight = kinds[speaker]
  const start = speaker === 0 ? `${showKinds(kinds)}:` : ''
  return `${start}${showPerson(speaker, knight)}${text}${value ? '+' : '-'}${value === knight ? ';' : '!'}`
}

/** Tests of the statements up to the first contradiction. */
function testAll({ statements }: Puzzle, kinds: Kinds): readonly string[] {
  const end = firstContradiction(statements, kinds) ?? statements.length - 1
  return statements.slice(0, end + 1).map((statement, speaker) => testStep(speaker, statement, kinds))
}

/** Tries assignments, in random order or without `rng` from all knights on, until one fits. */
export function searchSteps(puzzle: Puzzle, rng?: Rng): Search {
  const inOrder = everyKinds(puzzle.statements.length)
  const order = rng === undefined ? inOrder : rng.shuffle(inOrder)
  const end = order.findIndex((kinds) => firstContradiction(puzzle.statements, kinds) === undefined)
  return { steps: order.slice(0, end + 1).flatMap((kinds) => testAll(puzzle, kinds)), found: order[end] }
}

/**
 * A search that ends with a wrong assignment, because a contradiction was missed: a wrong value of a claim or of the
 * whole statement makes it fit. The assignment is one of those with the fewest contradictions, mostly one.
 */
export function wrongSearch(puzzle: Puzzle, rng: Rng): Search {
  const { statements, solution } = puzzle
  const wrong = rng.shuffle(everyKinds(statements.length)).filter((kinds) => kinds.some((k, i) => k !== solution[i]))
  const contradictions = (kinds: Kinds): number =>
    statements.filter((statement, i) => isTrue(statement, kinds) !== kinds[i]).length
  const fewest = Math.min(...wrong.map(contradictions))
  const found = rng.pick(wrong.filter((kinds) => contradictions(kinds) === fewest))
  const given = wrong.slice(0, wrong.indexOf(found)).flatMap((kinds) => testAll(puzzle, kinds))
  const missed = statements.map((statement, i) =>
    isTrue(statement, found) === found[i] ? testStep(i, statement, found) : slippedStep(i, statement, found, rng),
  )
  return { steps: [...given, ...missed], found }
}

/** The test of a contradicting statement with one wrong value, so that it seems to fit. */
function slippedStep(speaker: number, statement: Statement, kinds: Kinds, rng: Rng): string {
  const { text } = workOut(statement, kinds)
  const slips = [
    { text, value: kinds[speaker] },
    ...atomsOf(statement).map((_, i) => workOut(statement, kinds, i)),
  ].filter(({ value }) => value === kinds[speaker])
  return stepText(speaker, kinds, rng.pick(slips))
}

/** Any assignment but the solution. */
export function wrongKinds({ statements, solution }: Puzzle, rng: Rng): Kinds {
  return rng.pick(everyKinds(statements.length).filter((kinds) => kinds.some((knight, i) => knight !== solution[i])))
}
