// Exact fractions on big integers, for checking arithmetic that a model wrote: no rounding, no overflow.

/** A fraction in lowest terms; `bottom` is above 0. */
export interface Fraction {
  readonly top: bigint
  readonly bottom: bigint
}

/** The four operations of arithmetic. */
export type Operator = '+' | '-' | '*' | '/'

function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b]
  while (y !== 0n) [x, y] = [y, x % y]
  return x
}

/** `top / bottom` in lowest terms, or undefined when `bottom` is 0. */
export function fraction(top: bigint, bottom = 1n): Fraction | undefined {
  if (bottom === 0n) return undefined
  const sign = bottom < 0n ? -1n : 1n
  const shared = gcd(top, bottom * sign)
  return { top: (top * sign) / shared, bottom: (bottom * sign) / shared }
}

/** A whole number as a fraction. */
export function whole(value: number): Fraction {
  return { top: BigInt(value), bottom: 1n }
}

/** `a operator b`, or undefined for a division by zero. */
export function combine(a: Fraction, operator: Operator, b: Fraction): Fraction | undefined {
  switch (operator) {
    case '+':
      return fraction(a.top * b.bottom + b.top * a.bottom, a.bottom * b.bottom)
    case '-':
      return fraction(a.top * b.bottom - b.top * a.bottom, a.bottom * b.bottom)
    case '*':
      return fraction(a.top * b.top, a.bottom * b.bottom)
    case '/':
      return fraction(a.top * b.bottom, a.bottom * b.top)
    default:
      return operator satisfies never
  }
}

/** Whether two fractions have the same value. */
export function equal(a: Fraction, b: Fraction): boolean {
  return a.top === b.top && a.bottom === b.bottom
}

/** `63`, `-4`, or `(35/19)`: how a value is written in a step. */
export function showFraction(value: Fraction): string {
  return value.bottom === 1n ? String(value.top) : `(${value.top}/${value.bottom})`
}
