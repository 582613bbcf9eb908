// best@n by a score: how often the sample that a scorer likes best among n is right, exactly, as the mean over all subsets
// of n of the samples drawn (as pass@k of Chen et al. 2021, 2107.03374, with the choice in place of the oracle). Equal
// scores are a fair draw. It does not know where scores come from.
import { GradusError } from '../base/error.ts'
import { subsetShare } from './binomial.ts'

/** One sample with its score, higher is better. */
export interface ScoredSample {
  readonly score: number
  readonly right: boolean
}

/**
 * Expected correctness of the best of `n` samples drawn without replacement:
 * sum over distinct scores s of [C(at most s, n) - C(below s, n)] / C(all, n) * share right at s.
 *
 * @throws `usage/bad-count` unless 1 <= n <= number of samples, `data/no-values` for a score that is not a number.
 */
export function bestAtN(samples: readonly ScoredSample[], n: number): number {
  const all = samples.length
  if (!Number.isInteger(n) || n < 1 || n > all) {
    throw new GradusError('usage/bad-count', `best@${n} cannot be estimated from ${all} samples.`, {
      hint: 'n must be from 1 to the number of samples of each problem.',
    })
  }
  if (samples.some(({ score }) => Number.isNaN(score))) {
    throw new GradusError('data/no-values', 'A score is not a number: no best sample can be chosen.', {
      hint: 'Give samples without a score the lowest one, or leave them out.',
    })
  }
  const sorted = [...samples].sort((a, b) => (a.score < b.score ? -1 : a.score > b.score ? 1 : 0))
  let expected = 0
  for (let from = 0; from < all; ) {
    let to = from
    let right = 0
    while (to < all && sorted[to].score === sorted[from].score) right += sorted[to++].right ? 1 : 0
    expected += (subsetShare(to, all, n) - subsetShare(from, all, n)) * (right / (to - from))
    from = to
  }
  return Math.min(1, expected)
}
