// Numbers of another base as whole answers: `1011_2`, `3F_{16}`, `1011 base 2`, `121_{\text{three}}`. The value is
// converted; digits that the base lacks leave the value as written.
import type { Answer } from '../answer.ts'
import { numberOf, rational } from './build-expression.ts'
import { readNumberWords } from './number-words.ts'
import { readInBase } from './read-number.ts'
import type { Token } from './token.ts'

/** The number when `[from, to)` is digits with a base; undefined otherwise. */
export function readBased(tokens: readonly Token[], from: number, to: number): Answer | undefined {
  if (to - from < 3 || to - from > 40) return undefined
  let at = from
  const isBracketed = tokens[at].text === '('
  if (isBracketed) at++
  const isNegative = tokens[at].text === '-'
  if (isNegative) at++
  let digits = ''
  while (at < to && (tokens[at].kind === 'number' || tokens[at].kind === 'word')) {
    if (digits !== '' && tokens[at].isSpaced) break
    digits += tokens[at].text
    at++
  }
  if (isBracketed && tokens[at]?.text === ')') at++
  else if (isBracketed) return undefined
  if (!/^[0-9A-Z]{1,2000}$/.test(digits) || !/[0-9]/.test(digits)) return undefined
  const base = readBase(tokens, at, to)
  if (base === undefined || base < 2 || base > 36) return undefined
  // x_2 and a1_2 are variables; digits with letters need a base that has them.
  const value = readInBase(digits, base) ?? (/^[0-9]{1,2000}$/.test(digits) ? rational(BigInt(digits)) : undefined)
  if (value === undefined) return undefined
  const signed = isNegative ? { top: -value.top, bottom: value.bottom } : value
  return { kind: 'expression', expression: numberOf(signed), base }
}

function readBase(tokens: readonly Token[], at: number, to: number): number | undefined {
  const words: string[] = []
  const isIndex = tokens[at]?.text === '_'
  for (let i = isIndex ? at + 1 : at; i < to; i++) {
    const { kind, text } = tokens[i]
    if (text === '{' || text === '}' || text === '(' || text === ')') continue
    if (kind !== 'word' && kind !== 'number') return undefined
    words.push(text.toLowerCase())
  }
  const named = words.filter((word) => word !== 'base' && word !== 'in')
  if (named.length !== 1 || (!isIndex && !words.includes('base'))) return undefined
  return /^[0-9]{1,2}$/.test(named[0]) ? Number(named[0]) : readNumberWords(named)
}
