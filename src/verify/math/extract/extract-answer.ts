// Takes the final answer out of a completion, in the order that the options name. It reads no mathematics and compares
// nothing; time is linear in the text. Prose after the answer is ignored, the thinking part is cut off first.
import type { AnswerAnchor, MathOptions } from '../options.ts'
import { type AnswerPhrase, findAnswerPhrases } from './answer-phrases.ts'
import { answerSentence } from './answer-sentence.ts'
import { answerSpan, trimmed } from './answer-span.ts'
import { findAnswerTags } from './answer-tags.ts'
import { lastNumber } from './bare-number.ts'
import { boldChoices, boldValue, withoutBold } from './bold-value.ts'
import { type BoxedStatement, boxedStatement } from './boxed-statement.ts'
import { type Box, findBoxes } from './boxes.ts'
import { bulletValues } from './bullet-values.ts'
import { choiceLabel, lastChoice } from './choice-letter.ts'
import { conclusionBehind, lastStatement, wordsSaid } from './conclusion.ts'
import { isDeniedMark, isGivenUp, isGuess, isHedged, isTakenBack, listsChoices, namesCandidates } from './doubt.ts'
import { withoutEndTokens } from './end-tokens.ts'
import { countedNumber } from './foreign-conclusion.ts'
import { isDeniedInside, isDoubtedAbroad } from './foreign-denial.ts'
import { withForeignScale } from './foreign-scale.ts'
import { jsonAnswer } from './json-answer.ts'
import { lastBoxes } from './last-boxes.ts'
import { findFormulas } from './maths-environments.ts'
import { isUndecided } from './passed-over.ts'
import { looksBare, proseWords, saysFormula } from './plain-looks.ts'
import { saidFormula } from './prose-formula.ts'
import { isAttributed, isOtherCase, isQuestioned, isReplaced } from './retraction.ts'
import { saidMissing, saidSentence, saidWithoutFigures } from './said-text.ts'
import { saidValue, saidWords } from './said-value.ts'
import { shownText } from './shown-text.ts'
import { cutThinking } from './thinking.ts'
import { unitBehind } from './unit-behind.ts'
import { areNumberWords } from './words-for-numbers.ts'
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
  /** Of what kind the gold answer is: letters and words are looked for only when it is one. `word` is yes, no, true or false. */
  readonly expect?: 'choice' | 'word' | 'text' | 'other'
}

interface Searched {
  readonly text: string
  readonly boxes: readonly Box[]
  readonly phrases: readonly AnswerPhrase[]
}

type Found = Omit<ExtractedAnswer, 'how' | 'ok'> | string | undefined | { readonly refused: string }
type Finder = (searched: Searched, options: ExtractOptions) => Found

/** Languages that write 14,5 for 14.5; three figures behind the comma may be thousands. */
const commaLanguage = /^(?:respuesta|resposta|risposta|réponse|antwort|ответ)/i
const decimalComma = /^([-−]?\d{1,15}),(\d{1,2}|\d{4,15})(?![\d,])/

const guesses = { refused: 'several guesses and none of them final' }

const phrase =
  (kind: AnswerAnchor): Finder =>
  ({ text, phrases }, { doubt, expect }) => {
    const found = phrases.findLast((one) => one.kind === kind)
    if (found === undefined) return undefined
    if (doubt === 'heed' && phrases.length > 1 && found !== phrases[0]) {
      if (isGuess(text, found.from) || isOtherCase(text, found.at)) return guesses
    }
    const span = jsonAnswer(text, found.from) ?? answerSentence(text, found, expect) ?? answerSpan(text, found.from)
    const hasComma = typeof span === 'string' && commaLanguage.test(text.slice(found.at, found.at + 10))
    return hasComma ? span.replace(decimalComma, '$1{,}$2') : span
  }

const finders: Readonly<Record<AnswerAnchor, Finder>> = {
  box: ({ text, boxes }, { severalBoxes, aroundBox, doubt }) => {
    const found = lastBoxes(text, boxes, severalBoxes === 'join')
    if (found === undefined) return undefined
    if (doubt === 'heed' && isHedged(text, found.before, found.boxes)) return guesses
    if (aroundBox === 'read') return withProseUnit(text, found.boxes, boxedStatement(text, found.boxes))
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
  whole: ({ text }, { expect, doubt, anchors }) => {
    if (!looksBare(text)) return undefined
    // "Options A and C are correct." is as short as an answer.
    if (expect === 'choice' && proseWords(text) > 0) {
      if (doubt === 'heed' && (listsChoices(text) || isGivenUp(text))) return undefined
      // "A. Johnson" is read with what stands behind its letter.
      if (choiceLabel(text)?.isChosen) return trimmed(text)
      return lastChoice(text) ?? (/\b(?:none|neither|all|either|both)\b/i.test(text) ? undefined : trimmed(text))
    }
    // A grader that reads no prose takes the text as it is.
    if (!anchors.includes('number')) return trimmed(text)
    if (anchors.includes('maths') && saysFormula(text)) return undefined
    if (expect === 'word' && proseWords(text) > 1)
      return saysBoth(text) ? trimmed(text) : (yesOrNo(text) ?? trimmed(text))
    const said = saidValue(text) ?? saidMissing(text)
    return said ?? (expect === 'other' ? countedNumber(text) : undefined) ?? trimmed(text)
  },
  maths: ({ text }, { expect }) => {
    const stated = bulletValues(text) ?? conclusionBehind(text, expect)
    if (stated !== undefined) return stated
    const said = saidFormula(text)
    return expect === 'text' && said !== undefined && 'refused' in said ? saidSentence(text) : said
  },
  choice: ({ text }, { expect, doubt }) =>
    expect === 'choice' && !(doubt === 'heed' && listsChoices(text))
      ? (boldChoices(lastStatement(text)) ?? lastChoice(text))
      : undefined,
  word: ({ text }, { expect }) => (expect === 'word' ? yesOrNo(text) : undefined),
  number: ({ text }, { doubt, expect }) => {
    if (doubt === 'heed' && namesCandidates(text)) return undefined
    const statement = lastStatement(text)
    if (doubt === 'heed' && isUndecided(statement)) return undefined
    const said = saidValue(text)
    // For a text of which a number is a part.
    if (expect === 'text' && said === undefined && /\d/.test(text.slice(-200)))
      return wordsSaid(statement, expect) ?? saidSentence(text)
    // A number alone is looked at more closely than a formula.
    return said === undefined || /^[-−+$€£]{0,2}[\d.,]*$/.test(said)
      ? (boldValue(statement) ??
          wordsSaid(statement, expect) ??
          lastNumber(withoutBold(text)) ??
          wordsAtLast(text, expect))
      : said
  },
}

const saysBoth = (text: string): boolean => new Set(text.toLowerCase().match(/\b(?:yes|no|true|false)\b/g)).size > 1

/** Words for an answer, where no figure is. */
function wordsAtLast(text: string, expect: ExtractOptions['expect']): string | undefined {
  const said = /\d/.test(text.slice(-200)) ? undefined : saidWords(text)
  return expect === 'text' || (said !== undefined && areNumberWords(said)) ? said : undefined
}

/** One box with the unit that prose sets behind it. */
function withProseUnit(text: string, boxes: readonly Box[], said: BoxedStatement): BoxedStatement {
  if (boxes.length > 1 || 'refused' in said || said.withUnit !== undefined || said.boxes !== undefined) return said
  const [{ end, content }] = boxes
  if (said.text !== content.trim()) return said
  const unit = unitBehind(text, end)
  return unit === undefined ? said : { ...said, withUnit: `${said.text} ${unit}` }
}

/** What a text has without saying that it is the answer. */
const unannounced: ReadonlySet<AnswerAnchor> = new Set(['maths', 'choice', 'word', 'number'])

/** Boxes looked at for a denial, from the end: a text with more is a flood. */
const most = 64

/** Finds the answer. What is expected of the options is in options.ts. */
export function extractAnswer(completion: string, options: ExtractOptions): Extraction {
  const cut = cutThinking(withoutEndTokens(completion))
  if (!cut.ok) return cut
  const shown = shownText(cut.text)
  const text = options.tailCharacters > 0 ? shown.slice(-options.tailCharacters) : shown
  if (text.trim() === '') return { ok: false, reason: 'the text is empty' }
  const searched = heeded({ text, boxes: findBoxes(text), phrases: findAnswerPhrases(text) }, options)
  if (options.anchors.includes('box') && !options.unclosedBox && searched.boxes.at(-1)?.closed === false)
    return { ok: false, reason: 'the last box is not closed' }
  const isLost = options.doubt === 'heed' && isGivenUp(text)
  for (const how of options.anchors) {
    if (isLost && unannounced.has(how)) continue
    const found = finders[how](searched, options)
    if (typeof found === 'object' && 'refused' in found) return { ok: false, reason: found.refused }
    const answer = typeof found === 'string' ? { text: found } : found
    if (answer === undefined || answer.text.trim() === '') continue
    const own = withoutDollars(answer.text.trim())
    const text = options.expect === 'text' || how === 'box' ? own : withForeignScale(own)
    if (text === undefined) return { ok: false, reason: 'a word behind the number changes it' }
    if (options.doubt === 'heed' && options.expect === 'other' && isDeniedInside(text))
      return { ok: false, reason: 'the answer is denied' }
    return { ok: true, ...answer, text, how }
  }
  const words =
    isLost || !options.anchors.includes('number') ? undefined : saidWithoutFigures(searched.text, options.expect)
  return words === undefined ? { ok: false, reason: 'no answer was found' } : { ok: true, text: words, how: 'whole' }
}

/** Without the boxes and phrases that their sentence denies: nothing else takes its answer from them either. */
function heeded(searched: Searched, { doubt }: ExtractOptions): Searched {
  if (doubt === 'ignore') return searched
  const { text, boxes, phrases } = searched
  const denied: { readonly start: number; readonly end: number }[] = boxes
    .slice(-most)
    .filter((box) => isDeniedMark(text, box))
  const last = boxes.at(-1)
  if (last !== undefined && !denied.includes(last) && isReplaced(text.slice(last.end, last.end + 600), last.content))
    denied.push(last)
  for (const phrase of phrases.slice(-most)) {
    const { at, from } = phrase
    const span = text.slice(from, from + 600).search(/[.!?;](?:\s|$)|,\s(?:but|so|and)\b|\n/)
    const end = span < 0 ? Math.min(text.length, from + 600) : from + span
    const isLast = phrase === phrases.at(-1)
    if (
      isAttributed(text, at) ||
      isDoubtedAbroad(text.slice(Math.max(0, at - 120), at)) ||
      isQuestioned(text, from, at) ||
      (isLast &&
        (isReplaced(text.slice(end, end + 600), text.slice(from, end)) || isTakenBack(text.slice(end, end + 140))))
    )
      denied.push({ start: at, end })
  }
  if (denied.length === 0) return searched
  let left = ''
  let at = 0
  for (const { start, end } of denied.sort((a, b) => a.start - b.start)) {
    if (start < at) continue
    left += `${text.slice(at, start)}\\square `
    at = end
  }
  left += text.slice(at)
  return { text: left, boxes: findBoxes(left), phrases: findAnswerPhrases(left) }
}

/** `$x$` as `x`. What stands beside the dollars stays: `-$5$` is -5, and the figures of `2$5$` do not run together. */
export function withoutDollars(text: string): string {
  const [only, ...others] = findFormulas(text)
  if (only === undefined || others.length > 0) return text
  const before = text.slice(0, only.start)
  const after = text.slice(only.end)
  if (/^[\s*_]*$/.test(before) && /^[\s*_.,;:]*$/.test(after)) return only.content
  if (only.start > 3 || after.length > 3) return text
  const gap = (left: string, right: string): string => (/[\p{L}\d.)}]$/u.test(left) && /^[\d.]/.test(right) ? ' ' : '')
  return `${before}${gap(before, only.content)}${only.content}${gap(only.content, after)}${after}`
}
