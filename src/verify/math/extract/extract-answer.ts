// Takes the final answer out of a completion, in the order that the options name. It reads no mathematics and compares
// nothing; time is linear in the text. Prose after the answer is ignored, the thinking part is cut off first.
import type { AnswerAnchor, MathOptions } from '../options.ts'
import { findAnswerPhrases } from './answer-phrases.ts'
import { answerSpan, trimmed } from './answer-span.ts'
import { lastNumber } from './bare-number.ts'
import { findBoxes } from './boxes.ts'
import { lastChoice } from './choice-letter.ts'
import { lastBoxes } from './last-boxes.ts'
import { findFormulas, lastRow } from './maths-environments.ts'
import { looksBare } from './plain-looks.ts'
import { cutThinking } from './thinking.ts'

/** An answer in a completion, and where it stood. */
export interface ExtractedAnswer {
  readonly ok: true
  readonly text: string
  readonly how: AnswerAnchor
  /** The contents of several boxes, when `text` joins them. */
  readonly boxes?: readonly string[]
}

/** What comes of looking for an answer. */
export type Extraction = ExtractedAnswer | { readonly ok: false; readonly reason: string }

/** What is looked for. */
export interface ExtractOptions
  extends Pick<MathOptions, 'anchors' | 'severalBoxes' | 'unclosedBox' | 'tailCharacters'> {
  /** Of what kind the gold answer is: letters and words are looked for only when it is one. */
  readonly expect?: 'choice' | 'word' | 'other'
}

type Finder = (text: string, options: ExtractOptions) => Omit<ExtractedAnswer, 'how' | 'ok'> | string | undefined

const phrase =
  (kind: AnswerAnchor): Finder =>
  (text) => {
    const found = findAnswerPhrases(text).findLast((one) => one.kind === kind)
    return found === undefined ? undefined : answerSpan(text, found.from)
  }

const finders: Readonly<Record<AnswerAnchor, Finder>> = {
  box: (text, { severalBoxes }) => {
    const found = lastBoxes(text, findBoxes(text), severalBoxes === 'join')
    if (found === undefined) return undefined
    const { contents } = found
    return contents.length === 1 ? contents[0] : { text: contents.join(', '), boxes: contents }
  },
  'answer-tag': (text) => {
    const close = text.lastIndexOf('</answer>')
    const open = text.lastIndexOf('<answer>', close < 0 ? undefined : close)
    return open < 0 ? undefined : trimmed(text.slice(open + 8, close < 0 ? undefined : close))
  },
  hashes: (text) => {
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
  whole: (text) => (looksBare(text) ? trimmed(text) : undefined),
  maths: (text) => {
    const last = findFormulas(text).at(-1)
    return last && lastRow(last.content)
  },
  choice: (text, { expect }) => (expect === 'choice' ? lastChoice(text) : undefined),
  word: (text, { expect }) => (expect === 'word' ? yesOrNo(text) : undefined),
  number: lastNumber,
}

/** Finds the answer. What is expected of the options is in options.ts. */
export function extractAnswer(completion: string, options: ExtractOptions): Extraction {
  const cut = cutThinking(completion)
  if (!cut.ok) return cut
  const text = options.tailCharacters > 0 ? cut.text.slice(-options.tailCharacters) : cut.text
  if (text.trim() === '') return { ok: false, reason: 'the text is empty' }
  if (options.anchors.includes('box') && !options.unclosedBox && findBoxes(text).at(-1)?.closed === false)
    return { ok: false, reason: 'the last box is not closed' }
  for (const how of options.anchors) {
    const found = finders[how](text, options)
    const answer = typeof found === 'string' ? { text: found } : found
    if (answer === undefined || answer.text.trim() === '') continue
    return { ok: true, ...answer, text: withoutDollars(answer.text.trim()), how }
  }
  return { ok: false, reason: 'no answer was found' }
}

/** `$x$` as `x`, when the dollars enclose all of it. */
export function withoutDollars(text: string): string {
  const [only, ...others] = findFormulas(text)
  if (only === undefined || others.length > 0) return text
  return only.start <= 1 && only.end >= text.length - 1 ? only.content : text
}

/** The yes, no, true or false that a text begins with, else the only kind of it in the last sentence. */
function yesOrNo(text: string): string | undefined {
  const first = /^[\s*_"'`]{0,8}(yes|no|true|false)\b/i.exec(text)
  if (first !== null) return first[1]
  const sentence =
    text
      .trim()
      .slice(-400)
      .split(/[.!?\n]\s/)
      .at(-1) ?? ''
  const words = new Set([...sentence.matchAll(/\b(yes|no|true|false)\b/gi)].map(([word]) => word.toLowerCase()))
  return words.size === 1 ? [...words][0] : undefined
}
