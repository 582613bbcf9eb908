// Times of day: `3:30 p.m.`, `15:30`, `3:05`. As text on the clock of 24 hours, since nothing in them may be shortened:
// 3:30 is no 1:10. Digits alone may be a ratio; they are a time when a ratio would not be written so.
import type { Answer } from '../answer.ts'
import type { Token } from './token.ts'

const noonHour = 12

/** The time whose hour is `[start, end)` and whose minutes begin `[from, to)`; undefined when it is none. */
export function readTime(
  tokens: readonly Token[],
  [start, end]: readonly [number, number],
  [from, to]: readonly [number, number],
): Answer | undefined {
  const hour = tokens[start]
  const minute = tokens[from]
  if (end - start !== 1 || hour.kind !== 'number' || minute?.kind !== 'number') return undefined
  if (!/^[0-9]{1,2}$/.test(hour.text) || !/^[0-5][0-9]$/.test(minute.text)) return undefined
  const half = halfOfDay(tokens, from + 1, to)
  const [hours, minutes] = [Number(hour.text), Number(minute.text)]
  const isMarked = ['am', 'pm', 'noon', 'midnight'].includes(half)
  if (isMarked && hours <= noonHour)
    return timeAnswer((hours % noonHour) + (half === 'pm' || half === 'noon' ? 12 : 0), minute)
  if (to - from !== 1 || hours > 23) return undefined
  return minute.text.startsWith('0') || (minutes % 5 === 0 && isShortened(hours, minutes))
    ? timeAnswer(hours, minute)
    : undefined
}

/** `pm` for p.m., `PM`, `\text{ p.m.}`. */
function halfOfDay(tokens: readonly Token[], from: number, to: number): string {
  if (to - from > 4) return ''
  const words = tokens.slice(from, to).filter(({ kind }) => kind !== 'stop')
  return words
    .map(({ text }) => text)
    .join('')
    .toLowerCase()
}

/** Whether hours and minutes have a common divisor: as a ratio they would be shortened. */
function isShortened(hours: number, minutes: number): boolean {
  return [2, 3, 5].some((prime) => hours % prime === 0 && minutes % prime === 0)
}

function timeAnswer(hours: number, minute: Token): Answer {
  return { kind: 'text', text: `${hours}:${minute.text}` }
}

/** `2:30:00`, hours, minutes and seconds, one of which begins with a nought as no part of a ratio does. */
export function readDuration(tokens: readonly Token[], from: number, to: number): Answer | undefined {
  if (to - from !== 5) return undefined
  const text = tokens
    .slice(from, to)
    .map((token) => token.text)
    .join('')
  const match = /^0?(\d{1,2}:[0-5]\d:[0-5]\d)$/.exec(text)
  return match !== null && text.includes(':0') ? { kind: 'text', text: match[1] } : undefined
}
