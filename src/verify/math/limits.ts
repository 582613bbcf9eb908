// Sizes beyond which an answer is not read or computed, so that a hostile one costs no more than a moment.
// Constants and the error that says so.

/** The limits; all are far above what an honest answer needs. */
export const limits = {
  /** Characters of an answer. */
  characters: 20_000,
  /** Tokens of an answer. */
  tokens: 4_000,
  /** Nesting of brackets, fractions, powers. */
  depth: 64,
  /** Nodes of a tree. */
  nodes: 4_000,
  /** Items of a container, entries of a matrix. */
  items: 400,
  /** Decimal digits of an integer that is computed. */
  digits: 4_000,
  /** Largest exponent that is expanded exactly. */
  exponent: 2_000,
  /** Largest factorial that is computed exactly. */
  factorial: 500,
  /** Terms of a polynomial. */
  terms: 600,
  /** Elementary operations of one comparison; what is left undone is `undecided`. */
  work: 200_000,
} as const
