// Matrices and column vectors: `\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}`, with a factor in front if need be.
import type { Answer } from '../answer.ts'
import type { Expression } from '../expression.ts'
import { limits } from '../limits.ts'
import { type AnswerReading, expressionAnswer, insideContainer, splitAt } from './answer-reading.ts'
import { negative, product, sum } from './build-expression.ts'
import { readExpression } from './read-expression.ts'
import { Unreadable } from './unreadable.ts'

const environments = new Set(['matrix', 'pmatrix', 'bmatrix', 'Bmatrix', 'smallmatrix', 'array', 'tabular'])

/** Larger ones written out have more terms than are worth comparing. */
const largestDeterminant = 4

/** Reads `\begin … \end`, the tokens from `from` to `to`. */
export function readMatrix(reading: AnswerReading, from: number, to: number): Answer {
  const name = reading.tokens[from].text
  if (name === 'vmatrix') return readDeterminant(reading, from, to)
  if (!environments.has(name)) throw new Unreadable(`'${name}' is no matrix`)
  return { kind: 'matrix', rows: readRows(reading, from, to) }
}

/** The determinant of the matrix in `\begin … \end`, written out. */
export function readDeterminant(reading: AnswerReading, from: number, to: number): Answer {
  const rows = readRows(reading, from, to).map((row) =>
    row.map((entry): Expression => {
      if (entry.kind !== 'expression') throw new Unreadable('an entry without a value')
      return entry.expression
    }),
  )
  if (rows.length > largestDeterminant || rows[0].length !== rows.length) throw new Unreadable('a norm or too large')
  return expressionAnswer(determinant(rows))
}

/** Along the first row. */
function determinant(rows: readonly (readonly Expression[])[]): Expression {
  const [first, ...rest] = rows
  if (rest.length === 0) return first[0]
  const terms = first.map((entry, column) => {
    const minor = determinant(rest.map((row) => row.filter((_, i) => i !== column)))
    const term = product([entry, minor])
    return column % 2 === 0 ? term : negative(term)
  })
  return sum(terms)
}

function readRows(reading: AnswerReading, from: number, to: number): Answer[][] {
  const lines = splitAt(reading, from + 1, to - 1, (token) => token.kind === 'row')
  const filled = lines.filter(([start, end]) => end > start)
  const rows = insideContainer(reading, () => filled.map(([start, end]) => readRow(reading, start, end)))
  const width = rows[0]?.length ?? 0
  if (width === 0 || rows.some((row) => row.length !== width)) throw new Unreadable('rows of different lengths')
  if (width * rows.length > limits.items) throw new Unreadable('too many entries', true)
  return rows
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
  const hasBars = reading.tokens[begin - 1]?.text === '|('
  const matrix = hasBars ? readDeterminant(reading, begin, end) : readMatrix(reading, begin, end)
  const factor = isMinus ? undefined : readExpression(reading, from, factorEnd).expression
  if (matrix.kind === 'expression') {
    const { expression } = matrix
    return expressionAnswer(factor === undefined ? negative(expression) : product([factor, expression]))
  }
  if (matrix.kind !== 'matrix') return undefined
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
