// From counts to numbers: pass@k of each problem over its decided samples, means and paired differences of several seeds. A
// problem without a number in one seed is left out of all, so that every seed counts the same problems.
import { type Estimate, nestedMean, passAtK } from '../eval/index.ts'
import type { DecidedCounts } from './arm-runs.ts'

/** pass@k of each problem; NaN where fewer than k of its samples have a verdict. [P] */
export const passScores = ({ right, decided }: DecidedCounts, k: number): readonly number[] =>
  right.map((count, p) => (decided[p] < k ? Number.NaN : passAtK(decided[p], count, k)))

/** The mean over seeds and problems; null where no problem has a number. `scores`: [S][P] */
export function meanScore(scores: readonly (readonly number[])[], resamples?: number): Estimate | null {
  const problems = (scores[0] ?? []).flatMap((_, p) => (scores.every((one) => Number.isFinite(one[p])) ? [p] : []))
  if (problems.length === 0) return null
  return nestedMean(
    scores.map((one) => problems.map((p) => one[p])),
    { seed: 0, ...(resamples !== undefined && { resamples }) },
  )
}

/** The mean of a minus b, paired by seed and problem; null where no problem has both. [S][P] both */
export const meanDifference = (a: readonly (readonly number[])[], b: readonly (readonly number[])[]): Estimate | null =>
  meanScore(a.map((one, s) => one.map((value, p) => value - b[s][p])))
