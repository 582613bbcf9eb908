// Whether a prediction, a bare answer or a whole completion, equals the gold answer: takes the answer out, reads both
// and compares. Never throws and never depends on earlier calls. True means equal beyond doubt, null that it could not be
// decided or that the gold answer is no answer; such a pair is not to be trained on.
import { messageOf } from '../../base/error.ts'
import type { Answer, Comparison, ReadAnswer } from './answer.ts'
import { compareAnswers } from './compare/compare-answers.ts'
import { choiceRun } from './extract/choice-letter.ts'
import { type ExtractedAnswer, type ExtractOptions, extractAnswer } from './extract/extract-answer.ts'
import { goldAnswerText } from './gold-text.ts'
import { limits } from './limits.ts'
import { mendedGold } from './mended-gold.ts'
import type { AnswerAnchor, MathOptions } from './options.ts'
import { readAnswer } from './parse/read-answer.ts'
import { showAnswer } from './parse/show-answer.ts'
import { type MathChoice, mathOptionsOf } from './presets.ts'
import { otherReadings } from './readings.ts'
import { hendrycksForm } from './text/hendrycks-form.ts'
import { minervaForm } from './text/minerva-form.ts'
import { numbersAgree, plainNumber } from './text/plain-number.ts'

/** What comes of a verification. */
export interface MathVerdict {
  readonly equal: boolean | null
  /** Short and for a person. */
  readonly reason: string
  /** The answers as they were read. */
  readonly gold?: string
  readonly prediction?: string
  /** What was taken out of the prediction, and where it stood. */
  readonly extracted?: { readonly text: string; readonly how: AnswerAnchor }
}

/**
 * Verifies one pair. Several gold answers: any of them will do.
 *
 * @throws `config/unknown-preset`, for the caller's own mistake only
 * @example
 * verifyMath('\\frac{3}{4}', 'So it is \\boxed{0.75}.').equal // true
 */
export function verifyMath(
  gold: string | readonly string[],
  prediction: string,
  choice: MathChoice = 'gradus',
): MathVerdict {
  const options = mathOptionsOf(choice)
  const golds = typeof gold === 'string' ? [gold] : gold
  const verdicts: MathVerdict[] = []
  for (const one of golds) {
    const verdict = guarded(one, prediction, options)
    if (verdict.equal === true) return verdict
    verdicts.push(verdict)
  }
  const undecided = verdicts.find(({ equal }) => equal === null)
  return undecided ?? verdicts[0] ?? { equal: null, reason: 'there is no gold answer' }
}

function guarded(gold: string, prediction: string, options: MathOptions): MathVerdict {
  try {
    const text = goldAnswerText(gold)
    if (text === '') return { equal: null, reason: 'the gold answer is empty' }
    return options.textOnly ? verifyText(text, prediction, options) : verifyAnswer(text, prediction, options)
  } catch (error) {
    return { equal: null, reason: `the verifier failed: ${messageOf(error).slice(0, 200)}` }
  }
}

function verifyAnswer(goldText: string, prediction: string, options: MathOptions): MathVerdict {
  const gold = readGold(goldText, options)
  if (!gold.ok) return verifyUnread(goldText, gold.reason, prediction, options)
  const shown = { gold: showAnswer(gold.answer) }
  const taken = extractAnswer(prediction, { ...options, expect: expectedOf(gold.answer, goldText, options) })
  if (!taken.ok) return { equal: false, reason: `no answer: ${taken.reason}`, ...shown }
  const found = taken.withUnit !== undefined && hasUnit(gold.answer) ? { ...taken, text: taken.withUnit } : taken
  const extracted = { text: found.text.slice(0, limits.characters), how: found.how }
  if (found.text.length <= limits.characters && found.text.trim() === goldText.trim()) {
    return { equal: true, reason: 'the texts are the same', ...shown, prediction: shown.gold, extracted }
  }
  if (options.hundredfold) {
    const numbers = [plainNumber(goldText), plainNumber(found.text)] as const
    const [wanted, given] = numbers
    if (wanted !== undefined && given !== undefined) {
      const equal = numbersAgree(wanted, given, options.relativeTolerance, true)
      return { equal, reason: `${given} is ${equal ? '' : 'not '}${wanted} to the tolerance`, ...shown, extracted }
    }
  }
  const read = readAnswer(found.text, options)
  const plain = read.ok ? read.answer : undefined
  const first: Comparison =
    plain === undefined
      ? { verdict: 'different', reason: `the prediction cannot be read: ${read.ok ? '' : read.reason}` }
      : compareAnswers(gold.answer, plain, options)
  const best = first.verdict === 'equal' ? undefined : equalReading(found, plain, goldText, gold.answer, options)
  const { verdict, reason } = best?.comparison ?? (areSameBroken(goldText, gold.answer, found.text) ? sameText : first)
  const answer = best?.answer ?? plain
  if (verdict === 'different' && isUncomputed(gold.answer, goldText) && answer !== undefined && answer.kind !== 'text')
    return { equal: null, reason: 'the gold answer is to be computed first', ...shown, extracted }
  const equal = verdict === 'undecided' ? null : verdict === 'equal'
  return { equal, reason, ...shown, ...(answer && { prediction: showAnswer(answer) }), extracted }
}

/** An integral, a limit, a derivative, an infinite sum: nothing here computes them, so no value is wrong for certain. */
function isUncomputed(gold: Answer, text: string): boolean {
  if (gold.kind !== 'text') return false
  const isSum = /\\(?:sum|prod)(?![a-zA-Z])/.test(text) && text.includes('\\infty')
  return isSum || /\\(?:(?:int|oint|iint|lim)(?![a-zA-Z])|d?frac\{d\}\{d[a-z]\})/.test(text)
}

/** A unit behind a box is read when the gold answer has one to compare it with. */
function hasUnit(gold: Answer): boolean {
  return gold.unit !== undefined || (gold.kind === 'relation' && gold.right.unit !== undefined)
}

/** A gold answer that is no mathematics may be broken LaTeX. */
function readGold(text: string, options: MathOptions): ReadAnswer {
  const read = readAnswer(text, options)
  if ((read.ok && read.answer.kind !== 'text') || !text.includes('\\')) return read
  const mended = readAnswer(mendedGold(text), options)
  return mended.ok && mended.answer.kind !== 'text' ? mended : read
}

function equalReading(
  found: ExtractedAnswer,
  plain: Answer | undefined,
  goldText: string,
  gold: Answer,
  options: MathOptions,
): { readonly answer: Answer; readonly comparison: Comparison } | undefined {
  for (const [wanted, answer] of otherReadings(found, plain, goldText, gold, options)) {
    const comparison = compareAnswers(wanted, answer, options)
    if (comparison.verdict === 'equal') return { answer, comparison }
  }
  return undefined
}

const sameText: Comparison = { verdict: 'equal', reason: 'the texts are the same up to spacing' }

/** What the MATH normaliser broke beyond mending is the prediction, broken likewise. */
function areSameBroken(goldText: string, gold: Answer, predictionText: string): boolean {
  if (gold.kind !== 'text' && gold.kind !== 'matrix') return false
  if (!goldText.includes('\\') || goldText.length + predictionText.length > limits.characters) return false
  // Its normal form forgets units, which a text may consist of.
  return !/\\text|%|\$/.test(goldText + predictionText) && hendrycksForm(goldText) === hendrycksForm(predictionText)
}

/** A gold answer that is no mathematics still equals itself. */
function verifyUnread(gold: string, why: string, prediction: string, options: MathOptions): MathVerdict {
  const found = extractAnswer(prediction, options)
  if (gold.length <= limits.characters && found.ok && withoutSpaces(found.text) === withoutSpaces(gold))
    return { equal: true, reason: 'the texts are the same', extracted: { text: found.text, how: found.how } }
  return { equal: null, reason: `the gold answer cannot be read: ${why}` }
}

function verifyText(goldText: string, prediction: string, options: MathOptions): MathVerdict {
  const found = extractAnswer(prediction, options)
  if (!found.ok) return { equal: false, reason: `no answer: ${found.reason}`, gold: goldText }
  if (goldText.length > limits.characters) return { equal: null, reason: 'the gold answer is too long' }
  if (found.text.length > limits.characters) return { equal: false, reason: 'the prediction is too long' }
  const form = options.textForm === 'hendrycks' ? hendrycksForm : minervaForm
  const [gold, given] = [goldText, found.text].map((text) =>
    options.ignoreCase ? form(text).toLowerCase() : form(text),
  )
  if (gold === '') return { equal: null, reason: 'nothing is left of the gold answer in normal form' }
  const equal = gold === given
  const extracted = { text: found.text, how: found.how }
  return { equal, reason: `the texts are ${equal ? 'the same' : 'not the same'}`, gold, prediction: given, extracted }
}

function expectedOf(gold: Answer, text: string, { choiceRuns }: MathOptions): ExtractOptions['expect'] {
  if (gold.kind === 'choice' || (gold.kind === 'list' && gold.items[0]?.kind === 'choice')) return 'choice'
  if (gold.kind === 'relation' && gold.left.kind === 'choice') return 'choice'
  if (choiceRuns && choiceRun(text) !== undefined) return 'choice'
  if (gold.kind !== 'text') return 'other'
  return /^(?:yes|no|true|false)$/.test(gold.text) ? 'word' : 'text'
}

const withoutSpaces = (text: string): string => text.replace(/\s/g, '')
