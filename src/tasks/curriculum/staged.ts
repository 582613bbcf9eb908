// One level after the other, each until the policy has learned it: a stage ends when the mean pass rate over the last
// `window` observations of its level reaches the gate (the gates of SATURN 2505.16368 and the horizons of h1 2510.07312).
import { GradusError } from '../../base/error.ts'
import type { LevelCurriculum } from './level-curriculum.ts'

/** Where a staged curriculum stands: the stage, and the last pass rates seen in it. */
export type StagedState = { readonly stage: number; readonly recent: readonly number[] }

/** Its settings. */
export interface StagedOptions {
  /** In the order in which they are learned. */
  readonly levels: readonly number[]
  /** Mean pass rate that opens the next stage. */
  readonly gate?: number
  /** Observations that the mean is taken over. */
  readonly window?: number
}

/** The levels in stages. @throws `config/bad-value` */
export function staged({ levels, gate = 0.75, window = 4 }: StagedOptions): LevelCurriculum<StagedState> {
  if (levels.length === 0 || window < 1 || !(gate > 0 && gate <= 1)) {
    throw new GradusError(
      'config/bad-value',
      `A staged curriculum cannot have levels [${levels}], gate ${gate}, window ${window}.`,
      {
        hint: 'Give at least one level, a gate above 0 and at most 1, and a window of at least 1.',
      },
    )
  }
  return {
    start: { stage: 0, recent: [] },
    level: ({ stage }) => levels[stage],
    observe(state, { level, passRate }) {
      // Late news of another level says nothing of this stage.
      if (level !== levels[state.stage]) return state
      const recent = [...state.recent, passRate].slice(-window)
      const mean = recent.reduce((sum, rate) => sum + rate, 0) / recent.length
      const isPassed = recent.length === window && mean >= gate && state.stage < levels.length - 1
      return isPassed ? { stage: state.stage + 1, recent: [] } : { stage: state.stage, recent }
    },
  }
}
