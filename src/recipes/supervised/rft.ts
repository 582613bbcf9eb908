// RFT, rejection-sampling fine-tuning (Yuan et al. 2023, 2308.01825, section 3.2): the starting model samples solutions, the
// right and distinct ones are kept, and the model is fine-tuned on them. Differs from the paper: 1) samples are drawn as
// training goes on, always from the starting model, which is the same data in another order; 2) distinct means another
// text, not another list of equations. Baseline: sft.
import { sampleGroup } from '../../rollout/index.ts'
import {
  dropRepeated,
  keepOnly,
  negativeLogLikelihood,
  sequences,
  tokenMean,
  verdictReward,
} from '../../train/index.ts'
import { raisesAccuracy } from '../claims.ts'
import { lengthOf, updateOf } from '../config.ts'
import { heldOutEvaluation, trainingSource } from '../held-out.ts'
import { policyConfig } from '../policy-optimisation/policy-stage.ts'
import { recipe } from '../recipe.ts'

const config = policyConfig.pick({ schedule: true, rollout: true, update: true, evaluation: true, knobs: true })

/** Rejection-sampling fine-tuning. */
export const rft = recipe({
  id: 'rft',
  family: 'supervised',
  paper: {
    id: '2308.01825',
    title: 'Scaling Relationship on Learning Mathematical Reasoning with Large Language Models',
    year: 2023,
  },
  baseline: 'sft',
  summary: "Fine-tunes on the starting model's own right and distinct solutions.",
  deviations: [
    'Samples are drawn as training goes on, always from the starting model.',
    'Solutions are distinct when their texts are.',
  ],
  claims: [raisesAccuracy('rft')],
  config,
  stages: (c, setting) => [
    {
      id: 'rft',
      ...lengthOf(c.schedule),
      problems: c.rollout.problems,
      source: trainingSource(setting, c.knobs),
      plan: sampleGroup({ ...c.rollout, from: 'reference' }),
      credit: [verdictReward(), keepOnly('right'), dropRepeated()],
      assemble: sequences,
      aggregate: tokenMean,
      loss: negativeLogLikelihood(),
      update: updateOf(c),
      needs: { reference: 'base' },
      evaluation: heldOutEvaluation(setting, c.knobs, c.evaluation, c.rollout.maxTokens),
      recordEvery: c.rollout.recordEvery,
    },
  ],
})
