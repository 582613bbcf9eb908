// Makes the nodes of an expression in one normal shape, so that equal texts in different styles give equal trees: no
// sum inside a sum, no product inside a product, no negated literal. Nothing is computed.
import type { Expression, FunctionName, Rational } from '../expression.ts'

export const one: Rational = { top: 1n, bottom: 1n }

/** `top / bottom` in lowest terms; `bottom` is not zero. */
export function rational(top: bigint, bottom = 1n): Rational {
  if (bottom === 1n) return { top, bottom }
  let a = top < 0n ? -top : top
  let b = bottom < 0n ? -bottom : bottom
  while (b > 0n) [a, b] = [b, a % b]
  const sign = bottom < 0n ? -1n : 1n
  return a === 0n ? { top: 0n, bottom: 1n } : { top: (sign * top) / a, bottom: (sign * bottom) / a }
}

export function numberOf(value: Rational, places?: number): Expression {
  return places === undefined ? { kind: 'number', value } : { kind: 'number', value, places }
}

export function integer(value: bigint | number): Expression {
  return { kind: 'number', value: { top: BigInt(value), bottom: 1n } }
}

export function symbol(name: string): Expression {
  return { kind: 'symbol', name }
}

export function sum(terms: readonly Expression[]): Expression {
  if (terms.length === 1) return terms[0]
  return { kind: 'sum', terms: terms.flatMap((term) => (term.kind === 'sum' ? term.terms : [term])) }
}

export function product(factors: readonly Expression[]): Expression {
  if (factors.length === 1) return factors[0]
  return { kind: 'product', factors: factors.flatMap((f) => (f.kind === 'product' ? f.factors : [f])) }
}

export function quotient(top: Expression, bottom: Expression): Expression {
  return { kind: 'quotient', top, bottom }
}

export function power(base: Expression, exponent: Expression): Expression {
  return { kind: 'power', base, exponent }
}

/** The root of a given degree as a power. */
export function root(of: Expression, degree: Expression = integer(2)): Expression {
  return power(of, quotient(integer(1), degree))
}

export function negative(of: Expression): Expression {
  if (of.kind !== 'number') return { kind: 'negative', of }
  const value = { top: -of.value.top, bottom: of.value.bottom }
  return numberOf(value, of.places)
}

export function call(name: FunctionName, ...args: Expression[]): Expression {
  return { kind: 'call', name, arguments: args }
}

export function unknownCall(name: string, args: readonly Expression[]): Expression {
  return { kind: 'unknown-call', name, arguments: args }
}
