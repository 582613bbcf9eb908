// One-shot RLVR (Wang et al. 2025, 2504.20571). GRPO on a single problem, repeated to a full batch, with an entropy bonus
// that keeps exploring after the problem is solved. Differs from the paper: 1) the problem is the task's first training
// problem unless `example` names another, since a ranking by historical variance needs a full run first; 2) learning rate
// of small models. Baseline: grpo.
import { z } from 'zod'
import { repeatSource, tokenMean } from '../../train/index.ts'
import { rolloutFields, scheduleFields } from '../config.ts'
import { recipe } from '../recipe.ts'
import { grpoConfig, grpoStage } from './grpo.ts'

const config = grpoConfig.extend({
  schedule: scheduleFields({ steps: 30, lr: 3e-4 }),
  rollout: rolloutFields({ problems: 32, samples: 8 }),
  example: z.int().min(0).default(0).describe('Which training problem: its index, or its row in the data file.'),
  klCoef: z.number().min(0).default(0.001).describe('β of the k3 KL to the reference (paper 0.001).'),
  entropyCoef: z.number().min(0).default(0.001).describe('α of the entropy bonus (paper 0.001).'),
})

/** Reinforcement learning from one training problem. */
export const oneShotRlvr = recipe({
  id: 'one-shot-rlvr',
  family: 'data-efficiency',
  paper: {
    id: '2504.20571',
    title: 'Reinforcement Learning for Reasoning in Large Language Models with One Training Example',
    year: 2025,
  },
  baseline: 'grpo',
  summary: 'GRPO on one problem repeated to a full batch, with KL and entropy terms.',
  deviations: ['The example is given by its index, not ranked by the variance of its accuracy in an earlier run.'],
  config,
  stages(c, setting) {
    const { task, data } = setting
    const problem = data ? data.train[c.example % data.train.length] : task.problem('train', c.example, c.knobs)
    return [{ ...grpoStage(c, setting), source: repeatSource([problem]), aggregate: tokenMean }]
  },
})
