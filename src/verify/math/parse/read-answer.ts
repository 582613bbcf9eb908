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
import { translateConnectors } from './connectors.ts'
import { createReading } from './cursor.ts'
import { dropLabel } from './drop-label.ts'
import { lex } from './lex.ts'
import { mendLatex } from './mend-latex.ts'
import { readChemical } from './read-chemical.ts'
import { readList } from './read-list.ts'
import { readPart } from './read-part.ts'
import { textOf } from './read-text.ts'
import { symmetricText } from './symmetric-sign.ts'
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
    const clean = dropLabel(cleanText(text))
    const chemical = readChemical(clean)
    if (chemical !== undefined) return { ok: true, answer: chemical }
    const reading = readingOf(clean, options)
    if (reading.tokens.length === 0) return { ok: false, reason: 'empty' }
    const answer = readMathematics(reading) ?? readMended(clean, options) ?? asText(reading)
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

function readingOf(clean: string, { log = 'either' }: ReadOptions): AnswerReading {
  const tokens = translateConnectors(unwrapLines(lex(clean)))
  return { ...createReading(tokens, matchBrackets(tokens), log), list: readList, part: readPart }
}

/** The answer as the grammar has it; undefined when the text is none. */
function readMathematics(reading: AnswerReading): Answer | undefined {
  try {
    return readList(reading, 0, reading.tokens.length)
  } catch (error) {
    if (!(error instanceof Unreadable) || error.isFinal) throw error
    return undefined
  }
}

/** A text that only broken LaTeX keeps from being mathematics. */
function readMended(clean: string, options: ReadOptions): Answer | undefined {
  const mended = mendLatex(clean)
  if (mended === undefined) return undefined
  const answer = readMathematics(readingOf(mended, options))
  return answer?.kind === 'text' ? undefined : answer
}

function asText({ tokens, match }: AnswerReading): Answer {
  const text = symmetricText(tokens, match) ?? textOf(tokens, 0, tokens.length)
  if (text === '') throw new Unreadable('empty', true)
  return { kind: 'text', text }
}
