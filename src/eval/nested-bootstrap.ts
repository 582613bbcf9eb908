// Intervals over seeds and problems at once: runs of several seeds are evaluated on the same problems, and neither alone
// says how sure a mean is. Every resample draws seeds, then problems, each with replacement.
import { GradusError } from '../base/error.ts'
import { stream } from '../base/rng.ts'
import { type BootstrapOptions, type Estimate, quantile } from './intervals.ts'

/**
 * The mean of values [S][P], one row a seed, one column a problem; `n` counts both. With few seeds the interval is too
 * narrow rather than too wide: three seeds can only be drawn in ten ways.
 *
 * @throws `data/no-values` for no rows or empty ones, `data/not-paired` for rows of different lengths
 */
export function nestedMean(values: readonly (readonly number[])[], options: BootstrapOptions): Estimate {
  const { seed, resamples = 2000, confidence = 0.95 } = options
  const [seeds, problems] = [values.length, values[0]?.length ?? 0]
  if (seeds === 0 || problems === 0)
    throw new GradusError('data/no-values', 'There are no values. No mean can be taken.', {
      hint: 'Give at least one seed with at least one problem.',
    })
  if (values.some((row) => row.length !== problems))
    throw new GradusError('data/not-paired', 'The seeds were not evaluated on the same problems.', {
      hint: 'Evaluate all seeds on the same problems, in the same order.',
    })
  if (!values.flat().every(Number.isFinite))
    throw new GradusError('data/no-values', 'A value is not a number. No mean can be taken.', {
      hint: 'Problems without a decided sample must be left out and counted, not averaged.',
    })
  const rng = stream('nested-bootstrap', seed)
  const means = new Float64Array(resamples)
  for (let r = 0; r < resamples; r++) {
    const drawn = Array.from({ length: seeds }, () => values[rng.int(seeds)])
    let sum = 0
    for (let i = 0; i < problems; i++) {
      const problem = rng.int(problems)
      for (const row of drawn) sum += row[problem]
    }
    means[r] = sum / (seeds * problems)
  }
  means.sort()
  const edge = (1 - confidence) / 2
  const value = values.flat().reduce((a, b) => a + b, 0) / (seeds * problems)
  return { value, low: quantile(means, edge), high: quantile(means, 1 - edge), n: seeds * problems }
}
