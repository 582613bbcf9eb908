// A sentence behind `Answer:` and what it comes to: "**Answer:** The farmer needs **12** fence posts." The usual way of chat
// models. A value that stands right behind the colon is left to answer-span.ts.

import type { AnswerPhrase } from './answer-phrases.ts'
import { masked } from './answer-span.ts'
import { choiceLabel, lastChoice } from './choice-letter.ts'
import type { ExpectedKind } from './expected-kind.ts'
import { findFormulas } from './maths-environments.ts'
import { isUnsettled } from './passed-over.ts'
import { proseWords } from './plain-looks.ts'
import type { SaidFormula } from './prose-formula.ts'
import { sentenceValue } from './sentence-value.ts'
import { withoutClause } from './tail-clauses.ts'

const window = 1_000
const stop = /\n|(?<!\b(?:[ap]\.?m|i\.e|e\.g|vs|approx))(?<!\.)[.!?。](?=[*_"”')]{0,4}(?:\s|$))/
const turn = /,\s(?:so|hence|thus|therefore)\b/i

/** The value of the sentence behind a phrase that ends in a colon; undefined when none is there or it is no sentence. */
export function answerSentence(
  text: string,
  { at, from }: AnswerPhrase,
  expect: ExpectedKind,
): SaidFormula | string | undefined {
  // Bounds and denials of other languages are not known: "Ответ: не более 14".
  if (!/^(?:answers?|result|solution)/i.test(text.slice(at, at + 8)) || !/[:\n]/.test(text.slice(at, from)))
    return undefined
  // What opens bold right before it, as in `**Answer: 12 posts.**`, is no mark of the sentence.
  const rest = text.slice(from, from + window)
  const formulas = findFormulas(rest)
  const blank = masked(rest, formulas)
  const end = stop.exec(blank)?.index ?? rest.length
  const head = /^["“]/.test(rest) ? 1 : 0
  const sentence = openedBold(text, from) + rest.slice(head, end + 1)
  if (proseWords(blank.slice(0, end)) < 2) return undefined
  if (expect === 'choice') {
    if (choiceLabel(sentence) !== undefined || isUnsettled(sentence)) return undefined
    return sentenceValue(sentence, expect) ?? (/\d/.test(sentence) ? undefined : lastChoice(sentence))
  }
  if (expect === 'word' && !isSettledWord(sentence)) return undefined
  const startsWithValue = /^[\s*_`]{0,6}[-−+$€£([{\\\uE000\d]/u.test(blank)
  const [first] = formulas
  const namesFirst = first !== undefined && first.start < 6 && !/[\d=<>]/.test(first.content)
  if (startsWithValue && !namesFirst && !(expect !== 'text' && turn.test(blank.slice(0, end)))) return undefined
  const shown = sentence.replace(/[.!]$/, '')
  return sentenceValue(shown, expect, true) ?? sentenceValue(withoutClause(shown), expect, true)
}

/** The mark of bold that stands between a phrase and its sentence: `**Answer:** **12** posts`. */
function openedBold(text: string, from: number): string {
  const before = text.slice(Math.max(0, from - 12), from)
  return /[:\n]\s{0,4}(?:\*\*\s{1,4})?\*\*$/.test(before) && /^[^*\n]{1,120}\*\*/.test(text.slice(from, from + 130))
    ? '**'
    : ''
}

/** A yes or no that no condition follows. */
function isSettledWord(sentence: string): boolean {
  const word = /^[\s*_"'`]{0,6}(?:yes|no|true|false)\b(?<rest>.*)$/is.exec(sentence)
  if (word === null) return true
  return (
    /^[*_]{0,3}[,;.:!—–-]/.test((word.groups?.rest ?? '').trimStart()) &&
    !/\b(?:only|but|except|not always|sometimes)\b/i.test(sentence)
  )
}
