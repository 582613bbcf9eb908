// Two numbers that words join to one answer: "1 in 6" and "1 out of 6" are a sixth, "7 remainder 3"
// is a quotient with what is left over.
import type { Answer } from '../answer.ts'
import { expressionAnswer } from './answer-reading.ts'
import { integer, quotient } from './build-expression.ts'
import type { Token } from './token.ts'

const whole = /^\d{1,30}$/
const remainders = new Set(['r', 'R', 'rem', 'remainder', 'with remainder', 'with a remainder of', 'with remainder of'])

/** The answer when `[from, to)` is a whole number, such words and a whole number; undefined otherwise. */
export function readPartsOf(tokens: readonly Token[], from: number, to: number): Answer | undefined {
  const count = to - from
  if (count < 3 || count > 6 || tokens[from].kind !== 'number' || tokens[to - 1].kind !== 'number') return undefined
  const [first, second] = [tokens[from].text, tokens[to - 1].text]
  if (!whole.test(first) || !whole.test(second)) return undefined
  const words: string[] = []
  for (let at = from + 1; at < to - 1; at++) {
    if (tokens[at].kind !== 'word') return undefined
    words.push(tokens[at].text)
  }
  const joint = words.join(' ')
  if (joint === 'in' || joint === 'out of') {
    const [top, bottom] = [BigInt(first), BigInt(second)]
    return top <= bottom && bottom > 0n ? expressionAnswer(quotient(integer(top), integer(bottom))) : undefined
  }
  return remainders.has(joint) ? { kind: 'text', text: `${BigInt(first)} remainder ${BigInt(second)}` } : undefined
}
