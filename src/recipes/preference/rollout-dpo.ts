// Rollout DPO (Phi-4-Mini-Reasoning, 2504.21233, section 3.3): DPO on pairs of the starting model's own rollouts, a right
// one over a wrong one of the same problem. Differs from the paper: wrong rollouts are not mixed with rejected texts of
// another model. Baseline: dpo.
import { z } from 'zod'
import { sampleGroup } from '../../rollout/index.ts'
import { pairs, referenceScores, verdictReward } from '../../train/index.ts'
import { isHigher, passAt } from '../claims.ts'
import { rolloutFields } from '../config.ts'
import { trainingSource } from '../held-out.ts'
import { recipe } from '../recipe.ts'
import { preferenceConfig, preferenceStage } from './dpo.ts'

const config = preferenceConfig.omit({ maxTokens: true }).extend({
  rollout: rolloutFields({ problems: 32, samples: 8 }),
  pairs: z.int().min(1).default(4).describe('Pairs of a problem, at most.'),
})

/** DPO on the model's own right and wrong rollouts. */
export const rolloutDpo = recipe({
  id: 'rollout-dpo',
  family: 'preference',
  paper: {
    id: '2504.21233',
    title: 'Phi-4-Mini-Reasoning: Exploring the Limits of Small Reasoning Language Models in Math',
    year: 2025,
  },
  baseline: 'dpo',
  summary: "DPO on the starting model's own rollouts: a right one over a wrong one of the same problem.",
  deviations: ['No texts of other models among the rejected.'],
  claims: [
    {
      statement:
        "For the same trained tokens, pairs of the model's own rollouts give a higher pass@1 than demonstrations.",
      arms: { own: { recipe: 'rollout-dpo' }, dpo: { recipe: 'dpo' } },
      check: isHigher(['own', passAt(1)], ['dpo', passAt(1)]),
    },
  ],
  config,
  stages: (c, setting) => [
    preferenceStage({ ...c, maxTokens: c.rollout.maxTokens }, setting, {
      problems: c.rollout.problems,
      source: trainingSource(setting, c.knobs),
      plan: sampleGroup({ ...c.rollout, from: 'reference' }),
      credit: [verdictReward(), referenceScores()],
      assemble: pairs({ perProblem: c.pairs }),
      recordEvery: c.rollout.recordEvery,
    }),
  ],
})
