// NSR (RLVR-Decomposed, 2506.01347, section 3): negative-sample reinforcement. Wrong completions are made less likely, and
// their mass goes to what the model already believes; right ones leave the batch. Differs from the paper: sizes and
// learning rate of small models. Baseline: grpo.
import { all, isHigher, passAt, startPassAt } from '../claims.ts'
import { recipe } from '../recipe.ts'
import { decomposed, signConfig, signStage } from './sign-stage.ts'

/** Reinforcement away from wrong completions only. */
export const nsr = recipe({
  id: 'nsr',
  family: 'policy-optimisation',
  paper: decomposed,
  baseline: 'grpo',
  summary: 'Pushes wrong completions down and leaves right ones out.',
  deviations: ['One optimiser step for each batch of rollouts.'],
  claims: [
    {
      statement: 'pass@64 is higher than with PSR, and pass@1 higher than that of the starting model.',
      testbed: 'countdown',
      arms: { own: { recipe: 'nsr' }, psr: { recipe: 'psr' } },
      check: all(
        isHigher(['own', passAt(64)], ['psr', passAt(64)]),
        isHigher(['own', passAt(1)], ['own', startPassAt(1)]),
      ),
    },
  ],
  config: signConfig,
  stages: (c, setting) => [signStage(c, setting, { right: 0, wrong: 1 })],
})
