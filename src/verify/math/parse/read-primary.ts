// What an expression is made of: numbers, letters, groups, bars, roots, fractions, calls. A run of letters is read one
// letter at a time, so that in xy^2 the power belongs to y.
import type { Expression } from '../expression.ts'
import { placesAtTop } from './brackets.ts'
import { call, integer, numberOf, product, quotient, root, symbol } from './build-expression.ts'
import { greekNames } from './commands.ts'
import { type Cursor, deeper, inBrackets, isBracket, isOperator, peek, spend, within } from './cursor.ts'
import { readScriptedCombination } from './read-combination.ts'
import { readDerivative, readPlainDerivative } from './read-derivative.ts'
import { readFunction } from './read-function.ts'
import { readLetter } from './read-letter.ts'
import { readInBase, readNumber } from './read-number.ts'
import { readSeries } from './read-series.ts'
import { Unreadable } from './unreadable.ts'
import { constantSpellings, functionSpellings, gluedFunction, isProductOfLetters, scaleWords } from './words.ts'

/** An angle in degrees, in radians. */
export function degrees(value: Expression): Expression {
  return product([value, quotient({ kind: 'constant', name: 'pi' }, integer(180))])
}

/** Reads one operand; throws {@link Unreadable} when none begins here. */
export function readPrimary(c: Cursor): Expression {
  const token = peek(c)
  if (token === undefined) throw new Unreadable('a value is missing')
  switch (token.kind) {
    case 'number':
      return readNumberToken(c, token.text)
    case 'word':
      return readWord(c, token.text, token.inText)
    case 'name':
      c.at++
      return readLetter(c, token.text)
    case 'constant':
      c.at++
      return { kind: 'constant', name: token.text === 'pi' ? 'pi' : 'infinity' }
    case 'function':
      c.at++
      return readFunction(c, token.text)
    case 'bracket':
      return readScriptedCombination(c) ?? readGroup(c, token.text)
    case 'bar':
      return readBars(c)
    case 'command':
      return readCommand(c, token.text)
    case 'operator': {
      const combination = readScriptedCombination(c)
      if (combination !== undefined) return combination
      throw new Unreadable('a sign is no value')
    }
    default:
      throw new Unreadable(`'${token.text.slice(0, 20)}' is no value`)
  }
}

function readNumberToken(c: Cursor, text: string): Expression {
  c.at++
  if (isOperator(c, '_')) return readBased(c, text)
  const written = readNumber(text)
  return numberOf(written.value, written.places)
}

/** `1011_2` inside an expression; as a whole answer it keeps its base, see read-based.ts. */
function readBased(c: Cursor, digits: string): Expression {
  c.at++
  const base = isBracket(c, '{') ? inBrackets(c, c.rules.sum) : within(c, c.at, c.at + 1, c.at + 1, c.rules.sum)
  const isBase = base.kind === 'number' && base.value.bottom === 1n && base.value.top <= 36n
  const value = isBase ? readInBase(digits, Number(base.value.top)) : undefined
  if (value === undefined) throw new Unreadable('an index behind a number is no base')
  return numberOf(value)
}

function readWord(c: Cursor, word: string, inText: boolean): Expression {
  if (c.letter === 0) {
    const derivative = word[0] === 'd' ? readPlainDerivative(c) : undefined
    if (derivative !== undefined) return derivative
    const constant = constantSpellings.get(word)
    if (functionSpellings.has(word) || constant !== undefined || greekNames.has(word)) {
      c.at++
      if (constant !== undefined) return { kind: 'constant', name: constant }
      return greekNames.has(word) ? readLetter(c, word) : readFunction(c, word)
    }
    const glued = inText ? undefined : gluedFunction(word)
    if (glued !== undefined) {
      c.letter = glued.length
      return readFunction(c, glued)
    }
    const scale = scaleWords.get(word.toLowerCase())
    if (scale !== undefined) {
      c.at++
      return integer(scale)
    }
    if (!isProductOfLetters(word, inText)) throw new Unreadable(`'${word.slice(0, 20)}' is a word`)
  }
  const letter = word[c.letter]
  c.letter++
  if (c.letter < word.length) return readLetter(c, letter)
  c.letter = 0
  c.at++
  return readLetter(c, letter)
}

function readGroup(c: Cursor, open: string): Expression {
  const close = c.match[c.at]
  if (close <= c.at || close >= c.end) throw new Unreadable('a bracket is not closed')
  const closing = c.tokens[close].text
  switch (open) {
    case '(':
      if (closing !== ')') throw new Unreadable('a bracket of two kinds')
      return inBrackets(c, c.rules.sum)
    case '[':
      if (closing !== ']') throw new Unreadable('a bracket of two kinds')
      return inBrackets(c, c.rules.sum)
    case '{':
      return readBraces(c)
    case '⌊':
      return call('floor', inBrackets(c, c.rules.sum))
    case '⌈':
      return call('ceil', inBrackets(c, c.rules.sum))
    case '|(':
      return call('abs', inBrackets(c, c.rules.sum))
    default:
      throw new Unreadable(`'${open}' opens no value`)
  }
}

/** `{n \choose k}` and `{a \over b}` split their braces; other braces group. */
function readBraces(c: Cursor): Expression {
  return inBrackets(c, (inner) => readSplit(inner) ?? inner.rules.sum(inner))
}

/** `n \choose k` and `a \over b` when they split all that is left at the cursor; undefined otherwise. */
export function readSplit(c: Cursor): Expression | undefined {
  const { at: from, end } = c
  const isSplit = (text: string): boolean => text === 'choose' || text === 'over'
  spend(c.reading, end - from)
  const [at] = placesAtTop(c.tokens, c.match, from, end, (t) => t.kind === 'command' && isSplit(t.text))
  if (at === undefined) return undefined
  const top = within(c, from, at, at, c.rules.sum)
  const bottom = within(c, at + 1, end, end, c.rules.sum)
  return c.tokens[at].text === 'over' ? quotient(top, bottom) : call('binomial', top, bottom)
}

function readBars(c: Cursor): Expression {
  c.at++
  c.bars++
  const of = deeper(c, c.rules.sum)
  if (peek(c)?.kind !== 'bar') throw new Unreadable('a bar is not closed')
  c.at++
  c.bars--
  return call('abs', of)
}

function readCommand(c: Cursor, name: string): Expression {
  c.at++
  switch (name) {
    case 'frac': {
      const derivative = readDerivative(c)
      if (derivative !== undefined) return derivative
      const top = readArgument(c)
      return quotient(top, readArgument(c))
    }
    case 'binom': {
      const top = readArgument(c)
      return call('binomial', top, readArgument(c))
    }
    case 'sqrt': {
      const degree = isBracket(c, '[') ? inBrackets(c, c.rules.sum) : undefined
      return root(readArgument(c), degree)
    }
    case 'surd':
      return root(readArgument(c))
    case 'overline':
      return readOverline(c)
    case 'sum':
    case 'prod':
      return readSeries(c, name)
    default:
      throw new Unreadable(`\\${name} is no value`)
  }
}

function readArgument(c: Cursor): Expression {
  if (isBracket(c, '{')) return readBraces(c)
  return deeper(c, readPrimary)
}

/** Over a complex number the line is the conjugate; over letters it is a name, such as that of digits, and no product. */
function readOverline(c: Cursor): Expression {
  const from = c.at
  const of = readArgument(c)
  if (isComplex(of)) return call('conjugate', of)
  const inner = c.tokens.slice(from, c.at).filter(({ text }) => text !== '{' && text !== '}')
  const isName = inner.every(({ kind }) => kind === 'word' || kind === 'number' || kind === 'name')
  if (!isName || inner.length > 8) throw new Unreadable('a line over an expression')
  return symbol(`bar(${inner.map(({ text }) => text).join('')})`)
}

/** Whether i, z or w stands in it. */
function isComplex(e: Expression): boolean {
  switch (e.kind) {
    case 'constant':
      return e.name === 'i'
    case 'symbol':
      return /^[zw](?:_|$)/.test(e.name)
    case 'sum':
      return e.terms.some(isComplex)
    case 'product':
      return e.factors.some(isComplex)
    case 'quotient':
      return isComplex(e.top) || isComplex(e.bottom)
    case 'power':
      return isComplex(e.base) || isComplex(e.exponent)
    case 'negative':
      return isComplex(e.of)
    default:
      return false
  }
}
