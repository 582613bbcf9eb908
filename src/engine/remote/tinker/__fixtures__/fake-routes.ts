// The routes of the fake server and what lies behind them: sessions, models, futures. It counts what it really does. Its
// disk outlives a restart, nothing else does.
import type { z } from 'zod'
import type { Sampler } from '../../../../contracts/index.ts'
import type { OptimizerConfig } from '../../../../optim/index.ts'
import { tinyConfig } from '../../../__fixtures__/tiny-model.ts'
import { type Dialect, type DialectName, dialectOf } from '../dialect.ts'
import * as wire from '../wire/index.ts'
import { EmbeddedFake, untrainedSampler } from './fake-model.ts'
import { BadRequest, type ModelMaker, type ServedModel } from './served-model.ts'

/** How the fake is set up. */
export interface FakeOptions {
  /** Folder for what it stores. */
  readonly disk: string
  readonly dialect?: DialectName
  readonly optimizer?: OptimizerConfig
  /** Default: a tiny embedded one. */
  readonly model?: ModelMaker
  readonly config?: Readonly<Record<string, unknown>>
  /** What it says of itself besides its models. */
  readonly capabilities?: Readonly<Record<string, unknown>>
}

/** What an operation gives: JSON, or a form for each kind of answer. */
type Result = { readonly json: unknown; readonly proto?: () => Uint8Array }

interface Stored {
  readonly folder: string
  readonly steps: number
  readonly rank: number
}

const DEFAULT_OPTIMIZER: OptimizerConfig = { kind: 'adamw', beta1: 0.9, beta2: 0.95, eps: 1e-8, weightDecay: 0.01 }
const BASE = 'tiny/base'

/** The server behind its connection. */
export class FakeRoutes {
  /** Real optimiser steps of all models. */
  stepsDone = 0
  readonly #options: FakeOptions
  readonly #dialect: Dialect
  // The disk.
  readonly #weights = new Map<string, Stored>()
  readonly #snapshots = new Map<string, Sampler>()
  readonly #snapshotNames = new Set<string>()
  #ids = 0
  // Memory.
  #sessions = new Set<string>()
  #models = new Map<string, ServedModel>()
  #samplers = new Map<string, Sampler>()
  #futures = new Map<string, Promise<Result>>()
  #numbered = new Map<string, { body: string; requestId: string }>()
  #work: Promise<unknown> = Promise.resolve()
  /** Passes since the last step, by model. */
  readonly #unused = new Map<string, wire.PassRequest[]>()
  /** Passes of models that have gone, whose gradients the next one gets. */
  readonly #left: wire.PassRequest[] = []

  constructor(options: FakeOptions) {
    this.#options = options
    this.#dialect = dialectOf(options.dialect ?? 'gradus')
  }

  /** The model that was used last. */
  get model(): ServedModel {
    const all = [...this.#models.values()]
    return all[all.length - 1]
  }

  get modelCount(): number {
    return this.#models.size
  }

  /** The process ends and another starts. */
  restart(): void {
    this.#sessions = new Set()
    this.#models = new Map()
    this.#samplers = new Map()
    this.#futures = new Map()
    this.#numbered = new Map()
    this.#unused.clear()
    this.#left.length = 0
  }

  /** Everything that was begun has ended. */
  async settled(): Promise<void> {
    await this.#work
  }

  /** The answer of a route, whatever it is. */
  async answer(route: string, given: Given): Promise<Response> {
    try {
      const handler = this.#handlers[route]
      if (!handler) return Response.json({ detail: 'Not Found' }, { status: 404 })
      return await handler(given)
    } catch (error) {
      if (error instanceof Refused) return Response.json({ detail: error.message }, { status: error.status })
      if (error instanceof Error && error.name === 'ZodError')
        return Response.json({ detail: error.message }, { status: 422 })
      throw error
    }
  }

  readonly #handlers: Readonly<Record<string, (given: Given) => Promise<Response> | Response>> = {
    healthz: () => Response.json({ status: 'ok' }),
    'client/config': () => Response.json({ pjwt_auth_enabled: false, ...this.#options.config }),
    get_server_capabilities: () =>
      Response.json({
        supported_models: [{ model_name: BASE, max_context_length: tinyConfig.maxPositions }],
        ...(this.#dialect.name === 'gradus' && { server: 'gradus' }),
        ...this.#options.capabilities,
      }),
    create_session: () => {
      const id = this.#id('session')
      this.#sessions.add(id)
      return Response.json({ session_id: id })
    },
    session_heartbeat: ({ json }) => {
      this.#session(wire.heartbeatBody.parse(json).session_id)
      return Response.json({ type: 'session_heartbeat' })
    },
    create_model: ({ json }) => {
      const { session_id, lora_config } = wire.createModelBody.parse(json)
      this.#session(session_id)
      const id = this.#id('model')
      const { rank = 4, seed } = lora_config ?? {}
      const { optimizer = DEFAULT_OPTIMIZER, model: Model = EmbeddedFake } = this.#options
      const made = new Model(rank, seed ?? 0, optimizer, this.#dialect.lossNormalisation)
      this.#models.set(id, made)
      return this.#future(async () => {
        for (const pass of this.#left.splice(0)) await made.pass(pass)
        return { json: { model_id: id, type: 'create_model' } }
      })
    },
    unload_model: ({ json }) => {
      const { model_id } = wire.modelBody.parse(json)
      this.#models.delete(model_id)
      return this.#future(async () => {
        if (!this.#dialect.cleanModels) this.#left.push(...(this.#unused.get(model_id) ?? []))
        this.#unused.delete(model_id)
        return { json: { model_id } }
      })
    },
    forward: (given) => this.#pass(given, wire.forwardSchema),
    forward_backward: (given) => this.#pass(given, wire.forwardBackwardSchema),
    optim_step: ({ json }) => {
      const { model_id, seq_id, adam_params } = wire.optimStepBody.parse(json)
      const { learning_rate, grad_clip_norm } = adam_params
      return this.#operation(model_id, seq_id, JSON.stringify(json), async (model) => {
        // One that moves nothing only takes gradients away.
        if (learning_rate !== 0) this.stepsDone++
        this.#unused.delete(model_id)
        const clip = this.#dialect.gradClip && grad_clip_norm > 0 ? grad_clip_norm : undefined
        return { json: { metrics: { 'fake/grad_norm': await model.step(learning_rate, clip) } } }
      })
    },
    save_weights: ({ json }) => {
      const { model_id, seq_id, path } = wire.saveWeightsBody.parse(json)
      const stored = `tinker://${model_id}/weights/${path}`
      return this.#operation(model_id, seq_id, JSON.stringify(json), async (model) => {
        if (this.#weights.has(stored)) throw new BadRequest(`checkpoint ${path} already exists`)
        const folder = await model.save(this.#options.disk, `${model_id}-${path}`)
        const now = { folder, steps: model.steps, rank: model.rank }
        const first = [...this.#weights].find(([path]) => path.startsWith(`tinker://${model_id}/`))?.[1]
        this.#weights.set(stored, this.#dialect.savesAgain ? now : (first ?? now))
        return { json: { path: stored } }
      })
    },
    load_weights: ({ json }) => {
      const { model_id, seq_id, path, optimizer } = wire.loadWeightsBody.parse(json)
      if (!this.#model(model_id).isFresh) throw new Refused(400, 'LoadWeights is not permitted on a used model')
      return this.#operation(model_id, seq_id, JSON.stringify(json), async (model) => {
        const stored = this.#weights.get(path)
        if (!stored) throw new BadRequest(`checkpoint missing: ${path}`)
        await model.load(stored.folder, stored.steps, optimizer)
        return { json: { path, model_id } }
      })
    },
    save_weights_for_sampler: ({ json }) => {
      const { model_id, seq_id, path, sampling_session_seq_id } = wire.saveForSamplerBody.parse(json)
      const name = `${model_id}/${path ?? `ss${sampling_session_seq_id}_seq${seq_id}`}`
      if (!this.#dialect.honoursSequenceNumbers && this.#snapshotNames.has(name))
        throw new Refused(409, `Checkpoint ${name} already exists`)
      this.#snapshotNames.add(name)
      return this.#operation(model_id, seq_id, JSON.stringify(json), async (model) => {
        const sampler = await model.sampler()
        if (path == null) {
          const session = this.#id('sampling')
          this.#samplers.set(session, sampler)
          return { json: { path: null, sampling_session_id: session } }
        }
        const kind = this.#dialect.twoPartSamplerPath ? '' : 'sampler_weights/'
        const stored = `tinker://${model_id}/${kind}${path}`
        this.#snapshots.set(stored, sampler)
        return { json: { path: stored } }
      })
    },
    create_sampling_session: ({ json }) => {
      const { session_id, base_model, model_path } = wire.createSamplingSessionBody.parse(json)
      this.#session(session_id)
      const sampler = base_model != null ? untrainedSampler() : this.#snapshots.get(model_path ?? '')
      if (!sampler) throw new Refused(404, `no snapshot ${model_path}`)
      const id = this.#id('sampling')
      this.#samplers.set(id, sampler)
      const answer = { sampling_session_id: id }
      return this.#dialect.name !== 'hatchery' ? Response.json(answer) : this.#future(async () => ({ json: answer }))
    },
    asample: ({ json }) => {
      const ask = wire.sampleAskSchema.parse(json)
      const sampler = 'session' in ask.source ? this.#samplers.get(ask.source.session) : undefined
      if (!sampler) throw new Refused(404, 'Sampling session not found')
      return this.#future(async () => {
        const answer = await this.#sample(sampler, ask)
        return { json: wire.sampleAnswerToJson(answer), proto: () => wire.encodeSampleAnswer(answer) }
      })
    },
    retrieve_future: ({ json, headers }) => this.#retrieve(wire.retrieveFutureBody.parse(json).request_id, headers),
  }

  #pass({ json, bytes, isProto }: Given, schema: z.ZodType<wire.PassRequest>): Response {
    if (isProto !== (this.#dialect.body === 'proto')) throw new Refused(415, 'Unsupported Media Type')
    const request = isProto ? wire.decodePass(bytes) : schema.parse(json)
    const body = isProto ? Buffer.from(bytes).toString('base64') : JSON.stringify(json)
    return this.#operation(request.modelId, request.seqId, body, async (model) => {
      const output = await model.pass(request)
      const unused = this.#unused.get(request.modelId) ?? []
      if (!request.forwardOnly) this.#unused.set(request.modelId, [...unused, request])
      return { json: wire.passOutputToJson(output), proto: () => wire.encodePassOutput(output) }
    })
  }

  /** An operation of a model: once for each number, where the dialect says so. */
  #operation(
    id: string,
    seqId: number | null | undefined,
    body: string,
    run: (model: ServedModel) => Promise<Result>,
  ): Response {
    const model = this.#model(id)
    const key = `${id} ${seqId}`
    const before = this.#dialect.honoursSequenceNumbers ? this.#numbered.get(key) : undefined
    if (before && before.body !== body) throw new Refused(409, 'Training request sequence number was reused')
    if (before) return Response.json({ request_id: before.requestId })
    model.isFresh = false
    const requestId = this.#begin(() => run(model))
    this.#numbered.set(key, { body, requestId })
    return Response.json({ request_id: requestId })
  }

  #future(run: () => Promise<Result>): Response {
    return Response.json({ request_id: this.#begin(run) })
  }

  /** One thing at a time, in the order of arrival. */
  #begin(run: () => Promise<Result>): string {
    const id = this.#id('future')
    const done = this.#work.then(run)
    this.#work = done.catch(() => {})
    this.#futures.set(id, done)
    done.catch(() => {})
    return id
  }

  async #retrieve(id: string, headers: Headers): Promise<Response> {
    const future = this.#futures.get(id)
    if (!future) throw new Refused(404, 'Future not found')
    try {
      const { json, proto } = await future
      if (proto && headers.get('accept') === wire.PROTO)
        return new Response(Buffer.from(proto()), { headers: { 'content-type': wire.PROTO } })
      return Response.json(json)
    } catch (error) {
      if (!(error instanceof BadRequest)) throw error
      if (this.#dialect.failureAs400) throw new Refused(400, error.message)
      return Response.json({ error: error.message, category: 'user' })
    }
  }

  async #sample(sampler: Sampler, ask: wire.SampleAsk): Promise<wire.SampleAnswer> {
    const { prompt, count, settings, promptLogprobs } = ask
    const { maxTokens = 0, seed = 0, stop = [], topK, topP } = settings
    const temperature = this.#dialect.drawsOne || count > 1 ? settings.temperature : 0
    const strings = stop.filter((one): one is string => typeof one === 'string')
    const stopTokens = stop.filter((one): one is number => typeof one === 'number')
    const sequences: wire.SampledSequence[] = []
    const request = { context: prompt, n: count, maxTokens, seed, temperature, topK: Math.max(topK, 0), topP }
    for await (const { index, sample } of sampler.sample([{ ...request, stop: strings, stopTokens }]))
      sequences[index] = {
        tokens: sample.ids,
        logprobs: sample.logprobs,
        stop: sample.stop === 'max' ? 'length' : 'stop',
      }
    if (!promptLogprobs) return { sequences }
    const [{ logprobs }] = await sampler.score([{ context: prompt.subarray(0, 1), ids: prompt.subarray(1) }])
    const lead = this.#dialect.leadingNullInPromptLogprobs ? [Number.NaN] : []
    return { sequences, promptLogprobs: Float32Array.from([...lead, ...logprobs]) }
  }

  #session(id: string): void {
    if (!this.#sessions.has(id)) throw new Refused(404, 'Session not found')
  }

  #model(id: string): ServedModel {
    const model = this.#models.get(id)
    if (!model) throw new Refused(404, `Model '${id}' not found`)
    return model
  }

  #id(kind: string): string {
    return `${kind}-${this.#ids++}`
  }
}

/** A request as a route sees it. */
export type Given = { json?: Record<string, unknown>; bytes: Uint8Array; isProto: boolean; headers: Headers }

/** An answer with an error status. */
class Refused extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}
