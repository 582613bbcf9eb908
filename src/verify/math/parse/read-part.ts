// One answer: a relation or chain of them, a union of sets, a ratio, a value. From the loosest sign to the tightest;
// each step hands what lies between its signs to the next.
import type { Answer, RelationSign } from '../answer.ts'
import type { Expression } from '../expression.ts'
import { limits } from '../limits.ts'
import { type AnswerReading, splitAt } from './answer-reading.ts'
import { placesAtTop } from './brackets.ts'
import { integer, unknownCall } from './build-expression.ts'
import { isLabelWord } from './changing-words.ts'
import { aboutWords } from './phrases.ts'
import { readAngles, readBracketed } from './read-bracketed.ts'
import { readBareChoice } from './read-choice.ts'
import { readGlossed } from './read-glossed.ts'
import { readNamedPoint } from './read-labelled.ts'
import { readScaledMatrix } from './read-matrix.ts'
import { readMatrixWork } from './read-matrix-work.ts'
import { readPartsOf } from './read-parts-of.ts'
import { readQuantity } from './read-quantity.ts'
import { readSize } from './read-size.ts'
import { readWords } from './read-text.ts'
import { readDuration, readTime } from './read-time.ts'
import { readVector } from './read-vector.ts'
import type { Token } from './token.ts'
import { Unreadable } from './unreadable.ts'

/** Reads the tokens in `[from, to)` as one answer; throws {@link Unreadable}. */
export function readPart(reading: AnswerReading, from: number, to: number): Answer {
  const { tokens, match } = reading
  if (from >= to) throw new Unreadable('nothing stands here')
  const angles = readAngles(reading, from, to)
  if (angles !== undefined) return angles
  const signs = placesAtTop(tokens, match, from, to, (token) => token.kind === 'relation')
  if (signs.length === 0) {
    return readBareChoice(tokens, from, to) ?? readNamedPoint(reading, from, to) ?? readSetOperation(reading, from, to)
  }
  if (signs[0] === from) return readLeadingSign(reading, from, to)
  const parts = splitAt(reading, from, to, (token) => token.kind === 'relation').map(([start, end]) =>
    readSide(reading, start, end),
  )
  const names = signs.map((at) => tokens[at].text as RelationSign)
  for (const [i, sign] of names.entries()) if (sign === '∈') parts[i + 1] = setNamed(parts[i + 1])
  checkMembership(parts, names)
  if (names.includes('≡')) parts[parts.length - 1] = keepModulus(parts[parts.length - 1])
  if (parts.length > 2) return { kind: 'chain', parts, signs: names }
  return { kind: 'relation', left: parts[0], sign: names[0], right: parts[1] }
}

/** The modulus of a congruence counts: modulo 7 and modulo 8 the same 5 says different things. */
function keepModulus(right: Answer): Answer {
  if (right.kind !== 'expression') return right
  const { expression } = right
  if (expression.kind !== 'call' || expression.name !== 'mod') return right
  return { ...right, expression: unknownCall('congruent', [expression, expression.arguments[1]]) }
}

const setLetters: ReadonlyMap<string, string> = new Map([
  ['R', 'reals'],
  ['Z', 'integers'],
  ['N', 'naturals'],
  ['Q', 'rationals'],
])

/** The set that a capital behind `\in` stands for. */
function setNamed(right: Answer): Answer {
  if (right.kind !== 'expression' || right.expression.kind !== 'symbol') return right
  const name = setLetters.get(right.expression.name)
  return name === undefined ? right : namedSet(name)
}

/** `x \in 5` says nothing. */
function checkMembership(parts: readonly Answer[], signs: readonly RelationSign[]): void {
  for (const [i, sign] of signs.entries()) {
    const right = parts[i + 1]
    const isSet = right.kind !== 'expression' || right.expression.kind === 'symbol'
    if (sign === '∈' && !isSet) throw new Unreadable('a number has no elements')
  }
}

/** `= 5` is 5, `≈ 5` is about 5. */
function readLeadingSign(reading: AnswerReading, from: number, to: number): Answer {
  const sign = reading.tokens[from].text
  const isLone = (sign === '=' || sign === '≈') && reading.tokens[from + 1]?.kind !== 'relation'
  if (!isLone) throw new Unreadable('a sign without a left side')
  if (sign === '=') return readPart(reading, from + 1, to)
  return { ...readPart(reading, from + 1, to), approximate: true }
}

/** A side of a relation; a letter there is a variable and never a choice. */
function readSide(reading: AnswerReading, from: number, to: number): Answer {
  if (from >= to) throw new Unreadable('a relation lacks a side')
  // "wrong = 5" and "if x = 5" do not say that it is 5.
  if (hasChangingWord(reading.tokens, from, to)) throw new Unreadable('words that change a value')
  return readSetOperation(reading, from, to)
}

type SetOperator = 'union' | 'intersection' | 'difference'

/** Unions and differences from left to right, intersections before them. */
function readSetOperation(reading: AnswerReading, from: number, to: number): Answer {
  const { tokens, match } = reading
  const operator = (at: number): SetOperator | undefined => setOperatorAt(tokens, match, from, at)
  const loose = placesAtTop(tokens, match, from, to, (_, at) => {
    const own = operator(at)
    return own !== undefined && own !== 'intersection'
  })
  if (loose.length > limits.items) throw new Unreadable('too many sets', true)
  let value: Answer | undefined
  let start = from
  for (const [i, end] of [...loose, to].entries()) {
    const part = readIntersection(reading, start, end)
    const own = i === 0 ? undefined : operator(loose[i - 1])
    value = value === undefined || own === undefined ? part : joinSets(own, value, part)
    start = end + 1
  }
  if (value === undefined) throw new Unreadable('nothing stands here')
  return value
}

function readIntersection(reading: AnswerReading, from: number, to: number): Answer {
  const { tokens, match } = reading
  const parts = splitAt(reading, from, to, (_, at) => setOperatorAt(tokens, match, from, at) === 'intersection')
  if (parts.length === 1) return readRatio(reading, from, to)
  return {
    kind: 'set-operation',
    operator: 'intersection',
    parts: parts.map(([start, end]) => readRatio(reading, start, end)),
  }
}

function joinSets(operator: SetOperator, left: Answer, right: Answer): Answer {
  const isSame = left.kind === 'set-operation' && left.operator === operator
  return { kind: 'set-operation', operator, parts: isSame ? [...left.parts, right] : [left, right] }
}

/** The operator of sets at `at`: a sign for it, `U` between brackets, or a minus between sets. */
function setOperatorAt(tokens: readonly Token[], match: Int32Array, from: number, at: number): SetOperator | undefined {
  const { kind, text } = tokens[at]
  if (kind === 'set-operator') return text as SetOperator
  if (at === from || at + 1 >= tokens.length) return undefined
  const isBehindSet = tokens[at - 1].kind === 'set' || (match[at - 1] >= from && match[at - 1] < at - 1)
  if (!isBehindSet) return undefined
  const next = tokens[at + 1]
  if (kind === 'word' && text === 'U') return match[at + 1] > at && '([]\\{'.includes(next.text) ? 'union' : undefined
  return kind === 'operator' && text === '-' && next.text === '\\{' ? 'difference' : undefined
}

function readRatio(reading: AnswerReading, from: number, to: number): Answer {
  const { tokens } = reading
  const parts = splitAt(reading, from, to, (token) => token.kind === 'colon')
  if (parts.length === 1) {
    const isSpelled = to - from === 3 && tokens[from + 1].text === 'to' && tokens[from + 1].kind === 'word'
    const joined = to - from > 2 ? readPartsOf(tokens, from, to) : undefined
    if (joined !== undefined) return joined
    if (!isSpelled || tokens[from].kind !== 'number' || tokens[to - 1].kind !== 'number')
      return readItem(reading, from, to)
    return { kind: 'ratio', parts: [readItem(reading, from, from + 1), readItem(reading, to - 1, to)] }
  }
  const [[start, end], [nextStart, nextEnd]] = parts
  if (parts.length === 2) {
    // "Area: 5" is 5.
    if (readWords(tokens, start, end)?.kind === 'text') {
      if (hasChangingWord(tokens, start, end)) throw new Unreadable('words that change a value')
      return readItem(reading, nextStart, nextEnd)
    }
    const time = readTime(tokens, parts[0], parts[1])
    if (time !== undefined) return time
  }
  return readDuration(tokens, from, to) ?? { kind: 'ratio', parts: parts.map(([a, b]) => readItem(reading, a, b)) }
}

/** Whether the side of a sign is words, one of which changes what stands on the other. */
function hasChangingWord(tokens: readonly Token[], from: number, to: number): boolean {
  let hasWord = false
  for (let at = from; at < to; at++) {
    const { kind, text } = tokens[at]
    if (kind === 'operator' && text === '-') continue
    if (kind !== 'word') return false
    hasWord ||= text.length > 1 && isLabelWord(text)
  }
  return hasWord && readWords(tokens, from, to)?.kind === 'text'
}

function readItem(reading: AnswerReading, from: number, to: number): Answer {
  const { tokens } = reading
  let end = to
  while (end > from && tokens[end - 1].kind === 'stop' && tokens[end - 1].text === '.') end--
  if (from >= end) throw new Unreadable('nothing stands here')
  if (aboutWords.has(tokens[from].text.toLowerCase()) && tokens[from].kind === 'word') {
    return { ...readValue(reading, from + (tokens[from + 1]?.kind === 'stop' ? 2 : 1), end), approximate: true }
  }
  return readValue(reading, from, end)
}

function readValue(reading: AnswerReading, from: number, to: number): Answer {
  const { tokens } = reading
  if (from >= to) throw new Unreadable('nothing stands here')
  if (to === from + 1 && tokens[from].kind === 'set') return namedSet(tokens[from].text)
  if (isPositiveReals(tokens, from, to)) {
    return { kind: 'interval', low: integer(0), high: infinity, lowClosed: false, highClosed: false }
  }
  const size = tokens[from + 1]?.text === 'by' && isLetter(tokens[from]) ? readSize(reading, from, to) : undefined
  if (size !== undefined) return size
  return (
    readBracketed(reading, from, to) ??
    readMatrixWork(reading, from, to) ??
    readScaledMatrix(reading, from, to) ??
    readGlossed(reading, from, to) ??
    readWords(tokens, from, to) ??
    readVector(reading, from, to) ??
    readQuantity(reading, from, to)
  )
}

/** n of "n by n matrix", which would be read as words. */
function isLetter({ kind, text }: Token): boolean {
  return kind === 'word' && text.length === 1
}

const infinity: Expression = { kind: 'constant', name: 'infinity' }

/** `\mathbb{R}^+`, `\mathbb{R}^{+}`, `\mathbb{R}_+` */
function isPositiveReals(tokens: readonly Token[], from: number, to: number): boolean {
  if (tokens[from].kind !== 'set' || tokens[from].text !== 'reals' || to - from < 3) return false
  const [mark, ...rest] = tokens.slice(from + 1, to).map(({ text }) => text)
  return (mark === '^' || mark === '_') && ['+', '{+}'].includes(rest.join(''))
}

function namedSet(name: string): Answer {
  if (name === 'empty') return { kind: 'set', items: [] }
  return { kind: 'named-set', name: name as Extract<Answer, { kind: 'named-set' }>['name'] }
}
