// A published method as data: what it is called, what it needs, and the stages that it runs.
import type { z } from 'zod'
import type { Claim } from './claim.ts'
import type { Loss } from './loss.ts'
import type { Problem, Task } from './problem.ts'
import type { Aggregator, Assemble, Credit, Curriculum, Plan, Scheduled, Source } from './rollout.ts'
import type { Sampler } from './sample.ts'
import type { Trainer } from './trainer.ts'

/** A paper. `id` is its arXiv number where it has one. */
export interface Paper {
  readonly id: string
  readonly title: string
  readonly year: number
}

/** How weights change in a stage. */
export interface Update {
  /** Settings of the optimiser, checked by its own schema. */
  readonly optimizer: Readonly<Record<string, unknown>> & { readonly kind: string }
  /** Peak learning rate. */
  readonly lr: number
  /** Settings of the learning-rate schedule. */
  readonly schedule: Readonly<Record<string, unknown>> & { readonly kind: string }
  /** Passes over the step's examples; default 1. */
  readonly epochs?: number
  /** Optimiser steps in one pass; default 1. */
  readonly minibatches?: number
  readonly clipNorm?: number
  /** Settings of low-rank adapters, checked by their own schema; without, all weights learn. */
  readonly lora?: Readonly<Record<string, unknown>>
  /** Trains a value head, which a loss that wants `values` needs. Default: if the starting model has one. */
  readonly valueHead?: boolean
}

/** Evaluation during training. */
export interface EvaluationPlan {
  /** Steps between evaluations; 0 for none. The first and last step are always evaluated otherwise. */
  readonly every: number
  readonly problems: readonly Problem[]
  /** Samples of each problem. */
  readonly samples: number
  readonly maxTokens: number
  readonly temperature: number
  readonly k: readonly number[]
}

/** One stage of a recipe: the slots of rl.md 0.4. */
export interface Stage {
  readonly id: string
  /** At most. */
  readonly steps: number
  /** Ends the stage after the step in which this many tokens have been trained on; the schedule then follows tokens. */
  readonly tokens?: number
  /** Weights that it starts from; default those of the stage before. */
  readonly from?: 'base'
  /** Problems a step. */
  readonly problems: number
  readonly source: Source | Curriculum
  readonly plan: Plan
  readonly credit?: readonly Credit[]
  readonly assemble: Assemble
  readonly aggregate: Aggregator
  readonly loss: Loss
  readonly coefficients?: Readonly<Record<string, Scheduled>>
  readonly update: Update
  /** Other models that the stage's pieces use: the run's `base`, or the model in a folder. */
  readonly needs?: Readonly<
    Partial<Record<'reference' | 'teacher' | 'judge' | 'previous', 'base' | { folder: string }>>
  >
  readonly evaluation?: EvaluationPlan
  /** Steps between checkpoints. */
  readonly checkpointEvery: number
  /** Rollouts of every n-th step are written down; 0 for none. */
  readonly recordEvery?: number
}

/** What a recipe is given besides its configuration. */
export interface RecipeSetting {
  readonly task: Task
  /** Problems read from a file; absent when the task generates them. */
  readonly data?: { readonly train: readonly Problem[]; readonly held: readonly Problem[] }
  readonly seed: number
}

/** A method: names, numbers and chained pieces. */
export interface Recipe<Config = never> {
  readonly id: string
  readonly family: string
  readonly paper: Paper
  /** Id of the recipe it is compared with, if any. */
  readonly baseline?: string
  /** One sentence. */
  readonly summary: string
  readonly deviations: readonly string[]
  /** True when it can start from fresh weights, and so makes the base model of others. */
  readonly fromScratch?: boolean
  /** What the paper says should be seen. */
  readonly claims: readonly Claim[]
  /** Every field has a description and a default. */
  readonly config: z.ZodType<Config>
  stages(config: Config, setting: RecipeSetting): readonly Stage[]
}

/** Gives a stage its models. Engines implement it. */
export interface Host {
  /**
   * Looks at the stages before anything starts; gives what it does in another way than the recipe says, one sentence each.
   *
   * @throws `config/...`, `train/...` for what it cannot do
   */
  prepare?(stages: readonly Stage[]): Promise<readonly string[]>
  /** A trainer on the weights in a folder, with its optimiser state if the folder has one and `resume` is set. */
  trainer(folder: string, update: Update, options: { resume: boolean }): Promise<Trainer>
  /** A sampler on the weights in a folder. */
  sampler(folder: string): Promise<Sampler>
}
