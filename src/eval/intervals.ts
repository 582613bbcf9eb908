// Intervals for what an evaluation reports: Wilson's for a proportion of independent samples, and the percentile
// bootstrap over problems for everything else. Samples of one problem are not independent, so the bootstrap draws whole
// problems. It knows no metric: it takes one number a problem.
import { GradusError } from '../base/error.ts'
import { stream } from '../base/rng.ts'
import { normalQuantile } from './normal-quantile.ts'

/** A value with its interval and the number of problems (or samples) it rests on. */
export interface Estimate {
  readonly value: number
  readonly low: number
  readonly high: number
  readonly n: number
}

/** How to bootstrap. */
export interface BootstrapOptions {
  readonly seed: number
  /** Default 2000. */
  readonly resamples?: number
  /** Default 0.95. */
  readonly confidence?: number
}

/**
 * Wilson's score interval for `successes` of `n` independent samples: one sample a problem. Unlike the textbook
 * interval it stays inside [0, 1] and is honest near 0 and 1.
 *
 * @throws `usage/bad-count` unless 0 <= successes <= n and n >= 1, both whole.
 */
export function wilsonInterval(successes: number, n: number, confidence = 0.95): Estimate {
  if (![successes, n].every(Number.isInteger) || n < 1 || successes < 0 || successes > n) {
    throw new GradusError('usage/bad-count', `${successes} of ${n} is not a proportion.`, {
      hint: 'Give whole counts with 0 <= successes <= n and n of 1 or more.',
    })
  }
  const z = normalQuantile(0.5 + confidence / 2)
  const share = successes / n
  const scale = 1 + (z * z) / n
  const centre = (share + (z * z) / (2 * n)) / scale
  const half = (z / scale) * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n))
  return {
    value: share,
    // Exact at the ends, where rounding would leave 1e-17.
    low: successes === 0 ? 0 : centre - half,
    high: successes === n ? 1 : centre + half,
    n,
  }
}

/**
 * The mean over problems of one number each (pass@k, the mean of its samples, ...), with a percentile bootstrap
 * interval that draws problems with replacement. `values` is [P].
 *
 * @throws `data/no-values` for an empty list or a value that is not a number.
 */
export function bootstrapMean(values: readonly number[], options: BootstrapOptions): Estimate {
  requireValues(values)
  const { seed, resamples = 2000, confidence = 0.95 } = options
  if (!Number.isInteger(resamples) || resamples < 1) {
    throw new GradusError('usage/bad-count', `${resamples} resamples are not enough.`, { hint: 'Use 2000 or more.' })
  }
  if (!(confidence > 0 && confidence < 1)) {
    throw new GradusError('usage/bad-probability', `${confidence} is not a confidence level.`, { hint: 'Use 0.95.' })
  }
  const n = values.length
  const rng = stream('bootstrap', seed)
  const means = new Float64Array(resamples)
  for (let r = 0; r < resamples; r++) {
    let sum = 0
    for (let i = 0; i < n; i++) sum += values[rng.int(n)]
    means[r] = sum / n
  }
  means.sort()
  const edge = (1 - confidence) / 2
  const value = values.reduce((sum, x) => sum + x, 0) / n
  return { value, low: quantile(means, edge), high: quantile(means, 1 - edge), n }
}

/**
 * The mean difference `after - before` over the same problems, with a bootstrap interval that draws problems, each with
 * both its numbers. Both are [P], in the same order.
 *
 * @throws `data/not-paired` when the lists differ in length, `data/no-values` as {@link bootstrapMean}.
 */
export function pairedDifference(
  before: readonly number[],
  after: readonly number[],
  options: BootstrapOptions,
): Estimate {
  if (before.length !== after.length) {
    throw new GradusError('data/not-paired', `${before.length} problems cannot be paired with ${after.length}.`, {
      hint: 'Evaluate both on the same problems, in the same order.',
    })
  }
  return bootstrapMean(
    after.map((value, i) => value - before[i]),
    options,
  )
}

function requireValues(values: readonly number[]): void {
  const bad = values.findIndex((value) => !Number.isFinite(value))
  if (values.length > 0 && bad < 0) return
  const what = values.length === 0 ? 'There are no problems.' : `The value of problem ${bad} is ${values[bad]}.`
  throw new GradusError('data/no-values', `${what} No mean can be taken.`, {
    hint: 'Problems without a decided sample must be left out and counted, not averaged.',
  })
}

/** Of sorted values, interpolated between neighbours. */
export function quantile(sorted: Float64Array, share: number): number {
  const at = share * (sorted.length - 1)
  const below = Math.floor(at)
  const above = Math.min(below + 1, sorted.length - 1)
  return sorted[below] + (at - below) * (sorted[above] - sorted[below])
}
