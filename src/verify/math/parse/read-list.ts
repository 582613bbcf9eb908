// Several answers without brackets: `1, 2`, `x = 1 or x = 2`, `A and C`. A variable before the first of them counts for
// all: `x = 1, 2` is x = 1 or x = 2.
import type { Answer } from '../answer.ts'
import { type AnswerReading, insideContainer, splitAt } from './answer-reading.ts'
import { readAngles } from './read-bracketed.ts'
import { readChoice } from './read-choice.ts'
import { readCompound } from './read-compound.ts'
import { readWords } from './read-text.ts'
import type { Token } from './token.ts'
import { Unreadable } from './unreadable.ts'

/** Words of a list's item that is no mathematics; more are a sentence with a comma. */
const mostWords = 3
const verdicts = new Set(['yes', 'no', 'true', 'false'])

/** Reads the tokens in `[from, to)` as one answer or several; throws {@link Unreadable}. */
export function readList(reading: AnswerReading, from: number, to: number): Answer {
  const { tokens } = reading
  const [start, end] = trim(tokens, from, to)
  if (start >= end) throw new Unreadable('nothing stands here')
  const words = readWords(tokens, start, end)
  if (words !== undefined && words.kind !== 'text') return words
  const choice = readChoice(tokens, start, end)
  if (choice !== undefined) return choice
  const compound = readCompound(reading, start, end)
  if (compound !== undefined) return compound
  const angles = readAngles(reading, start, end)
  if (angles !== undefined) return angles
  const stretches = splitAt(reading, start, end, isJoint)
  if (stretches.length === 1) return reading.part(reading, start, end)
  const joints = stretches.slice(1).map(([at]) => tokens[at - 1])
  if (hasJoint(joints, 'and') && hasJoint(joints, 'or')) {
    const mixed = readMixed(reading, start, end)
    if (mixed !== undefined) return mixed
  }
  const items = stretches
    .filter(([a, b]) => b > a || !isBetweenCommas(tokens, a))
    .map(([a, b]) => readListItem(reading, a, b))
  // "No, since …" is one answer with its reason.
  if (items.some((item) => item.kind === 'text' && verdicts.has(item.text))) throw new Unreadable('a sentence')
  if (items.length === 0) throw new Unreadable('nothing stands here')
  if (items.length === 1) return items[0]
  return listOf(shareLeftSide(items), joints)
}

function hasJoint(joints: readonly Token[], word: 'and' | 'or'): boolean {
  return joints.some(({ text }) => text.toLowerCase() === word)
}

/** What joins the items is kept between relations, and where a sign of logic says it. */
function listOf(items: readonly Answer[], joints: readonly Token[]): Answer {
  const connective = hasJoint(joints, 'or') ? 'or' : hasJoint(joints, 'and') ? 'and' : undefined
  const isSign = joints.some(({ kind, text }) => kind === 'separator' && text === connective)
  const isLogic = items.some(isStatement) || (isSign && items.every(mayBeTrue))
  return connective !== undefined && isLogic ? { kind: 'list', items, connective } : { kind: 'list', items }
}

/** p, A, but no number. */
function mayBeTrue(answer: Answer): boolean {
  if (answer.kind === 'expression') return answer.expression.kind === 'symbol'
  return answer.kind === 'choice' || answer.kind === 'text'
}

function isStatement({ kind }: Answer): boolean {
  return kind === 'relation' || kind === 'chain' || kind === 'list'
}

/** "x = 1 and y = 2 or x = 3 and y = 4": an "and" binds more tightly. Undefined for values, between which neither says anything. */
function readMixed(reading: AnswerReading, from: number, to: number): Answer | undefined {
  const isOr = (token: Token): boolean => isJoint(token) && token.text.toLowerCase() === 'or'
  const groups = splitAt(reading, from, to, isOr).map(([a, b]) =>
    insideContainer(reading, () => readList(reading, a, b)),
  )
  return groups.some((group) => isStatement(group) && group.kind !== 'list') || groups.some(holdsStatement)
    ? { kind: 'list', items: groups, connective: 'or' }
    : undefined
}

function holdsStatement(answer: Answer): boolean {
  return answer.kind === 'list' && answer.connective !== undefined
}

function isJoint({ kind, text }: Token): boolean {
  if (kind === 'separator' || kind === 'row') return true
  if (kind !== 'word' || text.length > 3) return false
  const word = text.toLowerCase()
  return word === 'and' || word === 'or'
}

/** An empty stretch is an error only between two commas; `1, and 2` and lines that end with a comma have some. */
function isBetweenCommas(tokens: readonly Token[], at: number): boolean {
  return !(tokens[at - 1]?.text === ',' && tokens[at]?.text === ',')
}

function readListItem(reading: AnswerReading, from: number, to: number): Answer {
  const item = reading.part(reading, from, to)
  if (item.kind === 'text' && item.text.split(' ').length > mostWords) throw new Unreadable('a sentence')
  return item
}

/** Gives the left side of the first relation to the items that have none. */
function shareLeftSide(items: readonly Answer[]): Answer[] {
  const [first, ...rest] = items
  const isShared = first.kind === 'relation' && first.sign === '=' && rest.every(isValue)
  if (!isShared) return [...items]
  return [first, ...rest.map((item): Answer => ({ ...first, right: item }))]
}

function isValue(answer: Answer): boolean {
  return answer.kind !== 'relation' && answer.kind !== 'chain' && answer.kind !== 'text'
}

/** Drops stops, commas and line ends around the tokens, and "either" and "both" before them. */
function trim(tokens: readonly Token[], from: number, to: number): readonly [from: number, to: number] {
  let start = from
  let end = to
  const isEdge = ({ kind }: Token): boolean => kind === 'stop' || kind === 'row' || kind === 'separator'
  while (start < end && isEdge(tokens[start])) start++
  while (end > start && isEdge(tokens[end - 1])) end--
  const word = tokens[start]?.kind === 'word' ? tokens[start].text.toLowerCase() : ''
  if ((word === 'either' || word === 'both') && start + 1 < end) start++
  return [start, end]
}
