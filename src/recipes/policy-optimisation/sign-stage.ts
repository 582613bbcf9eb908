// What psr, nsr and w-reinforce share (RLVR-Decomposed, 2506.01347, section 3): rewards of +1 and -1 without a baseline,
// each side with a weight of its own, under PPO's clip.
import type { z } from 'zod'
import type { RecipeSetting, Stage } from '../../contracts/index.ts'
import { clipped, type SignWeights, signAdvantage, tokenMean } from '../../train/index.ts'
import { grpoConfig } from './grpo.ts'
import { policyStage } from './policy-stage.ts'

/** Settings of the family. */
export const signConfig = grpoConfig.omit({ aggregation: true, klIn: true })

/** The paper of the family. */
export const decomposed = {
  id: '2506.01347',
  title: 'The Surprising Effectiveness of Negative Reinforcement in LLM Reasoning',
  year: 2025,
} as const

/** The stage with these weights. */
export const signStage = (c: z.infer<typeof signConfig>, setting: RecipeSetting, weights: SignWeights): Stage =>
  // Advantages look at verdicts alone, so a KL could only be a term of the loss.
  policyStage({ ...c, klIn: 'loss' }, setting, {
    advantages: [signAdvantage(weights)],
    loss: clipped({ low: c.clipLow, high: c.clipHigh }),
    aggregate: tokenMean,
  })
