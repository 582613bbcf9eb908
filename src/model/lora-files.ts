// Adapters on disk as PEFT has them: adapter_config.json and adapter_model.safetensors, beside the model's own files.
// From such a folder transformers 5 loads the model with its adapters where PEFT is installed, and without them elsewhere.
import { existsSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { writeJsonAtomic } from '../base/atomic-file.ts'
import { GradusError } from '../base/error.ts'
import { adaptedMaps, type LoraAdapter, linearMaps, zeroLora } from './lora.ts'
import type { ParamSpec } from './param-spec.ts'
import { readSafetensors, writeSafetensors } from './safetensors/index.ts'

const CONFIG = 'adapter_config.json'
const WEIGHTS = 'adapter_model.safetensors'
/** What PEFT puts before a module's name. */
const PREFIX = 'base_model.model.'

const empty = z.record(z.string(), z.never()).nullable().default({})
const off = z.literal(false).default(false)

/** What of PEFT's settings changes what is computed; the variants that are not supported have one value only. */
const peftConfig = z.looseObject({
  peft_type: z.literal('LORA'),
  r: z.number().int().min(1),
  lora_alpha: z.number().positive(),
  bias: z.literal('none').default('none'),
  use_rslora: off,
  use_dora: off,
  fan_in_fan_out: off,
  rank_pattern: empty,
  alpha_pattern: empty,
  modules_to_save: z.array(z.never()).nullable().default(null),
})

/** Writes the adapters of a model into its folder; without any, removes those that an earlier model left there. */
export async function writeLora(folder: string, params: readonly ParamSpec[], adapter?: LoraAdapter): Promise<void> {
  if (!adapter) {
    for (const name of [CONFIG, WEIGHTS]) await rm(join(folder, name), { force: true })
    return
  }
  const { rank, alpha, arena } = adapter
  const adapters = arena.params.filter(({ name }) => name.includes('.lora_'))
  const tensors = adapters.map(({ name, shape }) => ({ name: PREFIX + name, shape, data: arena.view(name) }))
  await writeSafetensors(join(folder, WEIGHTS), tensors, { metadata: { format: 'pt' } })
  writeJsonAtomic(join(folder, CONFIG), {
    peft_type: 'LORA',
    task_type: 'CAUSAL_LM',
    // This folder: a path would be wrong as soon as it moves.
    base_model_name_or_path: null,
    inference_mode: true,
    r: rank,
    lora_alpha: alpha,
    lora_dropout: 0,
    bias: 'none',
    fan_in_fan_out: false,
    init_lora_weights: true,
    use_rslora: false,
    use_dora: false,
    rank_pattern: {},
    alpha_pattern: {},
    modules_to_save: null,
    target_modules: shortTargets(params, adapter),
  })
}

/**
 * The adapters in a model's folder, or undefined when it has none.
 * @throws `model/unsupported` for other variants than plain LoRA, `model/bad-adapter` when files and model do not fit
 */
export async function readLora(folder: string, params: readonly ParamSpec[]): Promise<LoraAdapter | undefined> {
  if (!existsSync(join(folder, CONFIG))) return undefined
  const { r: rank, lora_alpha: alpha } = await readConfig(join(folder, CONFIG))
  const file = await readSafetensors(join(folder, WEIGHTS))
  try {
    const names = [...file.tensors.keys()]
    const known = new Set(linearMaps(params).map(({ name }) => name))
    const targets = names.flatMap((name) => {
      const map = /^base_model\.model\.(.*)\.lora_A\.weight$/.exec(name)?.[1]
      return map !== undefined && known.has(map) ? [map] : []
    })
    if (targets.length === 0) throw badAdapter(`${folder} has no adapter of any linear map of the model`)
    const adapter = zeroLora(params, { rank, alpha, targets })
    const wanted = new Map(adapter.arena.params.map(({ name, shape }) => [PREFIX + name, shape]))
    const strangers = names.filter((name) => !wanted.has(name))
    if (strangers.length > 0)
      throw badAdapter(`${folder} has tensors with no place in the model: ${strangers.slice(0, 8).join(', ')}`)
    for (const [name, shape] of wanted) {
      const found = file.tensors.get(name)?.shape
      if (String(found) !== String(shape))
        throw badAdapter(
          `${folder}: ${name} is ${found ? `[${found.join(', ')}]` : 'missing'}, wanted [${shape.join(', ')}]`,
        )
    }
    for (const name of wanted.keys()) await file.readInto(name, adapter.arena.view(name.slice(PREFIX.length)))
    return adapter
  } finally {
    await file.close()
  }
}

async function readConfig(path: string): Promise<z.infer<typeof peftConfig>> {
  let json: unknown
  try {
    json = JSON.parse(await readFile(path, 'utf8'))
  } catch (cause) {
    throw new GradusError('model/bad-adapter', `${path} is not JSON`, {
      hint: 'The file is damaged; copy it again.',
      cause,
    })
  }
  const parsed = peftConfig.safeParse(json)
  if (parsed.success) return parsed.data
  const keys = [...new Set(parsed.error.issues.map(({ path: [key] }) => String(key)))]
  throw new GradusError('model/unsupported', `${path}: cannot use these settings: ${keys.join(', ')}`, {
    hint: 'Only plain LoRA is read. Merge the adapter into the model with PEFT (merge_and_unload) and save that.',
  })
}

/** The last word of the names of adapted maps where all maps of that name are; else whole names. PEFT reads both. */
function shortTargets(params: readonly ParamSpec[], { arena }: LoraAdapter): string[] {
  const adapted = new Set(adaptedMaps(arena))
  const kindOf = (name: string): string => name.slice(name.lastIndexOf('.') + 1)
  const partial = new Set(linearMaps(params).flatMap(({ name }) => (adapted.has(name) ? [] : [kindOf(name)])))
  return [...new Set([...adapted].map((name) => (partial.has(kindOf(name)) ? name : kindOf(name))))]
}

function badAdapter(message: string): GradusError {
  return new GradusError('model/bad-adapter', message, {
    hint: 'The adapter belongs to another model. Check that both come from the same training run.',
  })
}
