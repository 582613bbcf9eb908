// One model in training on the server: its operations, in one lane, each by its number. It sends what it is given and knows
// no loss, no journal and no recovery.
import type { z } from 'zod'
import { GradusError } from '../../../base/error.ts'
import type { HttpReply } from '../http/index.ts'
import { type Connection, readAnswer } from './connection.ts'
import { Lane } from './lane.ts'
import type { Operation } from './operation.ts'
import { perform } from './perform.ts'
import { isLost } from './remote-failure.ts'
import type { Session } from './session.ts'
import { submit } from './submit-operation.ts'
import {
  type AdamParams,
  chunksOf,
  decodePassOutput,
  encodePass,
  type LoraSettings,
  loadedSchema,
  mergeOutputs,
  modelSchema,
  type PassOutput,
  type PassRequest,
  PROTO,
  passOutputSchema,
  passToJson,
  savedForSamplerSchema,
  savedSchema,
  steppedSchema,
  unloadedSchema,
} from './wire/index.ts'

/** What a new model is made of. */
export interface ModelPlan {
  readonly baseModel: string
  readonly lora: LoraSettings
}

/** What a pass is to compute. */
export type Pass = Pick<PassRequest, 'data' | 'lossFn' | 'config' | 'forwardOnly'>

/** Nobody waits longer for a model to be freed. */
const UNLOAD_MS = 10_000

/** A model on the server. */
export class RemoteModel {
  readonly id: string
  readonly #session: Session
  readonly #connection: Connection
  /** The first operation has number 1. */
  readonly #lane = new Lane(1)

  private constructor(session: Session, id: string) {
    this.id = id
    this.#session = session
    this.#connection = session.connection
  }

  /** @throws `engine/operation-failed`, `engine/answer-lost`, `remote/...` */
  static async create(session: Session, { baseModel, lora }: ModelPlan): Promise<RemoteModel> {
    const make = async (): Promise<RemoteModel> => {
      const json = {
        session_id: await session.id(),
        model_seq_id: session.nextModel(),
        base_model: baseModel,
        lora_config: lora,
        type: 'create_model',
      }
      const { model_id } = await perform(session.connection, {
        what: `create_model of ${baseModel}`,
        route: 'create_model',
        type: 'CreateModel',
        request: { json },
        // At worst a model that nobody uses is left behind.
        mayRepeat: true,
        read: (reply) => readAnswer(reply, modelSchema),
      })
      return new RemoteModel(session, model_id)
    }
    try {
      return await make()
    } catch (error) {
      if (!isLost(error)) throw error
      // After a restart the server may not know the session any more.
      await session.check()
      return make()
    }
  }

  /** Log-probabilities, and gradients added to the model's unless `forwardOnly`; in as many requests as it takes. */
  async pass(pass: Pass): Promise<PassOutput> {
    const { dialect, settings } = this.#connection
    const chunks = chunksOf(pass.data, settings.limits, dialect.body)
    const answers = await allOf(chunks.map((data) => this.#chunk({ ...pass, data })))
    return mergeOutputs(answers)
  }

  /** One optimiser step; gives the server's metrics. */
  async step(adam: AdamParams): Promise<Record<string, number>> {
    const { metrics } = await this.#run('optim_step', 'OptimStep', { adam_params: adam }, steppedSchema, {
      mayRepeat: false,
    })
    return Object.fromEntries(Object.entries(metrics ?? {}).map(([name, x]) => [name, x ?? Number.NaN]))
  }

  /** Stores weights and optimiser under a name that the model has not had; gives the path. */
  async save(name: string): Promise<string> {
    const options = { mayRepeat: false, what: `save_weights "${name}"` }
    return (await this.#run('save_weights', 'SaveWeights', { path: name }, savedSchema, options)).path
  }

  /** Loads stored weights; only as the first operation of a model. */
  async load(path: string, optimizer: boolean): Promise<void> {
    await this.#run('load_weights', 'LoadWeights', { path, optimizer }, loadedSchema, {
      mayRepeat: false,
      what: `load_weights ${path}`,
    })
  }

  /** Freezes the weights as they are: stored under a name, or for a sampling session of this session only. */
  async snapshot(name?: string): Promise<{ path?: string; samplingSession?: string }> {
    const body = name === undefined ? { sampling_session_seq_id: this.#session.nextSampling() } : { path: name }
    const answer = await this.#run('save_weights_for_sampler', 'SaveWeightsForSampler', body, savedForSamplerSchema, {
      // A name can be given once, and servers make one of these numbers. Under others a second one does no harm.
      mayRepeat: false,
    })
    return {
      ...(answer.path && { path: answer.path }),
      ...(answer.sampling_session_id && { samplingSession: answer.sampling_session_id }),
    }
  }

  /** Frees the model on the server, if it still can be told. */
  async unload(): Promise<void> {
    try {
      await perform(this.#connection, {
        what: `unload_model ${this.id}`,
        route: 'unload_model',
        type: 'UnloadModel',
        request: { json: { model_id: this.id, type: 'unload_model' } },
        mayRepeat: true,
        signal: AbortSignal.timeout(UNLOAD_MS),
        read: (reply) => readAnswer(reply, unloadedSchema),
      })
    } catch {
      // The server frees models of ended sessions by itself.
    }
  }

  async #chunk(pass: Pass): Promise<PassOutput> {
    const { dialect } = this.#connection
    const isProto = dialect.body === 'proto'
    const route = pass.forwardOnly && dialect.forward === 'route' ? 'forward' : 'forward_backward'
    const output = await this.#numbered((seqId): Operation<PassOutput> => {
      const request = { ...pass, modelId: this.id, seqId }
      return {
        what: this.#named(
          `${pass.forwardOnly ? 'forward' : 'forward_backward'} of ${pass.data.length} sequences`,
          seqId,
        ),
        route,
        type: pass.forwardOnly ? 'Forward' : 'ForwardBackward',
        request: isProto ? { body: encodePass(request), contentType: PROTO } : { json: passToJson(request) },
        mayRepeat: pass.forwardOnly === true || dialect.honoursSequenceNumbers,
        ...(isProto && { accept: PROTO }),
        read: readPassOutput,
      }
    })
    if (output.outputs.length === pass.data.length) return output
    throw new GradusError(
      'engine/bad-answer',
      `the server answered for ${output.outputs.length} sequences where ${pass.data.length} were sent`,
    )
  }

  async #run<T>(
    route: string,
    type: string,
    body: Readonly<Record<string, unknown>>,
    schema: z.ZodType<T>,
    { mayRepeat, what = route }: { mayRepeat: boolean; what?: string },
  ): Promise<T> {
    const { honoursSequenceNumbers } = this.#connection.dialect
    return this.#numbered((seqId) => ({
      what: this.#named(what, seqId),
      route,
      type,
      request: { json: { model_id: this.id, seq_id: seqId, ...body, type: route } },
      mayRepeat: mayRepeat || honoursSequenceNumbers,
      read: (reply) => readAnswer(reply, schema),
    }))
  }

  /** Puts an operation into the lane; its answer is waited for outside. */
  async #numbered<T>(make: (seqId: number) => Operation<T>): Promise<T> {
    let put: (operation: Operation<T>) => void = () => {}
    const operation = new Promise<Operation<T>>((resolve) => {
      put = resolve
    })
    const ticket = this.#lane.enqueue((seqId) => {
      const made = make(seqId)
      put(made)
      return submit(this.#connection, made)
    })
    // A failed sending is thrown where it is waited for, below.
    ticket.catch(() => {})
    return perform(this.#connection, await operation, () => ticket)
  }

  #named(what: string, seqId: number): string {
    return `${what} (number ${seqId} of model ${this.id})`
  }
}

function readPassOutput(reply: HttpReply): PassOutput {
  return reply.headers.get('content-type')?.includes('protobuf')
    ? decodePassOutput(reply.bytes)
    : readAnswer(reply, passOutputSchema)
}

/** All results; with a failure, after every other has ended too: nothing may be under way when state is rebuilt. */
async function allOf<T>(promises: readonly Promise<T>[]): Promise<T[]> {
  const settled = await Promise.allSettled(promises)
  const failures = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []))
  // Of several, a lost answer tells most: the others may only follow from it.
  if (failures.length > 0) throw failures.find(isLost) ?? failures[0]
  return settled.map((one) => (one as PromiseFulfilledResult<T>).value)
}
