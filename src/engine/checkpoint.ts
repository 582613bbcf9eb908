// Saves and restores a model folder with its optimiser: the Hugging Face files, and `optimizer.safetensors` beside them.
import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { GradusError } from '../base/error.ts'
import { readHfFolder, writeHfFolder } from '../model/hf/index.ts'
import { readSafetensors, writeSafetensors } from '../model/safetensors/index.ts'
import { WeightArena } from '../model/weight-arena.ts'
import { decoderParams } from '../model/param-spec.ts'
import type { Optimizer } from '../optim/index.ts'
import type { CompileOptions } from '../tensor/index.ts'
import { readTokenizer, writeTokenizer } from '../text/index.ts'
import { type EmbeddedModel, embeddedModel } from './embedded-model.ts'

const OPTIMIZER = 'optimizer.safetensors'

/** Loads a model folder: ours or any Hugging Face one of a supported family. @throws `model/...`, `render/...` */
export async function loadModel(folder: string, options: CompileOptions & { contextLimit?: number } = {}): Promise<EmbeddedModel> {
  const source = await readHfFolder(folder)
  const arena = new WeightArena(decoderParams(source.config))
  await source.load(arena.params, (name) => arena.part(name))
  return embeddedModel(source.config, arena, await readTokenizer(folder), options)
}
