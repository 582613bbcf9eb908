// The difference of two systems with its interval and p-value, over seeds and problems at once. Runs of equal seeds are
// paired; other seeds are drawn for each side alone. Problems are always drawn for both sides together.
import { GradusError } from '../base/error.ts'
import { stream } from '../base/rng.ts'
import { type BootstrapOptions, type Estimate, quantile } from './intervals.ts'

/** Scores of a system, [S][P]: a row for each seed, a column for each problem. */
export type SeedScores = readonly (readonly number[])[]

/** A difference, and how likely one as large is by chance. */
export interface NestedDifference extends Estimate {
  /** Two-sided, from the resampled differences about their mean; never 0. */
  readonly p: number
}

/**
 * `after - before` over the same problems. With `isPaired` row s of both is one seed, and a resample draws the two
 * together. With few seeds the interval is too narrow rather than too wide, as that of `nestedMean` is.
 *
 * @throws `data/no-values` for no rows, `data/not-paired` for other problems, or other numbers of paired seeds
 */
export function nestedDifference(
  before: SeedScores,
  after: SeedScores,
  { isPaired, seed, resamples = 2000, confidence = 0.95 }: BootstrapOptions & { readonly isPaired: boolean },
): NestedDifference {
  const problems = requireScores(before, after, isPaired)
  // Sums over a drawn problem need only each seed's own number, so one draw of problems serves all of them.
  const rng = stream('nested-difference', seed)
  const drawSeeds = (count: number): readonly number[] => Array.from({ length: count }, () => rng.int(count))
  const differences = new Float64Array(resamples)
  for (let r = 0; r < resamples; r++) {
    const mine = drawSeeds(after.length)
    const theirs = isPaired ? mine : drawSeeds(before.length)
    let [sumAfter, sumBefore] = [0, 0]
    for (let i = 0; i < problems; i++) {
      const problem = rng.int(problems)
      for (const s of mine) sumAfter += after[s][problem]
      for (const s of theirs) sumBefore += before[s][problem]
    }
    differences[r] = sumAfter / (mine.length * problems) - sumBefore / (theirs.length * problems)
  }
  const value = meanOf(after) - meanOf(before)
  const far = Math.abs(value) - 1e-12
  const hits = differences.reduce((sum, drawn) => sum + (Math.abs(drawn - value) >= far ? 1 : 0), 0)
  differences.sort()
  const edge = (1 - confidence) / 2
  return {
    value,
    low: quantile(differences, edge),
    high: quantile(differences, 1 - edge),
    n: problems,
    p: (1 + hits) / (1 + resamples),
  }
}

function requireScores(before: SeedScores, after: SeedScores, isPaired: boolean): number {
  const problems = before[0]?.length ?? 0
  const all = [...before, ...after]
  if (problems === 0 || after.length === 0 || !all.flat().every(Number.isFinite))
    throw new GradusError('data/no-values', 'There are no values, or one is not a number.', {
      hint: 'Give both sides at least one seed with at least one problem.',
    })
  if (all.some((row) => row.length !== problems) || (isPaired && before.length !== after.length))
    throw new GradusError('data/not-paired', 'The two sides have other problems, or other numbers of seeds.', {
      hint: 'Evaluate all seeds on the same problems, in the same order.',
    })
  return problems
}

function meanOf(scores: SeedScores): number {
  return scores.flat().reduce((sum, x) => sum + x, 0) / (scores.length * scores[0].length)
}
