// Takes the final answer out of a completion, in the order that the options name. It reads no mathematics and compares
// nothing; time is linear in the text. Prose after the answer is ignored, the thinking part is cut off first.
import type { AnswerAnchor, MathOptions } from '../options.ts'
import { findAnswerPhrases } from './answer-phrases.ts'
import { answerSpan, trimmed } from './answer-span.ts'
import { findAnswerTags } from './answer-tags.ts'
import { lastNumber } from './bare-number.ts'
import { boxedStatement } from './boxed-statement.ts'
import { type Box, findBoxes } from './boxes.ts'
import { lastChoice } from './choice-letter.ts'
import { isDeniedMark, isGivenUp, isGuess, isHedged, listsChoices, namesCandidates } from './doubt.ts'
import { lastBoxes } from './last-boxes.ts'
import { findFormulas, lastRow } from './maths-environments.ts'
import { looksBare, proseWords } from './plain-looks.ts'
import { cutThinking } from './thinking.ts'
import { yesOrNo } from './yes-or-no.ts'

/** An answer in a completion, and where it stood. */
export interface ExtractedAnswer {
  readonly ok: true
  readonly text: string
  readonly how: AnswerAnchor
  /** The contents of several boxes, when `text` joins them. */
  readonly boxes?: readonly string[]
  /** The relation that a bound in a box belongs to: `x \ge 6` of `x \ge \boxed{6}`. */
  readonly relation?: string
  /** The text with the unit that stands behind its box. */
  readonly withUnit?: string
}

/** What comes of looking for an answer. */
export type Extraction = ExtractedAnswer | { readonly ok: false; readonly reason: string }

/** What is looked for. */
export interface ExtractOptions
  extends Pick<MathOptions, 'anchors' | 'severalBoxes' | 'unclosedBox' | 'tailCharacters' | 'aroundBox' | 'doubt'> {
  /** Of what kind the gold answer is: letters and words are looked for only when it is one. */
  readonly expect?: 'choice' | 'word' | 'other'
}

interface Searched {
  readonly text: string
  readonly boxes: readonly Box[]
}

type Found = Omit<ExtractedAnswer, 'how' | 'ok'> | string | undefined | { readonly refused: string }
type Finder = (searched: Searched, options: ExtractOptions) => Found

const guesses = { refused: 'several guesses and none of them final' }

const phrase =
  (kind: AnswerAnchor): Finder =>
  ({ text }, { doubt }) => {
    const phrases = findAnswerPhrases(text)
    const found = phrases.findLast((one) => one.kind === kind)
    if (found === undefined) return undefined
    if (doubt === 'heed' && phrases.length > 1 && found !== phrases[0] && isGuess(text, found.from)) return guesses
    return answerSpan(text, found.from)
  }

const finders: Readonly<Record<AnswerAnchor, Finder>> = {
  box: ({ text, boxes }, { severalBoxes, aroundBox, doubt }) => {
    const found = lastBoxes(text, boxes, severalBoxes === 'join')
    if (found === undefined) return undefined
    if (doubt === 'heed' && isHedged(text, found.before, found.boxes)) return guesses
    if (aroundBox === 'read') return boxedStatement(text, found.boxes)
    const { contents } = found
    return contents.length === 1 ? contents[0] : { text: contents.join(', '), boxes: contents }
  },
  'answer-tag': ({ text }, { doubt }) => {
    const found = lastBoxes(text, findAnswerTags(text), doubt === 'heed')
    if (found === undefined) return undefined
    if (doubt === 'heed' && isHedged(text, found.before, found.boxes)) return guesses
    const contents = found.contents.map(trimmed)
    return contents.length === 1 ? contents[0] : { text: contents.join(', '), boxes: contents }
  },
  hashes: ({ text }) => {
    const at = text.lastIndexOf('####')
    const end = text.indexOf('\n', at)
    const line = at < 0 ? '' : trimmed(text.slice(at + 4, end < 0 ? undefined : end).slice(0, 2_000))
    // A heading of Markdown looks the same: what is no number must be the last line.
    const isLast = end < 0 || text.slice(end).trim() === ''
    return isLast || /^[-−$€£]{0,2}[\d.,/]{1,60}(?:\s?\\?%)?$/.test(line) ? line : undefined
  },
  'final-answer': phrase('final-answer'),
  'answer-is': phrase('answer-is'),
  'answer-colon': phrase('answer-colon'),
  whole: ({ text }, { expect, doubt }) => {
    if (!looksBare(text)) return undefined
    // "Options A and C are correct." is as short as an answer.
    if (expect !== 'choice' || proseWords(text) === 0) return trimmed(text)
    return doubt === 'heed' && listsChoices(text) ? undefined : (lastChoice(text) ?? trimmed(text))
  },
  maths: ({ text }) => {
    const last = findFormulas(text).at(-1)
    return last && lastRow(last.content)
  },
  choice: ({ text }, { expect, doubt }) =>
    expect === 'choice' && !(doubt === 'heed' && listsChoices(text)) ? lastChoice(text) : undefined,
  word: ({ text }, { expect }) => (expect === 'word' ? yesOrNo(text) : undefined),
  number: ({ text }, { doubt }) => (doubt === 'heed' && namesCandidates(text) ? undefined : lastNumber(text)),
}

/** What a text has without saying that it is the answer. */
const unannounced: ReadonlySet<AnswerAnchor> = new Set(['maths', 'choice', 'word', 'number'])

/** Boxes looked at for a denial, from the end: a text with more is a flood. */
const most = 64

/** Finds the answer. What is expected of the options is in options.ts. */
export function extractAnswer(completion: string, options: ExtractOptions): Extraction {
  const cut = cutThinking(completion)
  if (!cut.ok) return cut
  const text = options.tailCharacters > 0 ? cut.text.slice(-options.tailCharacters) : cut.text
  if (text.trim() === '') return { ok: false, reason: 'the text is empty' }
  const searched = heeded({ text, boxes: findBoxes(text) }, options)
  if (options.anchors.includes('box') && !options.unclosedBox && searched.boxes.at(-1)?.closed === false)
    return { ok: false, reason: 'the last box is not closed' }
  const isLost = options.doubt === 'heed' && isGivenUp(text)
  for (const how of options.anchors) {
    if (isLost && unannounced.has(how)) continue
    const found = finders[how](searched, options)
    if (typeof found === 'object' && 'refused' in found) return { ok: false, reason: found.refused }
    const answer = typeof found === 'string' ? { text: found } : found
    if (answer === undefined || answer.text.trim() === '') continue
    return { ok: true, ...answer, text: withoutDollars(answer.text.trim()), how }
  }
  return { ok: false, reason: 'no answer was found' }
}

/** Without the boxes that their sentence denies: nothing else takes its answer from them either. */
function heeded(searched: Searched, { doubt }: ExtractOptions): Searched {
  if (doubt === 'ignore' || searched.boxes.length === 0) return searched
  const { text } = searched
  const denied = searched.boxes.slice(-most).filter((box) => isDeniedMark(text, box))
  if (denied.length === 0) return searched
  let left = ''
  let at = 0
  for (const { start, end } of denied) {
    left += `${text.slice(at, start)}\\square `
    at = end
  }
  left += text.slice(at)
  return { text: left, boxes: findBoxes(left) }
}

/** `$x$` as `x`, when the dollars enclose all of it. */
export function withoutDollars(text: string): string {
  const [only, ...others] = findFormulas(text)
  if (only === undefined || others.length > 0) return text
  return only.start <= 1 && only.end >= text.length - 1 ? only.content : text
}
