// W-REINFORCE (RLVR-Decomposed, 2506.01347, section 5): both sides, with right completions counting λ = 0.1 and wrong ones
// 1. Differs from the paper: sizes and learning rate of small models. Baseline: grpo.
import { z } from 'zod'
import { all, isHigher, passAt } from '../claims.ts'
import { recipe } from '../recipe.ts'
import { decomposed, signConfig, signStage } from './sign-stage.ts'

const config = signConfig.extend({
  lambda: z.number().positive().default(0.1).describe('λ: how much a right completion counts (paper 0.1).'),
})

/** Weighted REINFORCE. */
export const wReinforce = recipe({
  id: 'w-reinforce',
  family: 'policy-optimisation',
  paper: decomposed,
  baseline: 'grpo',
  summary: 'Pushes wrong completions down with weight 1 and right ones up with weight 0.1.',
  deviations: ['One optimiser step for each batch of rollouts.'],
  claims: [
    {
      statement: 'pass@1 is higher than with NSR, and pass@64 higher than with PSR.',
      testbed: 'countdown',
      arms: { own: { recipe: 'w-reinforce' }, nsr: { recipe: 'nsr' }, psr: { recipe: 'psr' } },
      check: all(isHigher(['own', passAt(1)], ['nsr', passAt(1)]), isHigher(['own', passAt(64)], ['psr', passAt(64)])),
    },
  ],
  config,
  stages: (c, setting) => [signStage(c, setting, { right: c.lambda, wrong: 1 })],
})
