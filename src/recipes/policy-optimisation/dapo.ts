// DAPO (Yu et al. 2025, 2503.14476): GRPO with a higher upper clip (eq. 10), dynamic sampling of groups that teach
// something (eq. 11), one weight for every token of the batch (eq. 12), and a soft punishment of overlong completions
// (eq. 13). Differs from the paper: one optimiser step for each batch of rollouts. Baseline: grpo.
import { z } from 'zod'
import {
  clipped,
  dropTruncated,
  dynamicSampling,
  groupAdvantage,
  overlongPenalty,
  tokenMean,
  verdictReward,
} from '../../train/index.ts'
import { isHigher, passAt } from '../claims.ts'
import { recipe } from '../recipe.ts'
import { grpoConfig } from './grpo.ts'
import { policyStage } from './policy-stage.ts'

const config = grpoConfig.omit({ aggregation: true }).extend({
  clipHigh: grpoConfig.shape.clipHigh
    .default(0.28)
    .describe('ε_high: the ratio counts up to 1 + clipHigh (paper 0.28).'),
  rounds: z.int().min(0).default(3).describe('Draws of further problems a step, at most, to fill up the batch.'),
  overlong: z
    .enum(['punish', 'drop', 'keep'])
    .default('punish')
    .describe('What is done with completions near or at the token limit (paper: punish; drop is its ablation).'),
  overlongCache: z
    .number()
    .gt(0)
    .max(1)
    .default(0.2)
    .describe('Share of the token limit in which the punishment grows (paper 4096 of 20480).'),
})

/** Decoupled clip and dynamic sampling. */
export const dapo = recipe({
  id: 'dapo',
  family: 'policy-optimisation',
  paper: { id: '2503.14476', title: 'DAPO: An Open-Source LLM Reinforcement Learning System at Scale', year: 2025 },
  baseline: 'grpo',
  summary: 'GRPO with a higher upper clip, dynamic sampling, token-level averaging and punished overlong completions.',
  deviations: ['One optimiser step for each batch of rollouts.', 'At most `rounds` further draws a step.'],
  claims: [
    {
      statement: 'For the same trained tokens, pass@1 is higher than with GRPO.',
      arms: { own: { recipe: 'dapo' }, grpo: { recipe: 'grpo' } },
      check: isHigher(['own', passAt(1)], ['grpo', passAt(1)]),
    },
  ],
  config,
  stages(c, setting) {
    const { maxTokens } = c.rollout
    const rewards = [
      verdictReward(),
      ...(c.overlong === 'punish' ? [overlongPenalty({ maxTokens, cache: c.overlongCache * maxTokens })] : []),
    ]
    return [
      policyStage(c, setting, {
        rewards: [dynamicSampling({ rounds: c.rounds, rewards })],
        // Left out after they have counted in their group: only their loss is masked.
        advantages: [groupAdvantage({ normalize: true }), ...(c.overlong === 'drop' ? [dropTruncated()] : [])],
        loss: clipped({ low: c.clipLow, high: c.clipHigh }),
        aggregate: tokenMean,
      }),
    ]
  },
})
