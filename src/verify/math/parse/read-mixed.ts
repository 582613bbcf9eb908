// Mixed numbers: `1\frac{1}{2}` and `1 1/2` are one and a half. Only whole digits on all three places count.
import type { Expression } from '../expression.ts'
import { integer, quotient, sum } from './build-expression.ts'
import type { Cursor } from './cursor.ts'
import type { Token } from './token.ts'

/** The mixed number whose whole part is the factor from `start` to the cursor; undefined leaves the cursor alone. */
export function readMixed(c: Cursor, start: number, whole: Expression): Expression | undefined {
  if (c.at !== start + 1 || c.letter > 0 || !isWhole(c.tokens[start])) return undefined
  const token = c.tokens[c.at]
  const fraction = token.kind === 'command' && token.text === 'frac' ? latexFraction(c) : plainFraction(c)
  if (fraction === undefined) return undefined
  c.at = fraction.end
  c.sawMixed = true
  return sum([whole, quotient(integer(fraction.top), integer(fraction.bottom))])
}

interface WholeFraction {
  readonly top: bigint
  readonly bottom: bigint
  readonly end: number
}

function plainFraction(c: Cursor): WholeFraction | undefined {
  const top = c.tokens[c.at]
  const bottom = c.tokens[c.at + 2]
  if (c.at + 2 >= c.end || c.tokens[c.at + 1].text !== '/' || !isWhole(top) || !isWhole(bottom)) return undefined
  return { top: BigInt(top.text), bottom: BigInt(bottom.text), end: c.at + 3 }
}

function latexFraction(c: Cursor): WholeFraction | undefined {
  const top = wholeArgument(c, c.at + 1)
  const bottom = top === undefined ? undefined : wholeArgument(c, top.end)
  if (top === undefined || bottom === undefined) return undefined
  return { top: top.value, bottom: bottom.value, end: bottom.end }
}

function wholeArgument(c: Cursor, at: number): { readonly value: bigint; readonly end: number } | undefined {
  if (at >= c.end) return undefined
  const token = c.tokens[at]
  if (isWhole(token)) return token.text.length === 1 ? { value: BigInt(token.text), end: at + 1 } : undefined
  const isGroup = token.kind === 'bracket' && token.text === '{' && c.match[at] === at + 2
  return isGroup && isWhole(c.tokens[at + 1]) ? { value: BigInt(c.tokens[at + 1].text), end: at + 3 } : undefined
}

function isWhole(token: Token | undefined): boolean {
  return token?.kind === 'number' && /^\d{1,30}$/.test(token.text)
}
