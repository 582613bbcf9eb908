// The tokens between text and grammar. Types only. LaTeX and plain text give the same tokens: `\cdot`, `×` and `*` are
// one operator; spacing commands and font commands leave no token.

export type TokenKind =
  /** `1234.5`, with `(…)` around repeating digits and `...` behind digits that go on. */
  | 'number'
  /** A run of letters, to be split into variables or kept as a word by the grammar. */
  | 'word'
  /** A letter with a name: `alpha`. */
  | 'name'
  /** `sin` from `\sin`; from plain text it is a word. */
  | 'function'
  /** `pi` or `infinity`. */
  | 'constant'
  /** `+ - * / ^ _ ! ' ± ∓ mod pmod` */
  | 'operator'
  /** A sign of a relation. */
  | 'relation'
  /** `( ) [ ] { } \{ \} ⟨ ⟩ ⌊ ⌋ ⌈ ⌉`, and `|(` `|)` for bars with a known side. */
  | 'bracket'
  /** A bar without a side. */
  | 'bar'
  /** `,` or `;` */
  | 'separator'
  | 'colon'
  | 'percent'
  | 'degree'
  /** A sign of a currency; the text is the unit. */
  | 'money'
  /** `frac sqrt binom choose over overline` */
  | 'command'
  /** `\begin` and `\end`; the text is the environment. */
  | 'begin'
  | 'end'
  /** `\\` */
  | 'row'
  /** `&` */
  | 'cell'
  | 'dots'
  /** A set with a name; the text is `empty` or a name of {@link Answer}. */
  | 'set'
  /** `union intersection difference` */
  | 'set-operator'
  /** `.` outside numbers. */
  | 'stop'
  /** Whatever else; it is part of no grammar. */
  | 'other'

export interface Token {
  readonly kind: TokenKind
  readonly text: string
  /** Whether a space stands before it. */
  readonly isSpaced: boolean
  /** Whether it stands in `\text{…}`: letters there are words, not products of variables. */
  readonly inText: boolean
  /** Whether a command for a space stands before it: `\,`, `\quad`, `~`. */
  readonly isParted?: true
  /** Whether a sign of multiplication is a cross, which between vectors is another product than a dot. */
  readonly isCross?: true
}
