// Of what kind the gold answer is, as far as it matters for what is looked for in an output.

/** Letters and words are looked for only when the gold answer is one; see `ExtractOptions.expect`. */
export type ExpectedKind = 'choice' | 'word' | 'text' | 'other' | undefined
