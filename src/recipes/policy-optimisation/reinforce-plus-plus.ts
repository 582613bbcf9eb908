// REINFORCE++ (Hu 2025, 2501.03262, eqs. 4-7): rewards to go with the KL penalty on each token, whitened over all tokens of
// the batch, and PPO's clip; no critic and no group. Differs from the paper: no KL unless klCoef is set. Baseline:
// reinforce.
import { clipped, returnsToGo, tokenMean, whitenAdvantages } from '../../train/index.ts'
import { isClose, passAt } from '../claims.ts'
import { recipe } from '../recipe.ts'
import { grpoConfig } from './grpo.ts'
import { policyStage } from './policy-stage.ts'

const config = grpoConfig.omit({ aggregation: true }).extend({
  klIn: grpoConfig.shape.klIn.default('reward'),
  klEstimator: grpoConfig.shape.klEstimator.default('k1'),
})

/** REINFORCE with the practice of PPO. */
export const reinforcePlusPlus = recipe({
  id: 'reinforce-plus-plus',
  family: 'policy-optimisation',
  paper: {
    id: '2501.03262',
    title: 'REINFORCE++: A Simple and Efficient Approach for Aligning Large Language Models',
    year: 2025,
  },
  baseline: 'reinforce',
  summary: 'Rewards to go, whitened over all tokens of the batch, with the clip of PPO and no critic.',
  deviations: ['No KL to the starting model unless klCoef is set.', 'One optimiser step for each batch of rollouts.'],
  claims: [
    {
      statement: 'Whitening over the batch comes within five points of GRPO without any group.',
      arms: { own: { recipe: 'reinforce-plus-plus' }, grpo: { recipe: 'grpo' } },
      check: isClose(['own', passAt(1)], ['grpo', passAt(1)], 0.05),
    },
  ],
  config,
  stages: (c, setting) => [
    policyStage(c, setting, {
      advantages: [returnsToGo(), whitenAdvantages()],
      loss: clipped({ low: c.clipLow, high: c.clipHigh }),
      aggregate: tokenMean,
    }),
  ],
})
