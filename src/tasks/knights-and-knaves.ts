// The knights-and-knaves task: `A:C=A;B:B|C;C:a=b?` asks who always tells the truth and who always lies. Generated
// puzzles follow the public rows (docs/decisions/2026-11-21-knights-and-knaves.md).
// Statements and their texts are in knights-and-knaves-statement.ts and -text.ts, puzzles in -puzzle.ts, the worked
// searches in -traces.ts, the check in -verify.ts.
import { z } from 'zod'
import { GradusError } from '../base/error.ts'
import type { Rng } from '../base/rng.ts'
import type { Knobs, Problem, Split, Task, Trace } from '../contracts/index.ts'
import { puzzleContent } from './knights-and-knaves-content.ts'
import { drawStatements } from './knights-and-knaves-draw.ts'
import type { Puzzle } from './knights-and-knaves-puzzle.ts'
import { puzzleOf, puzzlePrompt, showAnswer, solutionsOf } from './knights-and-knaves-puzzle.ts'
import { readKnightsAndKnavesRow } from './knights-and-knaves-row.ts'
import type { Kinds } from './knights-and-knaves-statement.ts'
import { showStatement } from './knights-and-knaves-text.ts'
import { searchSteps, wrongKinds, wrongSearch } from './knights-and-knaves-traces.ts'
import { verifyKnightsAndKnaves } from './knights-and-knaves-verify.ts'
import { readKnobs } from './read-knobs.ts'
import { drawInSplit, problemId } from './split-by-content.ts'
import { unknownStyle } from './unknown-style.ts'

const id = 'knights-and-knaves'
const styles = ['search', 'search-wrong', 'direct', 'direct-wrong'] as const

const knobs = z.object({
  people: z.int().min(2).max(8).default(3).describe('How many people there are.'),
  level: z.literal([0, 2, 3, 4, 5, 6, 7, 8]).default(0).describe('When above 0, how many people, instead of `people`.'),
  depth: z
    .int()
    .min(2)
    .max(3)
    .default(2)
    .describe('Deepest statement: 2 is an operation on claims about one person each, 3 an operation on those.'),
  width: z.int().min(2).max(3).default(2).describe('Most parts of an "and" or "or".'),
})

function problem(split: Split, index: number, given?: Knobs): Problem {
  const { level, ...own } = readKnobs(id, knobs, given)
  const settings = { ...own, people: level > 0 ? level : own.people }
  const statements = drawInSplit(id, split, index, settings, {
    draw: (rng) => drawStatements(settings, rng),
    content: puzzleContent,
    accept: (candidate) => solutionsOf(candidate).length === 1,
  })
  const [solution] = solutionsOf(statements)
  return problemOf(problemId(id, split, index, puzzleContent(statements)), split, { statements, solution })
}

function problemOf(problemName: string, split: Split, puzzle: Puzzle): Problem {
  return {
    id: problemName,
    task: id,
    split,
    prompt: puzzlePrompt(puzzle.statements),
    answer: showAnswer(puzzle.solution),
    level: puzzle.statements.length,
    meta: { statements: puzzle.statements.map(showStatement) },
  }
}

function fromRow(row: Readonly<Record<string, unknown>>, split: Split): Problem {
  const read = readKnightsAndKnavesRow(row)
  return problemOf(read.id, split, read.puzzle)
}

function requirePuzzle(from: Problem): Puzzle {
  const puzzle = puzzleOf(from)
  if (puzzle !== undefined) return puzzle
  throw new GradusError('data/bad-problem', `Problem "${from.id}" holds no statements with exactly one solution.`, {
    hint: `Only problems made or read by task "${id}" can be solved by it.`,
  })
}

function traceOf(steps: readonly string[], found: Kinds, isRight: boolean): Trace {
  const answer = showAnswer(found)
  return { text: `${steps.join('')}#${answer}`, answer, origin: 'oracle', right: isRight, steps }
}

function solve(from: Problem): string {
  const { steps, found } = searchSteps(requirePuzzle(from))
  return traceOf(steps, found, true).text
}

function traces(from: Problem, style: string, rng: Rng): readonly Trace[] {
  const puzzle = requirePuzzle(from)
  switch (style as (typeof styles)[number]) {
    case 'search': {
      const { steps, found } = searchSteps(puzzle, rng)
      return [traceOf(steps, found, true)]
    }
    case 'search-wrong': {
      const { steps, found } = wrongSearch(puzzle, rng)
      return [traceOf(steps, found, false)]
    }
    case 'direct':
      return [traceOf([], puzzle.solution, true)]
    case 'direct-wrong':
      return [traceOf([], wrongKinds(puzzle, rng), false)]
    default:
      throw unknownStyle(id, style, styles)
  }
}

/** Find out who is a knight and who a knave from one statement each; level = number of people. */
export const knightsAndKnaves: Task = {
  id,
  summary: 'Find who always tells the truth (K) and who always lies (N), such as A:C=A;B:B|C;C:a=b? (which is KKK).',
  levels: [2, 3, 4, 5, 6, 7, 8],
  knobs,
  alphabet: 'ABCDEFGHabcdefghKN01~&|>=():;?+-!#',
  styles,
  // A uniform guess among all assignments. Always answering "all knights" is right more often: 0.16 of the puzzles with
  // three people, 0.05 with five (docs/decisions/2026-11-21-knights-and-knaves.md).
  chance: (level) => 1 / 2 ** level,
  problem,
  content: (from) => puzzleContent(requirePuzzle(from).statements),
  solve,
  verify: verifyKnightsAndKnaves,
  traces,
  fromRow,
}
