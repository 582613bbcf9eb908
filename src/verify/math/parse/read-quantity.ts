// A value with what stands around it: a currency sign, a percent sign, a unit, a degree sign, a base. What is left must
// be one expression.
import type { Answer, Flags } from '../answer.ts'
import type { Expression } from '../expression.ts'
import { type AnswerReading, expressionAnswer } from './answer-reading.ts'
import { integer, negative, quotient } from './build-expression.ts'
import { spend } from './cursor.ts'
import { readArc } from './read-arc.ts'
import { readBased } from './read-based.ts'
import { readCompound } from './read-compound.ts'
import { readExpression } from './read-expression.ts'
import { degrees } from './read-primary.ts'
import { readProgression } from './read-progression.ts'
import { readSize } from './read-size.ts'
import { readUnit, startsUnit } from './read-unit.ts'
import type { Token } from './token.ts'
import { Unreadable } from './unreadable.ts'
import { readValueWord } from './value-words.ts'

/** Reads the tokens in `[from, to)` as one value; throws {@link Unreadable}. */
export function readQuantity(reading: AnswerReading, from: number, to: number): Answer {
  const { tokens } = reading
  spend(reading, to - from)
  const based = readBased(tokens, from, to)
  if (based !== undefined) return based
  const worded = readProgression(tokens, from, to) ?? readValueWord(tokens, from, to) ?? readArc(tokens, from, to)
  if (worded !== undefined) return worded
  const last = tokens[to - 1]
  if (last.kind === 'percent') return withFlags(readBare(reading, from, to - 1), { percent: true })
  if (isPercentWord(tokens, from, to)) {
    const end = last.text.toLowerCase() === 'cent' ? to - 2 : to - 1
    return withFlags(readBare(reading, from, end), { percent: true })
  }
  const perMille = perMilleStart(tokens, from, to)
  if (perMille !== undefined) return thousandth(readBare(reading, from, perMille))
  if (last.kind === 'money') return withFlags(readBare(reading, from, to - 1), { unit: last.text })
  const money = moneyAt(tokens, from)
  if (money !== undefined) return readMoney(reading, from, money, to)
  const temperature = readTemperature(reading, from, to)
  if (temperature !== undefined) return temperature
  for (let at = from + 1; at < to; at++) {
    if (!startsUnit(tokens, from, at, to)) continue
    const size = readSize(reading, from, to)
    if (size !== undefined) return size
    const unit = readUnit(tokens, at, to)
    if (unit === 'degree') return readBare(reading, from, at, true)
    if (unit !== undefined) return withFlags(readBare(reading, from, at), { unit })
    const compound = readCompound(reading, from, to)
    if (compound !== undefined) return compound
    throw new Unreadable('words behind a value')
  }
  return readBare(reading, from, to)
}

function withFlags(answer: Answer, flags: Flags): Answer {
  return { ...answer, ...flags }
}

const percentWords = new Set(['percent', 'prozent', 'procent', 'prosent'])

function isPercentWord(tokens: readonly Token[], from: number, to: number): boolean {
  const word = tokens[to - 1].text.toLowerCase()
  if (to - from < 2 || tokens[to - 1].kind !== 'word') return false
  return percentWords.has(word) || (word === 'cent' && to - from > 2 && tokens[to - 2].text.toLowerCase() === 'per')
}

/** Where "per mille" or "permille" begins at the end of `[from, to)`. */
function perMilleStart(tokens: readonly Token[], from: number, to: number): number | undefined {
  if (to - from < 2 || tokens[to - 1].kind !== 'word') return undefined
  const word = tokens[to - 1].text.toLowerCase()
  if (word === 'permille' || word === 'permil') return to - 1
  const isSplit = (word === 'mille' || word === 'mil') && to - from > 2 && tokens[to - 2].text.toLowerCase() === 'per'
  return isSplit ? to - 2 : undefined
}

function thousandth(answer: Answer): Answer {
  if (answer.kind !== 'expression') throw new Unreadable('parts of a thousand of no value')
  return expressionAnswer(quotient(answer.expression, integer(1_000)))
}

function readBare(reading: AnswerReading, from: number, to: number, isAngle = false): Answer {
  if (from >= to) throw new Unreadable('a value is missing')
  const read = readExpression(reading, from, to)
  const { expression } = read
  const isDegree = isAngle || read.sawDegree
  // Pi degrees is not the number pi, though 45 degrees may stand for 45.
  const inRadians = isDegree && hasPi(expression)
  return {
    ...expressionAnswer(inRadians ? degrees(expression) : expression),
    ...(isDegree ? { unit: inRadians ? 'radian' : 'degree' } : {}),
    ...(read.sawMixed ? { mixed: true as const } : {}),
  }
}

function hasPi(e: Expression): boolean {
  switch (e.kind) {
    case 'constant':
      return e.name === 'pi'
    case 'sum':
      return e.terms.some(hasPi)
    case 'product':
      return e.factors.some(hasPi)
    case 'quotient':
      return hasPi(e.top) || hasPi(e.bottom)
    case 'negative':
      return hasPi(e.of)
    default:
      return false
  }
}

const currencyCodes: ReadonlyMap<string, string> = new Map([
  ['USD', '$'],
  ['EUR', '€'],
  ['GBP', '£'],
  ['INR', '₹'],
  ['Rs', '₹'],
  ['JPY', '¥'],
])

function isCurrencyCode(tokens: readonly Token[], at: number): boolean {
  return currencyCodes.has(tokens[at].text) && tokens[at + 1]?.kind === 'number'
}

/** The place of a currency sign before the value, behind a sign if there is one. */
function moneyAt(tokens: readonly Token[], from: number): number | undefined {
  if (tokens[from].kind === 'money' || isCurrencyCode(tokens, from)) return from
  return tokens[from].text === '-' && tokens[from + 1]?.kind === 'money' ? from + 1 : undefined
}

/** `\$5`, `-\$5`, `\$5 per hour`; other words behind an amount say what it is for and go. */
function readMoney(reading: AnswerReading, from: number, sign: number, to: number): Answer {
  const { tokens } = reading
  let unit = currencyCodes.get(tokens[sign].text) ?? tokens[sign].text
  let end = to
  for (let at = sign + 2; at < to && end === to; at++) {
    const isPer = tokens[at].text === 'per' || (tokens[at].text === '/' && tokens[at + 1]?.kind === 'word')
    if (!isPer && !startsUnit(tokens, sign + 1, at, to)) continue
    const behind = readUnit(tokens, isPer ? at + 1 : at, to)
    // \$300 K are thousands.
    if (behind === undefined || behind === 'K') throw new Unreadable('words behind an amount')
    if (isPer) unit = `${unit}/${behind}`
    end = at
  }
  const value = readBare(reading, sign + 1, end)
  if (value.kind !== 'expression') throw new Unreadable('an amount without a value')
  const expression = sign === from ? value.expression : negative(value.expression)
  return { ...value, expression, unit }
}

const temperatureScales: ReadonlyMap<string, string> = new Map([
  ['c', 'celsius'],
  ['celsius', 'celsius'],
  ['f', 'fahrenheit'],
  ['fahrenheit', 'fahrenheit'],
])

/** `25^\circ C`, `25 degrees Celsius`. */
function readTemperature(reading: AnswerReading, from: number, to: number): Answer | undefined {
  const { tokens } = reading
  const scale = temperatureScales.get(tokens[to - 1].text.toLowerCase())
  if (scale === undefined || tokens[to - 1].kind !== 'word' || to - from < 2) return undefined
  const isDegrees = (at: number): boolean =>
    at > from && (tokens[at].kind === 'degree' || ['degree', 'degrees'].includes(tokens[at].text.toLowerCase()))
  let end = to - 1
  if (tokens[end - 1].text === '}' && isDegrees(end - 2)) end -= 2
  if (isDegrees(end - 1) || isDegrees(end)) end = isDegrees(end) ? end : end - 1
  else if (tokens[to - 1].text.length === 1) return undefined
  if (end > from && tokens[end - 1].text === '{') end--
  if (end > from && tokens[end - 1].text === '^') end--
  return withFlags(readBare(reading, from, end), { unit: scale })
}
