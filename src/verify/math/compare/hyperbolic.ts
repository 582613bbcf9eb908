// Hyperbolic functions by e^x, so that no precision takes tanh 1000 for 1: (e^x - e^-x) / (e^x + e^-x).
import type { Expression } from '../expression.ts'

const two: Expression = { kind: 'number', value: { top: 2n, bottom: 1n } }

/** Undefined for any other function. */
export function byExponentials({
  name,
  arguments: list,
}: Extract<Expression, { kind: 'call' }>): Expression | undefined {
  if (list.length !== 1) return undefined
  const [x] = list
  const up: Expression = { kind: 'call', name: 'exp', arguments: [x] }
  const down: Expression = { kind: 'call', name: 'exp', arguments: [{ kind: 'negative', of: x }] }
  const sum: Expression = { kind: 'sum', terms: [up, down] }
  const difference: Expression = { kind: 'sum', terms: [up, { kind: 'negative', of: down }] }
  switch (name) {
    case 'sinh':
      return { kind: 'quotient', top: difference, bottom: two }
    case 'cosh':
      return { kind: 'quotient', top: sum, bottom: two }
    case 'tanh':
      return { kind: 'quotient', top: difference, bottom: sum }
    case 'coth':
      return { kind: 'quotient', top: sum, bottom: difference }
    default:
      return undefined
  }
}
