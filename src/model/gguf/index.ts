// Decoders with their tokenizers as GGUF files for llama.cpp.
export type { GgufDtype } from './dtype.ts'
export { exportGguf, type GgufOptions, type GgufResult } from './export.ts'
export type { GgufTokenizer } from './tokenizer-metadata.ts'
