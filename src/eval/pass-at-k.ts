// pass@k: the probability that at least one of k samples is right, estimated from n >= k samples without bias
// (Chen et al. 2021, 2107.03374, eq. 1): 1 - C(n-c, k) / C(n, k). It knows neither samples nor verdicts, only counts.
import { GradusError } from '../base/error.ts'

/**
 * pass@k of one problem from `n` decided samples of which `right` are right.
 *
 * @throws `usage/bad-count` unless 0 <= right <= n and 1 <= k <= n, all whole.
 */
export function passAtK(n: number, right: number, k: number): number {
  if (![n, right, k].every(Number.isInteger) || right < 0 || right > n || k < 1 || k > n) {
    throw new GradusError('usage/bad-count', `pass@${k} cannot be estimated from ${right} right of ${n} samples.`, {
      hint: 'k must be from 1 to the number of decided samples of each problem: draw more samples or lower k.',
    })
  }
  if (right === 0) return 0
  // C(n-c, k) / C(n, k) as a product of k ratios in [0, 1]: no large binomials.
  let allWrong = 1
  for (let i = 0; i < k && allWrong > 0; i++) allWrong *= Math.max(0, n - right - i) / (n - i)
  return 1 - allWrong
}
