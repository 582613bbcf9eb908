// A model as the embedded engine holds it: shape, weights, tokenizer and rotary tables; and its weights as graph inputs.
import type { ModelConfig } from '../model/config.ts'
import { type RopeTables, ropeTables } from '../model/rope.ts'
import type { WeightArena } from '../model/weight-arena.ts'
import { type CompileOptions, input, type Numbers, type Tensor } from '../tensor/index.ts'
import type { Tokenizer } from '../text/index.ts'

/** A model ready to run. */
export interface EmbeddedModel {
  readonly config: ModelConfig
  readonly arena: WeightArena
  readonly tokenizer: Tokenizer
  readonly rope: RopeTables
  /** Longest sequence, in tokens. */
  readonly contextLimit: number
  readonly compile: CompileOptions
}

/** Longest sequence unless asked for: memory for caches grows with it. */
const DEFAULT_CONTEXT = 4096

/**
 * Rows of the rotary tables at least. The kernel wants as many as a stream has tokens, and the samples of a group are
 * one stream.
 */
export const MIN_ROPE_ROWS = 8192

/** Puts a model together. `contextLimit` bounds memory for rotary tables and caches; at most the model's positions. */
export function embeddedModel(
  config: ModelConfig,
  arena: WeightArena,
  tokenizer: Tokenizer,
  options: CompileOptions & { contextLimit?: number } = {},
): EmbeddedModel {
  const { contextLimit = Math.min(config.maxPositions, DEFAULT_CONTEXT), ...compile } = options
  const rope = ropeTables(config, Math.max(contextLimit, MIN_ROPE_ROWS), contextLimit)
  return { config, arena, tokenizer, rope, contextLimit, compile }
}

/** Every parameter as a graph input under its own name. */
export function weightInputs(arena: WeightArena): Map<string, Tensor> {
  return new Map(arena.params.map(({ name, shape }) => [name, input(name, shape)]))
}

/** The arrays that stay the same from run to run: weights and rotary tables. */
export function* residentFeeds({ rope }: EmbeddedModel, arena: WeightArena): Generator<readonly [string, Numbers]> {
  yield* arena.views()
  yield ['rope.cos', rope.cos]
  yield ['rope.sin', rope.sin]
}
