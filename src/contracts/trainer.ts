// The four verbs on the training side. Types only.
import type { Loss } from './loss.ts'
import type { Sampler, TokenIds } from './sample.ts'

/** A number (or K numbers) for every completion token of a sequence. */
export interface Field {
  readonly data: Float32Array | Int32Array
  /** [T] or [T, K]. */
  readonly shape: readonly [number] | readonly [number, number]
}

/** One sequence: a prompt and the completion tokens T that are predicted. */
export interface Datum {
  /** [promptLength + T]; at least one prompt token, or a model with a beginning-of-sequence token in `ids[0]`. */
  readonly ids: TokenIds
  readonly promptLength: number
  /** Sequences with the same group number share their prompt, which an engine may compute once. */
  readonly group?: number
  /** [T] aligned with the completion token each predicts. */
  readonly fields: Readonly<Record<string, Field>>
}

/** What a loss sees together: one sequence, a preference pair, a list. Never split over micro-batches. */
export interface Example {
  readonly sequences: readonly Datum[]
  readonly scalars?: Readonly<Record<string, number>>
}

/** Per-sequence results, in the order of the examples' sequences. */
export interface SequenceReport {
  /** [T] */
  readonly logprobs: Float32Array
  readonly entropy?: Float32Array
  readonly values?: Float32Array
}

/** What came of a forward or forward-backward pass over a whole optimiser batch. */
export interface LossReport {
  /** The summed loss. */
  readonly total: number
  readonly report: Readonly<Record<string, number>>
  /** Per sequence; only from `forward`. */
  readonly sequences?: readonly SequenceReport[]
  /** Completion tokens that the loss looked at; `report` holds sums over them. */
  readonly lossTokens: number
  /** Tokens that went through the model, shared prompts counted once, padding not counted. */
  readonly tokens: number
  /** Sequences skipped because they could not change anything. */
  readonly skipped: number
}

/** One optimiser step. */
export interface OptimizerStep {
  readonly lr: number
  /** Largest global gradient norm; none when left out. */
  readonly clipNorm?: number
}

/** What an optimiser step did. */
export interface UpdateReport {
  /** Global norm before clipping. */
  readonly gradNorm: number
}

/** A saved state of model and optimiser. */
export interface Checkpoint {
  readonly path: string
}

/** Weights that learn. */
export interface Trainer {
  readonly id: string
  forward(batch: readonly Example[], loss: Loss, coefficients?: Readonly<Record<string, number>>): Promise<LossReport>
  /** The WHOLE optimiser batch; the engine splits it. Several calls add up. */
  forwardBackward(
    batch: readonly Example[],
    loss: Loss,
    coefficients?: Readonly<Record<string, number>>,
  ): Promise<LossReport>
  optimStep(update: OptimizerStep): Promise<UpdateReport>
  /** A snapshot of the weights as they are now; disposed by its user. */
  sampler(): Promise<Sampler>
  /** Writes model, tokenizer and optimiser into a folder. */
  save(folder: string): Promise<Checkpoint>
  load(checkpoint: Checkpoint): Promise<void>
  dispose(): Promise<void>
}
