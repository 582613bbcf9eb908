// The shape of a row of the pair tables.

/** Two texts. */
export type Pair = readonly [gold: string, prediction: string]
