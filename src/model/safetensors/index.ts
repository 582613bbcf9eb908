// Safetensors files: one file, and a folder with one file or shards.
export type { Dtype, FloatDtype } from './dtype.ts'
export type { TensorEntry } from './header.ts'
export { readFloats, readSafetensors, type SafetensorsFile } from './read.ts'
export { readSafetensorsFolder, writeSafetensorsFolder } from './shards.ts'
export { type NamedTensor, type WriteOptions, writeSafetensors } from './write.ts'
