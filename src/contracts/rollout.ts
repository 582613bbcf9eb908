// What flows through one training step: rollouts in groups, and the functions that make, credit and assemble them.
import type { Json } from '../base/json.ts'
import type { Rng, StreamKey } from '../base/rng.ts'
import type { MetricName } from './metrics.ts'
import type { Problem, Task, Verdict } from './problem.ts'
import type { Clock } from './run.ts'
import type { Sample, Sampler, TokenIds, Vocab } from './sample.ts'
import type { Example, Field, Trainer } from './trainer.ts'

/** One completion of a problem with all that is known of it. */
export interface Rollout {
  readonly problem: Problem
  /** Its own prompt: hinted or role prompts differ inside a group. */
  readonly promptIds: TokenIds
  readonly sample: Sample
  readonly verdict?: Verdict
  /** Only scored rollouts reach the loss; the others are counted and shown. */
  readonly status: 'scored' | 'unscored' | 'undecided' | 'failed'
  /** Why a group policy left it out of the batch; it is still counted and shown. */
  readonly dropped?: string
  /** Reward by part. */
  readonly parts: Readonly<Record<string, number>>
  readonly reward?: number
  /** [T] rewards of single tokens, beside `reward`, which counts at the last. */
  readonly tokenRewards?: Float32Array
  /** [T] */
  readonly advantages?: Float32Array
  /** [T] 1 = trained on; 0 = tool output or injected text. All ones when absent. */
  readonly mask?: Uint8Array
  readonly origin: 'policy' | 'teacher' | 'oracle' | 'tool'
  readonly role?: string
  /** Rollouts of one episode (turns, chunks, players) share a return. */
  readonly episode?: string
  /** Extra per-token inputs of the loss. */
  readonly fields: Readonly<Record<string, Field>>
}

/** The rollouts of one problem. */
export interface Group {
  readonly problem: Problem
  readonly rollouts: readonly Rollout[]
}

/** Models a step may use. Those that are not `policy` or `trainer` are there only when the stage asks for them. */
export interface StepModels {
  readonly policy: Sampler
  readonly trainer: Trainer
  readonly reference?: Sampler
  readonly teacher?: Sampler
  readonly judge?: Sampler
  readonly previous?: Sampler
  readonly reward?: Trainer
  readonly critic?: Trainer
}

/** The only mutable state of curricula, sources and controllers: JSON by key, saved with every checkpoint. */
export interface History {
  get(key: string): Json | undefined
  set(key: string, value: Json): void
}

/** What the pieces of a step may know and use. */
export interface StepContext {
  /** From 0, within the stage. */
  readonly step: number
  /** Share of the stage that is done: of its steps, or of its token budget where that is further. */
  readonly progress: number
  /** 0 for the step's own problems, 1, 2, ... for further draws of the same step. */
  readonly draw: number
  readonly clock: Clock
  readonly signal: AbortSignal
  readonly task: Task
  readonly vocab: Vocab
  readonly models: StepModels
  readonly history: History
  /** A stream named by purpose and key, never shared. */
  rng(purpose: string, ...key: readonly StreamKey[]): Rng
  /** A seed for sampling, named alike. */
  seed(purpose: string, ...key: readonly StreamKey[]): number
  /** More rollouts of a problem, for credits that resample. */
  plan(problem: Problem): Promise<Group>
  /** Further problems of the stage's source with their rollouts, for credits that fill up a batch. */
  more(count: number): Promise<readonly Group[]>
  report(name: MetricName, value: number): void
}

/** What a piece does, in a line of pseudo-code, for `explain`. */
export interface Says {
  readonly says?: string
}

/** How a problem becomes rollouts. `place` tells apart copies of one problem in a step. */
export type Plan = ((problem: Problem, context: StepContext, place: number) => Promise<Group>) & Says
/** Rewards, group policies and advantages: one type, chained. */
export type Credit = ((
  groups: readonly Group[],
  context: StepContext,
) => readonly Group[] | Promise<readonly Group[]>) &
  Says
/** Groups to what the loss sees together. Fields `mask` and those of the loss, but not yet `weights`. */
export type Assemble = ((groups: readonly Group[], context: StepContext) => readonly Example[]) & Says
/** Fills the field `weights` of an optimiser batch: all normalisation of the loss. */
export type Aggregator = ((examples: readonly Example[]) => readonly Example[]) & Says
/** Where problems come from; a function of the step and the history, so that a resumed run sees the same. */
export interface Source extends Says {
  next(count: number, context: StepContext): Promise<readonly Problem[]>
}
/** Chooses problems and learns from what came of them. */
export interface Curriculum extends Source {
  observe(groups: readonly Group[], context: StepContext): void
}
/** A number, or one worked out each step. */
export type Scheduled = number | ((context: StepContext) => number)
