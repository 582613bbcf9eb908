// Amounts in two units: `2 hours 30 minutes`, `5 feet and 6 inches`. The value is in the smaller unit.
import type { Answer } from '../answer.ts'
import { type AnswerReading, expressionAnswer } from './answer-reading.ts'
import { integer, product, rational, sum } from './build-expression.ts'
import { readExpression } from './read-expression.ts'
import { findUnit } from './unit-table.ts'

/** The amount when `[from, to)` is a number, a unit, perhaps "and", a number, a smaller unit; undefined otherwise. */
export function readCompound(reading: AnswerReading, from: number, to: number): Answer | undefined {
  const { tokens } = reading
  const hasAnd = to - from === 5 && tokens[from + 2].text.toLowerCase() === 'and'
  if (to - from !== 4 && !hasAnd) return undefined
  const second = hasAnd ? from + 3 : from + 2
  if (tokens[from].kind !== 'number' || tokens[second].kind !== 'number') return undefined
  const large = findUnit(tokens[from + 1].text)
  const little = findUnit(tokens[second + 1].text)
  if (large === undefined || little === undefined || large.dimension !== little.dimension) return undefined
  const { factor } = large
  const { top, bottom } = rational(factor.top * little.factor.bottom, factor.bottom * little.factor.top)
  if (bottom !== 1n || top <= 1n) return undefined
  const whole = readExpression(reading, from, from + 1).expression
  const rest = readExpression(reading, second, second + 1).expression
  return { ...expressionAnswer(sum([product([whole, integer(top)]), rest])), unit: little.name }
}
