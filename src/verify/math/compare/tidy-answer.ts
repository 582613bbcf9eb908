// Small changes of form before two answers are compared: plus-minus written out, a list of one is its item, words that
// name a set are that set, the unit or percent sign of a container belongs to its items.
import type { Answer } from '../answer.ts'
import { spreadSigns } from './spread-signs.ts'

// Words as the reader leaves them: lower case, no articles.
const noSolution = ['no solution', 'no solutions', 'no real solution', 'no real solutions', 'empty set']
const allReals = ['all real numbers', 'all reals', 'real numbers', 'set of all real numbers']

/** Undefined when there are too many signs to write out. */
export function tidyAnswer(answer: Answer): Answer | undefined {
  const spread = spreadSigns(answer)
  return spread === undefined ? undefined : tidy(spread)
}

function tidy(answer: Answer): Answer {
  if (answer.kind === 'list' && answer.items.length === 1) return tidy(withFlags(answer.items[0], answer))
  if (answer.kind === 'tuple' || answer.kind === 'list' || answer.kind === 'set') {
    const items = answer.items.map((item) => tidy(withFlags(item, answer)))
    const { unit, percent, ...rest } = answer
    return { ...rest, items }
  }
  if (answer.kind === 'text') {
    const text = answer.text.toLowerCase()
    if (noSolution.includes(text)) return { kind: 'set', items: [] }
    if (allReals.includes(text)) return { kind: 'named-set', name: 'reals' }
  }
  if (answer.kind === 'relation')
    return { ...answer, left: tidy(answer.left), right: tidy(withFlags(answer.right, answer)) }
  return answer
}

function withFlags(item: Answer, container: Answer): Answer {
  const unit = item.unit ?? container.unit
  const percent = item.percent ?? container.percent
  const approximate = item.approximate ?? container.approximate
  if (unit === item.unit && percent === item.percent && approximate === item.approximate) return item
  return { ...item, unit, percent, approximate }
}
