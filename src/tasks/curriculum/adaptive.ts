// The level whose pass rate is nearest to a target, since a group of completions teaches most when half of them are
// right. Rates are moving means; a level never asked is guessed from its nearest neighbour. The band is that of SwS
// (2506.08989): a level outside it is taken only when none is inside.
import { GradusError } from '../../base/error.ts'
import type { LevelCurriculum } from './level-curriculum.ts'

/** The mean pass rate of each level so far; null where nothing is known. */
export type AdaptiveState = { readonly rates: readonly (number | null)[] }

/** Its settings. */
export interface AdaptiveOptions {
  /** From the easiest on. */
  readonly levels: readonly number[]
  readonly target?: number
  readonly band?: readonly [number, number]
  /** Weight of a new observation in the moving mean. */
  readonly weight?: number
}

/** How much easier or harder a level that was never asked is taken to be than the one beside it. */
const slope = 0.25

/** The levels by pass rate. @throws `config/bad-value` */
export function adaptive(options: AdaptiveOptions): LevelCurriculum<AdaptiveState> {
  const { levels, target = 0.5, band: [low, high] = [0.125, 0.875], weight = 0.5 } = options
  if (levels.length === 0 || !(low <= target && target <= high) || !(weight > 0 && weight <= 1)) {
    throw new GradusError(
      'config/bad-value',
      `An adaptive curriculum cannot have levels [${levels}], target ${target}, band [${low}, ${high}], weight ${weight}.`,
      {
        hint: 'Give at least one level, a target inside the band, and a weight above 0 and at most 1.',
      },
    )
  }

  /** The rate of a level, guessed from the nearest that is known. */
  function expected(rates: AdaptiveState['rates'], at: number): number {
    for (let far = 0; far < levels.length; far++) {
      const easier = rates[at - far] ?? null
      if (easier !== null) return Math.max(0, easier - slope * far)
      const harder = rates[at + far] ?? null
      if (harder !== null) return Math.min(1, harder + slope * far)
    }
    // Nothing is known: the easiest first.
    return at === 0 ? target : 0
  }

  return {
    start: { rates: levels.map(() => null) },
    level({ rates }) {
      const guesses = levels.map((_, i) => expected(rates, i))
      const inBand = guesses.flatMap((rate, i) => (rate >= low && rate <= high ? [i] : []))
      const choices = inBand.length > 0 ? inBand : levels.map((_, i) => i)
      const off = (i: number): number => Math.abs(guesses[i] - target)
      // Of equally near levels the easier.
      return levels[choices.reduce((best, i) => (off(i) < off(best) ? i : best))]
    },
    observe({ rates }, { level, passRate }) {
      const at = levels.indexOf(level)
      if (at < 0) return { rates }
      const before = rates[at]
      const rate = before === null ? passRate : before + weight * (passRate - before)
      // What was known of a harder level is old when this one is mastered, and of an easier one when this one is lost.
      const isOld = (i: number): boolean => (rate > high && i > at) || (rate < low && i < at)
      return { rates: rates.map((known, i) => (i === at ? rate : isOld(i) ? null : known)) }
    },
  }
}
