// Answers in words: lower case, single spaces, no articles, no final stop. Mathematics that the grammar does not know
// keeps its signs, so that it is still equal to itself.
import type { Answer } from '../answer.ts'
import { integer } from './build-expression.ts'
import { isNumberWord, readNumberWords } from './number-words.ts'
import { setPhrases } from './phrases.ts'
import type { Token } from './token.ts'
import { findUnit } from './unit-table.ts'
import { functionSpellings, gluedFunction, isMathWord, isProductOfLetters } from './words.ts'

const articles = new Set(['a', 'an', 'the'])
const longestText = 2_000

/** The tokens in `[from, to)` as text. Words keep their spaces; elsewhere only what would run together has one. */
export function textOf(tokens: readonly Token[], from: number, to: number): string {
  let end = to
  while (end > from && tokens[end - 1].kind === 'stop') end--
  let isProse = true
  for (let at = from; at < end && isProse; at++) isProse = isProseToken(tokens[at])
  let text = ''
  let wasWordy = false
  let isApart = false
  for (let at = from; at < end && text.length < longestText; at++) {
    const { kind, text: own, isSpaced } = tokens[at]
    isApart ||= isSpaced
    const word = own.toLowerCase()
    if (kind === 'word' && articles.has(word) && end - from > 1 && isProse) continue
    if (kind === 'bracket' && (own === '{' || own === '}')) {
      isApart = true
      if (isSingleBrace(tokens, at, own)) continue
    }
    const isWordy = kind === 'word' || kind === 'number' || kind === 'name' || own.length > 2
    if (text !== '' && (isProse ? isApart : wasWordy && isWordy)) text += ' '
    text += own === '\\{' || own === '\\}' ? own[1] : word
    wasWordy = isWordy
    isApart = false
  }
  return text
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
  if (!hasWord) return undefined
  const text = textOf(tokens, from, to)
  const words = text.replaceAll('-', ' ').split(' ')
  if (words.every((word) => isNumberWord(word) || word === 'and')) {
    const value = readNumberWords(words)
    if (value !== undefined) return { kind: 'expression', expression: integer(value) }
  }
  const set = setPhrases.get(text)
  if (set === 'empty') return { kind: 'set', items: [] }
  return set === undefined ? { kind: 'text', text } : { kind: 'named-set', name: set }
}

/** Capitals alone are names of points or several choices, whose order may matter, and no product. */
function readsAsMath(word: string, inText: boolean, length: number): boolean {
  if (length === 1 && word.length > 1 && word === word.toUpperCase() && !isMathWord(word)) return false
  if (!inText && gluedFunction(word) !== undefined) return true
  if (length === 1 && functionSpellings.has(word)) return false
  return isMathWord(word) || isProductOfLetters(word, inText)
}
