// The words behind a value: `cm^2`, `square feet`, `\text{km/h}`, `apples`. A known unit gets its normal name; up to
// three other words are a unit under their own name, so that "5 apples" is 5, unless they would change the value.
import { changesValue } from './changing-words.ts'
import { isAnswerWord } from './phrases.ts'
import type { Token } from './token.ts'
import { greekUnit } from './unit-signs.ts'
import { findUnit } from './unit-table.ts'
import { functionSpellings, gluedFunction, isMathWord, isProductOfLetters, scaleWords } from './words.ts'

const longestPhrase = 24
const powerWords: ReadonlyMap<string, number> = new Map([
  ['square', 2],
  ['sq', 2],
  ['squared', 2],
  ['cubic', 3],
  ['cu', 3],
  ['cubed', 3],
])
/** Single letters that are units behind a plain number and a space, in text that is not marked as text. */
const unitLetters = new Set(['m', 'g', 's', 'h', 'L', 'N', 'J', 'W', 'V', 'K'])

/** Operators in words, which the grammar of expressions reads. */
const notUnits = new Set(['mod', 'plus', 'minus'])

/** Whether a unit may begin at `at`; the value before it is the tokens from `from` on. */
export function startsUnit(tokens: readonly Token[], from: number, at: number, to: number): boolean {
  const { kind, text, inText, isSpaced } = tokens[at]
  if (at > from && startsGreekUnit(tokens, from, at, to)) return true
  if (kind !== 'word' || at <= from || tokens[at - 1].text === '_' || tokens[at - 1].text === '^') return false
  if (notUnits.has(text) || (scaleWords.has(text.toLowerCase()) && tokens[at - 1].kind === 'number')) return false
  if (!inText && gluedFunction(text) !== undefined) return false
  if (readTimeOfDay(tokens, at, to) !== undefined) return true
  if (functionSpellings.has(text) && at + 1 < to && tokens[at + 1].text !== '/' && tokens[at + 1].kind !== 'stop') {
    return false
  }
  if (inText) return text.length > 1 ? !isMathWord(text) || findUnit(text) !== undefined : findUnit(text) !== undefined
  if (text.length > 1) {
    if (findUnit(text) !== undefined) return true
    return !isMathWord(text) && !isProductOfLetters(text, inText)
  }
  return unitLetters.has(text) && isSpaced && isPlainNumber(tokens, from, at) && endsLikeUnit(tokens, at, to)
}

function startsGreekUnit(tokens: readonly Token[], from: number, at: number, to: number): boolean {
  if (tokens[at].kind !== 'name' && tokens[at + 1]?.kind !== 'name') return false
  const unit = greekUnit(tokens, at, to)
  return unit !== undefined && isPlainNumber(tokens, from, at) && endsLikeUnit(tokens, unit.end - 1, to)
}

function isPlainNumber(tokens: readonly Token[], from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const { kind, text } = tokens[at]
    const isDigits = kind === 'number' || (at === from && text === '-') || text === 'frac' || text === '/'
    if (!isDigits && text !== '{' && text !== '}') return false
  }
  return true
}

/** Nothing behind a single letter but powers and further units. */
function endsLikeUnit(tokens: readonly Token[], at: number, to: number): boolean {
  for (let i = at + 1; i < to; i++) {
    const { kind, text } = tokens[i]
    if (
      kind === 'word' ? findUnit(text) === undefined : !['/', '^', '{', '}', '*', '-', '2', '3', '.'].includes(text)
    ) {
      return false
    }
  }
  return true
}

/** The unit that the tokens in `[from, to)` spell, in normal form; undefined when they spell none. */
export function readUnit(tokens: readonly Token[], from: number, to: number): string | undefined {
  if (to - from > longestPhrase) return undefined
  const time = readTimeOfDay(tokens, from, to)
  if (time !== undefined) return time
  const tops: string[] = []
  const bottoms: string[] = []
  const unknown: string[] = []
  let isBottom = false
  let pending = 0
  let at = from
  while (at < to) {
    const { kind, text } = tokens[at]
    const joins = (text === '*' || text === '-') && kind === 'operator' && at > from && tokens[at + 1]?.kind === 'word'
    if (kind === 'stop' || text === '{' || text === '}' || (joins && at + 1 < to)) {
      at++
      continue
    }
    const word = text.toLowerCase()
    if (text === '/' || word === 'per') {
      if (isBottom && tops.length + bottoms.length === 0) return undefined
      isBottom = true
      at++
      continue
    }
    const greek = greekUnit(tokens, at, to)
    if (greek === undefined && (kind !== 'word' || isAnswerWord(word))) return undefined
    at = greek?.end ?? at + 1
    const named = powerWords.get(word)
    if (named !== undefined && !word.endsWith('d')) {
      pending = named
      continue
    }
    const isArticle = word === 'a' || word === 'an'
    if (isBottom && (isArticle || word === 'the')) continue
    // 5 miles a day
    if (isArticle && tops.length > 0 && at < to && tokens[at].kind === 'word') {
      isBottom = true
      continue
    }
    const unit = findUnit(greek?.name ?? text)
    if (unit === undefined) {
      if (!isNoun(tokens, at - 1, to) && !(isBottom && word === 'dozen')) return undefined
      unknown.push(text)
    }
    const exponent = readUnitPower(tokens, at, to, unit !== undefined)
    at = exponent.end
    const power = exponent.power === 1 && pending > 0 ? pending : exponent.power
    pending = 0
    const size = Math.abs(power)
    const shown = (unit?.name ?? singular(isSymbolOfUnit(text) ? text : word)) + (size === 1 ? '' : `^${size}`)
    if (isBottom !== power < 0) bottoms.push(shown)
    else tops.push(shown)
  }
  if (tops.length + bottoms.length === 0 || unknown.length > 3) return undefined
  if (unknown.length > 0 && unknown.length === tops.length && bottoms.length === 0) return normalSpeed(tops.join(' '))
  return normalSpeed([tops.join('*') || '1', ...bottoms].join('/'))
}

/** Whether the word at `at` may be a thing that is counted, or stand between such words. */
function isNoun(tokens: readonly Token[], at: number, to: number): boolean {
  const { text } = tokens[at]
  if (text.length === 1) return false
  const word = text.toLowerCase()
  const isBeforeWord = at + 1 < to && tokens[at + 1].kind === 'word'
  // 5 cups of flour, 5 more days; but not 5 of, 5 more.
  if (word === 'of' || word === 'more') return isBeforeWord
  return !changesValue(text)
}

/** `^2`, `^{2}`, `^{-1}`, `squared`, and digits right behind: `cm2`. */
function readUnitPower(
  tokens: readonly Token[],
  at: number,
  to: number,
  isKnown: boolean,
): { power: number; end: number } {
  const text = (i: number): string => (i < to ? tokens[i].text : '')
  const word = powerWords.get(text(at).toLowerCase())
  if (word !== undefined && text(at).toLowerCase().endsWith('d')) return { power: word, end: at + 1 }
  if (isKnown && (text(at) === '2' || text(at) === '3') && !tokens[at].isSpaced)
    return { power: Number(text(at)), end: at + 1 }
  if (text(at) !== '^') return { power: 1, end: at }
  const isBraced = text(at + 1) === '{'
  let i = at + (isBraced ? 2 : 1)
  const sign = text(i) === '-' ? -1 : 1
  if (sign < 0) i++
  const digit = Number(text(i))
  if (!(digit >= 1 && digit <= 9)) return { power: 1, end: at }
  const end = i + (isBraced && text(i + 1) === '}' ? 2 : 1)
  return { power: sign * digit, end }
}

/** `p.m.`, `pm`, `a. m.` */
function readTimeOfDay(tokens: readonly Token[], from: number, to: number): string | undefined {
  if (to - from > 4) return undefined
  let letters = ''
  for (let at = from; at < to; at++) if (tokens[at].kind !== 'stop') letters += tokens[at].text
  const word = letters.toLowerCase()
  return word === 'am' || word === 'pm' ? word : undefined
}

/** Spellings of one unit that are themselves compounds. */
function normalSpeed(unit: string): string {
  if (unit === 'mph') return 'mile/hour'
  return unit === 'kph' || unit === 'kmh' ? 'km/hour' : unit
}

/** Mb and MB, mW and MW differ; Dogs are dogs. */
function isSymbolOfUnit(text: string): boolean {
  return text.length < 4 && /[A-Z]/.test(text) && (text.length < 3 || !/^[A-Z][a-z]{2}$/.test(text))
}

const irregularPlurals: ReadonlyMap<string, string> = new Map([
  ['people', 'person'],
  ['men', 'man'],
  ['women', 'woman'],
  ['children', 'child'],
  ['matrices', 'matrix'],
  ['vertices', 'vertex'],
])

/** Plurals of unknown words: apples, boxes, cities. Wrong for a few, but alike on both sides of a comparison. */
function singular(word: string): string {
  const irregular = irregularPlurals.get(word)
  if (irregular !== undefined) return irregular
  if (word.length < 4 || !word.endsWith('s') || word.endsWith('ss')) return word
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`
  if (/(?:x|ch|sh|ss)es$/.test(word)) return word.slice(0, -2)
  return word.slice(0, -1)
}
