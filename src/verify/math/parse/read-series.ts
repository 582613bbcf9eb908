// Finite sums and products, `\sum_{k=1}^{10} k^2`: computed when their terms are rational, written out when there are few.
// Others, up to n or to infinity, are not read and stay text.
import type { Expression, Rational } from '../expression.ts'
import { integer, numberOf, one, product, sum } from './build-expression.ts'
import { type Cursor, deeper, isBracket, isOperator, spend, within } from './cursor.ts'
import { add, exactValue, multiply } from './exact-value.ts'
import { Unreadable } from './unreadable.ts'

const mostTerms = 1_000
const mostNodes = 1_200

interface Bounds {
  readonly name: string
  readonly low: bigint
  readonly high: bigint
}

/** Reads bounds and body; the sign is already behind the cursor. */
export function readSeries(c: Cursor, sign: 'sum' | 'prod'): Expression {
  const { name, low, high } = readBounds(c)
  const body = deeper(c, c.rules.term)
  if (high < low || high - low >= mostTerms) throw new Unreadable('a sum that is not written out')
  const visit = (): void => spend(c.reading)
  let total: Rational | undefined = sign === 'sum' ? { top: 0n, bottom: 1n } : one
  for (let value = low; value <= high && total !== undefined; value++) {
    const term = exactValue(body, { name, value }, visit)
    total = term && (sign === 'sum' ? add(total, term) : multiply(total, term))
  }
  if (total !== undefined) return numberOf(total)
  const count = Number(high - low) + 1
  if (count * sizeOf(body) > mostNodes) throw new Unreadable('a sum that is too long')
  const terms = Array.from({ length: count }, (_, i) => replaced(body, name, integer(low + BigInt(i))))
  return sign === 'sum' ? sum(terms) : product(terms)
}

/** `_{k=1}^{10}` in either order. */
function readBounds(c: Cursor): Bounds {
  let lower: { readonly name: string; readonly low: bigint } | undefined
  let high: bigint | undefined
  while (lower === undefined || high === undefined) {
    if (lower === undefined && isOperator(c, '_')) lower = readLower(c)
    else if (high === undefined && isOperator(c, '^')) {
      const open = ++c.at
      const isBraced = isBracket(c, '{')
      const close = isBraced ? c.match[open] : open + 1
      high = readInteger(c, isBraced ? open + 1 : open, close, isBraced ? close + 1 : close)
    } else throw new Unreadable('a sum without bounds')
  }
  return { ...lower, high }
}

function readLower(c: Cursor): { readonly name: string; readonly low: bigint } {
  const open = ++c.at
  const close = c.match[open]
  const [index, equals] = [c.tokens[open + 1], c.tokens[open + 2]]
  const isIndex = index?.kind === 'name' || (index?.kind === 'word' && index.text.length === 1)
  if (!isBracket(c, '{') || close < open + 4 || equals.text !== '=' || !isIndex) throw new Unreadable('no index')
  return { name: index.text, low: readInteger(c, open + 3, close, close + 1) }
}

function readInteger(c: Cursor, from: number, to: number, next: number): bigint {
  const value = exactValue(within(c, from, to, next, c.rules.sum), undefined, () => spend(c.reading))
  if (value?.bottom !== 1n) throw new Unreadable('a bound that is no integer')
  return value.top
}

function sizeOf(e: Expression): number {
  return partsOf(e).reduce((size, part) => size + sizeOf(part), 1)
}

function partsOf(e: Expression): readonly Expression[] {
  switch (e.kind) {
    case 'sum':
      return e.terms
    case 'product':
      return e.factors
    case 'quotient':
      return [e.top, e.bottom]
    case 'power':
      return [e.base, e.exponent]
    case 'negative':
    case 'plus-minus':
      return [e.of]
    case 'call':
    case 'unknown-call':
      return e.arguments
    default:
      return []
  }
}

/** The expression with a value in the place of its index. */
function replaced(e: Expression, name: string, value: Expression): Expression {
  const of = (part: Expression): Expression => replaced(part, name, value)
  switch (e.kind) {
    case 'symbol':
    case 'constant':
      return e.name === name ? value : e
    case 'sum':
      return { ...e, terms: e.terms.map(of) }
    case 'product':
      return { ...e, factors: e.factors.map(of) }
    case 'quotient':
      return { ...e, top: of(e.top), bottom: of(e.bottom) }
    case 'power':
      return { ...e, base: of(e.base), exponent: of(e.exponent) }
    case 'negative':
    case 'plus-minus':
      return { ...e, of: of(e.of) }
    case 'call':
    case 'unknown-call':
      return { ...e, arguments: e.arguments.map(of) }
    case 'number':
      return e
    default:
      return e satisfies never
  }
}
