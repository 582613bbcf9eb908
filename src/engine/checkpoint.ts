// Saves and restores a model folder: the Hugging Face files; beside them, where there are any, adapters, a value head and
// the optimiser's state. A folder's adapters are kept apart only for who trains such ones: everyone else gets them merged.
import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { writeError } from '../base/atomic-file.ts'
import { GradusError } from '../base/error.ts'
import { type HfFolder, readHfFolder, writeHfFolder } from '../model/hf/index.ts'
import { freshLora, type LoraAdapter, type LoraConfig, mergeLora, sameAdapters } from '../model/lora.ts'
import { readLora, writeLora } from '../model/lora-files.ts'
import { decoderParams } from '../model/param-spec.ts'
import { readSafetensors, writeSafetensors } from '../model/safetensors/index.ts'
import { VALUE_HEAD, valueHeadParam } from '../model/value-head.ts'
import { hasValueHead, readValueHead, writeValueHead } from '../model/value-head-files.ts'
import { WeightArena } from '../model/weight-arena.ts'
import type { Optimizer } from '../optim/index.ts'
import type { CompileOptions } from '../tensor/index.ts'
import { readTokenizer, writeTokenizer } from '../text/index.ts'
import { type EmbeddedModel, embeddedModel, mergedWeights, trainedArena } from './embedded-model.ts'

const OPTIMIZER = 'optimizer.safetensors'

/** What a model is loaded for. */
export interface LoadOptions extends CompileOptions {
  readonly contextLimit?: number
  /**
   * Train such adapters: the folder's if they are alike, else fresh ones. Without, there are none. What the folder's
   * adapters have learnt is never lost: if they are not kept, they are merged into the weights.
   */
  readonly lora?: LoraConfig
  /** With a value head: the folder's, else one of zeros. Default: if the folder has one. */
  readonly valueHead?: boolean
}

/** Loads a model folder: ours or any Hugging Face one of a supported family. @throws `model/...`, `render/...`, `config/no-such-map` */
export async function loadModel(folder: string, options: LoadOptions = {}): Promise<EmbeddedModel> {
  const { lora, valueHead = hasValueHead(folder), ...rest } = options
  const source = await readHfFolder(folder)
  const params = decoderParams(source.config)
  const head = valueHead ? [valueHeadParam(source.config)] : []
  const adapter = lora && freshLora(params, lora, head)
  const arena = new WeightArena(adapter ? params : [...params, ...head])
  const model = embeddedModel(source.config, arena, await readTokenizer(folder), { ...rest, adapter })
  await readWeights(folder, source, model, await readLora(folder, params))
  return model
}

/**
 * Reads a folder's weights into a model that is in use. Nothing changes unless all of them fit.
 * @throws `model/...`, `store/other-adapter`, `store/no-value-head`
 */
export async function restoreModel(folder: string, model: EmbeddedModel): Promise<void> {
  const source = await readHfFolder(folder)
  const stored = await readLora(folder, decoderParams(model.config))
  if (model.adapter && !(stored && sameAdapters(model.adapter, stored)))
    throw new GradusError(
      'store/other-adapter',
      `${folder} has ${stored ? 'other adapters' : 'no adapter'}, unlike the model`,
      {
        hint: 'Go on with the rank, alpha and targets that the run began with.',
      },
    )
  if (trainedArena(model).views().has(VALUE_HEAD) && !hasValueHead(folder))
    throw new GradusError('store/no-value-head', `${folder} has no value head, unlike the model`, {
      hint: 'Only a run that trains a value head saves one. Load it for a new run instead.',
    })
  await readWeights(folder, source, model, stored)
}

/** Writes the model, its tokenizer and, if given, the optimiser's state. @throws `store/disk-full`, `store/not-writable` */
export async function saveModel(folder: string, model: EmbeddedModel, optimizer?: Optimizer): Promise<void> {
  const { config, arena, adapter, tokenizer } = model
  const params = decoderParams(config)
  try {
    await mkdir(folder, { recursive: true })
    await writeLora(folder, params, adapter)
    await writeValueHead(folder, trainedArena(model).views().get(VALUE_HEAD))
    await writeHfFolder(folder, config, params, ({ name }) => arena.view(name))
    await writeTokenizer(tokenizer, folder)
    if (!optimizer) return
    const { step, arrays } = optimizer.state()
    const tensors = Object.entries(arrays).map(([name, data]) => ({ name, shape: [data.length], data }))
    await writeSafetensors(join(folder, OPTIMIZER), tensors, { metadata: { step: String(step), kind: optimizer.id } })
  } catch (error) {
    throw writeError(error, folder)
  }
}

/** Writes a model that needs neither adapter nor value head, as others load it. @throws `store/disk-full`, `store/not-writable` */
export async function exportMerged(folder: string, model: EmbeddedModel): Promise<void> {
  const weights = mergedWeights(model)
  const arena = new WeightArena(decoderParams(model.config))
  for (const [name, view] of arena.views()) view.set(weights.view(name))
  await saveModel(folder, { ...model, arena, adapter: undefined })
}

/** Fills the arenas of a model whose layout fits the folder's. */
async function readWeights(
  folder: string,
  source: HfFolder,
  model: EmbeddedModel,
  stored?: LoraAdapter,
): Promise<void> {
  const { config, arena, adapter } = model
  const head = trainedArena(model).views().get(VALUE_HEAD)
  const storedHead = head && hasValueHead(folder) ? await readValueHead(folder, config) : undefined
  // Checks every name and shape before it writes; what follows cannot fail.
  await source.load(decoderParams(config), ({ name }) => arena.view(name))
  if (stored && adapter && sameAdapters(adapter, stored))
    for (const [name, view] of stored.arena.views()) adapter.arena.view(name).set(view)
  else if (stored) mergeLora(arena, stored)
  if (storedHead) head?.set(storedHead)
}

export const hasOptimizer = (folder: string): boolean => existsSync(join(folder, OPTIMIZER))

/** Restores an optimiser's state. @throws `store/optimizer-state` when it belongs to another model or optimiser */
export async function loadOptimizer(folder: string, optimizer: Optimizer): Promise<void> {
  const file = await readSafetensors(join(folder, OPTIMIZER))
  try {
    if (file.metadata.kind !== optimizer.id)
      throw new GradusError(
        'store/optimizer-state',
        `${folder} holds the state of ${file.metadata.kind}, not ${optimizer.id}`,
        {
          hint: 'Resume with the optimiser that the run began with.',
        },
      )
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
