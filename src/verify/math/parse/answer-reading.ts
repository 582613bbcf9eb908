// What the readers of answers share: the tokens, and the rules that containers call for what they hold. Small answers
// are made here too.
import type { Answer } from '../answer.ts'
import type { Expression } from '../expression.ts'
import { limits } from '../limits.ts'
import { placesAtTop } from './brackets.ts'
import { type Reading, spend } from './cursor.ts'
import type { Token } from './token.ts'
import { Unreadable } from './unreadable.ts'

/** Reads the tokens in `[from, to)`; throws {@link Unreadable}. */
export type AnswerRule = (reading: AnswerReading, from: number, to: number) => Answer

export interface AnswerReading extends Reading {
  /** Anything, several answers included. */
  readonly list: AnswerRule
  /** One answer: a relation, a set, a value. */
  readonly part: AnswerRule
}

export function expressionAnswer(expression: Expression): Answer {
  return { kind: 'expression', expression }
}

/** The parts between the separators at the top of `[from, to)`, none of which may be empty. */
export function splitAt(
  reading: AnswerReading,
  from: number,
  to: number,
  isPlace: (token: Token, at: number) => boolean,
): (readonly [from: number, to: number])[] {
  spend(reading, to - from)
  const places = placesAtTop(reading.tokens, reading.match, from, to, isPlace)
  const starts = [from, ...places.map((at) => at + 1)]
  if (starts.length > limits.items) throw new Unreadable('too many items', true)
  return starts.map((start, i) => [start, places[i] ?? to] as const)
}

/** Applies `rule` one container deeper. */
export function insideContainer<T>(reading: AnswerReading, rule: () => T): T {
  if (++reading.depth > limits.depth) throw new Unreadable('nested too deeply', true)
  const value = rule()
  reading.depth--
  return value
}

/** The items between commas in `[from, to)`; an empty stretch has none. */
export function readItems(reading: AnswerReading, from: number, to: number): Answer[] {
  if (from >= to) return []
  const parts = splitAt(reading, from, to, (token) => token.kind === 'separator')
  return insideContainer(reading, () => parts.map(([start, end]) => reading.part(reading, start, end)))
}
