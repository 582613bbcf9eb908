// Vectors as sums of unit vectors, `2\mathbf{i} - \hat{\jmath}`: the tuple of their coordinates, two unless there is a k.
import type { Answer } from '../answer.ts'
import type { Expression } from '../expression.ts'
import { type AnswerReading, expressionAnswer } from './answer-reading.ts'
import { integer, negative, product, sum } from './build-expression.ts'
import { readExpression } from './read-expression.ts'

const axes: readonly (readonly string[])[] = ['i', 'j', 'k'].map((letter) => [`vec(${letter})`, `hat(${letter})`])

/** The vector when `[from, to)` is such a sum; undefined otherwise, and for multiples of i alone, whose plane is unknown. */
export function readVector(reading: AnswerReading, from: number, to: number): Answer | undefined {
  const { tokens } = reading
  let hasAxis = false
  for (let at = from; at < to && !hasAxis; at++) hasAxis = tokens[at].kind === 'name' && axisOf(tokens[at].text) > 0
  if (!hasAxis) return undefined
  const { expression } = readExpression(reading, from, to)
  const terms = expression.kind === 'sum' ? expression.terms : [expression]
  const coordinates: Expression[][] = [[], [], []]
  for (const term of terms) {
    const part = partOf(term)
    if (part === undefined) return undefined
    coordinates[part.axis].push(part.value)
  }
  const used = coordinates[2].length > 0 ? coordinates : coordinates.slice(0, 2)
  const items = used.map((values) => expressionAnswer(values.length === 0 ? integer(0) : sum(values)))
  return { kind: 'tuple', items }
}

function axisOf(name: string): number {
  return axes.findIndex((names) => names.includes(name))
}

/** What a term adds along which axis. */
function partOf(term: Expression): { readonly axis: number; readonly value: Expression } | undefined {
  if (term.kind === 'negative') {
    const part = partOf(term.of)
    return part && { axis: part.axis, value: negative(part.value) }
  }
  const factors = term.kind === 'product' ? term.factors : [term]
  const found = factors.findIndex((factor) => factor.kind === 'symbol' && axisOf(factor.name) >= 0)
  const unit = factors[found]
  if (unit?.kind !== 'symbol') return undefined
  const others = factors.filter((_, i) => i !== found)
  const isPlain = others.every((factor) => factor.kind !== 'symbol' || axisOf(factor.name) < 0)
  return isPlain ? { axis: axisOf(unit.name), value: others.length === 0 ? integer(1) : product(others) } : undefined
}
