// How a base model is made for each task when none is given: its shape, and the supervised stage that leaves it able but
// unsure, which is what reinforcement learning needs. Plain data; measured where docs/recipes say so.
import { GradusError } from '../base/error.ts'
import type { Knobs, Task } from '../contracts/index.ts'
import { type ModelConfig, plainLlama } from '../model/config.ts'

/** A base model to build. */
export interface BasePreset {
  /** Task id. */
  readonly task: string
  readonly model: Pick<
    ModelConfig,
    'hiddenSize' | 'layers' | 'heads' | 'kvHeads' | 'headDim' | 'feedForward' | 'maxPositions'
  >
  /** Overrides of the `sft` recipe's configuration. */
  readonly sft: Readonly<Record<string, unknown>>
  /** Longest completion that the task needs, in tokens. */
  readonly maxTokens: number
  /** Knobs of the problems that recipes train and evaluate on. */
  readonly knobs: Knobs
  /** Overrides of every recipe's configuration on this task, such as its learning rate. */
  readonly recipe: Readonly<Record<string, unknown>>
}

const small = { hiddenSize: 128, layers: 3, heads: 4, kvHeads: 4, headDim: 32, feedForward: 344, maxPositions: 128 }

/** The rate is held for one half of the steps and falls to zero in the other. */
const HELD_THEN_FALLING = { kind: 'warmup-stable-decay', decay: 0.5 }

export const basePresets: readonly BasePreset[] = [
  {
    task: 'chain-arithmetic',
    model: small,
    sft: {
      schedule: { steps: 600, lr: 2e-3, shape: { kind: 'cosine', warmup: 30 } },
      batch: 96,
      // Sure steps when it reasons, but it mostly guesses: what reinforcement learning can put right.
      mixture: [
        { style: 'chain', share: 0.4 },
        { style: 'direct-wrong', share: 0.6 },
      ],
    },
    maxTokens: 64,
    knobs: {},
    // At 3e-4 held without end, the steps themselves get worse again (0.99 to 0.83 of the chains).
    recipe: { schedule: { lr: 2e-4, shape: HELD_THEN_FALLING } },
  },
  {
    task: 'countdown',
    model: small,
    sft: {
      schedule: { steps: 3000, lr: 3e-3, shape: { kind: 'cosine', warmup: 50 } },
      batch: 96,
      // As in chain arithmetic: it can work in steps that aim at the target, but mostly writes down a guess.
      mixture: [
        { style: 'attempt', share: 0.5 },
        { style: 'expression-wrong', share: 0.5 },
      ],
    },
    maxTokens: 40,
    knobs: {},
    recipe: {
      schedule: { steps: 150, lr: 2e-4, shape: HELD_THEN_FALLING },
      rollout: { samples: 16 },
      entropyCoef: 0.01,
      evaluation: { every: 50, problems: 512 },
    },
  },
  {
    task: 'knights-and-knaves',
    model: { ...small, maxPositions: 256 },
    sft: {
      schedule: { steps: 2000, lr: 3e-3, shape: { kind: 'cosine', warmup: 50 } },
      batch: 96,
      // As above: it can search, but mostly guesses.
      mixture: [
        { style: 'search', share: 0.4 },
        { style: 'direct-wrong', share: 0.6 },
      ],
    },
    maxTokens: 200,
    knobs: {},
    recipe: { schedule: { lr: 2e-4, shape: HELD_THEN_FALLING } },
  },
]

/** The preset of a task: its own, or one that fits the lengths of what it asks. @throws `config/no-base` */
export function basePreset(task: Task): BasePreset {
  const found = basePresets.find((preset) => preset.task === task.id)
  if (found) return found
  if (task.levels.length > 0) return generalPreset(task)
  throw new GradusError(
    'config/no-base',
    `task "${task.id}" makes no problems that a base model could be taught with`,
    {
      hint: 'Give a model folder with --model.',
    },
  )
}

/** Room beyond the longest text seen. */
const SPARE = 1.25
const SEEN_PER_LEVEL = 16

/** Not tuned: the same stage for every task, long enough for all of its levels. */
function generalPreset(task: Task): BasePreset {
  const seen = task.levels.flatMap((level) =>
    Array.from({ length: SEEN_PER_LEVEL }, (_, i) => task.problem('train', i, { level })),
  )
  const longest = (texts: readonly string[]): number => Math.ceil(SPARE * Math.max(...texts.map((text) => text.length)))
  const maxTokens = longest(seen.map((problem) => task.solve(problem)))
  const prompt = longest(seen.map(({ prompt: text }) => (typeof text === 'string' ? text : JSON.stringify(text))))
  const [worked] = task.styles
  return {
    task: task.id,
    model: { ...small, maxPositions: 64 * Math.ceil((prompt + maxTokens) / 64) },
    sft: {
      schedule: { steps: 600, lr: 2e-3, shape: { kind: 'cosine', warmup: 30 } },
      batch: 64,
      // As above, where the task has wrong answers to show.
      mixture: task.styles.includes('direct-wrong')
        ? [
            { style: worked, share: 0.5 },
            { style: 'direct-wrong', share: 0.5 },
          ]
        : [{ style: worked, share: 1 }],
    },
    maxTokens,
    knobs: {},
    recipe: { schedule: { lr: 2e-4, shape: HELD_THEN_FALLING } },
  }
}

/** The whole configuration of a fresh model with this tokenizer. */
export function freshModelConfig(
  { model }: BasePreset,
  vocab: { size: number; eos: number; pad: number; bos?: number },
): ModelConfig {
  return {
    ...plainLlama,
    ...model,
    vocabSize: vocab.size,
    initStd: 0.05,
    eosId: vocab.eos,
    padId: vocab.pad,
    ...(vocab.bos !== undefined && { bosId: vocab.bos }),
  }
}
