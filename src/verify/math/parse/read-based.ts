// Numbers of another base as whole answers: `1011_2`, `3F_{16}`, `1011 base 2`, `121_{\text{three}}`. The value is
// converted; digits that the base lacks leave the value as written.
import type { Answer } from '../answer.ts'
import { numberOf, rational } from './build-expression.ts'
import { readNumberWords } from './number-words.ts'
import { readInBase } from './read-number.ts'
import type { Token } from './token.ts'

/** The number when `[from, to)` is digits with a base; undefined otherwise. */
export function readBased(tokens: readonly Token[], from: number, to: number): Answer | undefined {
  const prefixed = readPrefixed(tokens, from, to)
  if (prefixed !== undefined) return prefixed
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
  if (!/^[0-9A-Z]{1,2000}$/.test(digits)) return undefined
  const base = readBase(tokens, at, to)
  // Letters alone are variables but for those of base 16: FF, not A.
  if (!/[0-9]/.test(digits) && !(base === 16 && /^[A-F]{2,40}$/.test(digits))) return undefined
  if (base === undefined || base < 2 || base > 36) return undefined
  // x_2 and a1_2 are variables; digits with letters need a base that has them.
  const value = readInBase(digits, base) ?? (/^[0-9]{1,2000}$/.test(digits) ? rational(BigInt(digits)) : undefined)
  if (value === undefined) return undefined
  const signed = isNegative ? { top: -value.top, bottom: value.bottom } : value
  return { kind: 'expression', expression: numberOf(signed), base }
}

const prefixes: ReadonlyMap<string, number> = new Map([
  ['x', 16],
  ['o', 8],
  ['b', 2],
])

/** `0x2A`, `0b101`, as programs write them. */
function readPrefixed(tokens: readonly Token[], from: number, to: number): Answer | undefined {
  const isPrefix = tokens[from].text === '0' && to - from > 1 && to - from < 20 && tokens[from + 1].kind === 'word'
  const base = isPrefix ? prefixes.get(tokens[from + 1].text[0].toLowerCase()) : undefined
  if (base === undefined) return undefined
  let digits = ''
  for (let at = from + 1; at < to; at++) {
    if (tokens[at].isSpaced || (tokens[at].kind !== 'word' && tokens[at].kind !== 'number')) return undefined
    digits += tokens[at].text
  }
  const isHeld = /^[0-9A-Fa-f]{1,2000}$/.test(digits.slice(1))
  const value = isHeld ? readInBase(digits.slice(1), base) : undefined
  // 0xa is nought times x times a.
  if (value === undefined || !/[0-9A-F]/.test(digits)) return undefined
  return { kind: 'expression', expression: numberOf(value), base }
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
