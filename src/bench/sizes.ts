// The two models that every number of the benchmark is about, and the batches they train on. Fresh weights: speed does
// not depend on what a model has learnt.
import { stream } from '../base/rng.ts'
import { type EmbeddedModel, embeddedModel } from '../engine/embedded-model.ts'
import { type ModelConfig, plainLlama } from '../model/config.ts'
import { decoderParams } from '../model/param-spec.ts'
import { initialise, WeightArena } from '../model/weight-arena.ts'
import { chainArithmetic } from '../tasks/index.ts'
import type { CompileOptions } from '../tensor/index.ts'
import { charTokenizer, type Tokenizer } from '../text/index.ts'

/** A benchmarked model and its training batch. */
export interface BenchSize {
  readonly name: '0.8M' | '5M'
  readonly config: ModelConfig
  /** T: tokens predicted in each row. */
  readonly time: number
  /** B */
  readonly rows: number
}

/** Room for 16 + 128 tokens of decoding and for the longest training row. */
const POSITIONS = 256

function llama(sizes: Pick<ModelConfig, 'vocabSize' | 'hiddenSize' | 'layers' | 'heads' | 'feedForward'>): ModelConfig {
  return {
    ...sizes,
    ...plainLlama,
    kvHeads: sizes.heads,
    headDim: sizes.hiddenSize / sizes.heads,
    maxPositions: POSITIONS,
    initStd: 0.02,
    bosId: 2,
    eosId: 1,
    padId: 0,
  }
}

/** Both sizes, the smaller first. */
export const benchSizes: readonly BenchSize[] = [
  {
    name: '0.8M',
    config: llama({ vocabSize: 64, hiddenSize: 128, layers: 4, heads: 4, feedForward: 344 }),
    time: 64,
    rows: 64,
  },
  {
    name: '5M',
    config: llama({ vocabSize: 512, hiddenSize: 256, layers: 6, heads: 8, feedForward: 688 }),
    time: 128,
    rows: 32,
  },
]

/** A character tokenizer of exactly `vocabSize` tokens that can write chain arithmetic. */
export function benchTokenizer(vocabSize: number): Tokenizer {
  let alphabet = chainArithmetic.alphabet
  for (let code = 0x100; [...alphabet].length < vocabSize - 3; code++) alphabet += String.fromCodePoint(code)
  return charTokenizer(alphabet)
}

/** The same tokens without an end of sequence: samples then have exactly the length asked for. */
export const withoutEnd = (tokenizer: Tokenizer): Tokenizer => ({ ...tokenizer, eos: -1 })

/** The model of a size with fresh weights, always the same ones; its samples end only where a request says. */
export function benchModel({ name, config }: BenchSize, compile: CompileOptions = {}): EmbeddedModel {
  const arena = new WeightArena(decoderParams(config))
  initialise(arena, config, stream(0, 'bench-weights', name))
  return embeddedModel(config, arena, withoutEnd(benchTokenizer(config.vocabSize)), compile)
}

/** Floating-point operations to train on one token: 6 for each parameter, and 12 L T d for attention. */
export function trainingFlopsPerToken({ config, time }: BenchSize): number {
  const parameters = new WeightArena(decoderParams(config)).count
  return 6 * parameters + 12 * config.layers * time * config.hiddenSize
}
