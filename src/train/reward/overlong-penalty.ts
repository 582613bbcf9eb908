// The soft overlong punishment (DAPO, 2503.14476, eq. 13): nothing up to L_max - L_cache, then falling to -1 at L_max.
import { said } from '../../base/said.ts'
import type { Credit } from '../../contracts/index.ts'
import { perRollout } from '../group/trained-on.ts'

/** Added to the reward: 0 for T <= maxTokens - cache, (maxTokens - cache - T) / cache in the ramp, -1 beyond. */
export const overlongPenalty = ({ maxTokens, cache }: { maxTokens: number; cache: number }): Credit =>
  said<Credit>(
    `R_i ← R_i - clip((|y_i| - ${maxTokens - cache}) / ${cache}, 0, 1)`,
    perRollout((rollout) => {
      const over = rollout.sample.ids.length - (maxTokens - cache)
      // A completion that the budget ended had not finished at maxTokens.
      const overlong = rollout.sample.stop === 'max' ? -1 : over <= 0 ? 0 : -Math.min(over / cache, 1)
      return { ...rollout, reward: (rollout.reward ?? 0) + overlong, parts: { ...rollout.parts, overlong } }
    }),
  )
