// Wilson's interval for several samples of each problem. Samples of one problem are alike, so that 10 of each of 50
// problems say less than 500 answers: the count is divided by the design effect (Kish 1965), estimated from the spread
// between problems. Unlike the bootstrap it is not a point where all problems score alike.
import { GradusError } from '../base/error.ts'
import { type Estimate, wilsonInterval } from './intervals.ts'
import { normalQuantile } from './normal-quantile.ts'

/**
 * The mean m over problems of numbers in [0, 1], with Wilson's interval for m at m (1 - m) / v effective trials, where v
 * is the squared standard error of the mean over problems. Where v is 0 each problem counts as one trial.
 *
 * @throws `data/no-values` for an empty list or a number outside [0, 1].
 */
export function clusteredWilson(values: readonly number[], confidence = 0.95): Estimate {
  const n = values.length
  if (n === 0 || !values.every((value) => value >= 0 && value <= 1)) {
    throw new GradusError('data/no-values', 'There are no problems, or a number is not a share.', {
      hint: 'Give one number in [0, 1] for each problem.',
    })
  }
  if (values.every((x) => x === 0 || x === 1)) {
    return wilsonInterval(values.filter((x) => x === 1).length, n, confidence)
  }
  const value = values.reduce((sum, x) => sum + x, 0) / n
  const squared = values.reduce((sum, x) => sum + (x - value) ** 2, 0)
  // Over n, not n - 1: the limit of one sample a problem is then Wilson's interval itself.
  const variance = squared / (n * n)
  const trials = variance > 0 ? (value * (1 - value)) / variance : n
  const z = normalQuantile(0.5 + confidence / 2)
  const scale = 1 + (z * z) / trials
  const centre = (value + (z * z) / (2 * trials)) / scale
  const half = (z / scale) * Math.sqrt((value * (1 - value)) / trials + (z * z) / (4 * trials * trials))
  return { value, low: Math.max(0, centre - half), high: Math.min(1, centre + half), n }
}
