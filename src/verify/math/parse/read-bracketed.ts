// Answers that are one pair of brackets: points, intervals, sets, matrices. `(1, 2)` may be a point or an interval and
// says so; `[1, 2]` is an interval; with an infinite end everything is.
import type { Answer } from '../answer.ts'
import type { Expression } from '../expression.ts'
import { type AnswerReading, insideContainer, readItems, splitAt } from './answer-reading.ts'
import { placesAtTop } from './brackets.ts'
import { readDeterminant, readMatrix } from './read-matrix.ts'
import { Unreadable } from './unreadable.ts'

/** The answer when `[from, to)` is one pair of brackets; undefined when it is not, or groups an expression. */
export function readBracketed(reading: AnswerReading, from: number, to: number): Answer | undefined {
  const { tokens, match } = reading
  const open = tokens[from]
  if (open.kind === 'bar' && tokens[to - 1].kind === 'bar') return readBarred(reading, from, to)
  if (match[from] !== to - 1) return undefined
  if (open.kind === 'begin') return readMatrix(reading, from, to)
  if (open.kind !== 'bracket') return undefined
  const hasMatrix = tokens[from + 1]?.kind === 'begin' && match[from + 1] === to - 2
  if (hasMatrix && open.text === '|(') return readDeterminant(reading, from + 1, to - 1)
  if (hasMatrix && ['(', '['].includes(open.text)) return readMatrix(reading, from + 1, to - 1)
  switch (open.text) {
    case '(':
    case '[':
    case ']':
      return readRound(reading, from, to)
    case '⟨':
      return { kind: 'tuple', items: readItems(reading, from + 1, to - 1) }
    case '\\{':
      return readSet(reading, from + 1, to - 1)
    case '{':
      return readBraces(reading, from + 1, to - 1)
    default:
      return undefined
  }
}

/** Bars around a matrix and nothing else; undefined for others. */
function readBarred(reading: AnswerReading, from: number, to: number): Answer | undefined {
  const hasMatrix = reading.tokens[from + 1]?.kind === 'begin' && reading.match[from + 1] === to - 2
  return hasMatrix ? readDeterminant(reading, from + 1, to - 1) : undefined
}

/** `<1, 2>` in plain text; undefined for anything else. */
export function readAngles(reading: AnswerReading, from: number, to: number): Answer | undefined {
  const first = reading.tokens[from]
  if (first.text !== '<' || first.kind !== 'relation') return undefined
  const last = reading.tokens[to - 1]
  if (to - from < 5 || last.text !== '>' || last.kind !== 'relation') return undefined
  const signs = placesAtTop(reading.tokens, reading.match, from, to, (token) => token.kind === 'relation')
  return signs.length === 2 ? { kind: 'tuple', items: readItems(reading, from + 1, to - 1) } : undefined
}

/** Braces of plain text are a set when they hold several things, otherwise they only group. */
function readBraces(reading: AnswerReading, from: number, to: number): Answer | undefined {
  const { tokens, match } = reading
  const [comma] = placesAtTop(tokens, match, from, to, (token) => token.kind === 'separator')
  if (comma !== undefined) return { kind: 'set', items: readItems(reading, from, to) }
  const [split] = placesAtTop(tokens, match, from, to, (token) => token.text === 'choose' || token.text === 'over')
  if (split !== undefined || from >= to) return undefined
  return insideContainer(reading, () => reading.list(reading, from, to))
}

function readRound(reading: AnswerReading, from: number, to: number): Answer | undefined {
  const open = reading.tokens[from].text
  const close = reading.tokens[to - 1].text
  const isPlain = open === '(' && close === ')'
  const commas = splitAt(reading, from + 1, to - 1, (token) => token.kind === 'separator').length
  if (commas === 1 && isPlain && to - from > 2) {
    return insideContainer(reading, () => reading.list(reading, from + 1, to - 1))
  }
  const rows = open === '[' && close === ']' ? nestedRows(reading, from, to) : undefined
  if (rows !== undefined) return { kind: 'matrix', rows }
  const items = readItems(reading, from + 1, to - 1)
  const ends = items.map(plainExpression)
  const [low, high] = ends
  if (items.length === 2 && low !== undefined && high !== undefined) {
    if (isPlain && !isInfinite(low) && !isInfinite(high)) return { kind: 'tuple', items, mayBeInterval: true }
    return { kind: 'interval', low, high, lowClosed: open === '[', highClosed: close === ']' }
  }
  if (!isPlain && !(open === '[' && close === ']')) throw new Unreadable('brackets of two kinds')
  return { kind: 'tuple', items }
}

/** The rows of `[[1, 2], [3, 4]]`; undefined when the items are other than square brackets with as many values each. */
function nestedRows(reading: AnswerReading, from: number, to: number): Answer[][] | undefined {
  const { tokens, match } = reading
  if (tokens[from + 1].text !== '[') return undefined
  const parts = splitAt(reading, from + 1, to - 1, (token) => token.kind === 'separator')
  const isRow = ([a, b]: readonly [number, number]): boolean =>
    tokens[a]?.text === '[' &&
    match[a] === b - 1 &&
    tokens[b - 1].text === ']' &&
    b - a > 2 &&
    tokens[a + 1].text !== '['
  if (!parts.every(isRow)) return undefined
  const rows = parts.map(([a, b]) => readItems(reading, a + 1, b - 1))
  return rows.every((row) => row.length === rows[0].length) ? rows : undefined
}

/** The expression of an answer without unit or percent sign. */
function plainExpression(answer: Answer): Expression | undefined {
  return answer.kind === 'expression' && answer.unit === undefined && !answer.percent ? answer.expression : undefined
}

function isInfinite(e: Expression): boolean {
  if (e.kind === 'negative') return isInfinite(e.of)
  return e.kind === 'constant' && e.name === 'infinity'
}

function readSet(reading: AnswerReading, from: number, to: number): Answer {
  const { tokens, match } = reading
  const marks = placesAtTop(tokens, match, from, to, (token) => token.kind === 'colon' || token.kind === 'bar')
  const colons = marks.filter((at) => tokens[at].kind === 'colon')
  const mark = colons[0] ?? (marks.length % 2 === 1 ? marks[0] : undefined)
  if (mark === undefined || mark === from) return { kind: 'set', items: readItems(reading, from, to) }
  return insideContainer(reading, () => readBuilder(reading, from, mark, to))
}

/** `x : x > 1`, `x \in \mathbb{Z} \mid x > 1`; that x is real goes without saying. */
function readBuilder(reading: AnswerReading, from: number, mark: number, to: number): Answer {
  const head = reading.part(reading, from, mark)
  const condition = reading.list(reading, mark + 1, to)
  const [variable, domain] = head.kind === 'relation' && head.sign === '∈' ? [head.left, head.right] : [head]
  if (variable.kind !== 'expression' || variable.expression.kind !== 'symbol') {
    throw new Unreadable('a set of more than a variable')
  }
  const { name } = variable.expression
  if (domain === undefined || (domain.kind === 'named-set' && domain.name === 'reals')) {
    return { kind: 'set-builder', variable: name, condition }
  }
  return { kind: 'set-builder', variable: name, condition: { kind: 'list', items: [head, condition] } }
}
