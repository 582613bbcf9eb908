// What an answer is, once read: a typed value with its flags. Types only. Everything a reader can produce and a
// comparison must handle is in this file; what cannot be read as mathematics is `text`.
import type { Expression } from './expression.ts'

/**
 * Signs of a relation. A `mod` at the end of a `≡` is the modulus of a congruence and no remainder: `x \equiv 3 \pmod 7`
 * has the right side `congruent(mod(3, 7), 7)`, an unknown function, so that equal residues to one modulus are equal.
 */
export type RelationSign = '=' | '≠' | '<' | '>' | '≤' | '≥' | '≈' | '∈' | '≡'

/** An answer. Containers hold answers, so a tuple of intervals or a set of matrices is one. */
export type Answer = (
  | { readonly kind: 'expression'; readonly expression: Expression }
  /** `(1, 2)`, `\langle 1, 2 \rangle`, `[1, 2]` with more or fewer than two items: ordered. `(a, b)` of two may also be an open interval: `mayBeInterval`. */
  | { readonly kind: 'tuple'; readonly items: readonly Answer[]; readonly mayBeInterval?: boolean }
  /**
   * `1, 2` or `1 and 2` or `x = 1 or x = 2` without brackets: several answers. `connective` is what joins relations and
   * propositions (`x < 1` or `x > 2`, `p \land q`); undefined for commas, and for plain values, between which it says
   * nothing.
   */
  | { readonly kind: 'list'; readonly items: readonly Answer[]; readonly connective?: 'and' | 'or' }
  /** `\{1, 2\}`; the empty set has no items. */
  | { readonly kind: 'set'; readonly items: readonly Answer[] }
  /** `[1, 2)`; an end may be infinite. */
  | {
      readonly kind: 'interval'
      readonly low: Expression
      readonly high: Expression
      readonly lowClosed: boolean
      readonly highClosed: boolean
    }
  | {
      readonly kind: 'set-operation'
      readonly operator: 'union' | 'intersection' | 'difference'
      readonly parts: readonly Answer[]
    }
  /** A set that has a name: `\mathbb{R}` is `reals`. */
  | {
      readonly kind: 'named-set'
      readonly name: 'reals' | 'integers' | 'naturals' | 'rationals' | 'complex' | 'primes'
    }
  /** `\{x : x > 1\}` */
  | { readonly kind: 'set-builder'; readonly variable: string; readonly condition: Answer }
  /** `x = 3`, `y \le 2x + 1`, `x \in [0, 1]`; `C. 12` and `(a) 5` are relations from a choice to what it labels. */
  | { readonly kind: 'relation'; readonly left: Answer; readonly sign: RelationSign; readonly right: Answer }
  /** `1 < x \le 2`: one sign fewer than parts. */
  | { readonly kind: 'chain'; readonly parts: readonly Answer[]; readonly signs: readonly RelationSign[] }
  | { readonly kind: 'matrix'; readonly rows: readonly (readonly Answer[])[] }
  /** `A`, `(B)`: upper case; several choices are a list of choices. */
  | { readonly kind: 'choice'; readonly letter: string }
  /** `3:4:5` */
  | { readonly kind: 'ratio'; readonly parts: readonly Answer[] }
  /** Words: lower case, spaces collapsed, articles and final stop dropped. `yes`, `true`, `no solution`, `Tuesday`. */
  | { readonly kind: 'text'; readonly text: string }
) &
  Flags

/** What stands around a value. */
export interface Flags {
  /** A unit in normal form (`cm`, `cm^2`, `$`, `degree`, `mile/hour`), dropped from the value. */
  readonly unit?: string
  /** A percent sign followed: the value is as written (25 for `25\%`). */
  readonly percent?: true
  /** `\approx 3.14` or "about": the value is rounded. */
  readonly approximate?: true
  /** A base: `1011_2` has base 2; the expression's value is already converted when its digits allow. */
  readonly base?: number
  /** `1\frac{1}{2}` was read as a mixed number. */
  readonly mixed?: true
}

/** What comes of reading a text. */
export type ReadAnswer =
  | { readonly ok: true; readonly answer: Answer }
  | { readonly ok: false; readonly reason: string }

/** What comes of comparing two answers. */
export interface Comparison {
  readonly verdict: 'equal' | 'different' | 'undecided'
  /** Short and for a person: `both are 3/4`, `7 is not 8`, `too large to compare`. */
  readonly reason: string
}
