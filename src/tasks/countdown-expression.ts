// Reads an expression over + - * / and parentheses, such as `(44+19)+35=98`, with exact values, taking each number
// from a pool at most once. A small recursive parser with limits on length and depth; it never throws.
import type { Fraction, Operator } from './fraction.ts'
import { combine, equal, showFraction } from './fraction.ts'

const maxLength = 500
const maxDepth = 20
const maxDigits = 12

/** The value of an expression, or why it has none. */
export type Reading = { readonly value: Fraction } | { readonly problem: string }

/** A pool of values of which each copy can be taken once. */
export function takeFrom(pool: Fraction[], value: Fraction): boolean {
  const at = pool.findIndex((have) => equal(have, value))
  if (at < 0) return false
  pool.splice(at, 1)
  return true
}

/** Evaluates `text`, which may end with `=` and its value. There is no unary minus. */
export function readExpression(text: string, numbers: readonly Fraction[]): Reading {
  if (text.length > maxLength) return { problem: `longer than ${maxLength} characters` }
  const pool = [...numbers]
  let at = 0
  let problem: string | undefined

  const fail = (what: string): undefined => {
    problem ??= what
    return undefined
  }
  const skipSpaces = (): void => {
    while (text[at] === ' ' || text[at] === '\t') at++
  }
  const accept = (wanted: string): string | undefined => {
    skipSpaces()
    const char = at < text.length ? text[at] : undefined
    if (char === undefined || !wanted.includes(char)) return undefined
    at++
    return char
  }
  const digits = (): Fraction | undefined => {
    skipSpaces()
    const start = at
    while (at < text.length && text[at] >= '0' && text[at] <= '9') at++
    const found = text.slice(start, at)
    if (found === '') return fail(at < text.length ? `unexpected ${JSON.stringify(text[at])}` : 'it ends too early')
    if (found.length > maxDigits) return fail('a number has too many digits')
    if (found.length > 1 && found[0] === '0') return fail(`${found} is not a plain number`)
    return { top: BigInt(found), bottom: 1n }
  }
  const factor = (depth: number): Fraction | undefined => {
    if (accept('(') === undefined) {
      const value = digits()
      if (value === undefined || takeFrom(pool, value)) return value
      return fail(`${showFraction(value)} is not available`)
    }
    if (depth >= maxDepth) return fail(`more than ${maxDepth} parentheses deep`)
    const inner = sum(depth + 1)
    if (inner === undefined) return undefined
    return accept(')') === undefined ? fail('a parenthesis is not closed') : inner
  }
  const leftToRight = (operators: string, operand: () => Fraction | undefined): Fraction | undefined => {
    let value = operand()
    while (value !== undefined) {
      const operator = accept(operators)
      if (operator === undefined) return value
      const next = operand()
      if (next === undefined) return undefined
      value = combine(value, operator as Operator, next) ?? fail('a division by zero')
    }
    return undefined
  }
  const product = (depth: number): Fraction | undefined => leftToRight('*/', () => factor(depth))
  const sum = (depth: number): Fraction | undefined => leftToRight('+-', () => product(depth))

  const value = sum(0)
  if (value !== undefined && accept('=') !== undefined) {
    const claimed = digits()
    if (claimed !== undefined && !equal(claimed, value)) {
      fail(`it is ${showFraction(value)}, not ${showFraction(claimed)}`)
    }
  }
  skipSpaces()
  if (problem === undefined && at < text.length) fail(`unexpected ${JSON.stringify(text[at])}`)
  return value === undefined || problem !== undefined ? { problem: problem ?? 'no expression' } : { value }
}
