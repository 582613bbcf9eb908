// The decoder, its weights, and the formats it is read from and written to.

// The graph.
export { type Attend, cachedAttention, causalAttention, type Heads, type Prefix, prefixAttention } from './attention.ts'
// What a model is.
export type { ModelConfig, ModelType, RopeScaling } from './config.ts'
export { type Decoded, decode, logitsOf, plainWeights, type Stream, type Weights } from './decoder.ts'
// llama.cpp's files.
export { exportGguf, type GgufDtype, type GgufOptions, type GgufResult, type GgufTokenizer } from './gguf/index.ts'
// Hugging Face folders.
export {
  eosIdsOf,
  type FallbackIds,
  fromHfConfig,
  type HfFolder,
  type ParamView,
  readHfFolder,
  type TorchDtype,
  toHfConfig,
  type WriteFolderOptions,
  writeHfFolder,
} from './hf/index.ts'
// ONNX files.
export { type ExportOptions, exportOnnx, onnxBytes } from './onnx-export/index.ts'
export { decoderParams, elementCount, type ParamPart, type ParamSpec, partShape } from './param-spec.ts'
export { type RopeTables, ropeFrequencies, ropeTables, rotaryWidth } from './rope.ts'
export {
  type Dtype,
  type FloatDtype,
  type NamedTensor,
  readFloats,
  readSafetensors,
  readSafetensorsFolder,
  type SafetensorsFile,
  type TensorEntry,
  type WriteOptions,
  writeSafetensors,
  writeSafetensorsFolder,
} from './safetensors/index.ts'
export { decays, initialise, type PlacedParam, WeightArena } from './weight-arena.ts'
