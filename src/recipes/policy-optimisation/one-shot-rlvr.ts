// One-shot RLVR (Wang et al. 2025, 2504.20571). GRPO on a single problem, repeated to a full batch, with an entropy bonus
// that keeps exploring after the problem is solved. The problem is one that is named, or the one whose accuracy varied
// most in an earlier run over a pool (section 2). Differs from the paper: 1) the pool and the earlier run are small;
// 2) learning rate of small models. Baseline: grpo.
import { z } from 'zod'
import type { Problem, RecipeSetting, Source, Stage } from '../../contracts/index.ts'
import {
  clipped,
  groupAdvantage,
  problemSource,
  rankedSource,
  recordAccuracy,
  repeatSource,
  scale,
  tokenMean,
} from '../../train/index.ts'
import { isHigher, passAt, startPassAt } from '../claims.ts'
import { rolloutFields, scheduleFields } from '../config.ts'
import { recipe } from '../recipe.ts'
import { grpoConfig, grpoStage } from './grpo.ts'
import { policyStage } from './policy-stage.ts'

const config = grpoConfig.omit({ aggregation: true }).extend({
  schedule: scheduleFields({ steps: 30, lr: 3e-4 }),
  rollout: rolloutFields({ problems: 32, samples: 8 }),
  example: z.int().min(0).default(0).describe('Which training problem: its index, or its row in the data file.'),
  rank: z
    .int()
    .min(0)
    .default(0)
    .describe('Above 0: the problem with the rank-th largest variance of accuracy, instead of `example` (paper 1).'),
  ranking: z
    .strictObject({
      pool: z.int().min(2).default(64).describe('Problems that are ranked (paper 1209).'),
      steps: z.int().min(1).default(40).describe('Steps of the run over the pool that ranks them (paper 500).'),
    })
    .prefault({}),
  policyCoef: z.number().min(0).default(1).describe('Weight of the policy loss; 0 leaves entropy, KL and decay alone.'),
  klCoef: grpoConfig.shape.klCoef.default(0.001).describe('β of the k3 KL to the reference (paper 0.001).'),
  entropyCoef: grpoConfig.shape.entropyCoef.default(0.001).describe('α of the entropy bonus (paper 0.001).'),
})

type Config = z.infer<typeof config>

const id = 'one-shot-rlvr'

/** Reinforcement learning from one training problem. */
export const oneShotRlvr = recipe({
  id,
  family: 'data-efficiency',
  paper: {
    id: '2504.20571',
    title: 'Reinforcement Learning for Reasoning in Large Language Models with One Training Example',
    year: 2025,
  },
  baseline: 'grpo',
  summary: 'GRPO on one problem repeated to a full batch, with KL and entropy terms.',
  deviations: ['The example is the first problem unless `example` or `rank` says otherwise.'],
  claims: [
    {
      statement: 'Training on one problem raises pass@1 on held-out problems.',
      arms: { own: { recipe: id } },
      check: isHigher(['own', passAt(1)], ['own', startPassAt(1)]),
    },
    {
      statement: 'The entropy bonus raises pass@1 over training on the same problem without it.',
      arms: {
        own: { recipe: id, settings: { entropyCoef: 0.02 } },
        without: { recipe: id, settings: { entropyCoef: 0 } },
      },
      check: isHigher(['own', passAt(1)], ['without', passAt(1)]),
    },
    {
      statement: 'The entropy bonus alone, without the policy loss, raises pass@1 over the starting model.',
      arms: { alone: { recipe: id, settings: { policyCoef: 0, entropyCoef: 0.02 } } },
      check: isHigher(['alone', passAt(1)], ['alone', startPassAt(1)]),
    },
    {
      statement: 'The problem whose accuracy varied most teaches more than the one whose accuracy varied least.',
      arms: { most: { recipe: id, settings: { rank: 1 } }, least: { recipe: id, settings: { rank: 64 } } },
      check: isHigher(['most', passAt(1)], ['least', passAt(1)]),
    },
  ],
  config,
  stages(c, setting) {
    if (c.rank === 0) return [oneShotStage(c, setting, repeatSource([problemAt(c.example, c, setting)]))]
    const pool = Array.from({ length: c.ranking.pool }, (_, i) => problemAt(i, c, setting))
    // The run that ranks is thrown away: the one problem is learnt from the same start.
    return [rankingStage(c, setting, pool), { ...oneShotStage(c, setting, rankedSource(pool, c.rank)), from: 'base' }]
  },
})

function oneShotStage(c: Config, setting: RecipeSetting, source: Source): Stage {
  const stage = policyStage(c, setting, {
    advantages: [groupAdvantage({ normalize: true })],
    loss: scale('policyCoef', clipped({ low: c.clipLow, high: c.clipHigh })),
    aggregate: tokenMean,
  })
  return { ...stage, source, coefficients: { ...stage.coefficients, policyCoef: c.policyCoef } }
}

/** GRPO over the pool, which remembers how often each problem was solved. */
function rankingStage(c: Config, setting: RecipeSetting, pool: readonly Problem[]): Stage {
  const schedule = { ...c.schedule, steps: c.ranking.steps, tokens: 0 }
  const stage = grpoStage({ ...c, schedule, aggregation: 'token-mean' }, setting)
  const credit = [...(stage.credit ?? []), recordAccuracy()]
  // Its own curve is of no interest, only the start that both stages have.
  const evaluation = stage.evaluation && { ...stage.evaluation, every: 0 }
  return { ...stage, id: 'ranking', source: problemSource(pool), credit, evaluation }
}

function problemAt(index: number, { knobs }: Config, { task, data }: RecipeSetting): Problem {
  return data ? data.train[index % data.train.length] : task.problem('train', index, knobs)
}
