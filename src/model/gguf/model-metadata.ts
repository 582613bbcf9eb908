// The metadata that says what a decoder looks like, under the keys that llama.cpp reads.
import type { ModelConfig } from '../config.ts'
import { ropeTables, rotaryWidth } from '../rope.ts'
import { f32, type Metadata, text, u32 } from './format.ts'

/** Sizes, switches and rotary settings; the architecture has the name of the model type. */
export function modelMetadata(config: ModelConfig): Metadata {
  const { modelType, headDim } = config
  const entries: Metadata = {
    vocab_size: u32(config.vocabSize),
    context_length: u32(config.maxPositions),
    embedding_length: u32(config.hiddenSize),
    block_count: u32(config.layers),
    feed_forward_length: u32(config.feedForward),
    'attention.head_count': u32(config.heads),
    'attention.head_count_kv': u32(config.kvHeads),
    'attention.key_length': u32(headDim),
    'attention.value_length': u32(headDim),
    'attention.layer_norm_rms_epsilon': f32(config.normEps),
    'rope.dimension_count': u32(rotaryWidth(config)),
    'rope.freq_base': f32(config.ropeTheta),
    ...ropeScaling(config),
    // Without the key, older readers give Phi-3 a window of 2047 tokens.
    ...(modelType === 'phi3' && { 'attention.sliding_window': u32(0) }),
  }
  return Object.fromEntries(Object.entries(entries).map(([key, value]) => [`${modelType}.${key}`, value]))
}

function ropeScaling(config: ModelConfig): Metadata {
  const scaling = config.ropeScaling
  switch (scaling?.kind) {
    case undefined:
      return { 'rope.scaling.type': text('none') }
    case 'linear':
      return { 'rope.scaling.type': text('linear'), 'rope.scaling.factor': f32(scaling.factor) }
    case 'llama3': // is the tensor rope_freqs
      return { 'rope.scaling.type': text('none') }
    case 'longrope':
      return {
        'rope.scaling.type': text('longrope'),
        'rope.scaling.original_context_length': u32(scaling.originalMaxPositions),
        // What the tables multiply cosines by: the cosine of nothing.
        'rope.scaling.attn_factor': f32(ropeTables(config, 1).cos[0]),
      }
    default:
      return scaling satisfies never
  }
}
