// `f(2) = 3`, `AB = 5` and `3 + 4 = 7` state a value with its name or its calculation; the value is what stands last.
// `2x = 3` does not: it is an equation. What `x = 3` may stand for is an option and decided in compare/.
import type { Answer } from './answer.ts'
import { compareAnswers } from './compare/compare-answers.ts'
import type { Expression } from './expression.ts'
import type { MathOptions } from './options.ts'

/** The value that a statement gives, or undefined when it is no such statement. */
export function namedValue(answer: Answer, options: MathOptions): Answer | undefined {
  const parts = equalParts(answer)
  const value = parts.at(-1)
  if (value === undefined) return undefined
  const isStated = parts
    .slice(0, -1)
    .every((part) => isName(part) || compareAnswers(part, value, options).verdict === 'equal')
  return isStated ? value : undefined
}

function equalParts(answer: Answer): readonly Answer[] {
  if (answer.kind === 'relation') return answer.sign === '=' || answer.sign === '≈' ? [answer.left, answer.right] : []
  if (answer.kind === 'chain') return answer.signs.every((sign) => sign === '=' || sign === '≈') ? answer.parts : []
  return []
}

/** Whether a left side only names something. */
function isName(answer: Answer): boolean {
  if (answer.kind === 'text') return true
  return answer.kind === 'expression' && isNameOf(answer.expression)
}

function isNameOf(expression: Expression): boolean {
  if (expression.kind === 'unknown-call') return true
  if (expression.kind === 'symbol') return expression.name.length > 1
  // `AB` is a segment and `[ABC]` an area; `2x` and `xy` are calculations.
  return (
    expression.kind === 'product' &&
    expression.factors.every((factor) => factor.kind === 'symbol' && /^[A-Z]'?$/.test(factor.name))
  )
}
