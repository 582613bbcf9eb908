// PPO (Schulman et al. 2017, 1707.06347, eqs. 7 and 9) for language models: a value head on the policy's own trunk,
// generalised advantages whitened over the batch, clipped policy and value losses, several passes over each batch.
// Differs from the paper: the KL of 2203.02155 is off unless klCoef is set. Baseline: reinforce.
import { z } from 'zod'
import { add, clipped, gae, scale, tokenMean, valueLoss, whitenAdvantages } from '../../train/index.ts'
import { all, isAbove, isClose, lateMetric, passAt } from '../claims.ts'
import { recipe } from '../recipe.ts'
import { grpoConfig } from './grpo.ts'
import { policyStage } from './policy-stage.ts'

const config = grpoConfig.omit({ aggregation: true }).extend({
  klIn: grpoConfig.shape.klIn.default('reward'),
  klEstimator: grpoConfig.shape.klEstimator.default('k1'),
  gamma: z.number().gt(0).max(1).default(1).describe('γ, the discount of a token (RLVR code 1).'),
  lambda: z.number().min(0).max(1).default(1).describe('λ, the trace of the advantage (RLVR code 1, TRL 0.95).'),
  valueCoef: z.number().min(0).default(0.1).describe('Weight of the value loss (TRL 0.1).'),
  valueClip: z.number().positive().default(0.5).describe('ε_v: how far a value counts from what it was (verl 0.5).'),
  epochs: z.int().min(1).default(1).describe('Passes over each batch of rollouts (TRL 4).'),
  minibatches: z.int().min(1).default(2).describe('Optimiser steps in a pass.'),
})

/** Proximal policy optimisation. */
export const ppo = recipe({
  id: 'ppo',
  family: 'policy-optimisation',
  paper: { id: '1707.06347', title: 'Proximal Policy Optimization Algorithms', year: 2017 },
  baseline: 'reinforce',
  summary: 'Clipped policy gradient with advantages from a critic that learns beside the policy.',
  deviations: ['The critic is a value head on the policy, and starts at zero.', 'No KL unless klCoef is set.'],
  claims: [
    {
      statement: 'The critic learns to explain returns, and pass@1 comes within five points of GRPO.',
      arms: { own: { recipe: 'ppo' }, grpo: { recipe: 'grpo' } },
      check: all(
        isAbove(['own', lateMetric('value/explained_variance')], 0),
        isClose(['own', passAt(1)], ['grpo', passAt(1)], 0.05),
      ),
    },
  ],
  config,
  stages(c, setting) {
    const stage = policyStage(c, setting, {
      advantages: [gae(c), whitenAdvantages()],
      loss: add(clipped({ low: c.clipLow, high: c.clipHigh }), scale('valueCoef', valueLoss({ range: c.valueClip }))),
      aggregate: tokenMean,
    })
    const { epochs, minibatches, valueCoef } = c
    return [
      {
        ...stage,
        coefficients: { ...stage.coefficients, valueCoef },
        update: { ...stage.update, epochs, minibatches, valueHead: true },
      },
    ]
  },
})
