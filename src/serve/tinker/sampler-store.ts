// Sampling sessions: names of frozen weights that clients sample from. Each is a folder; an ephemeral one, made from a
// model in the middle of its training, holds the adapter itself and lives as long as its session, or until newer ones
// have pushed it out.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { writeJsonAtomic } from '../../base/atomic-file.ts'
import type { EmbeddedModel } from '../../engine/embedded-model.ts'
import type { LoraAdapter } from '../../model/lora.ts'
import { readLora, writeLora } from '../../model/lora-files.ts'
import type { Checkpoints } from './checkpoints.ts'
import { Refusal } from './refusal.ts'
import { BASE } from './snapshots.ts'
import { isName, parsePath, pathText } from './tinker-path.ts'

/** What is written down of a sampling session. */
export interface SamplerInfo {
  readonly sampler_id: string
  readonly session_id: string
  /** Its number in the session, by which a resend is known. */
  readonly seq?: number
  readonly base_model: string
  /** A saved checkpoint; without one and not ephemeral, the base. */
  readonly model_path?: string
  readonly isEphemeral?: boolean
  readonly created: number
}

const INFO = 'sampler.json'

/** All sampling sessions of a server. */
export class SamplerStore {
  readonly #root: string
  readonly #base: EmbeddedModel
  readonly #checkpoints: Checkpoints
  readonly #known = new Map<string, SamplerInfo>()

  constructor(root: string, base: EmbeddedModel, checkpoints: Checkpoints) {
    this.#root = root
    this.#base = base
    this.#checkpoints = checkpoints
    mkdirSync(root, { recursive: true })
    const found = readdirSync(root).flatMap((id) => {
      const path = join(root, id, INFO)
      return isName(id) && existsSync(path) ? [JSON.parse(readFileSync(path, 'utf8')) as SamplerInfo] : []
    })
    for (const info of found.sort((a, b) => a.created - b.created)) this.#known.set(info.sampler_id, info)
  }

  /** @throws a refusal of status 404 */
  get(id: string): SamplerInfo {
    const info = this.#known.get(id)
    if (info) return info
    throw new Refusal(404, `there is no sampling session "${id.slice(0, 200)}" (its session may have ended)`)
  }

  has(id: string): boolean {
    return this.#known.has(id)
  }

  /** Those of one session, oldest first. */
  ofSession(session: string): SamplerInfo[] {
    return [...this.#known.values()].filter(({ session_id }) => session_id === session)
  }

  /** Adds a session, unless its number has it already; gives its id. @throws a refusal when the number is another's */
  async open(info: SamplerInfo, adapter?: LoraAdapter): Promise<string> {
    const { session_id, seq } = info
    const known = seq === undefined ? undefined : this.ofSession(session_id).find((other) => other.seq === seq)
    if (!known) {
      await this.#add(info, adapter)
      return info.sampler_id
    }
    // An ephemeral one is named by the request that made it.
    const isSame = adapter ? known.sampler_id === info.sampler_id : known.model_path === info.model_path
    if (isSame && known.isEphemeral === info.isEphemeral) return known.sampler_id
    throw new Refusal(409, `sampling_session_seq_id ${seq} of this session was another request`)
  }

  /** One of the same id is replaced. */
  async #add(info: SamplerInfo, adapter?: LoraAdapter): Promise<void> {
    const folder = join(this.#root, info.sampler_id)
    const partial = join(this.#root, `.${info.sampler_id}.partial`)
    rmSync(partial, { recursive: true, force: true })
    mkdirSync(partial, { recursive: true })
    if (adapter) await writeLora(partial, this.#base.arena.params, adapter)
    writeJsonAtomic(join(partial, INFO), info)
    rmSync(folder, { recursive: true, force: true })
    renameSync(partial, folder)
    this.#known.set(info.sampler_id, info)
  }

  remove(id: string): void {
    this.#known.delete(id)
    rmSync(join(this.#root, id), { recursive: true, force: true })
  }

  /** The name of the weights that a session samples from; sessions of one checkpoint share it. */
  snapshotName({ sampler_id, model_path, isEphemeral }: SamplerInfo): string {
    if (isEphemeral) return `ephemeral ${sampler_id}`
    return model_path === undefined ? BASE : this.checkpointName(model_path)
  }

  /** The time is in the name: a checkpoint that was overwritten is another one. */
  checkpointName(path: string): string {
    const parsed = parsePath(path)
    return `${pathText(parsed)} ${this.#checkpoints.get(parsed).time}`
  }

  /** @throws a refusal of status 404 when the weights are no longer there */
  async adapter({ sampler_id, model_path, isEphemeral }: SamplerInfo): Promise<LoraAdapter> {
    if (!isEphemeral && model_path !== undefined) return this.#checkpoints.adapter(parsePath(model_path))
    const adapter = await readLora(join(this.#root, sampler_id), this.#base.arena.params)
    if (adapter) return adapter
    throw new Refusal(404, `the weights of sampling session "${sampler_id}" are gone`)
  }
}
