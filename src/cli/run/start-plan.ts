// The settings of `gradus start`, as data: what each of its three runs changes in its recipe's configuration.
import type { Settings } from './overrides.ts'

/** What the main job does. */
export interface StartPlan {
  readonly task: string
  /** Held-out test problems that the three models are compared on. */
  readonly problems: number
  /** Of the `sft` recipe, and `model` for the shape of its weights. */
  readonly base: Settings
  /** Of the `one-shot-rlvr` recipe. */
  readonly one_shot: Settings
  /** Of the `grpo` recipe, on fresh problems in every step. */
  readonly full: Settings
}

/** The main job. */
export const startPlan: StartPlan = {
  task: 'chain-arithmetic',
  problems: 1024,
  base: { schedule: { checkpointEvery: 100 } },
  // A small rate and some entropy: the one problem is soon solved, and what it teaches beyond itself comes slowly.
  one_shot: {
    schedule: { steps: 28, lr: 1e-4, shape: { kind: 'constant' } },
    example: 1,
    entropyCoef: 0.02,
    evaluation: { every: 7 },
  },
  full: { schedule: { steps: 60 }, evaluation: { every: 10 } },
}
