// The settings that recipes share, as schemas: the single source of types, defaults, command-line overrides and docs.
import { z } from 'zod'
import type { Update } from '../contracts/index.ts'
import { loraConfig } from '../model/lora.ts'
import { optimizerConfig, scheduleConfig } from '../optim/index.ts'

/** Steps, learning rate and their schedule. */
export const scheduleFields = (defaults: {
  steps: number
  lr: number
  checkpointEvery?: number
  kind?: 'constant' | 'cosine'
  warmup?: number
}) =>
  z
    .strictObject({
      steps: z.int().min(1).default(defaults.steps).describe('Steps of the stage, at most.'),
      tokens: z.int().min(0).default(0).describe('Tokens to train on, after which the stage ends; 0 for no such end.'),
      lr: z.number().positive().default(defaults.lr).describe('Peak learning rate.'),
      shape: scheduleConfig
        .default(scheduleConfig.parse({ kind: defaults.kind ?? 'constant', warmup: defaults.warmup ?? 0 }))
        .describe('How the rate moves over the steps.'),
      checkpointEvery: z
        .int()
        .min(1)
        .default(defaults.checkpointEvery ?? 10)
        .describe('Steps between checkpoints.'),
    })
    .prefault({})

/** Sampling of groups. */
export const rolloutFields = (defaults: { problems: number; samples: number }) =>
  z
    .strictObject({
      problems: z.int().min(1).default(defaults.problems).describe('Problems a step (P).'),
      samples: z.int().min(1).default(defaults.samples).describe('Samples of each problem (G).'),
      maxTokens: z.int().min(1).default(64).describe('Longest completion, in tokens.'),
      temperature: z.number().positive().default(1).describe('Sampling temperature.'),
      recordEvery: z.int().min(0).default(10).describe('Write down the rollouts of every n-th step; 0 for none.'),
    })
    .prefault({})

/** Evaluation while training. */
export const evaluationFields = (defaults: { every: number; problems: number; samples?: number; k?: number[] }) =>
  z
    .strictObject({
      every: z.int().min(0).default(defaults.every).describe('Steps between evaluations; 0 for first and last only.'),
      problems: z.int().min(1).default(defaults.problems).describe('Held-out problems.'),
      samples: z
        .int()
        .min(1)
        .default(defaults.samples ?? 1)
        .describe('Samples of each; the largest k.'),
      k: z
        .array(z.int().min(1))
        .default(defaults.k ?? [1])
        .describe('Values of k for pass@k.'),
      temperature: z.number().min(0).default(1).describe('Sampling temperature.'),
    })
    .prefault({})

/** The optimiser and gradient clipping. */
export const optimizerFields = (defaults: { weightDecay?: number } = {}) =>
  z
    .strictObject({
      optimizer: optimizerConfig
        .default(optimizerConfig.parse({ kind: 'adamw', weightDecay: defaults.weightDecay ?? 0.01 }))
        .describe('Optimiser.'),
      clipNorm: z.number().positive().default(1).describe('Largest gradient norm.'),
      lora: z
        .strictObject({
          rank: z.int().min(0).default(0).describe('Rank of low-rank adapters; 0: all weights learn.'),
          alpha: loraConfig.shape.alpha.describe('Adapters are multiplied by alpha / rank.'),
          targets: loraConfig.shape.targets.describe('Linear maps that get an adapter, such as q_proj; or all-linear.'),
        })
        .prefault({}),
    })
    .prefault({})

/** The task's knobs. */
export const knobsField = () =>
  z
    .record(z.string(), z.union([z.number(), z.string(), z.boolean()]))
    .default({})
    .describe("The task's knobs.")

/** What the schedule says of a stage: how long it is, and when it is saved. */
export const lengthOf = ({ steps, tokens, checkpointEvery }: z.infer<ReturnType<typeof scheduleFields>>) => ({
  steps,
  ...(tokens > 0 && { tokens }),
  checkpointEvery,
})

/** The update slot of a stage from these settings. */
export function updateOf(config: {
  schedule: z.infer<ReturnType<typeof scheduleFields>>
  update: z.infer<ReturnType<typeof optimizerFields>>
}): Update {
  const { schedule, update } = config
  const { optimizer, clipNorm, lora } = update
  return { optimizer, lr: schedule.lr, schedule: schedule.shape, clipNorm, ...(lora.rank > 0 && { lora }) }
}
