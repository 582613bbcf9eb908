// Dr. GRPO (Liu et al. 2025, 2503.20783, section 3): GRPO without its two biases. Advantages are not divided by the
// deviation of the group, which favours problems nearly solved or nearly unsolved, and sequences not by their own length,
// which favours long wrong ones. Differs from the paper: sizes and learning rate of small models. Baseline: grpo.
import { clipped, groupAdvantage, seqMeanTokenSumNorm } from '../../train/index.ts'
import { all, isClose, isHigher, lateMetric, passAt } from '../claims.ts'
import { recipe } from '../recipe.ts'
import { grpoConfig } from './grpo.ts'
import { policyStage } from './policy-stage.ts'

const config = grpoConfig.omit({ aggregation: true })

/** GRPO done right. */
export const drGrpo = recipe({
  id: 'dr-grpo',
  family: 'policy-optimisation',
  paper: { id: '2503.20783', title: 'Understanding R1-Zero-Like Training: A Critical Perspective', year: 2025 },
  baseline: 'grpo',
  summary: 'GRPO without division by the deviation of the group and by the length of each completion.',
  deviations: ['One optimiser step for each batch of rollouts.'],
  claims: [
    {
      statement: 'Wrong completions stay shorter than under GRPO, at a pass@1 within five points.',
      arms: { own: { recipe: 'dr-grpo' }, grpo: { recipe: 'grpo' } },
      check: all(
        isHigher(
          ['grpo', lateMetric('completion/length_wrong_mean')],
          ['own', lateMetric('completion/length_wrong_mean')],
        ),
        isClose(['own', passAt(1)], ['grpo', passAt(1)], 0.05),
      ),
    },
  ],
  config,
  stages: (c, setting) => [
    policyStage(c, setting, {
      advantages: [groupAdvantage({ normalize: false })],
      loss: clipped({ low: c.clipLow, high: c.clipHigh }),
      aggregate: seqMeanTokenSumNorm(c.rollout.maxTokens),
    }),
  ],
})
