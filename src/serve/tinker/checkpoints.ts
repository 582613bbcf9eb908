// Saved checkpoints: MODEL/weights/NAME and MODEL/sampler_weights/NAME, each a folder that appears whole or not at all.
// The adapter in it is PEFT's format, so that it loads beside the base model elsewhere; the optimiser's state is ours.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { writeJsonAtomic } from '../../base/atomic-file.ts'
import type { EmbeddedModel } from '../../engine/embedded-model.ts'
import type { LoraAdapter } from '../../model/lora.ts'
import { sameAdapters } from '../../model/lora.ts'
import { readLora, writeLora } from '../../model/lora-files.ts'
import { readSafetensors, writeSafetensors } from '../../model/safetensors/index.ts'
import type { AdapterTrainer } from './adapter-trainer.ts'
import { moments } from './live-state.ts'
import { Refusal, userError } from './refusal.ts'
import { type CheckpointKind, folderOf, isKind, isName, modelOf, pathText, type TinkerPath } from './tinker-path.ts'

/** What is known of a checkpoint. Times are in milliseconds. */
export interface CheckpointInfo extends TinkerPath {
  readonly time: number
  readonly expires?: number
  readonly base_model: string
  readonly rank: number
  readonly train_mlp: boolean
  readonly train_attn: boolean
  /** The request that made it: a restart in the middle does it again and finds it done. */
  readonly op: string
  /** Updates that AdamW had done. */
  readonly step?: number
}

const INFO = 'checkpoint.json'
const OPTIMIZER = 'optimizer.safetensors'

/** All checkpoints of a server. */
export class Checkpoints {
  readonly #root: string
  readonly #base: EmbeddedModel
  readonly #now: () => number

  constructor(root: string, base: EmbeddedModel, now: () => number) {
    this.#root = root
    this.#base = base
    this.#now = now
  }

  folder({ model, kind, name }: TinkerPath): string {
    return join(this.#root, folderOf(model), kind, name)
  }

  /** @throws a refusal of status 404; a checkpoint whose time is over is deleted first */
  get(path: TinkerPath): CheckpointInfo {
    const info = this.#read(path)
    if (info) return info
    throw new Refusal(404, `there is no checkpoint ${pathText(path)}`)
  }

  /** Saves the adapter, and for `weights` the optimiser. @throws a refusal when the name is taken */
  async save(
    info: Omit<CheckpointInfo, 'time' | 'step'>,
    trainer: AdapterTrainer,
    { overwrite }: { overwrite: boolean },
  ): Promise<CheckpointInfo> {
    const old = this.#read(info)
    if (old && old.op === info.op) return old
    if (old && !overwrite)
      throw new Refusal(409, `${pathText(info)} exists already; choose another name or set overwrite`)
    const { step } = trainer.optimizerState()
    const whole: CheckpointInfo = { ...info, time: this.#now(), ...(info.kind === 'weights' && { step }) }
    const folder = this.folder(info)
    const partial = join(folder, '..', `.${info.name}.partial`)
    rmSync(partial, { recursive: true, force: true })
    mkdirSync(partial, { recursive: true })
    await writeLora(partial, this.#base.arena.params, trainer.adapter)
    if (info.kind === 'weights')
      await writeSafetensors(join(partial, OPTIMIZER), moments(trainer), { metadata: { step: String(step) } })
    writeJsonAtomic(join(partial, INFO), whole)
    rmSync(folder, { recursive: true, force: true })
    renameSync(partial, folder)
    return whole
  }

  /** Puts a checkpoint into a trainer. @throws a refusal when it does not fit */
  async load(path: TinkerPath, trainer: AdapterTrainer, { optimizer }: { optimizer: boolean }): Promise<void> {
    const info = this.get(path)
    if (path.kind !== 'weights')
      throw userError(`${pathText(path)} holds weights to sample from; training goes on from a "weights" checkpoint`)
    const folder = this.folder(path)
    const stored = await readLora(folder, this.#base.arena.params)
    if (!stored || !sameAdapters(stored, trainer.adapter))
      throw userError(
        `${pathText(path)} has adapters of rank ${info.rank} on ${targetsText(info)}, unlike the model (rank ${trainer.adapter.rank})`,
      )
    const state = optimizer ? await readOptimizer(join(folder, OPTIMIZER), trainer) : undefined
    for (const [name, view] of stored.arena.views()) trainer.adapter.arena.view(name).set(view)
    trainer.restoreOptimizer(state)
  }

  /** The adapter to sample from. @throws a refusal of status 404 */
  async adapter(path: TinkerPath): Promise<LoraAdapter> {
    this.get(path)
    const adapter = await readLora(this.folder(path), this.#base.arena.params)
    if (adapter) return adapter
    throw new Refusal(404, `there is no adapter in ${pathText(path)}`)
  }

  /** Newest first; of one model or of all. */
  list(model?: string): CheckpointInfo[] {
    const models = model === undefined ? foldersIn(this.#root).flatMap((folder) => modelOf(folder) ?? []) : [model]
    const found = models.flatMap((id) =>
      foldersIn(join(this.#root, folderOf(id))).flatMap((kind) =>
        isKind(kind)
          ? foldersIn(join(this.#root, folderOf(id), kind)).flatMap(
              (name) => this.#read({ model: id, kind, name }) ?? [],
            )
          : [],
      ),
    )
    return found.sort((a, b) => b.time - a.time)
  }

  sizeBytes(path: TinkerPath): number {
    const folder = this.folder(path)
    return readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0)
  }

  /** @throws a refusal of status 404 */
  remove(path: TinkerPath): void {
    this.get(path)
    rmSync(this.folder(path), { recursive: true, force: true })
  }

  /** @throws a refusal of status 404 */
  expire(path: TinkerPath, expires: number | undefined): void {
    const { expires: _, ...info } = this.get(path)
    writeJsonAtomic(join(this.folder(path), INFO), { ...info, ...(expires !== undefined && { expires }) })
  }

  #read(path: TinkerPath): CheckpointInfo | undefined {
    if (!isName(path.name)) return undefined
    const file = join(this.folder(path), INFO)
    if (!existsSync(file)) return undefined
    const info = JSON.parse(readFileSync(file, 'utf8')) as CheckpointInfo
    if (info.expires === undefined || info.expires > this.#now()) return info
    rmSync(this.folder(path), { recursive: true, force: true })
    return undefined
  }
}

export const targetsText = ({ train_mlp, train_attn }: { train_mlp: boolean; train_attn: boolean }): string =>
  [train_attn && 'attention', train_mlp && 'MLP'].filter(Boolean).join(' and ')

/** What the protocol calls a kind. */
export const typeOf = (kind: CheckpointKind): 'training' | 'sampler' => (kind === 'weights' ? 'training' : 'sampler')

async function readOptimizer(path: string, trainer: AdapterTrainer) {
  const file = await readSafetensors(path)
  try {
    const arrays: Record<string, Float32Array> = {}
    for (const [name, array] of Object.entries(trainer.optimizerState().arrays)) {
      arrays[name] = new Float32Array(array.length)
      await file.readInto(name, arrays[name])
    }
    return { step: Number(file.metadata.step), arrays }
  } finally {
    await file.close()
  }
}

function foldersIn(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
}
