// Saves and restores a model folder with its optimiser: the Hugging Face files, and `optimizer.safetensors` beside them.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { writeError } from '../base/atomic-file.ts'
import { GradusError } from '../base/error.ts'
import { readHfFolder, writeHfFolder } from '../model/hf/index.ts'
import { decoderParams } from '../model/param-spec.ts'
import { readSafetensors, writeSafetensors } from '../model/safetensors/index.ts'
import { WeightArena } from '../model/weight-arena.ts'
import type { Optimizer } from '../optim/index.ts'
import type { CompileOptions } from '../tensor/index.ts'
import { readTokenizer, writeTokenizer } from '../text/index.ts'
import { type EmbeddedModel, embeddedModel } from './embedded-model.ts'

const OPTIMIZER = 'optimizer.safetensors'

/** Loads a model folder: ours or any Hugging Face one of a supported family. @throws `model/...`, `render/...` */
export async function loadModel(
  folder: string,
  options: CompileOptions & { contextLimit?: number } = {},
): Promise<EmbeddedModel> {
  const source = await readHfFolder(folder)
  const arena = new WeightArena(decoderParams(source.config))
  await source.load(arena.params, ({ name }) => arena.view(name))
  return embeddedModel(source.config, arena, await readTokenizer(folder), options)
}

/** Writes the model, its tokenizer and, if given, the optimiser's state. @throws `store/disk-full`, `store/not-writable` */
export async function saveModel(folder: string, model: EmbeddedModel, optimizer?: Optimizer): Promise<void> {
  const { config, arena, tokenizer } = model
  try {
    await writeHfFolder(folder, config, arena.params, ({ name }) => arena.view(name))
    await writeTokenizer(tokenizer, folder)
    if (!optimizer) return
    const { step, arrays } = optimizer.state()
    const tensors = Object.entries(arrays).map(([name, data]) => ({ name, shape: [data.length], data }))
    await writeSafetensors(join(folder, OPTIMIZER), tensors, { metadata: { step: String(step), kind: optimizer.id } })
  } catch (error) {
    throw writeError(error, folder)
  }
}

export const hasOptimizer = (folder: string): boolean => existsSync(join(folder, OPTIMIZER))

/** Restores an optimiser's state. @throws `store/optimizer-state` when it belongs to another model or optimiser */
export async function loadOptimizer(folder: string, optimizer: Optimizer): Promise<void> {
  const file = await readSafetensors(join(folder, OPTIMIZER))
  try {
    if (file.metadata.kind !== optimizer.id)
      throw new GradusError('store/optimizer-state', `${folder} holds the state of ${file.metadata.kind}, not ${optimizer.id}`, {
        hint: 'Resume with the optimiser that the run began with.',
      })
    const arrays: Record<string, Float32Array> = {}
    for (const [name, { shape }] of file.tensors) {
      arrays[name] = new Float32Array(shape.reduce((a, b) => a * b, 1))
      await file.readInto(name, arrays[name])
    }
    optimizer.load({ step: Number(file.metadata.step), arrays })
  } finally {
    await file.close()
  }
}
