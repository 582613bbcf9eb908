// The limit of RLVR (Yue et al. 2025, 2504.13837): pass@k of a model before and after reinforcement learning, over k. The
// paper finds that training raises pass@1 while the base overtakes at large k. Here GRPO, with both ends of the run
// evaluated on many samples of each problem. Differs from the paper: temperature 1, as in training. Baseline: grpo.

import { all, isHigher, passAt, startPassAt } from '../claims.ts'
import { evaluationFields } from '../config.ts'
import { grpoConfig, grpoStage } from '../policy-optimisation/grpo.ts'
import { recipe } from '../recipe.ts'

const config = grpoConfig.extend({
  evaluation: evaluationFields({ every: 0, problems: 256, samples: 128, k: [1, 2, 4, 8, 16, 32, 64, 128] }),
})

/** pass@k before and after training. */
export const limitOfRlvr = recipe({
  id: 'limit-of-rlvr',
  family: 'evaluation',
  paper: {
    id: '2504.13837',
    title: 'Does Reinforcement Learning Really Incentivize Reasoning Capacity in LLMs Beyond the Base Model?',
    year: 2025,
  },
  baseline: 'grpo',
  summary: 'pass@k over k of the starting model and of the model that GRPO makes of it.',
  deviations: ['Samples at temperature 1 without a nucleus (paper 0.6 and 0.95).'],
  claims: [
    {
      statement: 'Training raises pass@1, and the starting model overtakes it at pass@128.',
      testbed: 'countdown',
      arms: { own: { recipe: 'limit-of-rlvr' } },
      check: all(
        isHigher(['own', passAt(1)], ['own', startPassAt(1)]),
        isHigher(['own', startPassAt(128)], ['own', passAt(128)]),
      ),
    },
  ],
  config,
  stages: (c, setting) => [grpoStage(c, setting)],
})
