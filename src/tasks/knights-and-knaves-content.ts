// What decides a puzzle's split: a text that stays the same when people are renamed or change places, or when the parts
// of `and`, `or` and `iff` change places. So no test puzzle is a train puzzle in other letters.
import { hash32 } from '../base/rng.ts'
import type { Statement } from './knights-and-knaves-statement.ts'

// Each round tells people apart by what those they speak about say. Puzzles that three rounds cannot tell apart share a
// split, which does no harm.
const rounds = 3

/** Equal for puzzles that differ only in names and in the order of people or of parts. */
export function puzzleContent(statements: readonly Statement[]): string {
  let colours = statements.map(() => 0)
  for (let round = 0; round < rounds; round++) {
    colours = statements.map((statement, speaker) => hash32(shape(statement, speaker, colours)))
  }
  return colours.sort((a, b) => a - b).join(' ')
}

/** The statement with each person replaced by a colour, and the speaker by `I`. */
function shape(statement: Statement, speaker: number, colours: readonly number[]): string {
  switch (statement.kind) {
    case 'is':
      return `${statement.person === speaker ? 'I' : colours[statement.person]}${statement.knight ? '+' : '-'}`
    case 'not':
      return `not(${shape(statement.of, speaker, colours)})`
    default: {
      const parts = statement.parts.map((part) => shape(part, speaker, colours))
      return `${statement.kind}(${(statement.kind === 'if' ? parts : parts.sort()).join(',')})`
    }
  }
}
