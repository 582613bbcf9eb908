// Binomial coefficients and numbers of arrangements in the notations of schools: `C(10, 5)`, `C_{10}^5`, `{}_{10}C_5`,
// `^{10}P_3`, `C_n^k`. Only with plain integers and the usual letters: elsewhere C and P are names of points, constants
// and functions.
import type { Expression } from '../expression.ts'
import { call, integer, quotient, symbol } from './build-expression.ts'
import { type Cursor, isOperator } from './cursor.ts'

/** `{}_{10}C_5` whose first sign is at the cursor; undefined leaves the cursor alone. */
export function readScriptedCombination(c: Cursor): Expression | undefined {
  const from = c.at
  if (c.tokens[c.at]?.text === '{' && c.match[c.at] === c.at + 1) c.at += 2
  const n = readScript(c, '_') ?? readScript(c, '^')
  const upper = n === undefined ? readLetterScript(c, '_', upperLetters) : undefined
  const letter = c.at < c.end ? c.tokens[c.at] : undefined
  if (n !== undefined && letter?.kind === 'word' && (letter.text === 'C' || letter.text === 'P')) {
    c.at++
    const k = readScript(c, '_')
    if (k !== undefined) return letter.text === 'C' ? combination(n, k) : arrangement(n, k)
  }
  if (upper !== undefined && letter?.kind === 'word' && letter.text === 'C') {
    c.at++
    const lower = readLetterScript(c, '_', lowerLetters) ?? readInteger(c, '_')
    if (lower !== undefined) return call('binomial', upper, lower)
  }
  c.at = from
  return undefined
}

/** `C_{10}^5` behind its letter; undefined leaves the cursor alone. C_1 and C_2 are constants of integration. */
export function readIndexedCombination(c: Cursor): Expression | undefined {
  const from = c.at
  const n = readScript(c, '_')
  const k = n === undefined || n < 3n ? undefined : readScript(c, '^')
  if (n !== undefined && k !== undefined && k <= n) return combination(n, k)
  c.at = from
  const upper = readLetterScript(c, '_', upperLetters)
  const lower = upper && (readLetterScript(c, '^', lowerLetters) ?? readInteger(c, '^'))
  if (upper !== undefined && lower !== undefined) return call('binomial', upper, lower)
  c.at = from
  return undefined
}

/** `C(10, 5)` by its arguments. */
export function combinationOf(args: readonly Expression[]): Expression | undefined {
  if (args.length !== 2) return undefined
  const [upper, lower] = args
  const [n, k] = args.map((e) => (e.kind === 'number' && e.value.bottom === 1n ? e.value.top : undefined))
  const isOfLetter = upper.kind === 'symbol' && upperLetters.has(upper.name)
  if (isOfLetter && (k !== undefined || (lower.kind === 'symbol' && lowerLetters.has(lower.name))))
    return call('binomial', upper, lower)
  return n !== undefined && k !== undefined && k >= 0n && k <= n ? combination(n, k) : undefined
}

function combination(n: bigint, k: bigint): Expression {
  return call('binomial', integer(n), integer(k))
}

function arrangement(n: bigint, k: bigint): Expression | undefined {
  return k > n ? undefined : quotient(call('factorial', integer(n)), call('factorial', integer(n - k)))
}

/** Letters that stand for how many there are to choose from. */
export const upperLetters: ReadonlySet<string> = new Set(['n', 'm', 'N'])
const lowerLetters: ReadonlySet<string> = new Set(['k', 'r', 'm', 'j'])

/** A letter of `letters` behind `_` or `^`; undefined leaves the cursor alone. */
function readLetterScript(c: Cursor, sign: '_' | '^', letters: ReadonlySet<string>): Expression | undefined {
  if (!isOperator(c, sign)) return undefined
  const isBraced = c.tokens[c.at + 1]?.text === '{' && c.match[c.at + 1] === c.at + 3
  const token = c.tokens[c.at + (isBraced ? 2 : 1)]
  const end = c.at + (isBraced ? 4 : 2)
  if (end > c.end || token?.kind !== 'word' || !letters.has(token.text)) return undefined
  c.at = end
  return symbol(token.text)
}

function readInteger(c: Cursor, sign: '_' | '^'): Expression | undefined {
  const number = readScript(c, sign)
  return number === undefined ? undefined : integer(number)
}

/** The integer behind `_` or `^`; undefined leaves the cursor alone. */
function readScript(c: Cursor, sign: '_' | '^'): bigint | undefined {
  if (!isOperator(c, sign)) return undefined
  const isBraced = c.tokens[c.at + 1]?.text === '{' && c.match[c.at + 1] === c.at + 3
  const token = c.tokens[c.at + (isBraced ? 2 : 1)]
  const end = c.at + (isBraced ? 4 : 2)
  if (end > c.end || token?.kind !== 'number' || !/^\d{1,6}$/.test(token.text)) return undefined
  c.at = end
  return BigInt(token.text)
}
