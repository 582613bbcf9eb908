// One letter and what clings to it: an index, primes, brackets that make it a function. `e` and `i` alone are the
// constants; with an index they are variables.
import type { Expression } from '../expression.ts'
import { limits } from '../limits.ts'
import { placesAtTop } from './brackets.ts'
import { call, integer, symbol, unknownCall } from './build-expression.ts'
import { greekNames } from './commands.ts'
import { type Cursor, isBracket, isOperator } from './cursor.ts'
import { combinationOf, readIndexedCombination } from './read-combination.ts'
import { readBracketed } from './read-function.ts'
import { Unreadable } from './unreadable.ts'

/** Letters that name functions when brackets follow. */
const functionLetters = new Set(['f', 'g', 'h', 'F', 'G', 'H', 'P', 'Q', 'E', 'zeta', 'Gamma', 'Phi', 'Psi'])
/** Those of them that square brackets follow too: E[X]. */
const squareLetters = new Set(['f', 'g', 'h', 'F', 'G', 'H', 'P', 'E'])

const longestIndex = 40

/** Reads what follows a letter that is already behind the cursor. */
export function readLetter(c: Cursor, letter: string): Expression {
  if (c.letter > 0) return alone(letter)
  const combination = letter === 'C' ? readIndexedCombination(c) : undefined
  if (combination !== undefined) return combination
  let name = letter
  if (isOperator(c, '_')) name += `_${readIndex(c)}`
  name += readPrimes(c)
  const inverse = functionLetters.has(letter) ? inverseEnd(c) : undefined
  if (inverse !== undefined) {
    c.at = inverse
    return unknownCall(`${name}^-1`, readBracketed(c))
  }
  if ((isBracket(c, '(') || (isBracket(c, '[') && squareLetters.has(letter))) && isCall(c, letter)) {
    const args = readBracketed(c)
    const known = name === 'C' ? combinationOf(args) : name === 'Gamma' ? gammaOf(args) : undefined
    return known ?? unknownCall(name, args)
  }
  return name === letter ? alone(letter) : symbol(name)
}

/** \Gamma(n) of a whole number is (n - 1)!. */
function gammaOf([of, ...others]: readonly Expression[]): Expression | undefined {
  if (others.length > 0 || of.kind !== 'number' || of.value.bottom !== 1n) return undefined
  const { top } = of.value
  return top > 0n && top <= BigInt(limits.factorial) ? call('factorial', integer(top - 1n)) : undefined
}

function alone(letter: string): Expression {
  return letter === 'e' || letter === 'i' ? { kind: 'constant', name: letter } : symbol(letter)
}

function isCall(c: Cursor, letter: string): boolean {
  const close = c.match[c.at]
  const closing = c.tokens[c.at].text === '(' ? ')' : ']'
  if (close <= c.at + 1 || close >= c.end || c.tokens[close].text !== closing) return false
  if (functionLetters.has(letter) && !c.tokens[c.at].isSpaced) return true
  // Nobody puts brackets around a lone letter or number to multiply by it: \phi(12), x(t), y(0).
  if (letter !== 'e' && letter !== 'i' && isAlone(c) && isAtom(c, c.at + 1, close)) return true
  return placesAtTop(c.tokens, c.match, c.at + 1, close, (token) => token.kind === 'separator').length > 0
}

/** Whether the letter is no part of a longer run. */
function isAlone(c: Cursor): boolean {
  const { kind, text } = c.tokens[c.at - 1]
  return kind !== 'word' || text.length === 1 || greekNames.has(text)
}

/** One letter or number. Fractions and negative numbers may be factors. */
function isAtom(c: Cursor, from: number, to: number): boolean {
  const { kind, text } = c.tokens[from]
  return to === from + 1 && (['number', 'name', 'constant'].includes(kind) || (kind === 'word' && text.length === 1))
}

/** Behind `^{-1}` or `^-1` when a bracket follows. */
function inverseEnd(c: Cursor): number | undefined {
  if (!isOperator(c, '^')) return undefined
  const texts = c.tokens.slice(c.at + 1, c.at + 6).map((token) => token.text)
  const length = texts.slice(0, 5).join(' ') === '{ - 1 } (' ? 5 : texts.slice(0, 3).join(' ') === '- 1 (' ? 3 : 0
  return length > 0 && c.at + length < c.end ? c.at + length : undefined
}

function readPrimes(c: Cursor): string {
  let primes = ''
  for (;;) {
    const isPower = isOperator(c, '^') && c.at + 1 < c.end
    if (isOperator(c, "'")) c.at++
    else if (isPower && isPrime(c, c.at + 1)) c.at += 2
    else if (isPower && c.tokens[c.at + 1].text === '{' && isPrime(c, c.at + 2) && c.match[c.at + 1] === c.at + 3) {
      c.at += 4
    } else return primes
    if (primes.length > 8) throw new Unreadable('too many primes')
    primes += "'"
  }
}

function isPrime(c: Cursor, at: number): boolean {
  return at < c.end && c.tokens[at].kind === 'operator' && c.tokens[at].text === "'"
}

/** The index as text: `1`, `max`, `{n+1}`. */
function readIndex(c: Cursor): string {
  c.at++
  if (c.at >= c.end) throw new Unreadable('an index is missing')
  if (!isBracket(c, '{')) {
    const token = c.tokens[c.at]
    if (!['number', 'word', 'name', 'constant'].includes(token.kind)) throw new Unreadable('an index of a strange kind')
    c.at++
    return token.text
  }
  const close = c.match[c.at]
  if (close <= c.at + 1 || close >= c.end) throw new Unreadable('an index is not closed')
  const inner = c.tokens.slice(c.at + 1, close).filter((token) => token.text !== '{' && token.text !== '}')
  const text = inner.map((token) => token.text).join('')
  if (text.length > longestIndex) throw new Unreadable('an index that is too long')
  c.at = close + 1
  return /^[0-9A-Za-z]{1,40}$/.test(text) ? text : `{${text}}`
}
