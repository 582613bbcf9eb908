// What a small model makes of each level of a task: the counts, the file they lie in, and whether harder levels are harder.
// It knows no model and no chart.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { writeFileAtomic } from '../../base/atomic-file.ts'
import { GradusError } from '../../base/error.ts'
import { type Estimate, wilsonInterval } from '../../eval/index.ts'

const count = z.int().min(0)
const schema = z.object({
  schema: z.literal(1),
  task: z.string(),
  seed: z.int(),
  /** Tokens that the model was trained on, all levels together. */
  trainedTokens: count,
  steps: count,
  levels: z.array(
    z.object({
      level: z.int(),
      /** Problems, one sample each, and how many were solved. */
      n: z.int().min(1),
      right: count,
      /** Samples that ended at the limit of tokens. */
      truncated: count,
      /** Pass rate of a guess. */
      chance: z.number(),
    }),
  ),
})

/** The results of one model on all levels of its task. */
export type LevelResults = z.infer<typeof schema>

const fileOf = (dir: string): string => join(dir, 'levels.json')

/** Writes the results into the directory of the model's run. */
export function writeLevelResults(dir: string, results: LevelResults): void {
  writeFileAtomic(fileOf(dir), `${JSON.stringify(results, null, 2)}\n`)
}

/** The results in a run directory; undefined when there are none yet. @throws `store/bad-run` */
export function readLevelResults(dir: string): LevelResults | undefined {
  const path = fileOf(dir)
  if (!existsSync(path)) return undefined
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch (cause) {
    throw new GradusError('store/bad-run', `${path} does not hold pass rates by level`, {
      hint: 'Delete it: the same command evaluates the model again.',
      cause,
    })
  }
}

/** Pass rate of one level with its 95 % interval. */
export const passRate = ({ right, n }: LevelResults['levels'][number]): Estimate => wilsonInterval(right, n)

/** What the levels show. */
export type LevelTrend = 'falls' | 'no difference seen' | 'rises' | 'nothing learnt' | 'all solved'

/** The easiest level's pass rate minus the hardest's, and what that says. */
export function levelTrend({ levels }: LevelResults): { readonly difference: Estimate; readonly trend: LevelTrend } {
  const rates = levels.map(passRate)
  const [first, last] = [rates[0], rates[rates.length - 1]]
  const difference = differenceOf(first, last)
  const isAt = (test: (rate: Estimate, chance: number) => boolean): boolean =>
    rates.every((rate, i) => test(rate, levels[i].chance))
  if (difference.low > 0) return { difference, trend: 'falls' }
  if (difference.high < 0) return { difference, trend: 'rises' }
  if (isAt((rate, chance) => rate.low <= chance + 0.01)) return { difference, trend: 'nothing learnt' }
  return { difference, trend: isAt(({ value }) => value > 0.97) ? 'all solved' : 'no difference seen' }
}

/** Difference of two independent proportions (Newcombe 1998, method 10, from Wilson's intervals). */
function differenceOf(a: Estimate, b: Estimate): Estimate {
  const value = a.value - b.value
  const low = value - Math.hypot(a.value - a.low, b.high - b.value)
  const high = value + Math.hypot(a.high - a.value, b.value - b.low)
  return { value, low, high, n: a.n + b.n }
}
