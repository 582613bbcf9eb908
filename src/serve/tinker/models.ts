// All models of a server: made, found again after a restart, kept in memory as far as there is room, unloaded.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { writeJsonAtomic } from '../../base/atomic-file.ts'
import { createModelBody } from '../../engine/remote/tinker/wire/index.ts'
import type { Outcome } from './futures.ts'
import type { ModelInfo } from './model-info.ts'
import { check, parseJson } from './op-body.ts'
import { failureOf, Refusal, userError } from './refusal.ts'
import { type ModelWorld, ServedModel } from './served-model.ts'
import { folderOf, parsePath } from './tinker-path.ts'

const INFO = 'model.json'

const optimizerConfig = z.object({ type: z.literal('adamw', 'only adamw is supported here') }).nullish()

const createBody = createModelBody.extend({ optimizer_config: optimizerConfig })

const createByLoadingBody = z.object({
  session_id: z.string().min(1).max(1024),
  model_seq_id: z.number().int().min(0).nullish(),
  base_model: z.string().max(1024).nullish(),
  user_metadata: z.record(z.string().max(255), z.unknown()).nullish(),
  path: z.string().min(1).max(1024),
  optimizer: z.boolean().default(true),
  optimizer_config: optimizerConfig,
})

/** The models, by id. */
export class Models {
  readonly #root: string
  readonly #name: string
  readonly #newId: () => string
  readonly #world: ModelWorld
  readonly #known = new Map<string, ServedModel>()
  /** Models that were unloaded: still listed, no longer there. */
  readonly #unloaded = new Map<string, ModelInfo>()

  /** `name` is what clients call the base. */
  constructor(root: string, name: string, newId: () => string, world: Omit<ModelWorld, 'beforeLoad'>) {
    this.#root = root
    this.#name = name
    this.#newId = newId
    this.#world = { ...world, beforeLoad: (model) => this.#makeRoom(model) }
    mkdirSync(root, { recursive: true })
    const infos = readdirSync(root).flatMap((id) => {
      const path = join(root, id, INFO)
      return existsSync(path) ? [JSON.parse(readFileSync(path, 'utf8')) as ModelInfo] : []
    })
    for (const info of infos.sort((a, b) => a.created - b.created)) {
      if (info.unloaded) this.#unloaded.set(info.model_id, info)
      else this.#known.set(info.model_id, new ServedModel(info, this.#folder(info.model_id), this.#world))
    }
  }

  /** @throws a refusal of status 404 */
  get(id: string): ServedModel {
    const model = this.#known.get(id)
    if (model) return model
    const why = this.#unloaded.has(id) ? `model "${id}" was unloaded` : `there is no model "${id.slice(0, 200)}"`
    throw new Refusal(404, why)
  }

  has(id: string): boolean {
    return this.#known.has(id) || this.#unloaded.has(id)
  }

  /** Of any model, also one that was unloaded. */
  info(id: string): ModelInfo {
    return this.#unloaded.get(id) ?? this.get(id).info
  }

  /** Newest first. */
  list(): { readonly info: ModelInfo; readonly lastRequest: number }[] {
    const gone = [...this.#unloaded.values()].map((info) => ({ info, lastRequest: info.created }))
    return [...this.#known.values(), ...gone].sort((a, b) => b.info.created - a.info.created)
  }

  ofSession(session: string): ServedModel[] {
    return [...this.#known.values()].filter(({ info }) => info.session_id === session)
  }

  /** Makes a model. @throws a refusal */
  create(body: Uint8Array): { request_id: string; model_id: string } {
    const { session_id, model_seq_id, base_model, lora_config, user_metadata } = check(createBody, parseJson(body))
    const known = this.#resent(session_id, model_seq_id, body)
    if (known) return known
    this.#checkBase(base_model)
    if (!lora_config) throw userError('lora_config is missing: only adapters are trained here')
    const { rank, seed, train_mlp, train_attn } = lora_config
    if (rank < 1 || rank > this.#world.limits.rank)
      throw userError(`lora_config.rank is ${rank}; give 1 to ${this.#world.limits.rank}`)
    const targets = { train_mlp: train_mlp ?? true, train_attn: train_attn ?? true }
    if (!targets.train_mlp && !targets.train_attn)
      throw userError(
        'lora_config trains nothing: adapters go on attention (train_attn) and MLP (train_mlp) maps here, not on the output head (train_unembed)',
      )
    return this.#add({
      ...this.#infoOf(session_id, model_seq_id, body, user_metadata),
      rank,
      seed: seed ?? 0,
      ...targets,
    })
  }

  /** Makes a model from a checkpoint. @throws a refusal */
  createByLoading(body: Uint8Array): { request_id: string; model_id: string } {
    const { session_id, model_seq_id, base_model, user_metadata, path, optimizer } = check(
      createByLoadingBody,
      parseJson(body),
    )
    const known = this.#resent(session_id, model_seq_id, body)
    if (known) return known
    if (base_model != null) this.#checkBase(base_model)
    const { rank, train_mlp, train_attn } = this.#world.checkpoints.get(parsePath(path))
    return this.#add({
      ...this.#infoOf(session_id, model_seq_id, body, user_metadata),
      rank,
      seed: 0,
      train_mlp,
      train_attn,
      from: { path, optimizer },
    })
  }

  /** What came of making or unloading a model that memory has no promise of any more. */
  outcome(id: string, what: 'create' | 'unload'): Outcome {
    if (what === 'create') return created(this.info(id))
    if (this.#unloaded.has(id)) return unloaded(id)
    return { kind: 'failed', error: `model "${id}" was not unloaded`, category: 'server' }
  }

  /** Takes a model away after what it has accepted; its checkpoints stay. @throws a refusal of status 404 */
  unload(id: string): { request_id: string; model_id: string } {
    const requestId = `${id}:unload`
    if (this.#unloaded.has(id)) return { request_id: requestId, model_id: id }
    const model = this.get(id)
    if (this.#world.futures.hashOf(requestId) !== undefined) return { request_id: requestId, model_id: id }
    const work = model.retire(async (): Promise<Outcome> => {
      model.close()
      writeJsonAtomic(join(this.#folder(id), INFO), { ...model.info, unloaded: true })
      for (const name of readdirSync(this.#folder(id)))
        if (name !== INFO) rmSync(join(this.#folder(id), name), { recursive: true, force: true })
      this.#known.delete(id)
      this.#unloaded.set(id, { ...model.info, unloaded: true })
      return unloaded(id)
    })
    const outcome = work.catch((error): Outcome => ({ kind: 'failed', ...failureOf(error) }))
    this.#world.futures.add(requestId, outcome, { hash: requestId, keep: () => false })
    return { request_id: requestId, model_id: id }
  }

  close(): void {
    for (const model of this.#known.values()) model.close()
  }

  #add(info: ModelInfo): { request_id: string; model_id: string } {
    if (this.#known.size >= this.#world.limits.models)
      throw new Refusal(429, `${this.#known.size} models are loaded; unload one first`, { 'retry-after': '30' })
    const folder = this.#folder(info.model_id)
    mkdirSync(folder, { recursive: true })
    writeJsonAtomic(join(folder, INFO), info)
    const model = new ServedModel(info, folder, this.#world)
    this.#known.set(info.model_id, model)
    const ready = model.prepare().then(
      () => created(info),
      (error): Outcome => {
        model.close()
        this.#known.delete(info.model_id)
        rmSync(folder, { recursive: true, force: true })
        return { kind: 'failed', ...failureOf(error) }
      },
    )
    const ticket = ticketOf(info)
    this.#world.futures.add(ticket.request_id, ready, { hash: info.hash, keep: () => !this.has(info.model_id) })
    return ticket
  }

  /** The model that the same request made before. @throws a refusal when another request has this number */
  #resent(session: string, seq: number | null | undefined, body: Uint8Array): ReturnType<Models['create']> | undefined {
    if (seq == null) return undefined
    const infos = [...this.#unloaded.values(), ...[...this.#known.values()].map(({ info }) => info)]
    const info = infos.find(({ session_id, model_seq_id }) => session_id === session && model_seq_id === seq)
    if (!info) return undefined
    if (info.hash === hashOf(body)) return ticketOf(info)
    throw new Refusal(409, `model_seq_id ${seq} of this session was another request`)
  }

  #infoOf(
    session: string,
    seq: number | null | undefined,
    body: Uint8Array,
    metadata: ModelInfo['user_metadata'] | null | undefined,
  ) {
    return {
      // Newer clients know the id before they are told.
      model_id: seq == null ? `${session}:train:x${this.#newId()}` : `${session}:train:${seq}`,
      session_id: session,
      ...(seq != null && { model_seq_id: seq }),
      hash: hashOf(body),
      base_model: this.#name,
      ...(metadata && { user_metadata: metadata }),
      created: this.#world.now(),
    }
  }

  #checkBase(name: string): void {
    if (name !== this.#name)
      throw userError(`base_model "${name.slice(0, 200)}" is not served here; "${this.#name}" is`)
  }

  /** Others give back their memory, the longest unused first. */
  #makeRoom(model: ServedModel): void {
    const loaded = [...this.#known.values()].filter((other) => other !== model && other.isLoaded)
    loaded.sort((a, b) => a.lastRequest - b.lastRequest)
    for (const other of loaded.slice(0, Math.max(0, loaded.length + 1 - this.#world.limits.loadedModels)))
      other.release()
  }

  #folder(id: string): string {
    return join(this.#root, folderOf(id))
  }
}

const created = ({ model_id, from }: ModelInfo): Outcome => ({
  kind: 'json',
  value: from ? { model_id, path: from.path, type: 'load_weights' } : { model_id, type: 'create_model' },
})

const unloaded = (model_id: string): Outcome => ({ kind: 'json', value: { model_id, type: 'unload_model' } })

const ticketOf = ({ model_id }: ModelInfo) => ({ request_id: `${model_id}:create`, model_id })

const hashOf = (body: Uint8Array): string => createHash('sha256').update(body).digest('hex')
