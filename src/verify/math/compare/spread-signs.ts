// Plus-minus written out: an answer with ± becomes the list of its values, one for every choice of signs. Every ± in
// one expression is chosen on its own, so 1 ± a ± b has four values; with a ∓ all are one choice, so a ± b ∓ c has two.
import type { Answer, Flags } from '../answer.ts'
import type { Expression } from '../expression.ts'
import { partsOfAnswer } from './answer-parts.ts'
import { contentsOf, mapParts, partsOf } from './expression-shape.ts'

const mostSigns = 5

/** The answer without plus-minus; undefined when there are too many signs to write out. */
export function spreadSigns(answer: Answer): Answer | undefined {
  const count = countSigns(answer)
  if (count === 0) return answer
  if (answer.kind === 'list' || answer.kind === 'set') {
    const items: Answer[] = []
    for (const item of answer.items) {
      const spread = spreadSigns(item)
      if (spread === undefined) return undefined
      if (spread !== item && spread.kind === 'list') items.push(...spread.items)
      else items.push(spread)
    }
    return { ...answer, items }
  }
  const items: Answer[] = []
  if (hasOpposite(answer)) {
    for (const isNegative of [false, true]) items.push(chooseSigns(answer, () => isNegative))
    return { kind: 'list', items, ...flagsOf(answer) }
  }
  if (count > mostSigns) return undefined
  for (let choice = 0; choice < 2 ** count; choice++) {
    let index = 0
    items.push(chooseSigns(answer, () => ((choice >> index++) & 1) === 1))
  }
  return { kind: 'list', items, ...flagsOf(answer) }
}

function flagsOf(answer: Answer): Flags {
  return { unit: answer.unit, percent: answer.percent, approximate: answer.approximate }
}

function countSigns(answer: Answer): number {
  if (answer.kind === 'expression') return countIn(answer.expression)
  if (answer.kind === 'interval') return countIn(answer.low) + countIn(answer.high)
  return partsOfAnswer(answer).reduce((sum, part) => sum + countSigns(part), 0)
}

function countIn(expression: Expression): number {
  if (!contentsOf(expression).hasPlusMinus) return 0
  let count = 0
  const visit = (node: Expression): Expression => {
    if (node.kind === 'plus-minus') count += 1
    return mapParts(node, visit)
  }
  visit(expression)
  return count
}

function hasOpposite(answer: Answer): boolean {
  if (answer.kind === 'expression') return isOpposite(answer.expression)
  if (answer.kind === 'interval') return isOpposite(answer.low) || isOpposite(answer.high)
  return partsOfAnswer(answer).some(hasOpposite)
}

function isOpposite(expression: Expression): boolean {
  if (expression.kind === 'plus-minus' && expression.isOpposite) return true
  return partsOf(expression).some(isOpposite)
}

type Choose = () => boolean

function chooseIn(expression: Expression, choose: Choose): Expression {
  if (expression.kind !== 'plus-minus') return mapParts(expression, (part) => chooseIn(part, choose))
  const isNegative = choose() !== (expression.isOpposite === true)
  const of = chooseIn(expression.of, choose)
  return isNegative ? { kind: 'negative', of } : of
}

function chooseSigns(answer: Answer, choose: Choose): Answer {
  const change = (part: Answer): Answer => chooseSigns(part, choose)
  switch (answer.kind) {
    case 'expression':
      return { ...answer, expression: chooseIn(answer.expression, choose) }
    case 'interval':
      return { ...answer, low: chooseIn(answer.low, choose), high: chooseIn(answer.high, choose) }
    case 'tuple':
    case 'list':
    case 'set':
      return { ...answer, items: answer.items.map(change) }
    case 'set-operation':
    case 'chain':
    case 'ratio':
      return { ...answer, parts: answer.parts.map(change) }
    case 'set-builder':
      return { ...answer, condition: change(answer.condition) }
    case 'relation':
      return { ...answer, left: change(answer.left), right: change(answer.right) }
    case 'matrix':
      return { ...answer, rows: answer.rows.map((row) => row.map(change)) }
    default:
      return answer
  }
}
