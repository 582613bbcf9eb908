// GRPO's settings as they are launched: those of the recipe, all of them.
import type { z } from 'zod'
import { grpo, grpoConfig } from '../../recipes/policy-optimisation/grpo.ts'

export { grpoConfig }

/** Resolved settings of the recipe. */
export type GrpoConfig = z.infer<typeof grpoConfig>

/** The recipe that is carried out elsewhere. */
export const launchedRecipe = grpo.id

/** Sizes for language models of a billion weights rather than a million. */
export const largeModelPresets = {
  schedule: { steps: 200, lr: 1e-6, checkpointEvery: 50 },
  rollout: { problems: 32, samples: 8, maxTokens: 1024 },
} as const
