// The share of the levels in use rises and falls in turn (cyclical curriculum learning): the easiest few, then more, then
// all, then fewer again. Levels in use are asked uniformly. Observations only count time.
import { GradusError } from '../../base/error.ts'
import type { LevelCurriculum } from './level-curriculum.ts'

/** How many observations there were. */
export type CyclicalState = { readonly seen: number }

/** Its settings. */
export interface CyclicalOptions {
  /** From the easiest on. */
  readonly levels: readonly number[]
  /** Smallest and largest share of the levels, and the factor between two turns. */
  readonly least?: number
  readonly most?: number
  readonly factor?: number
  /** Observations of one turn. */
  readonly turn?: number
}

/** One period of shares: up from `least` to `most` by the factor, and down again, the ends once each. */
export function cycleOfShares(least: number, most: number, factor: number): readonly number[] {
  const up: number[] = []
  for (let share = least; share < most; share /= factor) up.push(share)
  return [...up, most, ...up.slice(1).reverse()]
}

/** The levels in cycles. @throws `config/bad-value` */
export function cyclical(options: CyclicalOptions): LevelCurriculum<CyclicalState> {
  const { levels, least = 0.25, most = 1, factor = 0.5, turn = 8 } = options
  const isSound = least > 0 && least <= most && most <= 1 && factor > 0 && factor < 1 && turn >= 1
  if (levels.length === 0 || !isSound) {
    throw new GradusError(
      'config/bad-value',
      `A cyclical curriculum cannot have levels [${levels}], shares ${least} to ${most}, factor ${factor}, turn ${turn}.`,
      {
        hint: 'Give at least one level, 0 < least <= most <= 1, a factor between 0 and 1, and a turn of at least 1.',
      },
    )
  }
  const shares = cycleOfShares(least, most, factor)
  return {
    start: { seen: 0 },
    level({ seen }, rng) {
      const share = shares[Math.floor(seen / turn) % shares.length]
      return levels[rng.int(Math.ceil(share * levels.length))]
    },
    observe: ({ seen }) => ({ seen: seen + 1 }),
  }
}
