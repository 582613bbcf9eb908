// GRPO (DeepSeekMath, 2402.03300, eq. 3). Advantages relative to the group, token-level ratio, symmetric clip, k3 KL to
// the reference in the loss. Differs from the paper: 1) no reference model when klCoef = 0, the default; 2) learning rate
// and group size are those of small models. Baseline: none here yet (reinforce).
import { z } from 'zod'
import type { RecipeSetting, Stage } from '../../contracts/index.ts'
import { sampleGroup } from '../../rollout/index.ts'
import {
  add,
  clipped,
  entropyBonus,
  groupAdvantage,
  klToReference,
  referenceScores,
  scale,
  seqMeanTokenMean,
  sequences,
  tokenMean,
  verdictReward,
} from '../../train/index.ts'
import { evaluationFields, optimizerFields, rolloutFields, scheduleFields, updateOf } from '../config.ts'
import { heldOutEvaluation, trainingSource } from '../held-out.ts'
import { recipe } from '../recipe.ts'

/** Settings of GRPO, which recipes that descend from it extend. */
export const grpoConfig = z.strictObject({
  schedule: scheduleFields({ steps: 60, lr: 3e-4 }),
  rollout: rolloutFields({ problems: 32, samples: 8 }),
  update: optimizerFields(),
  clipLow: z.number().positive().default(0.2).describe('ε_low: the ratio counts down to 1 - clipLow (paper 0.2).'),
  clipHigh: z.number().positive().default(0.2).describe('ε_high: the ratio counts up to 1 + clipHigh (paper 0.2).'),
  klCoef: z.number().min(0).default(0).describe('β of the k3 KL to the reference (paper 0.04; RLVR code 0.001 or 0).'),
  entropyCoef: z.number().min(0).default(0).describe('Weight of the entropy bonus.'),
  aggregation: z
    .enum(['seq-mean-token-mean', 'token-mean'])
    .default('seq-mean-token-mean')
    .describe('How token losses become one number.'),
  evaluation: evaluationFields({ every: 20, problems: 256 }),
  knobs: z
    .record(z.string(), z.union([z.number(), z.string(), z.boolean()]))
    .default({})
    .describe("The task's knobs."),
})

/** Resolved settings of GRPO. */
export type GrpoConfig = z.infer<typeof grpoConfig>

/** GRPO's one stage; recipes that descend from it replace what is new. */
export function grpoStage(c: GrpoConfig, setting: RecipeSetting): Stage {
  const loss = [clipped({ low: c.clipLow, high: c.clipHigh })]
  if (c.klCoef > 0) loss.push(scale('klCoef', klToReference('k3')))
  if (c.entropyCoef > 0) loss.push(scale('entropyCoef', entropyBonus()))
  return {
    id: 'rl',
    steps: c.schedule.steps,
    problems: c.rollout.problems,
    source: trainingSource(setting, c.knobs),
    plan: sampleGroup(c.rollout),
    credit: [verdictReward(), groupAdvantage({ normalize: true }), ...(c.klCoef > 0 ? [referenceScores()] : [])],
    assemble: sequences,
    aggregate: c.aggregation === 'token-mean' ? tokenMean : seqMeanTokenMean,
    loss: add(...loss),
    coefficients: { klCoef: c.klCoef, entropyCoef: c.entropyCoef },
    update: updateOf(c),
    needs: c.klCoef > 0 ? ['reference'] : [],
    evaluation: heldOutEvaluation(setting, c.knobs, c.evaluation, c.rollout.maxTokens),
    checkpointEvery: c.schedule.checkpointEvery,
    recordEvery: c.rollout.recordEvery,
  }
}

/** Group-relative policy optimisation. */
export const grpo = recipe({
  id: 'grpo',
  family: 'policy-optimisation',
  paper: {
    id: '2402.03300',
    title: 'DeepSeekMath: Pushing the Limits of Mathematical Reasoning in Open Language Models',
    year: 2024,
  },
  summary: 'Policy gradient with advantages standardised within the samples of a problem, and no critic.',
  deviations: ['No reference model when klCoef is 0, the default.', 'One optimiser step for each batch of rollouts.'],
  config: grpoConfig,
  stages: (c, setting) => [grpoStage(c, setting)],
})
