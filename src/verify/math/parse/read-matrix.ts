// Matrices and column vectors: `\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}`, with a factor in front if need be.
import type { Answer } from '../answer.ts'
import { limits } from '../limits.ts'
import { type AnswerReading, expressionAnswer, insideContainer, splitAt } from './answer-reading.ts'
import { product } from './build-expression.ts'
import { readExpression } from './read-expression.ts'
import { Unreadable } from './unreadable.ts'

const environments = new Set([
  'matrix',
  'pmatrix',
  'bmatrix',
  'Bmatrix',
  'vmatrix',
  'Vmatrix',
  'smallmatrix',
  'array',
  'tabular',
])

/** Reads `\begin … \end`, the tokens from `from` to `to`. */
export function readMatrix(reading: AnswerReading, from: number, to: number): Answer {
  const name = reading.tokens[from].text
  if (!environments.has(name)) throw new Unreadable(`'${name}' is no matrix`)
  const lines = splitAt(reading, from + 1, to - 1, (token) => token.kind === 'row')
  const filled = lines.filter(([start, end]) => end > start)
  const rows = insideContainer(reading, () => filled.map(([start, end]) => readRow(reading, start, end)))
  const width = rows[0]?.length ?? 0
  if (width === 0 || rows.some((row) => row.length !== width)) throw new Unreadable('rows of different lengths')
  if (width * rows.length > limits.items) throw new Unreadable('too many entries', true)
  return { kind: 'matrix', rows }
}

function readRow(reading: AnswerReading, from: number, to: number): Answer[] {
  const cells = splitAt(reading, from, to, (token) => token.kind === 'cell')
  return cells.map(([start, end]) => reading.part(reading, start, end))
}

/** `\frac{1}{2} \begin{pmatrix} … \end{pmatrix}`: the factor goes into the entries. Undefined when it is no such thing. */
export function readScaledMatrix(reading: AnswerReading, from: number, to: number): Answer | undefined {
  const { tokens, match } = reading
  if (tokens[to - 1].kind === 'end') return scale(reading, from, match[to - 1], match[to - 1], to)
  const open = match[to - 1]
  const isWrapped = tokens[to - 1].kind === 'bracket' && open > from && tokens[open + 1]?.kind === 'begin'
  return isWrapped && match[open + 1] === to - 2 ? scale(reading, from, open, open + 1, to - 1) : undefined
}

function scale(
  reading: AnswerReading,
  from: number,
  factorEnd: number,
  begin: number,
  end: number,
): Answer | undefined {
  if (begin < 0 || factorEnd <= from) return undefined
  const isMinus = factorEnd === from + 1 && reading.tokens[from].text === '-'
  const matrix = readMatrix(reading, begin, end)
  if (matrix.kind !== 'matrix') return undefined
  const factor = isMinus ? undefined : readExpression(reading, from, factorEnd).expression
  const rows = matrix.rows.map((row) =>
    row.map((entry): Answer => {
      if (entry.kind !== 'expression') throw new Unreadable('a factor before entries without a value')
      const { expression } = entry
      return expressionAnswer(
        factor === undefined ? { kind: 'negative', of: expression } : product([factor, expression]),
      )
    }),
  )
  return { kind: 'matrix', rows }
}
