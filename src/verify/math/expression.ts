// The tree of a mathematical expression, as parsed and before anything is computed. Types only: reading is in parse/,
// comparing in compare/. Nodes are plain, immutable and small; sizes are limited where they are made (limits.ts).

/** An exact rational number in lowest terms, `bottom` > 0. */
export interface Rational {
  readonly top: bigint
  readonly bottom: bigint
}

/**
 * Functions with a known meaning; angles in radians unless a degree sign stands behind the argument. `mod` is the
 * remainder, `5 \bmod 3` = 2; behind a congruence, as in `x \equiv 3 \pmod 7`, it names the modulus instead (see the
 * sign `≡` in answer.ts).
 */
export type FunctionName =
  | 'sin'
  | 'cos'
  | 'tan'
  | 'cot'
  | 'sec'
  | 'csc'
  | 'arcsin'
  | 'arccos'
  | 'arctan'
  | 'arccot'
  | 'arcsec'
  | 'arccsc'
  | 'sinh'
  | 'cosh'
  | 'tanh'
  | 'coth'
  | 'arsinh'
  | 'arcosh'
  | 'artanh'
  | 'ln'
  | 'exp'
  | 'abs'
  | 'floor'
  | 'ceil'
  | 'sign'
  | 'gcd'
  | 'lcm'
  | 'min'
  | 'max'
  | 'mod'
  | 'binomial'
  | 'factorial'
  | 'double-factorial'
  | 're'
  | 'im'
  | 'conjugate'
  | 'arg'

/** An expression. Subtraction is a sum with a negated term; `\sqrt[n]{x}` is a power; `\log_b x` is `ln x / ln b`, `\log` of one argument is base 10 or e by the reader's option. */
export type Expression =
  /** `places` is the number of digits after the point as written (0.50 has 2), undefined for an integer or a fraction of integers. */
  | { readonly kind: 'number'; readonly value: Rational; readonly places?: number }
  | { readonly kind: 'constant'; readonly name: 'pi' | 'e' | 'i' | 'phi' | 'infinity' }
  /** A variable: `x`, `\alpha` (as `alpha`), `x_{1}` (as `x_1`), `x'`. */
  | { readonly kind: 'symbol'; readonly name: string }
  | { readonly kind: 'sum'; readonly terms: readonly Expression[] }
  | { readonly kind: 'product'; readonly factors: readonly Expression[] }
  | { readonly kind: 'quotient'; readonly top: Expression; readonly bottom: Expression }
  | { readonly kind: 'power'; readonly base: Expression; readonly exponent: Expression }
  | { readonly kind: 'negative'; readonly of: Expression }
  /** `±a`: both signs are meant. `∓a` is opposite, and links all signs of its answer: a ± b ∓ c has two values. */
  | { readonly kind: 'plus-minus'; readonly of: Expression; readonly isOpposite?: true }
  | { readonly kind: 'call'; readonly name: FunctionName; readonly arguments: readonly Expression[] }
  /** A function without a known meaning, `f(x)` or `f'(x)`, and operators kept as they are (integrals, limits). */
  | { readonly kind: 'unknown-call'; readonly name: string; readonly arguments: readonly Expression[] }
