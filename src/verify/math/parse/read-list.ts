// Several answers without brackets: `1, 2`, `x = 1 or x = 2`, `A and C`. A variable before the first of them counts for
// all: `x = 1, 2` is x = 1 or x = 2, `x \ne 1, 2` is neither. An "or" or a comma with nothing before it says that
// something is missing.
import type { Answer } from '../answer.ts'
import { type AnswerReading, insideContainer, splitAt } from './answer-reading.ts'
import { placesAtTop } from './brackets.ts'
import { readAngles } from './read-bracketed.ts'
import { readChoice, readChoiceRow } from './read-choice.ts'
import { readCompound } from './read-compound.ts'
import { readDate } from './read-date.ts'
import { readLabelled, readNamed } from './read-labelled.ts'
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
  const choice = readChoice(tokens, start, end) ?? readChoiceRow(tokens, start, end)
  if (choice !== undefined) return choice
  const labelled = readLabelled(reading, start, end) ?? readDate(tokens, start, end)
  if (labelled !== undefined) return labelled
  const compound = readCompound(reading, start, end)
  if (compound !== undefined) return compound
  const angles = readAngles(reading, start, end)
  if (angles !== undefined) return angles
  const condition = conditionInBrackets(reading, start, end)
  if (condition !== undefined) return condition
  const stretches = splitAt(reading, start, end, isJoint)
  if (stretches.length === 1) return reading.part(reading, start, end)
  const joints = stretches.slice(1).map(([at]) => tokens[at - 1])
  if (isCutOff(stretches, joints)) throw new Unreadable('a part is missing')
  if (hasJoint(joints, 'and') && hasJoint(joints, 'or')) {
    const mixed = readMixed(reading, start, end)
    if (mixed !== undefined) return mixed
  }
  const filled = stretches.filter(([a, b]) => b > a || !isBetweenCommas(tokens, a))
  const named = insideContainer(reading, () => readNamed(reading, filled))
  if (named !== undefined) return { kind: 'list', items: named }
  const items = filled.map(([a, b]) => readListItem(reading, a, b))
  // "No, since …" is one answer with its reason.
  if (items.some((item) => item.kind === 'text' && verdicts.has(item.text))) throw new Unreadable('a sentence')
  if (items.length === 0) throw new Unreadable('nothing stands here')
  if (items.length === 1) return items[0]
  const shared = shareLeftSide(items)
  // Unequal to 1 or 2 is unequal to both.
  return shared !== items && isUnequal(shared[0]) ? { kind: 'list', items: shared } : listOf(shared, joints)
}

/** `\frac{\pi}{4} + k\pi \ (k \in \mathbb{Z})`: the same as with a comma before the bracket. */
function conditionInBrackets(reading: AnswerReading, from: number, to: number): Answer | undefined {
  const { tokens, match } = reading
  const open = match[to - 1]
  if (tokens[to - 1].text !== ')' || open <= from || open + 3 > to || tokens[open].text !== '(') return undefined
  const isMember = placesAtTop(tokens, match, open + 1, to - 1, ({ text, kind }) => kind === 'relation' && text === '∈')
  if (isMember.length !== 1) return undefined
  const before = reading.part(reading, from, tokens[open - 1].kind === 'separator' ? open - 1 : open)
  return { kind: 'list', items: [before, reading.part(reading, open + 1, to - 1)] }
}

/** ", 5", "or 5" and "5 or"; a comma at the end and ends of lines are harmless. */
function isCutOff(stretches: readonly (readonly [from: number, to: number])[], joints: readonly Token[]): boolean {
  const [first] = stretches
  const last = stretches[stretches.length - 1]
  return (
    (first[0] === first[1] && joints[0].kind !== 'row') ||
    (last[0] === last[1] && joints[joints.length - 1].kind === 'word')
  )
}

function hasJoint(joints: readonly Token[], word: 'and' | 'or'): boolean {
  return joints.some(({ text }) => text.toLowerCase() === word)
}

/** What joins the items is kept between relations, and where a sign of logic says it. */
function listOf(items: readonly Answer[], joints: readonly Token[]): Answer {
  const connective = hasJoint(joints, 'or') ? 'or' : hasJoint(joints, 'and') ? 'and' : undefined
  const isSign = joints.some(({ kind, text }) => kind === 'separator' && text === connective)
  // "red and blue" are two things, "red or blue" is one of them.
  const areWords = items.some(({ kind }) => kind === 'text') && items.every(mayBeTrue)
  const isLogic = areWords || items.some(isStatement) || (isSign && items.every(mayBeTrue))
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
function shareLeftSide(items: readonly Answer[]): readonly Answer[] {
  const [first, ...rest] = items
  const isBound = first.kind === 'relation' && '<>≤≥'.includes(first.sign)
  if (isBound && rest.length > 0 && rest.every(isNumber)) throw new Unreadable('a bound without its variable')
  const isShared = first.kind === 'relation' && (first.sign === '=' || isUnequal(first)) && rest.every(isValue)
  if (!isShared) return items
  return [first, ...rest.map((item): Answer => ({ ...first, right: item }))]
}

function isNumber(answer: Answer): boolean {
  return answer.kind === 'expression' && answer.expression.kind === 'number'
}

function isUnequal(answer: Answer): boolean {
  return answer.kind === 'relation' && answer.sign === '≠'
}

function isValue(answer: Answer): boolean {
  return answer.kind !== 'relation' && answer.kind !== 'chain' && answer.kind !== 'text'
}

/** Drops stops and line ends around the tokens, commas behind them, and "either … or" and "both … and" before them. */
function trim(tokens: readonly Token[], from: number, to: number): readonly [from: number, to: number] {
  let start = from
  let end = to
  const isEdge = ({ kind }: Token): boolean => kind === 'stop' || kind === 'row'
  while (start < end && isEdge(tokens[start])) start++
  while (end > start && (isEdge(tokens[end - 1]) || tokens[end - 1].kind === 'separator')) end--
  const word = tokens[start]?.kind === 'word' ? tokens[start].text.toLowerCase() : ''
  const joint = word === 'either' ? 'or' : word === 'both' ? 'and' : undefined
  const isJoint = ({ kind, text }: Token): boolean => kind === 'word' && text.toLowerCase() === joint
  if (joint !== undefined && tokens.slice(start + 1, end).some(isJoint)) start++
  return [start, end]
}
