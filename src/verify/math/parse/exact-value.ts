// The exact value of an expression of numbers and one index, as a sum over the index needs it. Only rational operations
// and small binomials; anything else has no value here and is left to compare/.
import type { Expression, Rational } from '../expression.ts'
import { one, rational } from './build-expression.ts'

/** An index and the integer it stands for; an index that is called i or e hides the constant. */
export interface IndexValue {
  readonly name: string
  readonly value: bigint
}

/** Larger numbers are not worth a reader's time. */
const largestTop = 10n ** 1_200n
const largestBottom = 10n ** 60n
const largestExponent = 400n

/** The value, or undefined when it is none that is rational and small. `visit` is called once for each node. */
export function exactValue(e: Expression, index: IndexValue | undefined, visit: () => void): Rational | undefined {
  visit()
  const of = (part: Expression): Rational | undefined => exactValue(part, index, visit)
  switch (e.kind) {
    case 'number':
      return e.value
    case 'symbol':
    case 'constant':
      return e.name === index?.name ? rational(index.value) : undefined
    case 'negative': {
      const value = of(e.of)
      return value && { top: -value.top, bottom: value.bottom }
    }
    case 'sum':
      return fold(e.terms, of, { top: 0n, bottom: 1n }, add)
    case 'product':
      return fold(e.factors, of, one, multiply)
    case 'quotient': {
      const [top, bottom] = [of(e.top), of(e.bottom)]
      if (top === undefined || bottom === undefined || bottom.top === 0n) return undefined
      return multiply(top, rational(bottom.bottom, bottom.top))
    }
    case 'power': {
      const [base, exponent] = [of(e.base), of(e.exponent)]
      return base && exponent && raise(base, exponent)
    }
    case 'call': {
      const args = e.arguments.map(of)
      return e.name === 'binomial' && args[0] && args[1] ? binomial(args[0], args[1]) : undefined
    }
    default:
      return undefined
  }
}

function fold(
  parts: readonly Expression[],
  of: (part: Expression) => Rational | undefined,
  start: Rational,
  join: (a: Rational, b: Rational) => Rational | undefined,
): Rational | undefined {
  let value: Rational | undefined = start
  for (const part of parts) {
    const next = of(part)
    value = value && next && join(value, next)
    if (value === undefined) return undefined
  }
  return value
}

export function add(a: Rational, b: Rational): Rational | undefined {
  if (a.bottom === 1n && b.bottom === 1n) return small({ top: a.top + b.top, bottom: 1n })
  return small(rational(a.top * b.bottom + b.top * a.bottom, a.bottom * b.bottom))
}

export function multiply(a: Rational, b: Rational): Rational | undefined {
  return small(rational(a.top * b.top, a.bottom * b.bottom))
}

function small(value: Rational): Rational | undefined {
  const { top, bottom } = value
  if (bottom === 1n) return top < largestTop && top > -largestTop ? value : undefined
  return bottom < largestBottom && top < largestBottom && top > -largestBottom ? value : undefined
}

function raise(base: Rational, exponent: Rational): Rational | undefined {
  if (exponent.bottom !== 1n || exponent.top > largestExponent || exponent.top < -largestExponent) return undefined
  const isInverse = exponent.top < 0n
  const size = isInverse ? -exponent.top : exponent.top
  const digits = Number(size) * Math.max(base.top.toString().length, base.bottom.toString().length)
  if ((isInverse && base.top === 0n) || digits > 1_200) return undefined
  const [top, bottom] = [base.top ** size, base.bottom ** size]
  return small(isInverse ? rational(bottom, top) : rational(top, bottom))
}

function binomial(n: Rational, k: Rational): Rational | undefined {
  if (n.bottom !== 1n || k.bottom !== 1n || n.top < 0n || n.top > 200n || k.top < 0n) return undefined
  let value = 1n
  for (let i = 1n; i <= k.top && value > 0n; i++) value = (value * (n.top - i + 1n)) / i
  return rational(value)
}
