// Parts of an answer under labels: `(a) 5 (b) 3`, `(1) 5 (2) 3`, `C. 12`, `Alice: 5, Bob: 3`. Each is read as an equation
// of its label with what stands behind it, so that the same values under other labels are another answer.
import type { Answer } from '../answer.ts'
import { type AnswerReading, insideContainer } from './answer-reading.ts'
import { placesAtTop } from './brackets.ts'
import { symbol } from './build-expression.ts'
import { isLabelWord } from './changing-words.ts'
import { spend } from './cursor.ts'
import { isOrderWord } from './number-words.ts'
import { upperLetters } from './read-combination.ts'
import { textOf } from './read-text.ts'
import type { Token } from './token.ts'
import { Unreadable } from './unreadable.ts'
import { isMathWord, isProductOfLetters } from './words.ts'

interface Label {
  /** `A` for `(a)`, `1` for `(1)`. */
  readonly name: string
  readonly from: number
  /** Behind the label. */
  readonly end: number
}

const mostLabels = 26

/** The answer when labels of parts begin `[from, to)` and something stands behind each; undefined otherwise. */
export function readLabelled(reading: AnswerReading, from: number, to: number): Answer | undefined {
  const { tokens } = reading
  const first = labelAt(tokens, from, to)
  if (first === undefined || !hasContent(tokens, first, to)) return undefined
  spend(reading, to - from)
  const labels = [first, ...labelsBehind(reading, first, to)]
  // (1) (2) is a product, and one number in brackets no label.
  const isNumbered = /\d/.test(first.name)
  if (isNumbered && (labels.length === 1 || labels.some(({ name }, i) => name !== String(i + 1)))) return undefined
  if (new Set(labels.map(({ name }) => name)).size < labels.length) return undefined
  const parts = labels.map((label, i) => {
    const [start, end] = trimmed(tokens, label.end, labels[i + 1]?.from ?? to)
    if (start >= end) throw new Unreadable('a label without its part')
    return statement(
      labelled(label.name),
      insideContainer(reading, () => reading.list(reading, start, end)),
    )
  })
  return parts.length === 1 ? parts[0] : { kind: 'list', items: parts }
}

function labelled(name: string): Answer {
  if (/\d/.test(name)) return { kind: 'expression', expression: symbol(`(${name})`) }
  return { kind: 'choice', letter: name }
}

function statement(left: Answer, right: Answer): Answer {
  return { kind: 'relation', left, sign: '=', right }
}

/** `(a)`, `(1)`, `A.`, `A)`, `A:` at `at`. */
function labelAt(tokens: readonly Token[], at: number, to: number): Label | undefined {
  const isOpen = tokens[at].text === '('
  const letter = tokens[isOpen ? at + 1 : at]
  const mark = tokens[isOpen ? at + 2 : at + 1]
  const end = isOpen ? at + 3 : at + 2
  if (end > to || mark.isSpaced) return undefined
  const isNumber = letter.kind === 'number' && /^[1-9]$/.test(letter.text)
  const isLetter = letter.kind === 'word' && (isOpen ? /^[A-Ja-h]$/ : /^[A-J]$/).test(letter.text)
  if (isOpen ? mark.text !== ')' || !(isNumber || isLetter) : !isLetter || ![')', '.', ':'].includes(mark.text))
    return undefined
  return { name: letter.text.toUpperCase(), from: at, end }
}

/** Something that may be a part: not an operator, which would make the label a variable or a number. */
function hasContent(tokens: readonly Token[], { end, from }: Label, to: number): boolean {
  if (end >= to) return false
  const { kind, text, isSpaced, inText } = tokens[end]
  if (kind === 'colon' && tokens[from].text === '(') return true
  if (kind === 'relation' || kind === 'separator' || kind === 'set-operator' || kind === 'stop') return false
  // "(a) -5" is minus five under a label, "(a) - 5" a difference.
  if (kind === 'operator' && !(text === '-' && isSpaced && end + 1 < to && !tokens[end + 1].isSpaced)) return false
  return (isSpaced || inText !== tokens[from].inText) && !(kind === 'word' && /^(?:and|or)$/i.test(text))
}

/** The labels of the same kind that follow, each behind a space, a comma or a stop. */
function labelsBehind({ tokens, match }: AnswerReading, first: Label, to: number): Label[] {
  const isFirstOpen = tokens[first.from].text === '('
  const isNumbered = /\d/.test(first.name)
  const labels: Label[] = []
  let last = first
  for (let at = first.end; at < to; at++) {
    if (match[at] > at && tokens[at].text !== '(') {
      at = match[at]
      continue
    }
    const isApart = tokens[at].isSpaced || ['separator', 'stop', 'row'].includes(tokens[at - 1].kind)
    const label = isApart || tokens[at].inText ? labelAt(tokens, at, to) : undefined
    const isNext =
      label !== undefined && isFirstOpen === (tokens[at].text === '(') && isNumbered === /\d/.test(label.name)
    if (label !== undefined && isNext && at > last.end && hasContent(tokens, label, to)) {
      labels.push(label)
      last = label
      at = label.end - 1
      if (labels.length > mostLabels) throw new Unreadable('too many labels')
    } else if (match[at] > at) at = match[at]
  }
  return labels
}

function trimmed(tokens: readonly Token[], from: number, to: number): readonly [from: number, to: number] {
  const isEdge = ({ kind, text }: Token): boolean =>
    kind === 'separator' || kind === 'stop' || kind === 'row' || kind === 'colon' || /^(?:and|or)$/i.test(text)
  let [start, end] = [from, to]
  while (start < end && isEdge(tokens[start])) start++
  while (end > start && isEdge(tokens[end - 1])) end--
  return [start, end]
}

/** `mean: 5, median: 3`: an equation for each of the stretches when words and a colon begin all; undefined when none has a label or only the first. */
export function readNamed(
  reading: AnswerReading,
  stretches: readonly (readonly [from: number, to: number])[],
): Answer[] | undefined {
  const colons = stretches.map(([from, to]) => colonBehindWords(reading, from, to))
  const count = colons.filter((at) => at !== undefined).length
  if (count < 2) return undefined
  return stretches.map(([from, to], i) => {
    const colon = colons[i]
    if (colon === undefined) throw new Unreadable('labels for some parts only')
    const name = textOf(reading.tokens, from, colon)
    if (name.split(' ').some((word) => isLabelWord(word) && !isRankWord(word)))
      throw new Unreadable('a label that takes its part back')
    return statement({ kind: 'expression', expression: symbol(name) }, reading.part(reading, colon + 1, to))
  })
}

const ranks = new Set(
  'minimum maximum min max minimal maximal least most fewest greatest largest smallest lower'.split(' '),
)

/** Words that tell parts of an answer from each other: smallest and largest, first and second. */
function isRankWord(word: string): boolean {
  return ranks.has(word) || isOrderWord(word) || word === 'second'
}

function colonBehindWords({ tokens, match }: AnswerReading, from: number, to: number): number | undefined {
  const [colon] = placesAtTop(tokens, match, from, to, ({ kind }) => kind === 'colon')
  if (colon === undefined || colon === from || colon + 1 >= to || colon - from > 6) return undefined
  let isWordy = false
  for (let at = from; at < colon; at++) {
    if (tokens[at].kind !== 'word') return undefined
    const { text, inText } = tokens[at]
    isWordy ||= inText || ranks.has(text) || !(isMathWord(text) || isProductOfLetters(text, inText))
  }
  return isWordy || /^[A-Z][a-z]/.test(tokens[from].text) ? colon : undefined
}

/** `A(1, 2)`, a point with its name. `C(5, 2)` of numbers is a binomial coefficient. */
export function readNamedPoint(reading: AnswerReading, from: number, to: number): Answer | undefined {
  const { tokens, match } = reading
  const [name, open] = [tokens[from], tokens[from + 1]]
  if (to - from < 6 || name.kind !== 'word' || !/^[A-Z]$/.test(name.text) || open.text !== '(') return undefined
  if (match[from + 1] !== to - 1 || tokens[to - 1].text !== ')') return undefined
  const point = reading.part(reading, from + 1, to)
  if (point.kind !== 'tuple') return undefined
  const hasLetters = !tokens.slice(from + 2, to - 1).some(({ kind }) => kind === 'number')
  // C(n, k), C(n, 2) and P(n, k) are counts.
  if (hasLetters && (name.text === 'C' || name.text === 'P')) return undefined
  if (name.text === 'C' && upperLetters.has(tokens[from + 2].text)) return undefined
  const isCount = ({ kind }: Token, i: number): boolean => kind === (i % 2 === 0 ? 'number' : 'separator')
  if (name.text === 'C' && tokens.slice(from + 2, to - 1).every(isCount)) {
    const [n, k] = [Number(tokens[from + 2].text), Number(tokens[to - 2].text)]
    if (Number.isInteger(n) && Number.isInteger(k) && k <= n) return undefined
  }
  const { mayBeInterval: _, ...plain } = point
  return statement({ kind: 'expression', expression: symbol(name.text) }, plain)
}
