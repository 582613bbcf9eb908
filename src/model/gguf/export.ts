// A decoder and its tokenizer as one GGUF file, which llama.cpp and what is built on it run.
import type { ModelConfig } from '../config.ts'
import type { WeightArena } from '../weight-arena.ts'
import { dtypeOf, type GgufDtype, ggufDtypes } from './dtype.ts'
import { ALIGNMENT, text, u32 } from './format.ts'
import { modelMetadata } from './model-metadata.ts'
import { ggufTensors } from './tensors.ts'
import { type GgufTokenizer, tokenizerMetadata } from './tokenizer-metadata.ts'
import { writeGguf } from './write.ts'

/** How a file is written. */
export interface GgufOptions {
  /** Default f32, which is exact. */
  readonly dtype?: GgufDtype
  /** The model's name in the metadata. */
  readonly name?: string
}

/** What came of it. */
export interface GgufResult {
  readonly sizeBytes: number
  readonly tensors: number
  /** Where llama.cpp will differ from the model, and what stayed wide, in words; mostly empty. */
  readonly notes: readonly string[]
}

/** Version of the quantised formats that are written. */
const QUANTIZATION_VERSION = 2

/**
 * Writes `path`, whole or not at all; the same model gives the same bytes.
 * @throws `model/unsupported`, `model/gguf-tokenizer`, `model/not-finite`, `model/f16-overflow`
 */
export async function exportGguf(
  config: ModelConfig,
  arena: WeightArena,
  tokenizer: GgufTokenizer,
  path: string,
  { dtype = 'f32', name }: GgufOptions = {},
): Promise<GgufResult> {
  const tensors = ggufTensors(config, arena)
  const { metadata, notes } = tokenizerMetadata(config, tokenizer, name)
  const all = {
    'general.architecture': text(config.modelType),
    'general.type': text('model'),
    'general.alignment': u32(ALIGNMENT),
    'general.file_type': u32(ggufDtypes[dtype].fileType),
    'general.quantization_version': u32(QUANTIZATION_VERSION),
    ...modelMetadata(config),
    ...metadata,
  }
  const wide = tensors.filter(({ shape }) => shape.length === 2 && dtypeOf(dtype, shape) !== dtype)
  const { block } = ggufDtypes[dtype]
  return {
    sizeBytes: await writeGguf(path, all, tensors, dtype),
    tensors: tensors.length,
    notes: [
      ...notes,
      ...(wide.length > 0 ? [`${wide.length} matrices stay f32: their rows are not multiples of ${block}`] : []),
    ],
  }
}
