// Is this output the expected one? Line by line; blanks at the ends of lines and empty lines at the end do not count.
// With a tolerance, lines are also cut at blanks and numbers compared as numbers. Linear in the text.
import { closeNumbers, type Tolerance } from './value.ts'

// Anchored, each part bounded by what can follow it: linear.
const numberPattern = /^[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/

const integerPattern = /^-?[0-9]+$/

/** Undefined when equal, else where they differ first, without saying what was expected. */
export function outputDifference(actual: string, expected: string, tolerance?: Tolerance): string | undefined {
  const got = linesOf(actual)
  const wanted = linesOf(expected)
  for (let i = 0; i < Math.max(got.length, wanted.length); i++) {
    if (i >= got.length) return `the output ends after ${got.length} of ${wanted.length} lines`
    if (i >= wanted.length) return `the output has ${got.length} lines, ${wanted.length} are expected`
    if (!equalLines(got[i], wanted[i], tolerance)) return `line ${i + 1} of the output differs`
  }
  return undefined
}

function linesOf(text: string): string[] {
  const lines = text.split('\n').map((line) => line.trimEnd())
  while (lines.length > 0 && lines[lines.length - 1] === '') lines.pop()
  return lines
}

function equalLines(actual: string, expected: string, tolerance: Tolerance | undefined): boolean {
  if (actual === expected) return true
  if (tolerance === undefined) return false
  const got = words(actual)
  const wanted = words(expected)
  return got.length === wanted.length && got.every((word, i) => equalWords(word, wanted[i], tolerance))
}

const words = (line: string): string[] => line.split(/[ \t]/).filter((word) => word !== '')

function equalWords(actual: string, expected: string, tolerance: Tolerance): boolean {
  if (actual === expected) return true
  if (actual.length > 400 || !numberPattern.test(actual) || !numberPattern.test(expected)) return false
  const [got, wanted] = [Number(actual), Number(expected)]
  if (!Number.isFinite(got) || !Number.isFinite(wanted)) return false
  if (!integerPattern.test(actual) || !integerPattern.test(expected)) return closeNumbers(got, wanted, tolerance)
  // Long integers round to the same double: the difference is taken before rounding.
  return closeNumbers(Number(BigInt(actual) - BigInt(expected)), 0, {
    absolute: Math.max(tolerance.absolute ?? 0, (tolerance.relative ?? 0) * Math.abs(wanted)),
  })
}
