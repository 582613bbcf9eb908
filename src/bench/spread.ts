// Least, middle and greatest of repeated measurements. On a machine that others use too, a mean says little.

/** What repeated measurements came to. */
export interface Spread {
  readonly min: number
  readonly median: number
  readonly max: number
  /** How many measurements. */
  readonly n: number
}

/** The spread of at least one value; the median of an even count is the mean of the two in the middle. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const median = sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  return { min: sorted[0], median, max: sorted[sorted.length - 1], n: sorted.length }
}

/** The middle of at least one value. */
export const medianOf = (values: readonly number[]): number => spreadOf(values).median
