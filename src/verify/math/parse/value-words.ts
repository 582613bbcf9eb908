// Words behind a number that belong to its value: "5 squared", "5 factorial", "2 thirds", "18th". Other words that change
// a value are in changing-words.ts; they make it no number.
import type { Answer } from '../answer.ts'
import type { Expression } from '../expression.ts'
import { expressionAnswer } from './answer-reading.ts'
import { call, integer, numberOf, power, quotient, rational } from './build-expression.ts'
import { partsOfWhole } from './number-words.ts'
import { readNumber } from './read-number.ts'
import type { Token } from './token.ts'

const endings = new Set(['st', 'nd', 'rd', 'th'])

/** The answer when `[from, to)` is a number and one such word; undefined otherwise. */
export function readValueWord(tokens: readonly Token[], from: number, to: number): Answer | undefined {
  const isBraced = tokens[to - 1].text === '}'
  const last = tokens[isBraced ? to - 2 : to - 1]
  if (last?.kind !== 'word' || tokens[from].kind !== 'number' || to - from > 5) return undefined
  const word = last.text.toLowerCase()
  if (endings.has(word)) return readPlace(tokens, from, isBraced ? to - 2 : to - 1)
  if (to - from !== 2) return undefined
  const { value, places } = readNumber(tokens[from].text)
  const changed = changedBy(word, numberOf(value, places), tokens[from].text === '1')
  return changed && expressionAnswer(changed)
}

/** `18th`, `18\text{th}`, `18^{\text{th}}`: the ending is at `at`. */
function readPlace(tokens: readonly Token[], from: number, at: number): Answer | undefined {
  let end = at
  if (tokens[end - 1].text === '{') end--
  if (tokens[end - 1].text === '^') end--
  if (end !== from + 1 || tokens[at].isSpaced || !/^\d{1,18}$/.test(tokens[from].text)) return undefined
  return placeInOrder(BigInt(tokens[from].text))
}

/** A place in an order: equal to the number and to the same place. */
export function placeInOrder(value: bigint | number): Answer {
  return { kind: 'expression', expression: numberOf(rational(BigInt(value))), unit: 'ordinal' }
}

function changedBy(word: string, value: Expression, isOne: boolean): Expression | undefined {
  if (word === 'squared') return power(value, integer(2))
  if (word === 'cubed') return power(value, integer(3))
  if (word === 'factorial') return call('factorial', value)
  const parts = partsOfWhole(word, isOne)
  return parts === undefined ? undefined : quotient(value, integer(parts))
}
