// REINFORCE (Williams 1992, eq. 11): the log-probability of every completion is raised by its reward over a baseline, here
// the mean reward of the batch. The root of the family. Differs from the paper: one baseline for the batch instead of one
// for each state. Baseline: none.
import { z } from 'zod'
import { batchAdvantage, policyGradient, seqMeanTokenMean } from '../../train/index.ts'
import { raisesAccuracy } from '../claims.ts'
import { recipe } from '../recipe.ts'
import { policyConfig, policyStage } from './policy-stage.ts'

const config = policyConfig.extend({
  baseline: z.enum(['batch-mean', 'none']).default('batch-mean').describe('What is subtracted from rewards.'),
})

/** The plain policy gradient. */
export const reinforce = recipe({
  id: 'reinforce',
  family: 'policy-optimisation',
  paper: {
    id: '10.1007/BF00992696',
    title: 'Simple Statistical Gradient-Following Algorithms for Connectionist Reinforcement Learning',
    year: 1992,
  },
  summary: 'Raises the log-probability of each completion by its reward over the mean of the batch.',
  deviations: ['The baseline is the mean reward of the batch.', 'Token losses are averaged within each completion.'],
  claims: [raisesAccuracy('reinforce')],
  config,
  stages: (c, setting) => [
    policyStage(c, setting, {
      advantages: [batchAdvantage(c)],
      loss: policyGradient(),
      aggregate: seqMeanTokenMean,
    }),
  ],
})
