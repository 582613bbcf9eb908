// The parts of the Tinker server put together over one state folder: what a request may name, found or refused; what a
// model's life touches besides itself; and the clock tick that ends silent sessions. HTTP is in routes.ts.
import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { EmbeddedModel } from '../../engine/embedded-model.ts'
import { createSamplingSessionBody, createSessionBody } from '../../engine/remote/tinker/wire/index.ts'
import type { LoraAdapter } from '../../model/lora.ts'
import { lockRun } from '../../store/lock.ts'
import { Checkpoints } from './checkpoints.ts'
import { Futures, type Outcome } from './futures.ts'
import { DEFAULT_LIMITS, type Limits } from './limits.ts'
import { Models } from './models.ts'
import { check, parseJson, readEnvelope } from './op-body.ts'
import type { Op, OpKind } from './op-log.ts'
import { Refusal, userError } from './refusal.ts'
import { type SamplerInfo, SamplerStore } from './sampler-store.ts'
import { SampleDesk, type SampleTicket } from './sampling.ts'
import type { ModelWorld } from './served-model.ts'
import { Sessions } from './sessions.ts'
import { SignedLinks } from './signed-link.ts'
import { Snapshots } from './snapshots.ts'
import { checkBase, secretOf } from './state-folder.ts'
import { TrainingPrograms } from './training-programs.ts'

/** What is served, and where it is kept. */
export interface TinkerOptions {
  /** The base: its weights are shared by all models and never change. */
  readonly model: EmbeddedModel
  /** What clients call the base. */
  readonly name: string
  /** Where clients find its tokenizer: a name on the Hugging Face hub, or a folder that they can read. */
  readonly tokenizerId?: string
  /** Sessions, models, checkpoints; made when it is not there. */
  readonly stateFolder: string
  readonly apiKey?: string
  readonly limits?: Partial<Limits>
  /** Milliseconds since 1970. */
  readonly now?: () => number
  /** A new name that no one can guess. */
  readonly newId?: () => string
}

/** Said to every client once. */
const INFO = 'Gradus: adapters go on attention and MLP maps with alpha 32; train_unembed is taken as false.'

/** A running Tinker server. */
export class TinkerServer {
  readonly name: string
  readonly base: EmbeddedModel
  readonly tokenizerId: string | undefined
  readonly limits: Limits
  readonly now: () => number
  readonly sessions: Sessions
  readonly checkpoints: Checkpoints
  readonly samplers: SamplerStore
  readonly models: Models
  readonly links: SignedLinks
  readonly #newId: () => string
  readonly #futures: Futures
  readonly #programs: TrainingPrograms
  readonly #snapshots: Snapshots
  readonly #desk: SampleDesk
  readonly #unlock: () => void
  readonly #tick: NodeJS.Timeout
  /** The end of the line of work that runs one at a time. */
  #line: Promise<unknown> = Promise.resolve()

  /** @throws `store/locked`, `config/other-base` */
  constructor(options: TinkerOptions) {
    const { model, name, stateFolder, limits = {} } = options
    const { now = wallClock, newId = () => randomBytes(8).toString('hex') } = options
    this.name = name
    this.base = model
    this.tokenizerId = options.tokenizerId
    this.limits = { ...DEFAULT_LIMITS, ...limits }
    this.now = now
    this.#newId = newId
    mkdirSync(stateFolder, { recursive: true })
    this.#unlock = lockRun(stateFolder)
    try {
      checkBase(stateFolder, model, name)
      this.links = new SignedLinks(secretOf(stateFolder))
      this.sessions = new Sessions(join(stateFolder, 'sessions'), this.limits.sessions, now)
      this.checkpoints = new Checkpoints(join(stateFolder, 'checkpoints'), model, now)
      this.samplers = new SamplerStore(join(stateFolder, 'samplers'), model, this.checkpoints)
      this.#futures = new Futures(this.limits.sampleAnswers)
      this.#programs = new TrainingPrograms(model)
      this.#snapshots = new Snapshots(model, this.limits.loadedSnapshots)
      this.#desk = new SampleDesk({
        base: model,
        name,
        store: this.samplers,
        snapshots: this.#snapshots,
        futures: this.#futures,
        limits: this.limits,
        newId,
      })
      this.models = new Models(join(stateFolder, 'models'), name, newId, this.#world())
    } catch (error) {
      this.#unlock()
      throw error
    }
    this.#tick = setInterval(() => this.endSilentSessions(), Math.min(30_000, this.limits.sessionMs / 4))
    this.#tick.unref()
  }

  /** @throws a refusal */
  createSession(body: Uint8Array) {
    const { tags, user_metadata, sdk_version } = check(createSessionBody, parseJson(body))
    const session_id = `session-${this.#newId()}`
    this.sessions.add({
      session_id,
      created: this.now(),
      tags: tags ?? [],
      ...(user_metadata && { user_metadata }),
      ...(sdk_version && { sdk_version }),
    })
    return { type: 'create_session', session_id, info_message: INFO }
  }

  /** @throws a refusal */
  createModel(body: Uint8Array) {
    this.sessions.touch(check(z.object({ session_id: z.string() }), parseJson(body)).session_id)
    return this.models.create(body)
  }

  /** Puts a request into its model's queue. @throws a refusal */
  submit(kind: OpKind, form: Op['form'], body: Uint8Array) {
    const { modelId, seq, forwardOnly } = readEnvelope(form, body)
    const model = this.models.get(modelId)
    this.sessions.touchIfKnown(model.info.session_id)
    return { request_id: model.submit(seq, forwardOnly ? 'forward' : kind, form, body), model_id: modelId }
  }

  /** Loads into a model, or makes one by loading. @throws a refusal */
  loadWeights(body: Uint8Array) {
    const parsed = parseJson(body)
    const { session_id } = check(z.object({ session_id: z.string().nullish() }), parsed)
    if (session_id == null) return this.submit('load_weights', 'json', body)
    this.sessions.touch(session_id)
    return this.models.createByLoading(body)
  }

  /** @throws a refusal */
  sample(body: Uint8Array): SampleTicket {
    const { sampling_session_id: id } = check(z.object({ sampling_session_id: z.string().nullish() }), parseJson(body))
    if (id != null) this.sessions.touchIfKnown(this.samplers.get(id).session_id)
    return this.#desk.submit(body)
  }

  /** @throws a refusal */
  async createSamplingSession(body: Uint8Array) {
    const wish = check(createSamplingSessionBody, parseJson(body))
    this.sessions.touch(wish.session_id)
    if (wish.base_model != null && wish.base_model !== this.name)
      throw userError(`base_model "${wish.base_model.slice(0, 200)}" is not served here; "${this.name}" is`)
    // Says at once when there is none.
    if (wish.model_path != null) this.samplers.checkpointName(wish.model_path)
    const info = {
      session_id: wish.session_id,
      ...(wish.sampling_session_seq_id != null && { seq: wish.sampling_session_seq_id }),
      base_model: this.name,
      ...(wish.model_path != null && { model_path: wish.model_path }),
    }
    const id = await this.#addSampler(`sampler-${this.#newId()}`, info)
    return { type: 'create_sampling_session', sampling_session_id: id }
  }

  /** The outcome of a promise; undefined when there is none yet. @throws a refusal for one that was never given */
  async poll(id: string, signal?: AbortSignal): Promise<Outcome | undefined> {
    if (this.#futures.hashOf(id) !== undefined) return this.#futures.wait(id, this.limits.pollMs, signal)
    const colon = id.lastIndexOf(':')
    const [owner, what] = [id.slice(0, colon), id.slice(colon + 1)]
    if (colon > 0 && this.models.has(owner)) {
      const outcome = this.#ofModel(owner, what)
      if (outcome) return outcome
    }
    // Samples of before a restart: a resend under the same number draws the same.
    if ((colon > 0 && this.samplers.has(owner)) || id.startsWith('direct-'))
      throw new Refusal(410, 'the promise of these samples is gone; send the request again')
    throw new Refusal(404, `there is no request "${id.slice(0, 200)}"`)
  }

  /** Gives back what sessions hold that have been silent too long. */
  endSilentSessions(): void {
    for (const session of this.sessions.fallenSilent(this.limits.sessionMs)) {
      for (const model of this.models.ofSession(session)) model.release()
      for (const info of this.samplers.ofSession(session)) if (info.isEphemeral) this.#removeSampler(info)
    }
  }

  /** Ends all work; what was accepted and not done is done after the next start. */
  async close(): Promise<void> {
    clearInterval(this.#tick)
    this.#futures.close()
    this.#desk.close()
    this.models.close()
    await this.#line.catch(() => undefined)
    await this.#snapshots.dispose()
    await this.#programs.dispose()
    this.#unlock()
  }

  #ofModel(id: string, what: string): Outcome | undefined {
    if (what === 'create' || what === 'unload') return this.models.outcome(id, what)
    return /^\d{1,15}$/.test(what) ? this.models.get(id).outcome(Number(what)) : undefined
  }

  #world(): Omit<ModelWorld, 'beforeLoad'> {
    return {
      base: this.base,
      programs: this.#programs,
      checkpoints: this.checkpoints,
      futures: this.#futures,
      limits: this.limits,
      now: this.now,
      exclusive: (work) => {
        const turn = this.#line.then(work, work)
        this.#line = turn.catch(() => undefined)
        return turn
      },
      freeze: async (info, { adapter }, { seq }, samplingSeq) => {
        // Named by what made it, so that doing it again after a crash gives the same session.
        const wish = { session_id: info.session_id, base_model: this.name, isEphemeral: true }
        const id = `${info.model_id.replaceAll(':', '-')}-${seq}`
        return this.#addSampler(id, { ...wish, ...(samplingSeq !== undefined && { seq: samplingSeq }) }, adapter)
      },
    }
  }

  async #addSampler(
    id: string,
    wish: Omit<SamplerInfo, 'sampler_id' | 'created'>,
    adapter?: LoraAdapter,
  ): Promise<string> {
    const known = await this.samplers.open({ sampler_id: id, created: this.now(), ...wish }, adapter)
    const ephemeral = this.samplers.ofSession(wish.session_id).filter(({ isEphemeral }) => isEphemeral)
    for (const old of ephemeral.slice(0, Math.max(0, ephemeral.length - this.limits.ephemeralSnapshots)))
      this.#removeSampler(old)
    return known
  }

  #removeSampler(info: SamplerInfo): void {
    const name = this.samplers.snapshotName(info)
    this.samplers.remove(info.sampler_id)
    void this.#snapshots.forget(name)
  }
}

const wallClock = (): number => Math.floor(performance.timeOrigin + performance.now())
