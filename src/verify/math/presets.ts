// Named sets of options, each after a grader that people report numbers with. What a grader does is written down in
// docs/verify.md, with examples where the presets disagree.

import { closestName } from '../../base/closest-name.ts'
import { GradusError } from '../../base/error.ts'
import { type AnswerAnchor, defaultMathOptions, type MathOptions } from './options.ts'

const phrases: readonly AnswerAnchor[] = ['hashes', 'final-answer', 'answer-is', 'answer-colon']

/** The other graders take the last box as it is, and the last of several guesses. */
const asBoxed = { aroundBox: 'ignore', doubt: 'ignore', choiceRuns: false } as const

/** All presets by name. */
export const mathPresets = {
  gradus: defaultMathOptions,
  /** The MATH data set's own grader: the last box, brought to a normal form, as text. */
  'hendrycks-math': {
    ...defaultMathOptions,
    ...asBoxed,
    textOnly: true,
    textForm: 'hendrycks',
    severalBoxes: 'last',
    unclosedBox: false,
    ignoreCase: false,
    anchors: ['box', 'whole'],
  },
  /** The Minerva paper's listing, with the anchors that DAPO uses it with. */
  minerva: {
    ...defaultMathOptions,
    ...asBoxed,
    textOnly: true,
    textForm: 'minerva',
    severalBoxes: 'last',
    unclosedBox: false,
    ignoreCase: false,
    anchors: ['final-answer', 'answer-colon', 'box', 'whole'],
    tailCharacters: 300,
  },
  /** Qwen2.5-Math's evaluation, which goes back to ToRA: numbers within 1e-4, with and without a percent sign. */
  qwen: {
    ...defaultMathOptions,
    ...asBoxed,
    percent: 'either',
    hundredfold: true,
    relativeTolerance: 1e-4,
    severalBoxes: 'last',
    unorderedLists: false,
    bracketsMatter: false,
    units: 'ignore',
    anchors: ['box', ...phrases, 'whole', 'choice', 'number'],
  },
  /** Math-Verify called as open-r1 and TRL do: boxes first, six digits, relations as written. */
  'math-verify': {
    ...defaultMathOptions,
    ...asBoxed,
    percent: 'either',
    relativeTolerance: 1e-6,
    severalBoxes: 'join',
    unclosedBox: false,
    bracketsMatter: false,
    units: 'ignore',
    anchors: [
      'box',
      'final-answer',
      'answer-is',
      'answer-colon',
      'hashes',
      'whole',
      'choice',
      'word',
      'maths',
      'number',
    ],
  },
} as const satisfies Readonly<Record<string, MathOptions>>

/** Name of a preset. */
export type MathPreset = keyof typeof mathPresets

/** Names of all presets, the default first. */
export const mathPresetNames = Object.keys(mathPresets) as readonly MathPreset[]

/** A preset by name. @throws `config/unknown-preset` */
export function findMathPreset(name: string): MathOptions {
  if (Object.hasOwn(mathPresets, name)) return mathPresets[name as MathPreset]
  const near = closestName(name, mathPresetNames)
  throw new GradusError('config/unknown-preset', `there is no preset "${name}"`, {
    hint: `${near ? `Did you mean "${near}"? ` : ''}The presets are: ${mathPresetNames.join(', ')}.`,
  })
}

/** What a caller may give: a preset, or options that change the default one. */
export type MathChoice = MathPreset | Partial<MathOptions>

/** All options of a choice. @throws `config/unknown-preset` */
export function mathOptionsOf(choice: MathChoice = 'gradus'): MathOptions {
  return typeof choice === 'string' ? findMathPreset(choice) : { ...defaultMathOptions, ...choice }
}
