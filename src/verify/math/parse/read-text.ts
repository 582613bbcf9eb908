// Answers in words: lower case, single spaces, no articles, no final stop. Mathematics that the grammar does not know
// keeps its signs, so that it is still equal to itself.
import type { Answer } from '../answer.ts'
import type { Expression } from '../expression.ts'
import { boundLetters } from './bound-letters.ts'
import { integer, negative, quotient, sum } from './build-expression.ts'
import { isNumberWord, isOrderWord, partsOfWhole, readNumberWords, readOrderWords } from './number-words.ts'
import { isMonth, plainPhrase, setPhrases } from './phrases.ts'
import { readUnit } from './read-unit.ts'
import type { Token } from './token.ts'
import { findUnit } from './unit-table.ts'
import { Unreadable } from './unreadable.ts'
import { placeInOrder } from './value-words.ts'
import { functionSpellings, gluedFunction, isMathWord, isProductOfLetters } from './words.ts'

const articles = new Set(['a', 'an', 'the'])
const longestText = 2_000
const longestSpelled = 12
/** The mathematical letter 𝐴, whose lower case is itself. */
const firstCapital = 0x1d434
/** Words of a function by cases that say no more than the column they stand in. */
const caseWords = new Set(['if', 'for', 'when', 'where'])
const orderEndings = new Set(['st', 'nd', 'rd', 'th'])

/** The tokens in `[from, to)` as text. Words keep their spaces; elsewhere only what would run together has one. */
export function textOf(tokens: readonly Token[], from: number, to: number): string {
  let end = to
  while (end > from && tokens[end - 1].kind === 'stop') end--
  let isProse = true
  let hasMonth = false
  for (let at = from; at < end && isProse; at++) {
    isProse = isProseToken(tokens[at])
    hasMonth ||= isMonth(tokens[at].text.toLowerCase())
  }
  const isCases = tokens[from]?.kind === 'begin' && tokens[from].text === 'cases'
  const bound = isProse ? undefined : boundLetters(tokens, from, end)
  let text = ''
  let wasWordy = false
  let isApart = false
  for (let at = from; at < end; at++) {
    const { kind, text: own, isSpaced } = tokens[at]
    isApart ||= isSpaced
    const word = own.toLowerCase()
    if (kind === 'word' && articles.has(word) && end - from > 1 && isProse) continue
    if (hasMonth && isProse && orderEndings.has(word) && tokens[at - 1]?.kind === 'number') continue
    if (isCases && isCaseFiller(tokens, at, end)) continue
    // {}^{14}C is ^{14}C.
    if ((own === '{' && tokens[at + 1]?.text === '}') || (own === '}' && tokens[at - 1]?.text === '{')) continue
    if (kind === 'bracket' && (own === '{' || own === '}')) {
      isApart = true
      if (isSingleBrace(tokens, at, own)) continue
    }
    const isWordy = kind === 'word' || kind === 'number' || kind === 'name' || own.length > 2
    if (text !== '' && (isProse ? isApart : wasWordy && isWordy)) text += ' '
    text += isProse ? word : signText(tokens[at], bound?.get(at))
    wasWordy = isWordy
    isApart = false
    // A text that is cut would be equal to others that begin alike.
    if (text.length > longestText) throw new Unreadable('a text that is too long', true)
  }
  return plainPhrase(text)
}

/** A token among signs. Capitals that are letters of mathematics keep their case by letters that have only one. */
function signText(token: Token, renamed: string | undefined): string {
  const { kind, text, inText, isCross } = token
  if (text === '\\{' || text === '\\}') return text[1]
  if (isCross) return '×'
  if (renamed !== undefined) return renamed
  const isNames = kind === 'word' && !inText && text.length <= 4 && text === text.toUpperCase()
  if (!isNames) return text.toLowerCase()
  return [...text].map((letter) => String.fromCodePoint(firstCapital + letter.charCodeAt(0) - 65)).join('')
}

/** In `x, & \text{if } x > 0,` the commas at the end of a column and the word. */
function isCaseFiller(tokens: readonly Token[], at: number, end: number): boolean {
  const { kind, text } = tokens[at]
  if (kind === 'word') return caseWords.has(text.toLowerCase()) && tokens[at - 1].kind === 'cell'
  const next = tokens[at + 1]?.kind
  const isMark = (kind === 'separator' && text === ',') || kind === 'stop'
  return isMark && at + 1 < end && (next === 'cell' || next === 'row' || next === 'end')
}

function isProseToken({ kind, text }: Token): boolean {
  if (kind === 'word' || kind === 'number' || kind === 'separator' || kind === 'stop') return true
  return kind === 'operator' && (text === '-' || text === "'")
}

/** Braces around one token say nothing: \int_{0} is \int_0. */
function isSingleBrace(tokens: readonly Token[], at: number, brace: string): boolean {
  return brace === '{' ? tokens[at + 2]?.text === '}' : tokens[at - 2]?.text === '{'
}

/** The answer when `[from, to)` is words and nothing else; undefined otherwise. */
export function readWords(tokens: readonly Token[], from: number, to: number): Answer | undefined {
  let hasWord = false
  // "x cm" is a value with a unit.
  const isLetter = tokens[from].text.length === 1 && !tokens[from].inText && !articles.has(tokens[from].text)
  if (isLetter && to > from + 1 && findUnit(tokens[from + 1].text) !== undefined) return undefined
  for (let at = from; at < to; at++) {
    const { kind, text, inText } = tokens[at]
    const isJoint = kind === 'stop' || (kind === 'operator' && (text === '-' || text === "'") && !tokens[at].isSpaced)
    if (kind !== 'word' && !isJoint) return undefined
    if (kind === 'word' && text.length > 1 && !readsAsMath(text, inText, to - from)) hasWord = true
  }
  if (!hasWord || isSignedMath(tokens, from, to)) return undefined
  const text = textOf(tokens, from, to)
  const number = readSpelled(text.replaceAll('-', ' ').split(' '), isArticle(tokens[from]))
  if (number !== undefined) return number
  const counted = readCounted(tokens, from, to)
  if (counted !== undefined) return counted
  const set = setPhrases.get(text)
  if (set === 'empty') return { kind: 'set', items: [] }
  return set === undefined ? { kind: 'text', text } : { kind: 'named-set', name: set }
}

const collectives: ReadonlyMap<string, number> = new Map([
  ['dozen', 12],
  ['hundred', 100],
  ['thousand', 1_000],
  ['million', 1_000_000],
])

/** "five days", "a dozen"; other nouns make a text of it. */
function readCounted(tokens: readonly Token[], from: number, to: number): Answer | undefined {
  const words: string[] = []
  let at = from
  for (; at < to && at < from + longestSpelled; at++) {
    const word = tokens[at].text.toLowerCase()
    if (isNumberWord(word) || (word === 'and' && words.length > 0)) words.push(word)
    else if (word !== '-' || at === from) break
  }
  const collective = to === from + 2 && isArticle(tokens[from]) ? collectives.get(tokens[from + 1].text) : undefined
  if (collective !== undefined) return { kind: 'expression', expression: integer(collective) }
  if (at === from || at === to || findUnit(tokens[at].text) === undefined) return undefined
  const value = readNumberWords(words)
  const unit = value === undefined ? undefined : readUnit(tokens, at, to)
  return value === undefined || unit === undefined
    ? undefined
    : { kind: 'expression', expression: integer(value), unit }
}

/** "minus x", "negative infinity" */
function isSignedMath(tokens: readonly Token[], from: number, to: number): boolean {
  if (to - from !== 2 || tokens[from].kind !== 'word' || !signWords.has(tokens[from].text.toLowerCase())) return false
  return readsAsMath(tokens[from + 1].text, tokens[from + 1].inText, 2)
}

function isArticle({ text }: Token): boolean {
  return text.length < 3 && articles.has(text.toLowerCase()) // a, an
}

const signWords: ReadonlyMap<string, -1 | 1> = new Map([
  ['minus', -1],
  ['negative', -1],
  ['positive', 1],
])

/** A number that words spell: "negative five", "two thirds", "a third", and the place "third". */
function readSpelled(words: readonly string[], isOneOf: boolean): Answer | undefined {
  const last = words[words.length - 1]
  const sign = signWords.get(words[0])
  if (!isNumberWord(last) && !isOrderWord(last) && last !== 'second') return undefined
  const plain = sign === undefined ? words : words.slice(1)
  if (!plain.every((word, i) => isNumberWord(word) || word === 'and' || i === plain.length - 1)) return undefined
  const value = spelledValue(plain, isOneOf)
  if (value !== undefined) return { kind: 'expression', expression: sign === -1 ? negative(value) : value }
  const place = sign === undefined && !isOneOf ? readOrderWords(plain) : undefined
  return place === undefined ? undefined : placeInOrder(place)
}

/** "one hundred and five", "two thirds", "two and a half". */
function spelledValue(words: readonly string[], isOneOf: boolean): Expression | undefined {
  const whole = readNumberWords(words)
  if (whole !== undefined) return integer(whole)
  const and = words.lastIndexOf('and')
  if (and < 0) return spelledFraction(words, isOneOf)
  const before = readNumberWords(words.slice(0, and))
  const fraction = spelledFraction(words.slice(and + 1), true)
  // One hundred and five thirds may be two things.
  const isClear = before !== undefined && before < 100
  return isClear && fraction !== undefined ? sum([integer(before), fraction]) : undefined
}

function spelledFraction(words: readonly string[], isOneOf: boolean): Expression | undefined {
  const last = words[words.length - 1]
  const isOne = words.length === 1 && (isOneOf || last === 'half')
  const count = isOne ? 1 : readNumberWords(words.slice(0, -1))
  const parts = count === undefined ? undefined : partsOfWhole(last, count === 1)
  return count === undefined || parts === undefined ? undefined : quotient(integer(count), integer(parts))
}

/** Capitals alone are names of points or several choices, whose order may matter, and no product. */
function readsAsMath(word: string, inText: boolean, length: number): boolean {
  if (length === 1 && word.length > 1 && word === word.toUpperCase() && !isMathWord(word)) return false
  if (!inText && gluedFunction(word) !== undefined) return true
  if (length === 1 && functionSpellings.has(word)) return false
  return isMathWord(word) || isProductOfLetters(word, inText)
}
