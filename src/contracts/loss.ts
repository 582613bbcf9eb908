// A loss is written once, as a function of per-token tensors, and traced into whatever graph needs it. Types only.
import type { Tensor } from '../tensor/index.ts'

/** Per-token quantities beyond the log-probability that a loss may ask of the engine. */
export type LossWant = 'entropy' | 'values' | 'distribution' | 'hidden'

/** What a loss sees of one micro-batch: N completion tokens, flat, none of them padding. */
export interface LossInputs {
  /** [N] log-probability of each token under the weights being trained. */
  readonly logprobs: Tensor
  /** [N] or [N, K], aligned with the token each predicts. */
  field(name: string): Tensor
  /** [N] or [N, V], what `wants` asked for. */
  want(name: LossWant): Tensor
  /** [S] per sequence from [N] per token, by sum. */
  perSequence(x: Tensor): Tensor
  /** [E] per example from [S] per sequence, by sum. */
  perExample(x: Tensor): Tensor
  /** [N] per token from [S] per sequence. */
  toTokens(perSequence: Tensor): Tensor
  /** [E, R] one row per example, one column per sequence of it (a pair has R = 2), from [S] per sequence. */
  rows(perSequence: Tensor, columns: number): Tensor
  /** [E] a number given with each example. */
  scalar(name: string): Tensor
  /** A scheduled number: a scalar input of the graph, never baked into it. */
  coefficient(name: string): Tensor
}

/** The value of a loss and what it reports; every one a SUM over tokens, sequences or examples. */
export interface LossTerms {
  /** A scalar. */
  readonly total: Tensor
  /** Scalars, summed over micro-batches. */
  readonly report: Readonly<Record<string, Tensor>>
  /** Scalars of which the largest over micro-batches counts. */
  readonly reportMax?: Readonly<Record<string, Tensor>>
}

/** A loss, independent of any engine. All normalisation is in the data's weights. */
export interface Loss {
  readonly id: string
  /** Per-token fields it reads; a missing one is an error that names it. */
  readonly fields: readonly string[]
  /** Scalars per example it reads. */
  readonly scalars?: readonly string[]
  readonly wants: readonly LossWant[]
  /** Names of scheduled numbers it reads. */
  readonly coefficients: readonly string[]
  /** A field such as `advantages`: where it is zero on a whole sequence, that sequence adds nothing and is skipped exactly. */
  readonly vanishesWith?: string
  /** Names in its report that are sums over examples; all others are sums over tokens. */
  readonly perExample?: readonly string[]
  /** For `explain`. */
  readonly formula?: string
  terms(x: LossInputs): LossTerms
}
