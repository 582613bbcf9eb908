// A text to an answer: LaTeX or plain text as it stands in answer keys and as language models write it. Total and
// pure: what is no mathematics is text, and what is beyond the limits is refused with a reason. Extracting the answer
// from a response is done before (extract/), comparing after (compare/).
import { messageOf } from '../../../base/error.ts'
import type { Answer, ReadAnswer } from '../answer.ts'
import { limits } from '../limits.ts'
import type { AnswerReading } from './answer-reading.ts'
import { matchBrackets } from './brackets.ts'
import { hasSaneSize } from './check-size.ts'
import { cleanText } from './clean-text.ts'
import { createReading } from './cursor.ts'
import { dropLabel } from './drop-label.ts'
import { lex } from './lex.ts'
import { readList } from './read-list.ts'
import { readPart } from './read-part.ts'
import { textOf } from './read-text.ts'
import { Unreadable } from './unreadable.ts'
import { unwrapLines } from './unwrap-lines.ts'

/** How to read what texts leave open. */
export interface ReadOptions {
  /** `\log` without a base; with `either` it stays an unknown function. */
  readonly log?: 'base-10' | 'natural' | 'either'
}

/**
 * Reads one answer.
 *
 * @example
 * readAnswer('$x = \\frac{1}{2}$') // { ok: true, answer: { kind: 'relation', … } }
 */
export function readAnswer(text: string, options: ReadOptions = {}): ReadAnswer {
  if (text.length > limits.characters) return { ok: false, reason: `longer than ${limits.characters} characters` }
  try {
    const tokens = unwrapLines(lex(dropLabel(cleanText(text))))
    if (tokens.length === 0) return { ok: false, reason: 'empty' }
    const reading: AnswerReading = {
      ...createReading(tokens, matchBrackets(tokens), options.log ?? 'either'),
      list: readList,
      part: readPart,
    }
    const answer = readOrText(reading)
    if (!hasSaneSize(answer)) return { ok: false, reason: 'too large' }
    return { ok: true, answer }
  } catch (error) {
    if (error instanceof Unreadable) return { ok: false, reason: error.reason }
    // A stack or a number beyond what the machine holds; the limits should have refused it before.
    if (error instanceof RangeError) return { ok: false, reason: 'too large' }
    // A mistake in this reader must not end a run of a thousand answers; the tests look for these words.
    return { ok: false, reason: `the reader failed: ${messageOf(error)}` }
  }
}

function readOrText(reading: AnswerReading): Answer {
  const { tokens } = reading
  try {
    return readList(reading, 0, tokens.length)
  } catch (error) {
    if (!(error instanceof Unreadable) || error.isFinal) throw error
  }
  const text = textOf(tokens, 0, tokens.length)
  if (text === '') throw new Unreadable('empty', true)
  return { kind: 'text', text }
}
