// The grammar of expressions: sums of terms, terms of factors, powers. Products without a sign bind like those with
// one, so that 1/2x is x/2 as in most systems of algebra. Recursion is bounded by the cursor.
import type { Expression } from '../expression.ts'
import { limits } from '../limits.ts'
import { call, negative, power, product, quotient, sum } from './build-expression.ts'
import {
  type Cursor,
  createCursor,
  deeper,
  inBrackets,
  isBracket,
  isOperator,
  peek,
  type Reading,
  type Rules,
  spend,
} from './cursor.ts'
import { crossProduct, powerInOrder, productInOrder } from './ordered-product.ts'
import { readMixed } from './read-mixed.ts'
import { degrees, readPrimary, readSplit } from './read-primary.ts'
import type { Token } from './token.ts'
import { Unreadable } from './unreadable.ts'
import { gluedFunction, isMathWord, isProductOfLetters, scaleWords } from './words.ts'

/** An expression and what was seen in it. */
export interface ExpressionRead {
  readonly expression: Expression
  readonly sawDegree: boolean
  readonly sawMixed: boolean
}

/** Reads the tokens in `[from, to)` as one expression; throws {@link Unreadable}. */
export function readExpression(reading: Reading, from: number, to: number): ExpressionRead {
  const c = createCursor(reading, rules, from, to)
  const expression = readSplit(c) ?? readSum(c)
  if (c.at !== to || c.letter !== 0) throw new Unreadable('something is left over')
  return { expression, sawDegree: c.sawDegree, sawMixed: c.sawMixed }
}

const rules: Rules = { sum: readSum, factor: readFactor, term: readTerm }

type Sign = '+' | '-' | '±' | '∓'

/** The signs at the cursor as one: an even number of minus signs is a plus. Undefined when there is none. */
function readSigns(c: Cursor, isBehindValue = false): Sign | undefined {
  let sign: Sign | undefined
  for (;;) {
    const word = signWord(c, isBehindValue && sign === undefined)
    if (word === '-' || isOperator(c, '-')) sign = sign === '±' || sign === '∓' ? sign : sign === '-' ? '+' : '-'
    else if (word === '+' || isOperator(c, '+')) sign ??= '+'
    else if (isOperator(c, '±')) sign = '±'
    else if (isOperator(c, '∓')) sign = '∓'
    else return sign
    c.at++
  }
}

/** "minus 5", "negative 5", "7 plus 1"; "7 negative" is no sum. */
function signWord(c: Cursor, isBehindValue: boolean): '+' | '-' | undefined {
  if (c.letter > 0 || c.at >= c.end) return undefined
  const { kind, text } = c.tokens[c.at]
  if (kind !== 'word' || text.length < 4) return undefined
  const word = text.toLowerCase()
  // "plus-minus" is both signs.
  const next = c.tokens[c.at + 1]
  if (word === 'plus' && next?.text === '-' && !next.isSpaced) return undefined
  if (word === 'minus') return '-'
  if (word === 'plus') return '+'
  if (isBehindValue) return undefined
  return word === 'negative' ? '-' : word === 'positive' ? '+' : undefined
}

function signed(sign: Sign | undefined, value: Expression): Expression {
  if (sign === '-') return negative(value)
  if (sign === '∓') return { kind: 'plus-minus', of: value, isOpposite: true }
  return sign === '±' ? { kind: 'plus-minus', of: value } : value
}

function readSum(c: Cursor): Expression {
  const terms: Expression[] = []
  let sign = readSigns(c)
  do {
    terms.push(signed(sign, deeper(c, readTerm)))
    sign = c.letter === 0 ? readSigns(c, true) : undefined
  } while (sign !== undefined)
  return readModulus(c, sum(terms))
}

/** `3 \pmod 7`, `3 \pmod{7}`, `3 (mod 7)` behind a sum. */
function readModulus(c: Cursor, value: Expression): Expression {
  if (isOperator(c, 'pmod')) {
    c.at++
    const modulus = isBracket(c, '{') ? inBrackets(c, readSum) : deeper(c, readFactor)
    return call('mod', value, modulus)
  }
  if (!isBracket(c, '(') || !isModulus(c.tokens[c.at + 1])) return value
  const modulus = inBrackets(c, (inner) => {
    inner.at++
    return readSum(inner)
  })
  return call('mod', value, modulus)
}

function isModulus(token: Token | undefined): boolean {
  return token?.text === 'mod' && (token.kind === 'word' || token.kind === 'operator')
}

function readTerm(c: Cursor): Expression {
  let factors: Expression[] = []
  let divisions = 0
  let start = c.at
  factors.push(readFactor(c))
  for (;;) {
    spend(c.reading)
    const token = peek(c)
    if (token === undefined) break
    if (isOperator(c, '*')) {
      c.at++
      const right = readSignedFactor(c)
      const cross = token.isCross ? crossProduct(factors[factors.length - 1], right) : undefined
      if (cross === undefined) factors.push(right)
      else factors[factors.length - 1] = cross
    } else if (isOperator(c, '/')) {
      if (++divisions > limits.depth) throw new Unreadable('too many divisions', true)
      c.at++
      factors = [quotient(product(factors), readSignedFactor(c))]
    } else if (isModulus(token) && c.letter === 0) {
      c.at++
      factors = [call('mod', product(factors), readSignedFactor(c))]
    } else if (continuesTerm(c, token)) {
      const mixed = readMixed(c, start, factors[factors.length - 1])
      if (mixed === undefined) {
        start = c.at
        factors.push(readFactor(c))
      } else factors[factors.length - 1] = mixed
      continue
    } else break
    start = c.at
  }
  return productInOrder(factors)
}

function readSignedFactor(c: Cursor): Expression {
  return signed(readSigns(c), deeper(c, readFactor))
}

/** Whether a factor may begin here without a sign before it. */
function continuesTerm(c: Cursor, token: Token): boolean {
  if (c.letter > 0) return true
  switch (token.kind) {
    case 'number':
      // "1 2" and "x2" are no products; "1 1/2" is a mixed number.
      return mayPrecedeNumber(c)
    case 'word':
      if (scaleWords.has(token.text.toLowerCase())) return c.tokens[c.at - 1].kind === 'number'
      return isMathWord(token.text) || isProductOfLetters(token.text, token.inText) || !!gluedFunction(token.text)
    case 'name':
    case 'function':
    case 'constant':
      return true
    case 'command':
      return token.text !== 'choose' && token.text !== 'over'
    case 'bar':
      return c.bars === 0
    case 'bracket':
      if (token.text === '(' && isModulus(c.tokens[c.at + 1])) return false
      return c.match[c.at] > c.at && token.text !== '\\{' && token.text !== '⟨'
    default:
      return false
  }
}

function mayPrecedeNumber(c: Cursor): boolean {
  const before = c.tokens[c.at - 1]
  if (before.kind === 'bracket' || c.tokens[c.at - 2]?.text === 'sqrt') return true
  // 5!3! and \frac123, which is 3 halves.
  if (isFactorialSign(before)) {
    return c.tokens[c.at - 2]?.text === ')' || (c.at + 1 < c.end && isFactorialSign(c.tokens[c.at + 1]))
  }
  // 3 + i4
  if (before.text === 'i' && before.kind === 'word') return !c.tokens[c.at].isSpaced && isSign(c.tokens[c.at - 2])
  if (c.tokens[c.at - 3]?.text === 'frac' && c.tokens[c.at - 2].kind === 'number') {
    return before.text.length === 1 && !c.tokens[c.at].isSpaced
  }
  return before.kind === 'number' && c.tokens[c.at].isSpaced && c.tokens[c.at + 1]?.text === '/' && c.at + 2 < c.end
}

function isSign(token: Token | undefined): boolean {
  return token === undefined || (token.kind === 'operator' && '+-±'.includes(token.text))
}

function isFactorialSign({ kind, text }: Token): boolean {
  return kind === 'operator' && text === '!'
}

function readFactor(c: Cursor): Expression {
  spend(c.reading)
  let value = readPrimary(c)
  for (let applied = 0; c.letter === 0 && c.at < c.end; applied++) {
    if (applied > limits.depth) throw new Unreadable('too many signs behind a value', true)
    const afterDegree = degreeEnd(c)
    if (afterDegree !== undefined) {
      c.at = afterDegree
      if (c.calls > 0) value = degrees(value)
      else c.sawDegree = true
    } else if (isOperator(c, '!')) {
      c.at++
      const isDouble = isOperator(c, '!') && !c.tokens[c.at].isSpaced
      if (isDouble) c.at++
      value = call(isDouble ? 'double-factorial' : 'factorial', value)
    } else if (isOperator(c, '^')) {
      c.at++
      return powerInOrder(value, deeper(c, readExponent))
    } else break
  }
  return value
}

/** Behind `°`, `^\circ` or `^{\circ}`; undefined when none stands here. */
function degreeEnd(c: Cursor): number | undefined {
  const kindAt = (at: number): string => (at < c.end ? c.tokens[at].kind : '')
  // f \circ g is a composition.
  if (kindAt(c.at) === 'degree') return ['word', 'name'].includes(kindAt(c.at + 1)) ? undefined : c.at + 1
  if (!isOperator(c, '^')) return undefined
  if (kindAt(c.at + 1) === 'degree' || isRaisedO(c, c.at + 1)) return c.at + 2
  const isSign = kindAt(c.at + 2) === 'degree' || isRaisedO(c, c.at + 2)
  const isBraced = isBraceAt(c, c.at + 1) && isSign && c.match[c.at + 1] === c.at + 3
  return isBraced ? c.at + 4 : undefined
}

/** `30^o` of who has no other sign. */
function isRaisedO(c: Cursor, at: number): boolean {
  return at < c.end && c.tokens[at].text === 'o' && c.tokens[at].kind === 'word' && c.tokens[c.at - 1].kind === 'number'
}

function isBraceAt(c: Cursor, at: number): boolean {
  return at < c.end && c.tokens[at].kind === 'bracket' && c.tokens[at].text === '{'
}

function readExponent(c: Cursor): Expression {
  const sign = readSigns(c)
  if (isBracket(c, '{')) return signed(sign, inBrackets(c, readSum))
  const base = readPrimary(c)
  // 2^3^2 is 2^(3^2); the factorial of an exponent needs brackets.
  if (!isOperator(c, '^') || degreeEnd(c) !== undefined) return signed(sign, base)
  c.at++
  return signed(sign, power(base, deeper(c, readExponent)))
}
