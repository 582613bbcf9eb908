// Supervised fine-tuning on the task's own solutions: maximum likelihood of the completion given the prompt, every
// completion token alike. The base of everything else here.
// Source: the standard recipe (for reasoning traces: Cobbe et al. 2021, 2110.14168, section 4).
import { z } from 'zod'
import { demonstrate } from '../../rollout/index.ts'
import { negativeLogLikelihood, sequences, tokenMean } from '../../train/index.ts'
import { isHigher, passAt, startPassAt } from '../claims.ts'
import { evaluationFields, knobsField, lengthOf, optimizerFields, scheduleFields, updateOf } from '../config.ts'
import { checkStyles, generatedSource, heldOutEvaluation } from '../held-out.ts'
import { recipe } from '../recipe.ts'

const config = z.strictObject({
  schedule: scheduleFields({ steps: 300, lr: 3e-3, kind: 'cosine', warmup: 20, checkpointEvery: 100 }),
  batch: z.int().min(1).default(64).describe('Demonstrations a step.'),
  mixture: z
    .array(z.strictObject({ style: z.string(), share: z.number().positive() }))
    .default([])
    .describe("Styles of the task's traces and their shares; empty for the task's first style."),
  pool: z.int().min(0).default(0).describe('Number of distinct training problems; 0 for fresh ones in every step.'),
  maxTokens: z.int().min(1).default(64).describe('Longest completion in evaluations, in tokens.'),
  update: optimizerFields(),
  evaluation: evaluationFields({ every: 0, problems: 256 }),
  knobs: knobsField(),
})

/** Supervised fine-tuning. */
export const sft = recipe({
  id: 'sft',
  family: 'supervised',
  paper: { id: '2110.14168', title: 'Training Verifiers to Solve Math Word Problems', year: 2021 },
  summary: 'Maximum likelihood of worked solutions: how a base model is made here.',
  deviations: ["Solutions come from the task's own solver, right or deliberately wrong by share, not from people."],
  fromScratch: true,
  claims: [
    {
      statement: 'Fine-tuning on right worked solutions raises pass@1 of a model that mostly guesses.',
      arms: { own: { recipe: 'sft', settings: { mixture: [], schedule: { lr: 1e-4, shape: { kind: 'constant' } } } } },
      check: isHigher(['own', passAt(1)], ['own', startPassAt(1)]),
    },
  ],
  config,
  stages(c, setting) {
    const mixture = c.mixture.length > 0 ? c.mixture : [{ style: setting.task.styles[0], share: 1 }]
    checkStyles(
      setting.task,
      mixture.map(({ style }) => style),
    )
    return [
      {
        id: 'sft',
        ...lengthOf(c.schedule),
        problems: c.batch,
        source: generatedSource(setting, c.knobs, c.pool),
        plan: demonstrate(mixture),
        assemble: sequences,
        aggregate: tokenMean,
        loss: negativeLogLikelihood(),
        update: updateOf(c),
        evaluation: heldOutEvaluation(setting, c.knobs, c.evaluation, c.maxTokens),
      },
    ]
  },
})
