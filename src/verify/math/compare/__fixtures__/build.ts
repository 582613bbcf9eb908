// Short builders of expressions and answers for tests that must not depend on the reader.
import type { Answer, RelationSign } from '../../answer.ts'
import type { Expression, FunctionName } from '../../expression.ts'
import { rational } from '../../number/rational.ts'

export const num = (top: number | bigint, bottom: number | bigint = 1): Expression => ({
  kind: 'number',
  value: rational(BigInt(top), BigInt(bottom)),
})
/** A decimal as written: '0.50' has 2 places. */
export const dec = (text: string): Expression => {
  const [, fraction = ''] = text.split('.')
  const value = rational(BigInt(text.replace('.', '')), 10n ** BigInt(fraction.length))
  return { kind: 'number', value, places: fraction.length }
}
export const sym = (name: string): Expression => ({ kind: 'symbol', name })
export const con = (name: 'pi' | 'e' | 'i' | 'phi' | 'infinity'): Expression => ({ kind: 'constant', name })
export const sum = (...terms: Expression[]): Expression => ({ kind: 'sum', terms })
export const mul = (...factors: Expression[]): Expression => ({ kind: 'product', factors })
export const div = (top: Expression, bottom: Expression): Expression => ({ kind: 'quotient', top, bottom })
export const pow = (base: Expression, exponent: Expression): Expression => ({ kind: 'power', base, exponent })
export const neg = (of: Expression): Expression => ({ kind: 'negative', of })
export const pm = (of: Expression): Expression => ({ kind: 'plus-minus', of })
export const call = (name: FunctionName, ...list: Expression[]): Expression => ({ kind: 'call', name, arguments: list })
export const unknown = (name: string, ...list: Expression[]): Expression => ({
  kind: 'unknown-call',
  name,
  arguments: list,
})
export const root = (of: Expression, k = 2): Expression => pow(of, num(1, k))

export const val = (expression: Expression, flags: Partial<Answer> = {}): Answer =>
  ({ kind: 'expression', expression, ...flags }) as Answer
export const tuple = (...items: Answer[]): Answer => ({ kind: 'tuple', items })
export const pair = (a: Expression, b: Expression): Answer => ({
  kind: 'tuple',
  items: [val(a), val(b)],
  mayBeInterval: true,
})
export const list = (...items: Answer[]): Answer => ({ kind: 'list', items })
export const set = (...items: Answer[]): Answer => ({ kind: 'set', items })
export const interval = (left: '[' | '(', low: Expression, high: Expression, right: ']' | ')'): Answer => ({
  kind: 'interval',
  low,
  high,
  lowClosed: left === '[',
  highClosed: right === ']',
})
export const rel = (left: Expression, sign: RelationSign, right: Expression): Answer => ({
  kind: 'relation',
  left: val(left),
  sign,
  right: val(right),
})
export const words = (text: string): Answer => ({ kind: 'text', text })
