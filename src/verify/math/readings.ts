// Other ways to take an extracted text, tried when the plain one is not equal: a choice with its label, a value with its
// name, one number among words, one value boxed several times. Each gives one answer, never a choice among several.
import type { Answer } from './answer.ts'
import { compareAnswers } from './compare/compare-answers.ts'
import { onlyNumber } from './extract/bare-number.ts'
import { choiceLabel } from './extract/choice-letter.ts'
import type { ExtractedAnswer } from './extract/extract-answer.ts'
import { namedValue } from './named-value.ts'
import type { MathOptions } from './options.ts'
import { readAnswer } from './parse/read-answer.ts'

/** Answers that an extracted text may also mean, for a gold answer of this kind. */
export function otherReadings(
  extracted: ExtractedAnswer,
  plain: Answer | undefined,
  gold: Answer,
  options: MathOptions,
): readonly Answer[] {
  const texts: string[] = []
  const label = choiceLabel(extracted.text)
  if (label !== undefined && gold.kind === 'choice') texts.push(label.letter)
  else if (label !== undefined && label.rest !== '') texts.push(label.rest)
  if (gold.kind === 'expression' && (plain === undefined || plain.kind === 'text')) {
    const number = onlyNumber(extracted.text)
    if (number !== undefined) texts.push(number)
  }
  const same = extracted.boxes && sameBoxes(extracted.boxes, options)
  if (same !== undefined) texts.push(same)
  const answers = texts.flatMap((text) => {
    const read = readAnswer(text, options)
    return read.ok ? [read.answer] : []
  })
  const value = plain && gold.kind !== 'relation' && gold.kind !== 'chain' ? namedValue(plain, options) : undefined
  return value === undefined ? answers : [...answers, value]
}

/** The last of several boxes, when all say the same. */
function sameBoxes(boxes: readonly string[], options: MathOptions): string | undefined {
  const answers = boxes.map((box) => readAnswer(box, options))
  const last = answers.at(-1)
  const agree = answers.every(
    (one) => one.ok && last?.ok && compareAnswers(one.answer, last.answer, options).verdict === 'equal',
  )
  return agree ? boxes.at(-1) : undefined
}
