// Correction for many comparisons, as adjusted p-values: compare each with the level you would use for one. Holm (1979)
// keeps the chance of any false finding below the level, whatever the dependence. Benjamini and Hochberg (1995) keeps the
// expected share of false ones among the findings below it, for independent or positively dependent tests.
import { GradusError } from '../base/error.ts'

/** Holm's adjusted p-values, in the order given: the running maximum of (m - i + 1) p_(i), at most 1. */
export function holm(ps: readonly number[]): readonly number[] {
  const order = ascending(ps)
  const adjusted = new Array<number>(ps.length)
  let running = 0
  for (const [i, place] of order.entries()) {
    running = Math.max(running, Math.min(1, (ps.length - i) * ps[place]))
    adjusted[place] = running
  }
  return adjusted
}

/** Benjamini and Hochberg's adjusted p-values, in the order given: the running minimum, from the end, of m p_(i) / i. */
export function benjaminiHochberg(ps: readonly number[]): readonly number[] {
  const order = ascending(ps)
  const adjusted = new Array<number>(ps.length)
  let running = 1
  for (let i = ps.length - 1; i >= 0; i--) {
    running = Math.min(running, ps[order[i]] * (ps.length / (i + 1)))
    adjusted[order[i]] = running
  }
  return adjusted
}

/** Places of the p-values, the smallest first. @throws `usage/bad-probability` */
function ascending(ps: readonly number[]): readonly number[] {
  const bad = ps.find((p) => !(p >= 0 && p <= 1))
  if (bad !== undefined) {
    throw new GradusError('usage/bad-probability', `${bad} is not a p-value.`, { hint: 'A p-value is in [0, 1].' })
  }
  return ps.map((_, place) => place).sort((a, b) => ps[a] - ps[b] || a - b)
}
