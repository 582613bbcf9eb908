// Small changes of form before two answers are compared: plus-minus written out, a list of one is its item, words that
// name a set are that set, the unit or percent sign of a container belongs to its items, a modulus to all residues before
// it, "all n" is n, and a function that is always 0 is 0.
import type { Answer } from '../answer.ts'
import { realsWithout } from './plain-words.ts'
import { withLeftSides } from './shared-left.ts'
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
    const own = answer.kind === 'list' ? withLeftSides(answer.items) : answer.items
    const items = own.map((item) => tidy(withFlags(item, answer)))
    const { unit, percent, ...rest } = answer
    return { ...rest, items }
  }
  if (answer.kind === 'text') {
    const text = answer.text.toLowerCase()
    if (noSolution.includes(text)) return { kind: 'set', items: [] }
    if (allReals.includes(text)) return { kind: 'named-set', name: 'reals' }
    const reals = realsWithout(text)
    if (reals !== undefined) return reals
  }
  if (answer.kind === 'relation') {
    const left = withoutAll(answer)
    return { ...answer, sign: signOf(answer), left: tidy(left), right: tidy(withFlags(answer.right, answer)) }
  }
  return answer
}

type Relation = Extract<Answer, { kind: 'relation' }>

/** "all n" in `all n \ge 3`. */
function withoutAll({ left, sign }: Relation): Answer {
  const name =
    left.kind === 'text' && '<>≤≥≠'.includes(sign) ? /^(?:for )?all ([a-z])$/.exec(left.text)?.[1] : undefined
  return name === undefined ? left : { kind: 'expression', expression: { kind: 'symbol', name } }
}

/** f(x) \equiv 0 is f(x) = 0; of a congruence the sign stays. */
function signOf({ left, sign, right }: Relation): Relation['sign'] {
  if (sign !== '≡' || left.kind !== 'expression' || right.kind !== 'expression') return sign
  const isCongruence = right.expression.kind === 'unknown-call' && right.expression.name === 'congruent'
  return left.expression.kind === 'unknown-call' && !isCongruence ? '=' : sign
}

function withFlags(item: Answer, container: Answer): Answer {
  const unit = item.unit ?? container.unit
  const percent = item.percent ?? container.percent
  const approximate = item.approximate ?? container.approximate
  if (unit === item.unit && percent === item.percent && approximate === item.approximate) return item
  return { ...item, unit, percent, approximate }
}
