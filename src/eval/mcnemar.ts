// McNemar's test for two systems on the same problems, one answer each (McNemar 1947), in its exact form and its mid-p
// form (Fagerland, Lydersen and Laake 2013, BMC Med. Res. Methodol. 13:91, eqs. 4 and 5). Only problems on which the two
// disagree count. The exact test never errs more often than it says; the mid-p one is nearer to what it says.
import { GradusError } from '../base/error.ts'
import { logBinomial } from './binomial.ts'

/** Two-sided p-values of no difference. */
export interface McNemar {
  readonly exact: number
  readonly midP: number
}

/**
 * From the number of problems that only the second system got right, and only the first:
 * exact = min(1, 2 P(X <= min)), mid-p = exact's sum with the last term halved, for X ~ Binomial(gained + lost, 1/2).
 *
 * @throws `usage/bad-count` for counts that are not whole or negative.
 */
export function mcnemar(gained: number, lost: number): McNemar {
  if (![gained, lost].every((count) => Number.isInteger(count) && count >= 0)) {
    throw new GradusError('usage/bad-count', `${gained} gained and ${lost} lost are not counts.`, {
      hint: 'Give the numbers of problems that one system got right and the other not.',
    })
  }
  const n = gained + lost
  const least = Math.min(gained, lost)
  if (n === 0) return { exact: 1, midP: 1 }
  let below = 0
  for (let i = 0; i < least; i++) below += Math.exp(logBinomial(n, i) - n * Math.LN2)
  const last = Math.exp(logBinomial(n, least) - n * Math.LN2)
  return { exact: Math.min(1, 2 * (below + last)), midP: gained === lost ? 1 : Math.min(1, 2 * below + last) }
}
