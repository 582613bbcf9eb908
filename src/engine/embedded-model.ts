// A model as the embedded engine holds it: shape, weights, adapters, tokenizer and rotary tables; which of its weights
// learn; and its weights as graph inputs.
import type { ModelConfig } from '../model/config.ts'
import { type LoraAdapter, mergeLora } from '../model/lora.ts'
import { type RopeTables, ropeTables } from '../model/rope.ts'
import type { WeightArena } from '../model/weight-arena.ts'
import { type CompileOptions, input, type Numbers, type Tensor } from '../tensor/index.ts'
import type { Tokenizer } from '../text/index.ts'

/** A model ready to run. */
export interface EmbeddedModel {
  readonly config: ModelConfig
  /** Every weight but those of the adapter. */
  readonly arena: WeightArena
  /** Where there is one it learns, with what is beside it, and all other weights stay as they are. */
  readonly adapter?: LoraAdapter
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
  options: CompileOptions & { contextLimit?: number; adapter?: LoraAdapter } = {},
): EmbeddedModel {
  const { adapter, contextLimit = Math.min(config.maxPositions, DEFAULT_CONTEXT), ...compile } = options
  const rope = ropeTables(config, Math.max(contextLimit, MIN_ROPE_ROWS), contextLimit)
  return { config, arena, adapter, tokenizer, rope, contextLimit, compile }
}

/** The weights that learn. */
export const trainedArena = ({ arena, adapter }: Pick<EmbeddedModel, 'arena' | 'adapter'>): WeightArena =>
  adapter?.arena ?? arena

/** A copy of the weights with the adapter merged into them: what the model computes, without an adapter. */
export function mergedWeights({ arena, adapter }: EmbeddedModel): WeightArena {
  const copy = arena.clone()
  if (adapter) mergeLora(copy, adapter)
  return copy
}

/** Every parameter as a graph input under its own name. */
export function weightInputs(...arenas: readonly WeightArena[]): Map<string, Tensor> {
  return new Map(arenas.flatMap(({ params }) => params.map(({ name, shape }) => [name, input(name, shape)] as const)))
}

/** The arrays that stay the same from run to run: weights and rotary tables. */
export function* residentFeeds(
  { rope }: EmbeddedModel,
  ...arenas: readonly WeightArena[]
): Generator<readonly [string, Numbers]> {
  for (const arena of arenas) yield* arena.views()
  yield ['rope.cos', rope.cos]
  yield ['rope.sin', rope.sin]
}
