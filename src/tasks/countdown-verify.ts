// Checks a countdown completion: steps on values still available (`44+19=63;63+35=98`), or one expression
// (`(44+19)+35`). `!` gives an attempt up: the next one starts afresh, and only the last attempt counts.
// Each number serves at most once, each result at most once; all arithmetic is exact.
import { z } from 'zod'
import type { Problem, Verdict } from '../contracts/index.ts'
import { readExpression, takeFrom } from './countdown-expression.ts'
import type { Fraction, Operator } from './fraction.ts'
import { combine, equal, fraction, showFraction, whole } from './fraction.ts'
import { failed, quote, right, wrong } from './verdict.ts'

const maxLength = 4096
const maxAttempts = 64
const maxSteps = 64

// A value is 63, -4, (-4) or (35/19). Anchored, every repeat bounded, no two ways to match: linear in the text.
const digits = '(?:0|[1-9][0-9]{0,11})'
const value = `-?${digits}|\\(-?${digits}(?:/${digits})?\\)`
const stepPattern = new RegExp(`^(${value})([-+*/])(${value})=(${value})$`)

const countdownMeta = z.object({
  numbers: z.array(z.int().min(1)).min(1).max(8),
  target: z.int(),
})

/** The numbers and the target of a countdown problem. */
export interface CountdownGoal {
  readonly numbers: readonly number[]
  readonly target: number
}

/** What a problem asks, or undefined when its `meta` does not say. */
export function goalOf(problem: Problem): CountdownGoal | undefined {
  const read = countdownMeta.safeParse(problem.meta)
  return read.success ? read.data : undefined
}

interface StepsReading {
  /** One score per step: 1 when its values were available and its arithmetic is right. */
  readonly scores: readonly number[]
  /** The first thing wrong, naming the step. */
  readonly problem?: string
  readonly end?: Fraction
}

/** Right when the last attempt is legal and ends at the target. */
export function verifyCountdown(problem: Problem, completion: string): Verdict {
  const goal = goalOf(problem)
  if (goal === undefined) return failed('the problem holds no numbers and target')
  if (completion.length > maxLength) return wrong(`longer than ${maxLength} characters`, { parts: { form: 0 } })
  const numbers = goal.numbers.map(whole)
  const attempts = completion.split('!')
  if (attempts.length > maxAttempts) return wrong(`more than ${maxAttempts} attempts`, { parts: { form: 0 } })
  const readings = attempts.map((attempt) => readAttempt(attempt.trim(), numbers))
  const scores = readings.flatMap((reading) => reading.scores)
  const steps = scores.length > 0 ? scores : undefined
  const last = readings[readings.length - 1]
  if (last.problem !== undefined || last.end === undefined) {
    return wrong(last.problem ?? 'no attempt', { parts: { form: 0 }, steps })
  }
  const legal = { parts: { form: 1 }, steps }
  return equal(last.end, whole(goal.target))
    ? right(`it ends at ${goal.target}`, legal)
    : wrong(`it ends at ${showFraction(last.end)}, not ${goal.target}`, legal)
}

function readAttempt(text: string, numbers: readonly Fraction[]): StepsReading {
  if (text === '') return { scores: [], problem: 'the attempt is empty' }
  const written = text.split(/[;\n]/)
  if (written.length > 1 && written[written.length - 1].trim() === '') written.pop()
  if (written.length > maxSteps) return { scores: [], problem: `more than ${maxSteps} steps` }
  const lines = written.map(withoutSpaces)
  // One line that is not a step is an expression.
  if (lines.length > 1 || stepPattern.test(lines[0])) return readSteps(lines, numbers)
  const reading = readExpression(written[0].trim(), numbers)
  return 'value' in reading ? { scores: [], end: reading.value } : { scores: [], problem: reading.problem }
}

/** Drops spaces, except where two digits would run together: `4 4` must not become 44. */
function withoutSpaces(text: string): string {
  let joined = ''
  for (const word of text.split(/[ \t\r]/)) {
    const wouldMerge = isDigit(joined[joined.length - 1]) && isDigit(word[0])
    joined += wouldMerge ? ` ${word}` : word
  }
  return joined
}

function isDigit(char: string | undefined): boolean {
  return char !== undefined && char >= '0' && char <= '9'
}

function readSteps(lines: readonly string[], numbers: readonly Fraction[]): StepsReading {
  const pool = [...numbers]
  let problem: string | undefined
  let end: Fraction | undefined
  const scores = lines.map((line, i) => {
    const fault = applyStep(line, pool)
    if (typeof fault === 'string') problem ??= `step ${i + 1}: ${fault}`
    else end = fault
    return typeof fault === 'string' ? 0 : 1
  })
  return { scores, problem, end }
}

/** Takes the step's values from the pool and adds its result; a text says what is wrong with it. */
function applyStep(line: string, pool: Fraction[]): Fraction | string {
  const match = stepPattern.exec(line)
  if (match === null) return `${quote(line)} is not one operation with its result, such as 44+19=63`
  const [left, right, claimed] = [match[1], match[3], match[4]].map(readValue)
  if (left === undefined || right === undefined || claimed === undefined) {
    return `${quote(line)} holds a fraction that is not in lowest terms`
  }
  const result = combine(left, match[2] as Operator, right)
  const before = [...pool]
  const missing = [left, right].find((operand) => !takeFrom(pool, operand))
  if (missing !== undefined) {
    pool.splice(0, pool.length, ...before)
    return `${showFraction(missing)} is not available`
  }
  // What was written goes on, right or wrong, so that the next steps are judged on what they build on.
  pool.push(claimed)
  if (result === undefined) return 'a division by zero'
  if (equal(result, claimed)) return result
  return `${match[1]}${match[2]}${match[3]} is ${showFraction(result)}, not ${showFraction(claimed)}`
}

/** A value of a step; undefined for a fraction that is not in lowest terms, since it could hide a division. */
function readValue(text: string): Fraction | undefined {
  const [top, bottom] = text.replace(/[()]/g, '').split('/')
  const read = fraction(BigInt(top), BigInt(bottom ?? '1'))
  if (bottom === undefined) return read
  return read !== undefined && read.bottom > 1n && String(read.bottom) === bottom ? read : undefined
}
