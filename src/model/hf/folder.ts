// A model folder as on the Hugging Face hub: configuration and weights in, configuration and weights out.
// Weights go straight between the file and the caller's memory. Tokenizer files are somebody else's.
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { GradusError } from '../../base/error.ts'
import type { ModelConfig } from '../config.ts'
import { elementCount, type ParamSpec, partShape } from '../param-spec.ts'
import {
  type FloatDtype,
  readSafetensorsFolder,
  type SafetensorsFile,
  writeSafetensorsFolder,
} from '../safetensors/index.ts'
import { eosIdsOf, fromHfConfig, type TorchDtype, toHfConfig, writtenEos } from './config.ts'

/** Gives the memory of a parameter: its parts one after another, as many numbers as its shape says. */
export type ParamView = (param: ParamSpec) => Float32Array

/** A model folder whose configuration has been read. */
export interface HfFolder {
  readonly config: ModelConfig
  /**
   * Fills every parameter from the folder's weights. Nothing is written unless all names and shapes fit.
   * @throws `model/missing-tensors`, `model/extra-tensors`, `model/wrong-shape`, `model/bad-safetensors`
   */
  load(params: readonly ParamSpec[], view: ParamView): Promise<void>
}

/** What goes into a model folder beside the weights. */
export interface WriteFolderOptions {
  /** Default F32. */
  readonly dtype?: FloatDtype
  /** Default: everything in one file. */
  readonly maxShardBytes?: number
  /** Text of README.md; none is written when left out. */
  readonly modelCard?: string
  /** Keys of generation_config.json beyond the special tokens. */
  readonly generationConfig?: Readonly<Record<string, unknown>>
}

const torchDtypes: Readonly<Record<FloatDtype, TorchDtype>> = { F32: 'float32', F16: 'float16', BF16: 'bfloat16' }

/**
 * Reads the configuration of a model folder; the weights stay on disk until `load`.
 * @throws `model/no-config`, `model/bad-config`, `model/unsupported`
 */
export async function readHfFolder(folder: string): Promise<HfFolder> {
  const json = await readJson(folder, 'config.json')
  if (json === undefined) {
    throw new GradusError('model/no-config', `${folder} has no config.json`, {
      hint: 'Name the folder that holds config.json and model.safetensors.',
    })
  }
  const generation = await readJson(folder, 'generation_config.json')
  const config = fromHfConfig(json, { eosIds: eosIdsOf(generation) })
  const load = async (params: readonly ParamSpec[], view: ParamView): Promise<void> => {
    const file = await readSafetensorsFolder(folder)
    try {
      await fill(file, params, view, { folder, tied: config.tied })
    } finally {
      await file.close()
    }
  }
  return { config, load }
}

/**
 * Writes config.json, generation_config.json, the weights and, when given, README.md. transformers loads the folder.
 * @throws `model/unsupported` when transformers has no such model, `model/cannot-write`
 */
export async function writeHfFolder(
  folder: string,
  config: ModelConfig,
  params: readonly ParamSpec[],
  view: ParamView,
  { dtype = 'F32', maxShardBytes, modelCard, generationConfig = {} }: WriteFolderOptions = {},
): Promise<void> {
  const hfConfig = toHfConfig(config, { torchDtype: torchDtypes[dtype] })
  const { bosId, padId } = config
  const ids = {
    ...(bosId === undefined ? {} : { bos_token_id: bosId }),
    eos_token_id: writtenEos(config),
    pad_token_id: padId,
  }
  const tensors = params.flatMap((param) =>
    partViews(param, view).map(({ name, shape, data }) => ({ name, shape, data })),
  )
  await mkdir(folder, { recursive: true })
  await writeSafetensorsFolder(folder, tensors, { dtype, maxShardBytes, metadata: { format: 'pt' } })
  await writeText(folder, 'generation_config.json', jsonText({ ...ids, ...generationConfig }))
  if (modelCard !== undefined) await writeText(folder, 'README.md', modelCard)
  // Last: a folder with a configuration is a whole one.
  await writeText(folder, 'config.json', jsonText(hfConfig))
}

/** The Hugging Face tensors of a parameter as views into its memory. */
function partViews(param: ParamSpec, view: ParamView) {
  const memory = view(param)
  if (memory.length !== elementCount(param.shape)) {
    const message = `the memory of "${param.name}" [${param.shape.join(', ')}] holds ${memory.length} numbers`
    throw new GradusError('model/wrong-shape', message, { hint: 'This is a fault of the caller.' })
  }
  let begin = 0
  return param.parts.map((part) => {
    const shape = partShape(param, part)
    const data = memory.subarray(begin, begin + elementCount(shape))
    begin += data.length
    return { name: part.name, shape, data }
  })
}

async function fill(
  file: SafetensorsFile,
  params: readonly ParamSpec[],
  view: ParamView,
  { folder, tied }: { folder: string; tied: boolean },
): Promise<void> {
  const parts = params.flatMap((param) => partViews(param, view))
  // A tied checkpoint may hold the shared matrix under either name, or under both.
  const isUnderHead = tied && !file.tensors.has('model.embed_tokens.weight')
  const sourceOf = (name: string): string =>
    isUnderHead && name === 'model.embed_tokens.weight' ? 'lm_head.weight' : name
  const wanted = new Set(parts.map(({ name }) => sourceOf(name)))
  if (tied) wanted.add('lm_head.weight')

  const missing = parts.filter(({ name }) => !file.tensors.has(sourceOf(name))).map(({ name }) => name)
  if (missing.length > 0) throw mismatch('model/missing-tensors', `${folder} lacks ${listed(missing)}`)
  // Old checkpoints carry tables of rotary frequencies, which the configuration determines.
  const extra = [...file.tensors.keys()].filter((name) => !wanted.has(name) && !name.endsWith('.rotary_emb.inv_freq'))
  if (extra.length > 0) throw mismatch('model/extra-tensors', `${folder} has more than its model: ${listed(extra)}`)
  const wrong = parts.flatMap(({ name, shape }) => {
    const found = file.tensors.get(sourceOf(name))?.shape ?? []
    return String(found) === String(shape) ? [] : [`${name} is [${found.join(', ')}], not [${shape.join(', ')}]`]
  })
  if (wrong.length > 0) throw mismatch('model/wrong-shape', `${folder}: ${listed(wrong)}`)

  for (const { name, data } of parts) await file.readInto(sourceOf(name), data)
}

function mismatch(code: `model/${string}`, message: string): GradusError {
  return new GradusError(code, message, {
    hint: 'config.json and the weights describe different models. Check that both come from the same checkpoint.',
  })
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 8).join('; ')
  return names.length > 8 ? `${shown}; and ${names.length - 8} more` : shown
}

async function readJson(folder: string, name: string): Promise<unknown> {
  let text: string
  try {
    text = await readFile(join(folder, name), 'utf8')
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return undefined
    throw new GradusError('model/no-file', `cannot read ${join(folder, name)}`, {
      hint: 'Check the path and its permissions.',
      cause: error,
    })
  }
  try {
    return JSON.parse(text) as unknown
  } catch (cause) {
    throw new GradusError('model/bad-config', `${join(folder, name)} is not JSON`, {
      hint: 'The file is damaged. Copy or download it again.',
      cause,
    })
  }
}

async function writeText(folder: string, name: string, text: string): Promise<void> {
  const path = join(folder, name)
  const partial = `${path}.partial-${process.pid}`
  await writeFile(partial, text)
  await rename(partial, path)
}

function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
