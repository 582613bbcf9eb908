// A value with a word about it in brackets: `6 (six)`, `six (6)`, `7 \text{ (cm)}`. The bracket says the value again or
// gives its unit.
import type { Answer } from '../answer.ts'
import { type AnswerReading, insideContainer } from './answer-reading.ts'
import { readWords } from './read-text.ts'
import { readUnit } from './read-unit.ts'
import { findUnit } from './unit-table.ts'

const longestGloss = 6

/** The value when the bracket that ends `[from, to)` repeats it or holds its unit; undefined otherwise. */
export function readGlossed(reading: AnswerReading, from: number, to: number): Answer | undefined {
  const { tokens, match } = reading
  const open = match[to - 1]
  if (tokens[to - 1].text !== ')' || open <= from || to - open < 3 || to - open > longestGloss) return undefined
  const first = tokens[open + 1]
  if (first.kind === 'word' && (first.inText || first.text.length > 1)) {
    const unit = findUnit(first.text) === undefined ? undefined : readUnit(tokens, open + 1, to - 1)
    if (unit !== undefined && tokens[open - 1].kind !== 'word') {
      const value = insideContainer(reading, () => reading.part(reading, from, open))
      return value.kind === 'expression' && value.unit === undefined ? { ...value, unit } : undefined
    }
    const spelled = wholeNumber(readWords(tokens, open + 1, to - 1))
    const isDigits = open === from + 1 && tokens[from].kind === 'number'
    return spelled !== undefined && isDigits && tokens[from].text === String(spelled)
      ? reading.part(reading, from, open)
      : undefined
  }
  if (first.kind !== 'number' || to - open !== 3 || tokens[from].kind !== 'word') return undefined
  const words = readWords(tokens, from, open)
  return wholeNumber(words)?.toString() === first.text ? words : undefined
}

function wholeNumber(answer: Answer | undefined): bigint | undefined {
  if (answer?.kind !== 'expression' || answer.expression.kind !== 'number' || answer.unit !== undefined)
    return undefined
  const { top, bottom } = answer.expression.value
  return bottom === 1n ? top : undefined
}
