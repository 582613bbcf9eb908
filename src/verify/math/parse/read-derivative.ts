// Derivatives in the notation of Leibniz, `\frac{dy}{dx}` and `dy/dx`: a name of one thing and no quotient.

import type { Expression } from '../expression.ts'
import { symbol } from './build-expression.ts'
import { type Cursor, isBracket } from './cursor.ts'
import { Unreadable } from './unreadable.ts'

const longest = 12

/** The derivative whose two groups stand at the cursor; undefined when it is a fraction. */
export function readDerivative(c: Cursor): Expression | undefined {
  if (!isBracket(c, '{') || !c.tokens[c.at + 1]?.text.startsWith('d')) return undefined
  const middle = c.match[c.at]
  const last = middle > c.at && middle + 1 < c.end ? c.match[middle + 1] : -1
  if (last <= middle || last >= c.end || c.tokens[middle + 1].text !== '{') return undefined
  const bottom = textBetween(c, middle + 1, last)
  if (!/^d(?:[a-z]|theta|phi|alpha|beta)(?:\^\d)?$/.test(bottom)) return undefined
  const top = textBetween(c, c.at, middle)
  // (d + 1)/(dx) is a quotient of variables, d f(x)/(dx) is not.
  if (/^d[-+*/±]/.test(top)) return undefined
  if (!/^d(?:\^\d)?[a-zA-Z]$/.test(top)) throw new Unreadable('a derivative of an expression')
  c.at = last + 1
  return symbol(`${top}/${bottom}`)
}

/** `dy/dx` at a word; undefined for anything else. */
export function readPlainDerivative(c: Cursor): Expression | undefined {
  const [top, slash, bottom] = [c.tokens[c.at], c.tokens[c.at + 1], c.tokens[c.at + 2]]
  if (c.at + 2 >= c.end || slash.text !== '/' || bottom.kind !== 'word') return undefined
  if (!/^d[a-zA-Z]$/.test(top.text) || !/^d[a-z]$/.test(bottom.text)) return undefined
  c.at += 3
  return symbol(`${top.text}/${bottom.text}`)
}

function textBetween(c: Cursor, open: number, close: number): string {
  if (close - open > longest) return 'd+'
  const inner = c.tokens.slice(open + 1, close).filter(({ text }) => text !== '{' && text !== '}')
  return inner.map(({ text }) => text).join('')
}
