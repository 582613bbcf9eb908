// What graders of mathematics legitimately disagree on, as options with defaults. Every rule that a preset switches is
// named here; the presets are in presets.ts, words and allowed values for `--set` in option-table.ts. Types and the
// defaults only.

/**
 * Where an answer may stand in a completion. `box`: the last `\boxed{}`; `answer-tag`: `<answer>`; `hashes`: `#### 5`;
 * `final-answer`, `answer-is`, `answer-colon`: phrases; `whole`: the text is an answer and nothing else; `maths`: the
 * last formula; `choice`: the last letter such as `(B)`, looked for when the gold answer is one; `word`: a yes or no,
 * likewise; `number`: the last bare number.
 */
export type AnswerAnchor =
  | 'box'
  | 'answer-tag'
  | 'hashes'
  | 'final-answer'
  | 'answer-is'
  | 'answer-colon'
  | 'whole'
  | 'maths'
  | 'choice'
  | 'word'
  | 'number'

/** How strict a comparison is. */
export interface MathOptions {
  /** `50\%` against `0.5` or `50`: `ignore` drops the sign on both sides, `value` reads it as a hundredth, `either` accepts both readings. */
  readonly percent: 'ignore' | 'value' | 'either'
  /** Whether `2/4` may stand for `1/2`. */
  readonly unreducedFractions: boolean
  /** Whether `1, 2` without brackets equals `2, 1`. */
  readonly unorderedLists: boolean
  /** Whether `(1,2)`, `\{1,2\}` and `1,2` differ; otherwise they may stand for each other. */
  readonly bracketsMatter: boolean
  /** When one side is a decimal: accepted relative difference, 0 for rounding only. */
  readonly relativeTolerance: number
  /** When one side is written as a decimal with n places: whether the other side rounded to n places may equal it (3 significant digits at least). */
  readonly acceptRounding: boolean
  /** Whether `x = 3` may stand for `3`. */
  readonly dropVariable: boolean
  /** Whether units are compared (`3 cm` against `3 m`); otherwise a unit is dropped when only one side has it, and convertible ones convert. */
  readonly units: 'ignore' | 'if-both' | 'required'
  /** Whether text answers ignore case. */
  readonly ignoreCase: boolean
  /** `\log` of one argument without base. */
  readonly log: 'base-10' | 'natural' | 'either'
  /** Whether `\{…\}`-free several boxes are joined into one list, or only the last counts. */
  readonly severalBoxes: 'last' | 'join'
  /** Whether `\boxed{3` without its closing brace is read to the end of the line. */
  readonly unclosedBox: boolean
  /** `-\boxed{6}`: `read` takes what changes a box's value in its formula with it (-6), `ignore` is the box alone. */
  readonly aroundBox: 'read' | 'ignore'
  /** Whether denied boxes ("not \boxed{6}"), guesses joined by "maybe" and texts that give up count as no answer. */
  readonly doubt: 'heed' | 'ignore'
  /** Whether `ABC` may stand for the choices A, B, C. */
  readonly choiceRuns: boolean
  /** Only texts in normal form are compared; no algebra (the MATH and Minerva graders). */
  readonly textOnly: boolean
  /** Which normal form `textOnly` compares. */
  readonly textForm: 'hendrycks' | 'minerva'
  /** Two plain numbers also count as equal when one is a hundred times the other, and within `relativeTolerance` even when both are integers. */
  readonly hundredfold: boolean
  /** Where an answer is looked for, best first. */
  readonly anchors: readonly AnswerAnchor[]
  /** Only so many characters at the end of a completion are searched; 0 for all. */
  readonly tailCharacters: number
}

/** The preset `gradus`. */
export const defaultMathOptions: MathOptions = {
  percent: 'either',
  unreducedFractions: true,
  unorderedLists: true,
  bracketsMatter: true,
  relativeTolerance: 0,
  acceptRounding: false,
  dropVariable: true,
  units: 'if-both',
  ignoreCase: true,
  log: 'either',
  severalBoxes: 'join',
  unclosedBox: true,
  aroundBox: 'read',
  doubt: 'heed',
  choiceRuns: true,
  textOnly: false,
  textForm: 'hendrycks',
  hundredfold: false,
  anchors: [
    'box',
    'answer-tag',
    'hashes',
    'final-answer',
    'answer-is',
    'answer-colon',
    'whole',
    'choice',
    'word',
    'maths',
    'number',
  ],
  tailCharacters: 0,
}
