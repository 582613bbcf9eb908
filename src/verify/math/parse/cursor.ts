// A place in the tokens and what has been seen on the way. The rules of the grammar are functions over a cursor; they
// call each other through `rules`, so that each group of rules has a file of its own without import cycles.
import type { Expression } from '../expression.ts'
import { limits } from '../limits.ts'
import type { Token } from './token.ts'
import { Unreadable } from './unreadable.ts'

/** What is to be read: shared by all cursors over one text. */
export interface Reading {
  readonly tokens: readonly Token[]
  readonly match: Int32Array
  readonly log: 'base-10' | 'natural' | 'either'
  /** Steps left; no text may cost more, however often its parts are tried. */
  stepsLeft: number
  /** Containers open around the part that is being read. */
  depth: number
}

/** The rules that are called from other files. */
export interface Rules {
  readonly sum: (c: Cursor) => Expression
  readonly factor: (c: Cursor) => Expression
  readonly term: (c: Cursor) => Expression
}

export interface Cursor {
  readonly reading: Reading
  readonly tokens: readonly Token[]
  readonly match: Int32Array
  readonly rules: Rules
  at: number
  end: number
  /** Letters of the word at `at` that are already read. */
  letter: number
  /** Bars without a side that are open. */
  bars: number
  depth: number
  /** Calls around this place: a degree sign there is a factor, elsewhere a unit. */
  calls: number
  sawDegree: boolean
  sawMixed: boolean
}

export function createReading(tokens: readonly Token[], match: Int32Array, log: Reading['log']): Reading {
  return { tokens, match, log, stepsLeft: 20 * limits.tokens, depth: 0 }
}

export function createCursor(reading: Reading, rules: Rules, from: number, to: number): Cursor {
  const { tokens, match } = reading
  const seen = { sawDegree: false, sawMixed: false }
  return { reading, tokens, match, rules, at: from, end: to, letter: 0, bars: 0, depth: 0, calls: 0, ...seen }
}

/** Counts steps; throws when the text has used up its share. */
export function spend(reading: Reading, steps = 1): void {
  reading.stepsLeft -= steps
  if (reading.stepsLeft < 0) throw new Unreadable('too much to read', true)
}

/** The token at the cursor, undefined at the end. */
export function peek(c: Cursor): Token | undefined {
  return c.at < c.end ? c.tokens[c.at] : undefined
}

/** Whether an operator with this text stands here, not inside a word. */
export function isOperator(c: Cursor, text: string): boolean {
  if (c.letter > 0 || c.at >= c.end) return false
  const token = c.tokens[c.at]
  return token.kind === 'operator' && token.text === text
}

export function isBracket(c: Cursor, text: string): boolean {
  if (c.letter > 0 || c.at >= c.end) return false
  const token = c.tokens[c.at]
  return token.kind === 'bracket' && token.text === text
}

/** Applies a rule one level deeper. */
export function deeper<T>(c: Cursor, rule: (c: Cursor) => T): T {
  spend(c.reading)
  if (++c.depth + c.reading.depth > limits.depth) throw new Unreadable('nested too deeply', true)
  const value = rule(c)
  c.depth--
  return value
}

/** Applies a rule to the tokens in `[from, to)`, all of which it must use, and goes on behind `next`. */
export function within<T>(c: Cursor, from: number, to: number, next: number, rule: (c: Cursor) => T): T {
  const { end, bars } = c
  if (to > end || from >= to) throw new Unreadable('a value is missing')
  c.at = from
  c.end = to
  c.bars = 0
  c.letter = 0
  const value = deeper(c, rule)
  if (c.at !== to || c.letter !== 0) throw new Unreadable('something is left over')
  c.at = next
  c.end = end
  c.bars = bars
  return value
}

/** Reads what the bracket at the cursor holds. */
export function inBrackets<T>(c: Cursor, rule: (c: Cursor) => T): T {
  const close = c.match[c.at]
  if (close <= c.at || close >= c.end) throw new Unreadable('a bracket is not closed')
  return within(c, c.at + 1, close, close + 1, rule)
}
