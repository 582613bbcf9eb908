// What a curriculum over levels is: a state, the level to ask next, and what an observation does to the state. States
// are JSON, so a run saves them with its history and goes on where it was. It draws no problems.
import type { Json } from '../../base/json.ts'
import type { Rng } from '../../base/rng.ts'

/** What came of some problems of one level. */
export interface Observation {
  readonly level: number
  /** Share of completions that were right, in [0, 1]. */
  readonly passRate: number
}

/** A curriculum as pure functions over its state `S`. */
export interface LevelCurriculum<S extends Json> {
  readonly start: S
  /** The level to ask next; `rng` for those that choose at random. */
  level(state: S, rng: Rng): number
  observe(state: S, seen: Observation): S
}
