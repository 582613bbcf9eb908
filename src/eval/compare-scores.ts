// Chooses the comparison that fits two sets of scores, and makes it: the difference with its interval, a p-value, and the
// smallest difference that it could have seen. One seed a side: Bonett and Price's interval and McNemar's mid-p for right and
// wrong; the paired bootstrap and sign flips for shares. Several seeds: the nested bootstrap. Different problems: independent
// intervals and shuffled labels.
import { GradusError } from '../base/error.ts'
import { type Estimate, pairedDifference, wilsonInterval } from './intervals.ts'
import { mcnemar } from './mcnemar.ts'
import { nestedDifference, type SeedScores } from './nested-difference.ts'
import { normalCdf } from './normal-cdf.ts'
import { normalQuantile } from './normal-quantile.ts'
import { pairedProportions } from './paired-proportions.ts'
import { labelShuffleTest, signFlipTest } from './sign-flip.ts'

/** How the p-value was found. */
export type ComparisonTest = 'mcnemar-mid-p' | 'sign-flip' | 'nested-bootstrap' | 'label-shuffle' | 'normal'

/** What came of a comparison. */
export interface Comparison {
  /** `after - before`; n counts problems. */
  readonly difference: Estimate
  readonly p: number
  readonly test: ComparisonTest
  /** Smallest difference that comparisons as wide as this one see 8 times in 10. */
  readonly detectable: number
}

/** Compares systems on the same problems. `seedsPaired`: row s of both is one seed. @throws `data/not-paired`, `data/no-values` */
export function comparePaired(
  before: SeedScores,
  after: SeedScores,
  { seed, seedsPaired = false }: { readonly seed: number; readonly seedsPaired?: boolean },
): Comparison {
  if (before.length !== 1 || after.length !== 1) {
    const { p, ...difference } = nestedDifference(before, after, { seed, isPaired: seedsPaired })
    return comparison(notAPoint(difference), p, 'nested-bootstrap')
  }
  const [[first], [second]] = [before, after]
  // First, for it refuses lists of different lengths.
  const drawn = pairedDifference(first, second, { seed })
  if (![...first, ...second].every((score) => score === 0 || score === 1)) {
    const differences = second.map((score, i) => score - first[i])
    return comparison(notAPoint(drawn), signFlipTest(differences, { seed }).p, 'sign-flip')
  }
  const gained = second.filter((score, i) => score > first[i]).length
  const lost = second.filter((score, i) => score < first[i]).length
  const difference = pairedProportions({ gained, lost, n: first.length })
  return comparison(difference, mcnemar(gained, lost).midP, 'mcnemar-mid-p')
}

/**
 * Compares systems on different problems, from each one's own estimate: the interval of a difference of independent
 * estimates (Zou and Donner 2008; for Wilson's intervals, Newcombe 1998, method 10). One seed a side: shuffled labels;
 * else a normal approximation from the intervals' widths.
 */
export function compareUnpaired(
  before: { readonly scores: SeedScores; readonly estimate: Estimate },
  after: { readonly scores: SeedScores; readonly estimate: Estimate },
  { seed }: { readonly seed: number },
): Comparison {
  if (before.scores.length === 0 || after.scores.length === 0)
    throw new GradusError('data/no-values', 'There is nothing to compare.', { hint: 'Give both sides scores.' })
  const [a, b] = [after.estimate, before.estimate]
  const value = a.value - b.value
  const difference = {
    value,
    low: value - Math.hypot(a.value - a.low, b.high - b.value),
    high: value + Math.hypot(a.high - a.value, b.value - b.low),
    n: Math.min(a.n, b.n),
  }
  if (before.scores.length === 1 && after.scores.length === 1) {
    return comparison(difference, labelShuffleTest(before.scores[0], after.scores[0], { seed }).p, 'label-shuffle')
  }
  const error = Math.hypot(a.high - a.low, b.high - b.low) / (2 * normalQuantile(0.975))
  return comparison(difference, normalP(value, error), 'normal')
}

function comparison(rough: Estimate, p: number, test: ComparisonTest): Comparison {
  // An end of 2e-18 is 0: whether an interval holds 0 must not hang on rounding.
  const tidy = (x: number): number => (Math.abs(x) < 1e-12 ? 0 : x)
  const difference = { value: tidy(rough.value), low: tidy(rough.low), high: tidy(rough.high), n: rough.n }
  const z = normalQuantile(0.975)
  const error = (difference.high - difference.low) / (2 * z)
  return { difference, p, test, detectable: (z + normalQuantile(0.8)) * error }
}

// Where no problem changed (or every one did), a bootstrap knows only that: it gives a point. The share of problems that
// change is then below Wilson's bound for none of n, and so is the difference.
function notAPoint(estimate: Estimate): Estimate {
  const { value, low, high, n } = estimate
  if (low !== high || (value !== 0 && Math.abs(value) !== 1)) return estimate
  const room = wilsonInterval(0, n).high
  return { value, low: Math.max(-1, value - room), high: Math.min(1, value + room), n }
}

function normalP(value: number, error: number): number {
  if (error === 0) return value === 0 ? 1 : 0
  return 2 * normalCdf(-Math.abs(value) / error)
}
