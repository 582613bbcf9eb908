// Checks a completion of a puzzle: `ABC:AC1=A1+;BB1|C1+;...#KKK`.
// The verdict rests only on the letters after the last `#`; the steps before it are scored but never change it.
import type { Problem, Verdict } from '../contracts/index.ts'
import type { Puzzle } from './knights-and-knaves-puzzle.ts'
import { firstContradiction, puzzleOf } from './knights-and-knaves-puzzle.ts'
import type { Kinds } from './knights-and-knaves-statement.ts'
import { readPerson, showPerson, showStatement } from './knights-and-knaves-text.ts'
import { testStep } from './knights-and-knaves-traces.ts'
import { failed, quote, right, wrong } from './verdict.ts'

// Room for a whole search with eight people who make long statements.
const maxLength = 65_536
const maxSteps = 2048

/** Right when the letters after the last `#`, K or N for each person, go with every statement. */
export function verifyKnightsAndKnaves(problem: Problem, completion: string): Verdict {
  const puzzle = puzzleOf(problem)
  if (puzzle === undefined) return failed('the problem holds no statements with exactly one solution')
  if (completion.length > maxLength) return wrong(`longer than ${maxLength} characters`, { parts: { form: 0 } })
  const mark = completion.lastIndexOf('#')
  const steps = scoreTestSteps(puzzle, mark < 0 ? completion : completion.slice(0, mark))
  const misshapen = { parts: { form: 0 }, steps }
  if (mark < 0) return wrong('no final answer: nothing after a "#"', misshapen)
  const people = puzzle.statements.length
  const written = completion.slice(mark + 1).trim()
  if (written.length !== people || !/^[KN]+$/.test(written)) {
    return wrong(`the final answer ${quote(written)} is not ${people} letters K or N, one for each person`, misshapen)
  }
  const kinds = [...written].map((letter) => letter === 'K')
  const wellFormed = { parts: { form: 1 }, steps }
  const liar = firstContradiction(puzzle.statements, kinds)
  if (liar === undefined) return right(`${written} goes with every statement`, wellFormed)
  const [is, would] = kinds[liar] ? ['a knight', 'false'] : ['a knave', 'true']
  const said = showStatement(puzzle.statements[liar])
  return wrong(`${written} makes ${showPerson(liar, true)} ${is} who says "${said}", which is ${would}`, wellFormed)
}

/**
 * One score per tested statement; undefined when there is none. 1: it is the next person's statement, and its values, its
 * truth and its mark are right under the assignment being tried. Each assignment begins afresh, in any order.
 */
export function scoreTestSteps(puzzle: Puzzle, text: string): readonly number[] | undefined {
  const written = text.match(/[^;!]*[;!]|[^;!]+$/g)
  if (written === null) return undefined
  const { statements } = puzzle
  let kinds: Kinds | undefined
  let speaker = 0
  return written.slice(0, maxSteps).map((step) => {
    const colon = step.indexOf(':')
    if (colon >= 0) {
      kinds = readKinds(step.slice(0, colon), statements.length)
      speaker = 0
    }
    const isRight = kinds !== undefined && speaker < statements.length && step === expected(kinds)
    speaker++
    // What was given up is not gone on with.
    if (step.endsWith('!')) kinds = undefined
    return isRight ? 1 : 0
  })

  function expected(under: Kinds): string {
    return testStep(speaker, statements[speaker], under)
  }
}

/** The assignment that `AbC` names, or undefined. */
function readKinds(text: string, people: number): Kinds | undefined {
  if (text.length !== people) return undefined
  const named = [...text].map((char) => readPerson(char, people))
  return named.every((one, i) => one?.person === i) ? named.map((one) => one?.knight === true) : undefined
}
