// A letter that occurs once in an equation, by undoing step by step what is done to it: of 2 sin(A) + 1 = 2 it is
// A = arcsin 1/2 and pi - arcsin 1/2. Some solutions, not all, and each may be none (a root of a negative number): whoever
// asks puts them in and looks.
import type { Expression, FunctionName, Rational } from '../expression.ts'
import * as q from '../number/rational.ts'
import { exactRational } from './exact-number.ts'
import { contentsOf, isConstant, numberExpression, partsOf } from './expression-shape.ts'
import type { Session } from './verdict.ts'

const most = 8
const deepest = 24
const half = numberExpression(q.rational(1n, 2n))
const one = numberExpression(q.one)
const pi: Expression = { kind: 'constant', name: 'pi' }

/** What `name` may be where the sides are equal; none unless it occurs exactly once. */
export function inverted(left: Expression, right: Expression, name: string, session: Session): readonly Expression[] {
  const [inLeft, inRight] = [countOf(left, name), countOf(right, name)]
  if (inLeft + inRight !== 1) return []
  const out: Expression[] = []
  const undo = (of: Expression, value: Expression, depth: number): void => {
    if (of.kind === 'symbol') out.push(value)
    else if (out.length < most && depth < deepest)
      for (const [part, to] of stepsBack(of, value, name, session)) undo(part, to, depth + 1)
  }
  if (inLeft === 1) undo(left, right, 0)
  else undo(right, left, 0)
  return out.slice(0, most)
}

function countOf(of: Expression, name: string): number {
  if (of.kind === 'symbol') return of.name === name ? 1 : 0
  return partsOf(of).reduce((sum, part) => sum + countOf(part, name), 0)
}

type Step = readonly [part: Expression, value: Expression]

/** The part that holds the letter, with what it may equal when the whole equals `value`. */
function stepsBack(of: Expression, value: Expression, name: string, session: Session): readonly Step[] {
  const holds = (part: Expression): boolean => contentsOf(part).symbols.has(name)
  switch (of.kind) {
    case 'negative':
      return [[of.of, negative(value)]]
    case 'sum': {
      const own = of.terms.findIndex(holds)
      const rest = of.terms.filter((_, i) => i !== own)
      return [[of.terms[own], { kind: 'sum', terms: [value, ...rest.map(negative)] }]]
    }
    case 'product': {
      const own = of.factors.findIndex(holds)
      const rest: Expression = { kind: 'product', factors: of.factors.filter((_, i) => i !== own) }
      return [[of.factors[own], quotient(value, rest)]]
    }
    case 'quotient':
      return holds(of.top)
        ? [[of.top, { kind: 'product', factors: [value, of.bottom] }]]
        : [[of.bottom, quotient(of.top, value)]]
    case 'power':
      if (holds(of.exponent)) return [[of.exponent, quotient(call('ln', value), call('ln', of.base))]]
      return rootsOf(of.exponent, value, session).map((root) => [of.base, root])
    case 'call':
      if (of.arguments.length !== 1) return []
      return (inverses[of.name]?.(value) ?? []).map((inner) => [of.arguments[0], inner])
    default:
      return []
  }
}

function rootsOf(exponent: Expression, value: Expression, session: Session): readonly Expression[] {
  const power = isConstant(exponent) ? exactRational(exponent, session) : undefined
  if (power?.top === 0n) return []
  const inverse: Rational | undefined = power && q.divide(q.one, power)
  const by = inverse === undefined ? quotient(one, exponent) : numberExpression(inverse)
  const root: Expression = { kind: 'power', base: value, exponent: by }
  return [root, negative(root)]
}

const negative = (of: Expression): Expression => ({ kind: 'negative', of })
const quotient = (top: Expression, bottom: Expression): Expression => ({ kind: 'quotient', top, bottom })
const call = (name: FunctionName, of: Expression): Expression => ({ kind: 'call', name, arguments: [of] })
const less = (a: Expression, b: Expression): Expression => ({ kind: 'sum', terms: [a, negative(b)] })
const sine = (v: Expression): readonly Expression[] => [call('arcsin', v), less(pi, call('arcsin', v))]
const cosine = (v: Expression): readonly Expression[] => [call('arccos', v), negative(call('arccos', v))]

/** What the argument of a function may be when it has a value. */
const inverses: Readonly<Partial<Record<FunctionName, (value: Expression) => readonly Expression[]>>> = {
  sin: sine,
  cos: cosine,
  tan: (v) => [call('arctan', v)],
  csc: (v) => sine(quotient(one, v)),
  sec: (v) => cosine(quotient(one, v)),
  cot: (v) => [less(quotient(pi, numberExpression(q.rational(2n))), call('arctan', v))],
  arcsin: (v) => [call('sin', v)],
  arccos: (v) => [call('cos', v)],
  arctan: (v) => [call('tan', v)],
  ln: (v) => [call('exp', v)],
  exp: (v) => [call('ln', v)],
  abs: (v) => [v, negative(v)],
  sinh: (v) => [call('arsinh', v)],
  cosh: (v) => [call('arcosh', v)],
  tanh: (v) => [call('artanh', v)],
  floor: (v) => [v, { kind: 'sum', terms: [v, half] }],
  ceil: (v) => [v, less(v, half)],
}
