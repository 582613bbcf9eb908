// Times of day that were read as something else, as the reader writes times: digits alone may be a ratio (17:45), and 5 PM a
// number with a unit. Only for comparing with a text that is a time.
import type { Answer } from '../answer.ts'

/** `17:45` for a ratio of hours and minutes, `17:00` for 5 PM; undefined for others. */
export function clockOf(answer: Answer): string | undefined {
  if (answer.kind === 'ratio' && answer.parts.length === 2) {
    const [hours, minutes] = answer.parts.map(wholeOf)
    const isTime = hours !== undefined && minutes !== undefined && hours < 24 && minutes > 9 && minutes < 60
    return isTime ? `${hours}:${minutes}` : undefined
  }
  if (answer.unit !== 'am' && answer.unit !== 'pm') return undefined
  const hours = wholeOf(answer)
  if (hours === undefined || hours < 1 || hours > 12) return undefined
  return `${(hours % 12) + (answer.unit === 'pm' ? 12 : 0)}:00`
}

function wholeOf(answer: Answer): number | undefined {
  if (answer.kind !== 'expression' || answer.expression.kind !== 'number') return undefined
  const { top, bottom } = answer.expression.value
  return bottom === 1n && top >= 0n && top < 100n ? Number(top) : undefined
}
