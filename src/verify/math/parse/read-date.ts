// Dates in their several orders: `July 4, 1776`, `4 July 1776`, `Jul. 4`, `1776-07-04`. All become one text, month, day,
// year, so that they compare as words.
import type { Answer } from '../answer.ts'
import { isMonth, monthOf } from './phrases.ts'
import type { Token } from './token.ts'

const endings = new Set(['st', 'nd', 'rd', 'th'])
const longestDate = 8

/** The date when `[from, to)` is one with a day; undefined otherwise. */
export function readDate(tokens: readonly Token[], from: number, to: number): Answer | undefined {
  if (to - from < 2 || to - from > longestDate) return undefined
  const { kind, text } = tokens[from]
  if (kind === 'number') return text.length === 4 ? readIsoDate(tokens, from, to) : readInWords(tokens, from, to)
  return kind === 'word' && monthOf(text) !== undefined ? readInWords(tokens, from, to) : undefined
}

function readIsoDate(tokens: readonly Token[], from: number, to: number): Answer | undefined {
  if (to - from !== 5) return undefined
  const texts = tokens.slice(from, to).map(({ text }) => text)
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(texts.join(''))
  if (match === null || texts[1] !== '-' || tokens.slice(from + 1, to).some(({ isSpaced }) => isSpaced))
    return undefined
  const [, year, month, day] = match
  return dateAnswer(Number(month), Number(day), Number(year))
}

/** Month and day in either order, then perhaps the year; commas, stops and the ending of 4th do not count. */
function readInWords(tokens: readonly Token[], from: number, to: number): Answer | undefined {
  const parts: string[] = []
  for (let at = from; at < to; at++) {
    const { kind, text } = tokens[at]
    const word = text.toLowerCase()
    const isFiller = word === 'of' || (endings.has(word) && tokens[at - 1]?.kind === 'number')
    if (kind === 'number' || (kind === 'word' && !isFiller)) parts.push(text)
    else if (!isFiller && text !== ',' && kind !== 'stop') return undefined
  }
  const [first, second, year] = parts
  if (parts.length < 2 || parts.length > 3) return undefined
  const isMonthFirst = monthOf(first) !== undefined
  const month = monthOf(isMonthFirst ? first : second)
  const day = isMonthFirst ? second : first
  if (month === undefined || !/^\d{1,2}$/.test(day) || (year !== undefined && !/^\d{4}$/.test(year))) return undefined
  // "5 Mar" may be five of a thing; "March 5" and "Mar. 5" are dates.
  if (!isMonthFirst && year === undefined && !isMonth(second.toLowerCase())) return undefined
  return dateAnswer(month, Number(day), year === undefined ? undefined : Number(year))
}

const names = 'january february march april may june july august september october november december'.split(' ')

function dateAnswer(month: number, day: number, year: number | undefined): Answer | undefined {
  if (month < 1 || month > 12 || day < 1 || day > 31) return undefined
  return { kind: 'text', text: `${names[month - 1]} ${day}${year === undefined ? '' : ` ${year}`}` }
}
