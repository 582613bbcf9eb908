// PSR (RLVR-Decomposed, 2506.01347, section 3): positive-sample reinforcement. Right completions are made likelier, wrong
// ones leave the batch. Differs from the paper: sizes and learning rate of small models. Baseline: grpo.
import { all, isHigher, passAt, startPassAt } from '../claims.ts'
import { recipe } from '../recipe.ts'
import { decomposed, signConfig, signStage } from './sign-stage.ts'

/** Reinforcement of right completions only. */
export const psr = recipe({
  id: 'psr',
  family: 'policy-optimisation',
  paper: decomposed,
  baseline: 'grpo',
  summary: 'Reinforces right completions and leaves wrong ones out.',
  deviations: ['One optimiser step for each batch of rollouts.'],
  claims: [
    {
      statement: 'pass@1 rises over the starting model, while pass@64 falls below it.',
      testbed: 'countdown',
      arms: { own: { recipe: 'psr' } },
      check: all(
        isHigher(['own', passAt(1)], ['own', startPassAt(1)]),
        isHigher(['own', startPassAt(64)], ['own', passAt(64)]),
      ),
    },
  ],
  config: signConfig,
  stages: (c, setting) => [signStage(c, setting, { right: 1, wrong: 0 })],
})
