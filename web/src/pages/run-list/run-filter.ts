// The small language of the filter above the list of runs: words that must occur, `recipe:grpo`, `status:running,failed`,
// `step:>100`, `pass@1:>=0.3`, `tag:"for the paper"`, and `-` before what must not hold. All terms must hold.
import type { RunSummary } from '../../../../src/serve/dashboard/api.ts'

/** Whether a run is wanted. */
export type RunTest = (run: RunSummary) => boolean

/** Longest filter that is read; more is cut off. */
const MAX_LENGTH = 500

const textFields: Readonly<Record<string, (run: RunSummary) => readonly string[]>> = {
  run: ({ run, info }) => [run, info.id],
  recipe: ({ info }) => [info.recipe],
  task: ({ info }) => [info.task],
  tag: ({ tags }) => tags,
  reason: ({ info }) => [info.exitReason ?? ''],
}

const exactFields: Readonly<Record<string, (run: RunSummary) => readonly string[]>> = {
  status: ({ status }) => [status],
  seed: ({ info }) => info.seeds.map(String),
}

const numberFields: Readonly<Record<string, (run: RunSummary) => number | undefined>> = {
  step: ({ step }) => step,
  tokens: ({ tokens }) => tokens,
  seconds: ({ seconds }) => seconds,
  alerts: ({ alerts }) => alerts,
  resumes: ({ info }) => info.resumes,
  reward: ({ spark }) => spark?.points.at(-1),
  'pass@1': ({ evaluation }) => evaluation?.passAt1?.value,
}

/** Names before a colon that mean something. */
export const filterFields: readonly string[] = [textFields, exactFields, numberFields].flatMap(Object.keys)

/** Reads a filter. Whatever is typed has a meaning: what is no known field is a text to look for. */
export function readFilter(text: string): RunTest {
  const tests = termsOf(text.slice(0, MAX_LENGTH)).map(readTerm)
  return (run) => tests.every((test) => test(run))
}

/** Words of a filter; what stands in double quotes is one word, spaces and all. */
export function termsOf(text: string): readonly string[] {
  const terms: string[] = []
  let term = ''
  let isQuoted = false
  let isEmpty = true
  for (const char of `${text} `) {
    if (char === '"') {
      isQuoted = !isQuoted
      isEmpty = false
    } else if (/\s/.test(char) && !isQuoted) {
      if (!isEmpty) terms.push(term)
      term = ''
      isEmpty = true
    } else {
      term += char
      isEmpty = false
    }
  }
  // A quote that is still open while it is being typed.
  if (!isEmpty && isQuoted) terms.push(term.slice(0, -1))
  return terms.filter((one) => one !== '' && one !== '-')
}

function readTerm(term: string): RunTest {
  if (term.startsWith('-')) {
    const test = readTerm(term.slice(1))
    return (run) => !test(run)
  }
  const colon = term.indexOf(':')
  const field = term.slice(0, Math.max(0, colon)).toLowerCase()
  const value = term.slice(colon + 1)
  const wanted = value
    .toLowerCase()
    .split(',')
    .filter((part) => part !== '')
  const textField = own(textFields, field)
  if (textField !== undefined) return (run) => wanted.length === 0 || hasPart(textField(run), wanted)
  const exactField = own(exactFields, field)
  if (exactField !== undefined) {
    return (run) => wanted.length === 0 || exactField(run).some((one) => wanted.some((part) => one.startsWith(part)))
  }
  const numberField = own(numberFields, field)
  if (numberField !== undefined) return numberTest(numberField, value)
  const whole = [term.toLowerCase()]
  return (run) => hasPart(allTexts(run), whole)
}

function numberTest(numberOf: (run: RunSummary) => number | undefined, value: string): RunTest {
  const match = /^(>=|<=|>|<|=)?(.*)$/.exec(value)
  const limit = match === null || match[2].trim() === '' ? Number.NaN : scaled(match[2])
  // Half typed: not yet a condition.
  if (match === null || Number.isNaN(limit)) return () => true
  const compare = comparisons[match[1] ?? '=']
  return (run) => {
    const number = numberOf(run)
    return number !== undefined && compare(number, limit)
  }
}

const comparisons: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '=': (a, b) => a === b,
}

const scales: Readonly<Record<string, number>> = { k: 1e3, m: 1e6, b: 1e9 }

function scaled(text: string): number {
  const scale = own(scales, text.slice(-1).toLowerCase())
  return scale === undefined ? Number(text) : Number(text.slice(0, -1)) * scale
}

const hasPart = (texts: readonly string[], parts: readonly string[]): boolean =>
  texts.some((text) => parts.some((part) => text.toLowerCase().includes(part)))

const allTexts = (run: RunSummary): readonly string[] => [
  run.status,
  ...Object.values(textFields).flatMap((textOf) => textOf(run)),
]

// What an object has itself, and not from its prototype: the names come from a reader.
const own = <T>(record: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined
