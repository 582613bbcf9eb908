// Permutation tests. Sign flips, for paired numbers: were there no difference, each problem's difference could as well have
// the other sign. Shuffled labels, for two sets of problems. Exact where all cases can be counted, else drawn, with the
// observed case counted among the draws (Phipson and Smyth 2010), so that a p-value is never 0.
import { GradusError } from '../base/error.ts'
import { stream } from '../base/rng.ts'

/** Two-sided p-value of no difference, and whether all cases were counted. */
export interface PermutationTest {
  readonly p: number
  readonly isExact: boolean
}

/** How to draw cases. */
export interface PermutationOptions {
  readonly seed: number
  /** Cases to draw where they are too many to count; default 10,000. */
  readonly resamples?: number
}

// 2^16 sums take a few milliseconds.
const countable = 16

/**
 * The sign-flip test of differences, one a problem: the share of signs whose sum is as far from zero as the one seen.
 *
 * @throws `data/no-values` for an empty list or a difference that is not a number.
 */
export function signFlipTest(
  differences: readonly number[],
  { seed, resamples = 10_000 }: PermutationOptions,
): PermutationTest {
  requireNumbers(differences)
  // A difference of zero has no sign to flip.
  const moving = differences.filter((difference) => difference !== 0)
  const limit = farAs(sum(moving), moving)
  let hits = 0
  if (moving.length <= countable) {
    const cases = 2 ** moving.length
    for (let signs = 0; signs < cases; signs++) {
      let total = 0
      for (let i = 0; i < moving.length; i++) total += (signs >> i) & 1 ? moving[i] : -moving[i]
      if (Math.abs(total) >= limit) hits++
    }
    return { p: hits / cases, isExact: true }
  }
  const rng = stream('sign-flip', seed)
  for (let r = 0; r < resamples; r++) {
    let total = 0
    let bits = 0
    for (let i = 0; i < moving.length; i++) {
      if (i % 32 === 0) bits = rng.uint32()
      total += (bits >>> (i % 32)) & 1 ? moving[i] : -moving[i]
    }
    if (Math.abs(total) >= limit) hits++
  }
  return { p: (1 + hits) / (1 + resamples), isExact: false }
}

/**
 * The label-shuffle test of the difference of two means over different problems.
 *
 * @throws `data/no-values` as {@link signFlipTest}.
 */
export function labelShuffleTest(
  before: readonly number[],
  after: readonly number[],
  { seed, resamples = 10_000 }: PermutationOptions,
): PermutationTest {
  requireNumbers(before)
  requireNumbers(after)
  const all = [...after, ...before]
  const [m, n] = [after.length, all.length]
  const total = sum(all)
  // With the sum fixed, the difference of means follows from the sum of the first m.
  const centre = (total * m) / n
  const limit = farAs(sum(after) - centre, all)
  const rng = stream('label-shuffle', seed)
  let hits = 0
  for (let r = 0; r < resamples; r++) {
    let drawn = 0
    for (let i = 0; i < m; i++) {
      const j = i + rng.int(n - i)
      const swap = all[i]
      all[i] = all[j]
      all[j] = swap
      drawn += all[i]
    }
    if (Math.abs(drawn - centre) >= limit) hits++
  }
  return { p: (1 + hits) / (1 + resamples), isExact: false }
}

/** As far from zero as `seen`, less the rounding of its sum: a tie must count. */
function farAs(seen: number, values: readonly number[]): number {
  return Math.abs(seen) - 1e-12 * values.reduce((total, value) => total + Math.abs(value), 0)
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

function requireNumbers(values: readonly number[]): void {
  if (values.length > 0 && values.every(Number.isFinite)) return
  throw new GradusError('data/no-values', 'There are no numbers to compare, or one is not a number.', {
    hint: 'Problems without a decided sample must be left out and counted.',
  })
}
