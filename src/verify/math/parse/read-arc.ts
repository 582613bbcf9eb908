// Minutes and seconds of arc, and feet and inches, which are written with the same marks: `60'`, `30^\circ 15' 20''`,
// `5'6''`. Without degrees two marks are feet and inches, one alone is an angle.
import type { Answer } from '../answer.ts'
import { expressionAnswer } from './answer-reading.ts'
import { integer, negative, numberOf, product, quotient, sum } from './build-expression.ts'
import { readNumber } from './read-number.ts'
import type { Token } from './token.ts'

/** How many of the mark make a degree. */
const marks = [1, 60, 3600] as const

/** The amount when `[from, to)` is numbers with marks, the last of which is a prime; undefined otherwise. */
export function readArc(tokens: readonly Token[], from: number, to: number): Answer | undefined {
  const end = tokens[to - 1].text === '}' ? to - 2 : to - 1
  if (!isPrime(tokens[end]) || to - from > 16) return undefined
  const isNegative = tokens[from].text === '-'
  const values: (readonly [value: ReturnType<typeof numberOf>, size: number])[] = []
  let at = isNegative ? from + 1 : from
  while (at < to) {
    if (tokens[at].kind !== 'number') return undefined
    const { value, places } = readNumber(tokens[at].text)
    const mark = readMark(tokens, at + 1, to)
    const last = values.at(-1)
    if (mark === undefined || (last !== undefined && last[1] >= mark.size)) return undefined
    values.push([numberOf(value, places), mark.size])
    at = mark.end
  }
  const [[first, size], second] = values
  const isLength = size === 60 && second !== undefined
  const amount = isLength
    ? sum([product([first, integer(12)]), second[0]])
    : sum(values.map(([value, each]) => (each === 1 ? value : quotient(value, integer(each)))))
  return { ...expressionAnswer(isNegative ? negative(amount) : amount), unit: isLength ? 'inch' : 'degree' }
}

function isPrime(token: Token | undefined): boolean {
  return token?.kind === 'operator' && token.text === "'"
}

/** The mark at `at`, raised or not: `°`, `'`, `''`. */
function readMark(tokens: readonly Token[], at: number, to: number): { size: number; end: number } | undefined {
  const isRaised = tokens[at]?.text === '^'
  const isBraced = isRaised && tokens[at + 1]?.text === '{'
  let end = at + (isBraced ? 2 : isRaised ? 1 : 0)
  let primes = 0
  while (end < to && isPrime(tokens[end])) {
    end++
    primes++
  }
  if (primes === 0 && end < to && tokens[end].kind === 'degree') end++
  else if (primes === 0 || primes > 2) return undefined
  if (isBraced && tokens[end]?.text !== '}') return undefined
  return { size: marks[primes], end: isBraced ? end + 1 : end }
}
