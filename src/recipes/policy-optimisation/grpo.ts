// GRPO (DeepSeekMath, 2402.03300, eq. 3). Advantages relative to the group, token-level ratio, symmetric clip, k3 KL to
// the reference in the loss. Differs from the paper: 1) no reference model when klCoef = 0, the default; 2) learning rate
// and group size are those of small models. Baseline: reinforce.
import { z } from 'zod'
import type { RecipeSetting, Stage } from '../../contracts/index.ts'
import { clipped, groupAdvantage, seqMeanTokenMean, tokenMean } from '../../train/index.ts'
import { raisesAccuracy } from '../claims.ts'
import { recipe } from '../recipe.ts'
import { policyConfig, policyStage } from './policy-stage.ts'

/** Settings of GRPO, which recipes that descend from it extend. */
export const grpoConfig = policyConfig.extend({
  clipLow: z.number().positive().default(0.2).describe('ε_low: the ratio counts down to 1 - clipLow (paper 0.2).'),
  clipHigh: z.number().positive().default(0.2).describe('ε_high: the ratio counts up to 1 + clipHigh (paper 0.2).'),
  klCoef: policyConfig.shape.klCoef.describe('β of the k3 KL to the reference (paper 0.04; RLVR code 0.001 or 0).'),
  aggregation: z
    .enum(['seq-mean-token-mean', 'token-mean'])
    .default('seq-mean-token-mean')
    .describe('How token losses become one number.'),
})

/** Resolved settings of GRPO. */
export type GrpoConfig = z.infer<typeof grpoConfig>

/** GRPO's one stage; recipes that descend from it replace what is new. */
export const grpoStage = (c: GrpoConfig, setting: RecipeSetting): Stage =>
  policyStage(c, setting, {
    advantages: [groupAdvantage({ normalize: true })],
    loss: clipped({ low: c.clipLow, high: c.clipHigh }),
    aggregate: c.aggregation === 'token-mean' ? tokenMean : seqMeanTokenMean,
  })

/** Group-relative policy optimisation. */
export const grpo = recipe({
  id: 'grpo',
  family: 'policy-optimisation',
  paper: {
    id: '2402.03300',
    title: 'DeepSeekMath: Pushing the Limits of Mathematical Reasoning in Open Language Models',
    year: 2024,
  },
  baseline: 'reinforce',
  summary: 'Policy gradient with advantages standardised within the samples of a problem, and no critic.',
  deviations: ['No reference model when klCoef is 0, the default.', 'One optimiser step for each batch of rollouts.'],
  claims: [raisesAccuracy('grpo')],
  config: grpoConfig,
  stages: (c, setting) => [grpoStage(c, setting)],
})
