// Answers that are classes of residues: `5 \pmod 7` and `x \equiv 12 \pmod 7` say the same, `5 \pmod 8` does not. One number
// alone is left to the other rungs, for which `5 \bmod 7` is 5.
import type { Answer, Comparison } from '../answer.ts'
import type { Expression } from '../expression.ts'
import { compareExpressions } from './compare-expressions.ts'
import { different, type Session } from './verdict.ts'

interface ResidueClass {
  readonly residue: Expression
  readonly modulus: Expression
  readonly isStatement: boolean
}

/** Undefined unless both are classes and no more than one of them is a statement about a letter. */
export function compareResidueClasses(a: Answer, b: Answer, session: Session): Comparison | undefined {
  const [left, right] = [classOf(a), classOf(b)]
  if (left === undefined || right === undefined || (left.isStatement && right.isStatement)) return undefined
  if ((left.isStatement || right.isStatement) && !session.options.dropVariable) return undefined
  const moduli = compareExpressions(left.modulus, right.modulus, session)
  if (moduli.verdict !== 'equal') return { ...moduli, reason: `of the moduli, ${moduli.reason}` }
  const residues = compareExpressions(left.residue, right.residue, session)
  return residues.verdict === 'different' ? different('different residues') : residues
}

function classOf(answer: Answer): ResidueClass | undefined {
  if (answer.kind === 'expression') return classOfCall(answer.expression, false)
  if (answer.kind !== 'relation' || answer.sign !== '≡' || answer.right.kind !== 'expression') return undefined
  const { left, right } = answer
  if (left.kind !== 'expression' || left.expression.kind !== 'symbol') return undefined
  const { expression } = right
  const isCongruent = expression.kind === 'unknown-call' && expression.name === 'congruent'
  return isCongruent ? classOfCall(expression.arguments[0], true) : undefined
}

function classOfCall(expression: Expression, isStatement: boolean): ResidueClass | undefined {
  if (expression.kind !== 'call' || expression.name !== 'mod') return undefined
  return { residue: expression, modulus: expression.arguments[1], isStatement }
}
