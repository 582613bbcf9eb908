// The options as a table: what each is for and what it may be. Checks options that come from outside, such as
// `--set percent=value`, and is shown in the command's help. Their meaning is in options.ts.
import { closestName } from '../../base/closest-name.ts'
import { GradusError } from '../../base/error.ts'
import type { AnswerAnchor, MathOptions } from './options.ts'
import { findMathPreset } from './presets.ts'

/** One option, for people and for checking. */
export interface OptionRow {
  readonly name: keyof MathOptions
  readonly says: string
  /** Words it may be; `['true', 'false']` for a switch. None for a number. */
  readonly words?: readonly string[]
  /** Several words are given as a list. */
  readonly isList?: boolean
}

const onOff = ['true', 'false'] as const
const anchors: readonly AnswerAnchor[] = [
  'box',
  'answer-tag',
  'hashes',
  'final-answer',
  'answer-is',
  'answer-colon',
  'whole',
  'maths',
  'choice',
  'word',
  'number',
]

/** All options. */
export const mathOptionTable: readonly OptionRow[] = [
  { name: 'percent', says: 'how 50% stands to 0.5 and 50', words: ['ignore', 'value', 'either'] },
  { name: 'unreducedFractions', says: '2/4 may stand for 1/2', words: onOff },
  { name: 'unorderedLists', says: '1, 2 without brackets equals 2, 1', words: onOff },
  { name: 'bracketsMatter', says: '(1,2), {1,2} and 1,2 differ', words: onOff },
  { name: 'relativeTolerance', says: 'accepted relative difference of decimals' },
  { name: 'acceptRounding', says: 'the other side rounded to a decimal is equal to it', words: onOff },
  { name: 'dropVariable', says: 'x = 3 may stand for 3', words: onOff },
  { name: 'units', says: 'whether 3 cm equals 3 m', words: ['ignore', 'if-both', 'required'] },
  { name: 'ignoreCase', says: 'words are equal in any case', words: onOff },
  { name: 'log', says: 'base of log without one', words: ['base-10', 'natural', 'either'] },
  { name: 'severalBoxes', says: 'boxes that stand together: the last, or a list', words: ['last', 'join'] },
  { name: 'unclosedBox', says: 'a box without its last brace counts', words: onOff },
  { name: 'aroundBox', says: 'what changes the value of a box in its formula counts', words: ['read', 'ignore'] },
  { name: 'doubt', says: 'denied boxes and guesses are no answer', words: ['heed', 'ignore'] },
  { name: 'choiceRuns', says: 'ABC may stand for the choices A, B, C', words: onOff },
  { name: 'textOnly', says: 'compare normal forms as text, no algebra', words: onOff },
  { name: 'textForm', says: 'which normal form that is', words: ['hendrycks', 'minerva'] },
  { name: 'hundredfold', says: 'plain numbers may differ by a factor of 100', words: onOff },
  { name: 'anchors', says: 'where an answer is looked for, best first', words: anchors, isList: true },
  { name: 'tailCharacters', says: 'only so many last characters are searched; 0 for all' },
]

/**
 * A preset with settings from outside laid over it.
 *
 * @throws `config/unknown-preset`, `config/unknown-key`, `config/bad-value`
 */
export function readMathOptions(preset: string, settings: Readonly<Record<string, unknown>>): MathOptions {
  const read: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(settings)) {
    const row = mathOptionTable.find((one) => one.name === name)
    if (row === undefined) {
      const names = mathOptionTable.map((one) => one.name)
      const near = closestName(name, names)
      throw new GradusError('config/unknown-key', `"${name}" is no option${near ? `; did you mean "${near}"?` : ''}`, {
        hint: `The options are: ${names.join(', ')}.`,
      })
    }
    read[name] = checkedValue(row, value)
  }
  return { ...findMathPreset(preset), ...read }
}

function checkedValue(row: OptionRow, value: unknown): unknown {
  const { name, words, isList } = row
  if (words === undefined) {
    if (typeof value === 'number' && Number.isFinite(value) && value >= 0) return value
    throw badValue(row, value, 'a number, 0 or more')
  }
  if (isList) {
    const parts: unknown[] = Array.isArray(value) ? value : typeof value === 'string' ? value.split(',') : []
    if (parts.length > 0 && parts.every((part) => words.includes(String(part)))) return parts
    throw badValue(row, value, `some of ${words.join(', ')}, with commas between`)
  }
  const word = words.find((one) => one === String(value))
  if (word === undefined) throw badValue({ name, says: '' }, value, words.join(', '))
  return words === onOff ? word === 'true' : word
}

const badValue = ({ name }: OptionRow, value: unknown, expected: string): GradusError =>
  new GradusError('config/bad-value', `"${name}" cannot be ${JSON.stringify(value)}: expected ${expected}`)
