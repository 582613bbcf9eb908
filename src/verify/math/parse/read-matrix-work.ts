// What is done to a written matrix: `\det\begin{pmatrix} … \end{pmatrix}`, its transpose, a small power of one of numbers.
import type { Answer } from '../answer.ts'
import type { Rational } from '../expression.ts'
import { type AnswerReading, expressionAnswer } from './answer-reading.ts'
import { numberOf, rational } from './build-expression.ts'
import { readDeterminant, readMatrix } from './read-matrix.ts'
import type { Token } from './token.ts'

const largestPower = 6
const largestSize = 4

/** The value of such a thing in `[from, to)`; undefined when it is none. */
export function readMatrixWork(reading: AnswerReading, from: number, to: number): Answer | undefined {
  const { tokens, match } = reading
  const first = tokens[from]
  if (first.text === '\\det' || (first.text === 'det' && first.kind === 'word')) {
    const inner = writtenMatrix(reading, from + 1, to)
    return inner === undefined ? undefined : readDeterminant(reading, ...inner)
  }
  const close = first.kind === 'begin' || first.text === '(' || first.text === '[' ? match[from] : -1
  if (close < from || close + 2 >= to || tokens[close + 1].text !== '^') return undefined
  const matrix = writtenMatrix(reading, from, close + 1)
  const exponent = exponentOf(tokens, close + 2, to)
  if (matrix === undefined || exponent === undefined) return undefined
  const answer = readMatrix(reading, ...matrix)
  if (answer.kind !== 'matrix') return undefined
  if (exponent === 'T') return { kind: 'matrix', rows: answer.rows[0].map((_, i) => answer.rows.map((row) => row[i])) }
  return raised(answer.rows, Number(exponent))
}

/** Where the matrix lies that is all of `[from, to)`, but for brackets around it. */
function writtenMatrix({ tokens, match }: AnswerReading, from: number, to: number): [number, number] | undefined {
  if (to - from < 3 || match[from] !== to - 1) return undefined
  if (tokens[from].kind === 'begin') return [from, to]
  return tokens[from + 1].kind === 'begin' && match[from + 1] === to - 2 ? [from + 1, to - 1] : undefined
}

function exponentOf(tokens: readonly Token[], from: number, to: number): string | undefined {
  const isBraced = tokens[from].text === '{' && to === from + 3
  const text = isBraced ? tokens[from + 1].text : to === from + 1 ? tokens[from].text : ''
  if (text === 'T') return text
  return /^\d$/.test(text) && Number(text) > 1 && Number(text) <= largestPower ? text : undefined
}

function raised(rows: readonly (readonly Answer[])[], exponent: number): Answer | undefined {
  const numbers: Rational[][] = []
  for (const row of rows) {
    const values = row.map((entry) => (entry.kind === 'expression' ? entry.expression : undefined))
    const own = values.flatMap((value) => (value?.kind === 'number' ? [value.value] : []))
    if (own.length !== rows.length || row.length !== rows.length) return undefined
    numbers.push(own)
  }
  if (numbers.length > largestSize) return undefined
  let power = numbers
  for (let i = 1; i < exponent; i++) power = times(power, numbers)
  return { kind: 'matrix', rows: power.map((row) => row.map((value) => expressionAnswer(numberOf(value)))) }
}

function times(a: Rational[][], b: Rational[][]): Rational[][] {
  return a.map((row) =>
    row.map((_, column) =>
      row.reduce((sum, entry, i) => {
        const { top, bottom } = b[i][column]
        return rational(
          sum.top * entry.bottom * bottom + entry.top * top * sum.bottom,
          sum.bottom * entry.bottom * bottom,
        )
      }, rational(0n)),
    ),
  )
}
