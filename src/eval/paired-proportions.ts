// The difference of two shares over the same problems with Bonett and Price's interval (2012, J. Educ. Behav. Stat. 37:479):
// Wald's for paired proportions, after one problem is added to each kind of disagreement. Simple, near its level at any
// size, and no point where the two agree on every problem, which a bootstrap gives.
import { GradusError } from '../base/error.ts'
import type { Estimate } from './intervals.ts'
import { normalQuantile } from './normal-quantile.ts'

/**
 * (gained - lost) / n, for problems that only the second system got right and only the first. With p = (gained + 1) / (n + 2)
 * and q = (lost + 1) / (n + 2): p - q -+ z sqrt((p + q - (p - q)^2) / (n + 2)).
 *
 * @throws `usage/bad-count` unless both are whole and gained + lost <= n, n >= 1.
 */
export function pairedProportions(
  { gained, lost, n }: { readonly gained: number; readonly lost: number; readonly n: number },
  confidence = 0.95,
): Estimate {
  if (![gained, lost, n].every(Number.isInteger) || gained < 0 || lost < 0 || n < 1 || gained + lost > n) {
    throw new GradusError('usage/bad-count', `${gained} gained and ${lost} lost are not parts of ${n} problems.`, {
      hint: 'Give whole counts that add up to n or less.',
    })
  }
  const [p, q] = [(gained + 1) / (n + 2), (lost + 1) / (n + 2)]
  const half = normalQuantile(0.5 + confidence / 2) * Math.sqrt((p + q - (p - q) ** 2) / (n + 2))
  return {
    value: (gained - lost) / n,
    low: Math.max(-1, p - q - half),
    high: Math.min(1, p - q + half),
    n,
  }
}
