// How much a visitor may spend: the shape of the model, and what is changed in the recipes `sft` and `grpo`. Measured on two
// cores; see README.md. The mixture is that of the chain-arithmetic base model: it can reason, but mostly guesses.
import type { ModelConfig } from '../../../../src/model/config.ts'

export type BudgetId = 'short' | 'medium' | 'long' | 'test'

type Shape = Pick<
  ModelConfig,
  'hiddenSize' | 'layers' | 'heads' | 'kvHeads' | 'headDim' | 'feedForward' | 'maxPositions'
>

/** The numbers that budgets differ by. */
export interface Size {
  /** Operations in a chain. */
  readonly operations: number
  readonly sft: { readonly steps: number; readonly batch: number; readonly lr: number; readonly guesses: number }
  readonly grpo: { readonly steps: number; readonly problems: number; readonly every: number }
  /** Held-out problems. */
  readonly held: number
}

/** One choice. */
export interface Budget {
  readonly id: BudgetId
  readonly size: Size
  readonly model: Shape
  /** Settings of the recipes, besides their defaults. */
  readonly sft: Readonly<Record<string, unknown>>
  readonly grpo: Readonly<Record<string, unknown>>
}

const model: Shape = {
  hiddenSize: 64,
  layers: 2,
  heads: 2,
  kvHeads: 2,
  headDim: 32,
  feedForward: 160,
  maxPositions: 64,
}

function budget(id: BudgetId, size: Size): Budget {
  const { operations, sft, grpo, held } = size
  // `3+4=7;` for every operation, then `#7` and the end.
  const maxTokens = 6 * operations + 4
  const knobs = { operations }
  return {
    id,
    size,
    model,
    sft: {
      schedule: { steps: sft.steps, lr: sft.lr, shape: { kind: 'cosine', warmup: 20 }, checkpointEvery: sft.steps },
      batch: sft.batch,
      // It learns to work in steps, and to guess wrongly as well: that is what reinforcement learning can put right.
      mixture: [
        { style: 'chain', share: 1 - sft.guesses },
        { style: 'direct-wrong', share: sft.guesses },
      ],
      maxTokens,
      knobs,
      evaluation: { every: Math.ceil(sft.steps / 8), problems: held },
    },
    grpo: {
      schedule: { steps: grpo.steps, lr: 2e-4, checkpointEvery: grpo.steps },
      rollout: { problems: grpo.problems, samples: 8, maxTokens, recordEvery: 1 },
      knobs,
      evaluation: { every: grpo.every, problems: held },
    },
  }
}

/** A few steps of a budget: for measuring how long the whole takes. */
export const probeOf = ({ id, size }: Budget, steps: number): Budget =>
  budget(id, { ...size, sft: { ...size.sft, steps }, grpo: { ...size.grpo, steps, every: 0 }, held: 1 })

export const budgets: Readonly<Record<BudgetId, Budget>> = {
  short: budget('short', {
    operations: 3,
    sft: { steps: 500, batch: 48, lr: 4e-3, guesses: 0.4 },
    grpo: { steps: 40, problems: 16, every: 4 },
    held: 256,
  }),
  medium: budget('medium', {
    operations: 3,
    sft: { steps: 400, batch: 128, lr: 5e-3, guesses: 0.5 },
    grpo: { steps: 60, problems: 16, every: 5 },
    held: 256,
  }),
  long: budget('long', {
    operations: 4,
    sft: { steps: 700, batch: 128, lr: 4e-3, guesses: 0.5 },
    grpo: { steps: 100, problems: 16, every: 10 },
    held: 512,
  }),
  /** For tests: seconds. */
  test: budget('test', {
    operations: 1,
    sft: { steps: 40, batch: 32, lr: 4e-3, guesses: 0.4 },
    grpo: { steps: 6, problems: 8, every: 3 },
    held: 64,
  }),
}
