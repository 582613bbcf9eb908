// `f(2) = 3`, `AB = 5`, `V = lwh = 12` and `3 + 4 = 7` state a value with its name, its formula or its calculation; the
// value is what stands last. `2x = 3` does not: it is an equation. A chain whose numbers contradict each other states
// nothing.
import type { Answer } from './answer.ts'
import { compareAnswers } from './compare/compare-answers.ts'
import { contentsOf } from './compare/expression-shape.ts'
import { nameOfObject } from './name-of-object.ts'
import { nameOfValue } from './name-of-value.ts'
import type { MathOptions } from './options.ts'
import { dropLabel } from './parse/drop-label.ts'
import { readAnswer } from './parse/read-answer.ts'
import { splitStatement } from './split-statement.ts'

/** What a statement says. */
export interface NamedValue {
  /** Undefined for a bare calculation. */
  readonly name?: string
  /** Whether the name is words, which another text may put otherwise. */
  readonly isWords?: boolean
  /** Whether it is a name where a gold answer says so, and an equation elsewhere. */
  readonly isGoldOnly?: boolean
  /** Other things that are said to have the value: `y` in `x = y = 1`. */
  readonly others: readonly string[]
  /** The value; of `x = \frac{1}{3} \approx 0.333` both, as one is the other rounded. */
  readonly values: readonly Answer[]
}

/** How far apart a value and its rounding may be. */
const rounding = 0.01
const mostParts = 8

/** The value that a statement gives, or undefined when it is no such statement. */
export function namedValue(text: string, options: MathOptions): NamedValue | undefined {
  const statement = splitStatement(dropLabel(text.trim()))
  if (statement === undefined || statement.parts.length > mostParts) return undefined
  const { parts, signs } = statement
  const letter = nameOfValue(parts[0])
  if (letter !== undefined && !letter.isWords && letter.name.length === 1 && !options.dropVariable) return undefined
  const last = readValue(parts[parts.length - 1], options)
  if (last === undefined || last.kind === 'text') return undefined
  const named = nameOfObject(parts[0], last) ?? letter
  // \sin A = 5 names nothing.
  if (
    named !== undefined &&
    /^\\(?:sin|cos)/.test(named.name) &&
    /^-?\d+$/.test(parts[parts.length - 1]) &&
    !/^-?[01]$/.test(parts[parts.length - 1])
  )
    return undefined
  const between = parts.slice(named === undefined ? 0 : 1, -1).map((part) => readValue(part, options))
  if (
    named === undefined &&
    !isCalculated(parts[0], between) &&
    between.some((part) => part === undefined || hasLetters(part))
  )
    return undefined
  const about = signs.indexOf('≈')
  const lastAbout = signs.lastIndexOf('≈')
  // A decimal may round what it is said to equal; it is what the statement ends in all the same.
  const isDecimal = /\d\.\d/.test(parts[parts.length - 1])
  for (const [i, part] of between.entries()) {
    if (part === undefined || hasLetters(part)) continue
    const isRounded = isDecimal || lastAbout >= i + (named === undefined ? 0 : 1)
    if (!agrees(part, last, isRounded, options)) return undefined
  }
  const values =
    about < 0
      ? [last]
      : [...exactBefore(parts, about, named !== undefined, options), { ...last, approximate: true as const }]
  const others = parts.slice(1, -1).flatMap(otherName)
  return named === undefined ? { values, others } : { ...named, values, others }
}

/** `a - b = 3 - 2 = 1`: an expression in several letters and its calculation; `2x = 4 + 2 = 6` is an equation for x. */
function isCalculated(first: string, between: readonly (Answer | undefined)[]): boolean {
  const letters = new Set(first.replace(/\\[a-zA-Z]+/g, ' ').match(/[A-Za-z]/g))
  const last = between.at(-1)
  return letters.size > 1 && between.length > 1 && last !== undefined && !hasLetters(last)
}

/** A part of a chain that is a name or a multiple of one; what is calculated (`lwh`) is none. */
function otherName(part: string): string[] {
  if (/^\d{1,6}\s?[A-Za-z]$/.test(part)) return [part]
  const name = nameOfValue(part)
  return name === undefined || name.isWords ? [] : [bareName(name.name)]
}

/** The value right before the first "about", when it is one. */
function exactBefore(
  parts: readonly string[],
  about: number,
  isNamed: boolean,
  options: MathOptions,
): readonly Answer[] {
  if (isNamed && about === 0) return []
  const exact = readValue(parts[about], options)
  return exact === undefined || hasLetters(exact) ? [] : [exact]
}

function agrees(part: Answer, last: Answer, isRounded: boolean, options: MathOptions): boolean {
  if (compareAnswers(part, last, options).verdict === 'equal') return true
  if (isRounded) {
    const whole = wholeNumber(last)
    // 100 pi is about 314: to the nearest whole number.
    const relativeTolerance = whole === undefined ? rounding : Math.min(rounding, 0.5 / Math.abs(whole || 1))
    const to = whole === undefined ? last : asDecimal(last)
    return compareAnswers(part, to, { ...options, relativeTolerance, acceptRounding: true }).verdict === 'equal'
  }
  // A unit only at the end: x = 4 / 2 = 2 cm.
  const { unit, percent, ...bare } = last
  return (unit !== undefined || percent !== undefined) && compareAnswers(part, bare, options).verdict === 'equal'
}

function wholeNumber(answer: Answer): number | undefined {
  if (answer.kind !== 'expression' || answer.expression.kind !== 'number') return undefined
  const { value, places } = answer.expression
  return value.bottom === 1n && places === undefined ? Number(value.top) : undefined
}

function asDecimal(answer: Answer): Answer {
  if (answer.kind !== 'expression' || answer.expression.kind !== 'number') return answer
  return { ...answer, expression: { ...answer.expression, places: 1 } }
}

/**
 * Whether a prediction may be about what the gold answer is about: names in signs must agree, names in words may be put
 * otherwise but not be about something else, and of `AB = BC = 5` no part may be missing.
 */
export function mayShareName(gold: NamedValue, given: NamedValue): boolean {
  if (gold.name === undefined || given.name === undefined) return true
  if (gold.isWords && given.isWords) return maySayTheSame(gold.name, given.name)
  if (gold.isWords || given.isWords) return gold.others.length === 0
  if (gold.others.length === 0) return bareName(gold.name) === bareName(given.name)
  const known = new Set([bareName(given.name), ...given.others])
  return known.has(bareName(gold.name)) && gold.others.every((name) => known.has(name))
}

const fillers = new Set('the of a an is are value total answer result final number our this for in to'.split(' '))

/** "Area" and "area of the triangle" may, "minimum value" and "maximum value" may not. */
function maySayTheSame(a: string, b: string): boolean {
  const [first, second] = [a, b].map((name) => new Set(name.split(/[\s-]+/).filter((word) => !fillers.has(word))))
  const [few, many] = first.size <= second.size ? [first, second] : [second, first]
  return [...few].every((word) => many.has(word))
}

/** `|AB|` and `AB`, `m\\angle A` and `\\angle A`. */
const bareName = (name: string): string =>
  name
    .replace(/\|/g, '')
    .replace(/^m(?=\\)/, '')
    .replace(/^(\\[a-zA-Z]+)\((\w)\)$/, '$1$2')

function readValue(text: string, options: MathOptions): Answer | undefined {
  const read = readAnswer(text, options)
  if (!read.ok || read.answer.kind === 'relation' || read.answer.kind === 'chain') return undefined
  return read.answer
}

/** Whether a part is a formula rather than a number: `lwh`, `\frac{1}{2}bh`, or what cannot be read. */
function hasLetters(answer: Answer): boolean {
  if (answer.kind === 'text') return true
  if (answer.kind !== 'expression') return false
  const { symbols, hasUnknownCall } = contentsOf(answer.expression)
  return symbols.size > 0 || hasUnknownCall
}
