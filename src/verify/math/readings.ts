// Other ways to take an extracted text, tried when the plain one is not equal: without its remark, a choice with its
// label, a value with its name, one number among words, one value boxed several times. Each is what an honest reader
// would take the text for; none is a choice among several values.
import type { Answer } from './answer.ts'
import { caseSets } from './case-function.ts'
import { compareAnswers } from './compare/compare-answers.ts'
import { onlyNumber } from './extract/bare-number.ts'
import { choiceLabel, choiceRun } from './extract/choice-letter.ts'
import type { ExtractedAnswer } from './extract/extract-answer.ts'
import { withoutRemark } from './extract/remarks.ts'
import { mayShareName, namedValue } from './named-value.ts'
import type { MathOptions } from './options.ts'
import { readAnswer } from './parse/read-answer.ts'
import { rewritten } from './rewritten-text.ts'
import { seriesValues } from './series-values.ts'

/** Gold answers and predictions to compare, best first. */
export function* otherReadings(
  extracted: ExtractedAnswer,
  plain: Answer | undefined,
  goldText: string,
  gold: Answer,
  options: MathOptions,
): Generator<readonly [gold: Answer, prediction: Answer]> {
  const bare = withoutRemark(extracted.text)
  const unremarked = bare === extracted.text ? plain : readOrNone(bare, options)
  if (unremarked !== undefined && unremarked !== plain) yield [gold, unremarked]
  for (const text of otherTexts(extracted, unremarked, gold, options)) {
    const answer = readOrNone(text, options)
    if (answer !== undefined) yield [gold, answer]
  }
  // Of the gold answer `(C) 12` the letter or the value will do.
  if (gold.kind === 'relation' && gold.left.kind === 'choice' && unremarked !== undefined)
    if (unremarked.kind !== 'relation') yield [unremarked.kind === 'choice' ? gold.left : gold.right, unremarked]
  const items = unremarked && gold.kind === 'expression' ? sameItem(unremarked, options) : undefined
  if (items !== undefined) yield [gold, items]
  if (options.choiceRuns) {
    const runs = [choiceRun(goldText), choiceRun(bare)] as const
    const [wanted = gold, given = unremarked] = runs
    if (given !== undefined && (runs[0] || runs[1])) yield [wanted, given]
  }
  yield* namedReadings(bare, unremarked, goldText, gold, options)
  const cases = gold.kind === 'text' ? caseSets(goldText, extracted.text, options) : undefined
  if (cases !== undefined) yield cases
  const isUnread = gold.kind === 'text' || plain?.kind === 'text'
  const values = isUnread ? seriesValues(goldText, bare, options) : undefined
  if (values !== undefined) yield values
  yield* rewrittenReadings(extracted.text, unremarked, goldText, gold, options)
}

/** Words, or a bracket behind something. */
const mayHoldRemark = /[a-z]{2}[\s}]|.\(/i

/** Both in words that the reader knows, the gold answer also without its remark. */
function* rewrittenReadings(
  text: string,
  plain: Answer | undefined,
  goldText: string,
  gold: Answer,
  options: MathOptions,
): Generator<readonly [gold: Answer, prediction: Answer]> {
  // What a remark says of a letter's domain is read before the remark goes.
  const [wantedText, givenText] = [goldText, text].map((one) => {
    const changed = rewritten(one)
    return changed !== one || !mayHoldRemark.test(one) ? changed : rewritten(withoutRemark(one))
  })
  if (wantedText === goldText && givenText === text) return
  const wanted = wantedText === goldText ? gold : readOrNone(wantedText, options)
  const given = givenText === text ? plain : readOrNone(givenText, options)
  if (wanted !== undefined && given !== undefined) yield [wanted, given]
}

/** Values with their names taken off, on either side. */
function* namedReadings(
  text: string,
  plain: Answer | undefined,
  goldText: string,
  gold: Answer,
  options: MathOptions,
): Generator<readonly [gold: Answer, prediction: Answer]> {
  const isStatement = gold.kind === 'relation' || gold.kind === 'chain'
  const given = namedValue(text, options)
  if (given !== undefined && !given.isGoldOnly && !isStatement && gold.kind !== 'text')
    for (const value of given.values) yield [gold, value]
  if (!isStatement && gold.kind !== 'text') return
  const wanted = options.dropVariable ? namedValue(goldText, options) : undefined
  if (wanted === undefined) return
  // Of \sqrt{2} \approx 1.414 the exact side is the answer.
  const isRounded = wanted.name === undefined && wanted.values.length === 2
  // A sum of letters in a gold answer is an equation for once.
  if (!isRounded && (wanted.name === undefined || /^[a-z]\+/.test(wanted.name))) return
  if (given !== undefined && !mayShareName(wanted, given)) return
  const predictions = given?.values ?? (plain === undefined || plain.kind === 'relation' ? [] : [plain])
  const values = isRounded ? wanted.values.slice(0, 1) : wanted.values
  for (const value of values) for (const prediction of predictions) yield [value, prediction]
}

function otherTexts(
  extracted: ExtractedAnswer,
  plain: Answer | undefined,
  gold: Answer,
  options: MathOptions,
): readonly string[] {
  const texts: string[] = []
  const label = choiceLabel(extracted.text)
  if (label !== undefined && gold.kind === 'choice') {
    if (label.isChosen) texts.push(label.letter)
  } else if (label !== undefined && label.rest !== '') texts.push(label.rest)
  if (gold.kind === 'expression' && (plain === undefined || plain.kind === 'text')) {
    const number = onlyNumber(extracted.text)
    if (number !== undefined) texts.push(number)
  }
  const same = extracted.boxes && sameBoxes(extracted.boxes, options)
  if (same !== undefined) texts.push(same)
  if (extracted.relation !== undefined && gold.kind !== 'expression') texts.push(extracted.relation)
  return texts
}

function readOrNone(text: string, options: MathOptions): Answer | undefined {
  const read = readAnswer(text, options)
  return read.ok ? read.answer : undefined
}

/** The last of several boxes, when all say the same. */
function sameBoxes(boxes: readonly string[], options: MathOptions): string | undefined {
  const answers = boxes.map((box) => readOrNone(box, options))
  return areSame(answers, options) ? boxes.at(-1) : undefined
}

/** `\frac{1}{2} or 0.5`: one value, written twice. */
function sameItem(answer: Answer, options: MathOptions): Answer | undefined {
  if (answer.kind !== 'list' || answer.items.length > 4 || answer.unit !== undefined) return undefined
  return areSame(answer.items, options) ? answer.items.at(-1) : undefined
}

function areSame(answers: readonly (Answer | undefined)[], options: MathOptions): boolean {
  const last = answers.at(-1)
  if (last === undefined) return false
  return answers.every((one) => one !== undefined && compareAnswers(one, last, options).verdict === 'equal')
}
