// What all policy-optimisation recipes share: settings, and the stage that a recipe fills with its credits, loss and
// aggregator. KL and entropy terms are added here, since every method may have them.
import { z } from 'zod'
import { GradusError } from '../../base/error.ts'
import type { Aggregator, Credit, Loss, RecipeSetting, Stage } from '../../contracts/index.ts'
import { sampleGroup } from '../../rollout/index.ts'
import {
  add,
  entropyBonus,
  klInReward,
  klToReference,
  referenceScores,
  scale,
  sequences,
  verdictReward,
  watchEntropy,
} from '../../train/index.ts'
import {
  evaluationFields,
  knobsField,
  lengthOf,
  optimizerFields,
  rolloutFields,
  scheduleFields,
  updateOf,
} from '../config.ts'
import { heldOutEvaluation, trainingSource } from '../held-out.ts'

/** Settings of every policy-optimisation recipe. */
export const policyConfig = z.strictObject({
  schedule: scheduleFields({ steps: 60, lr: 3e-4 }),
  rollout: rolloutFields({ problems: 32, samples: 8 }),
  update: optimizerFields(),
  klCoef: z.number().min(0).default(0).describe('β of the KL to the starting model; 0 for none, and no second model.'),
  klEstimator: z.enum(['k1', 'k2', 'k3']).default('k3').describe('Which estimator of the KL.'),
  klIn: z.enum(['loss', 'reward']).default('loss').describe('Whether the KL is a term of the loss or of the reward.'),
  klCorrected: z
    .boolean()
    .default(false)
    .describe('In the loss: weigh the KL by the ratio, for the unbiased gradient.'),
  entropyCoef: z.number().min(0).default(0).describe('Weight of the entropy bonus.'),
  evaluation: evaluationFields({ every: 20, problems: 256 }),
  knobs: knobsField(),
})

/** Resolved settings that every policy-optimisation recipe has. */
export type PolicyConfig = z.infer<typeof policyConfig>

/** What is a recipe's own. */
export interface PolicyPieces {
  /** Default: 1 for right and 0 for wrong. */
  readonly rewards?: readonly Credit[]
  /** From rewards to advantages. */
  readonly advantages: readonly Credit[]
  readonly loss: Loss
  readonly aggregate: Aggregator
}

/** The one stage of a policy-optimisation recipe. */
export function policyStage(c: PolicyConfig, setting: RecipeSetting, pieces: PolicyPieces): Stage {
  const { rewards = [verdictReward()], advantages, aggregate } = pieces
  const hasKl = c.klCoef > 0
  const inReward = hasKl && c.klIn === 'reward'
  if (hasKl && !inReward && c.klCorrected && c.klEstimator === 'k2')
    throw new GradusError('config/bad-value', '"klCorrected" cannot be true with klEstimator "k2"', {
      hint: 'Weighed by the ratio, k2 has the gradient of neither KL. Take k1 or k3.',
    })
  const loss = [pieces.loss]
  if (hasKl && !inReward) loss.push(scale('klCoef', klToReference(c.klEstimator, { corrected: c.klCorrected })))
  loss.push(c.entropyCoef > 0 ? scale('entropyCoef', entropyBonus()) : watchEntropy())
  return {
    id: 'rl',
    ...lengthOf(c.schedule),
    problems: c.rollout.problems,
    source: trainingSource(setting, c.knobs),
    plan: sampleGroup(c.rollout),
    credit: [
      ...rewards,
      ...(hasKl ? [referenceScores()] : []),
      ...(inReward ? [klInReward(c.klCoef, c.klEstimator)] : []),
      ...advantages,
    ],
    assemble: sequences,
    aggregate,
    loss: add(...loss),
    coefficients: { klCoef: c.klCoef, entropyCoef: c.entropyCoef },
    update: updateOf(c),
    ...(hasKl && { needs: { reference: 'base' } }),
    evaluation: heldOutEvaluation(setting, c.knobs, c.evaluation, c.rollout.maxTokens),
    recordEvery: c.rollout.recordEvery,
  }
}
