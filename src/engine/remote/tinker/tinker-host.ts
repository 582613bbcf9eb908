// Gives the stages of a recipe their models on a Tinker server. A folder is a local model folder, of which the tokenizer is
// read and the weights are the server's own; or a checkpoint of a remote run, whose pointer says where its weights are.
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { GradusError } from '../../../base/error.ts'
import type { Host, Sampler, Trainer, Update } from '../../../contracts/index.ts'
import { readTokenizer, type Tokenizer } from '../../../text/index.ts'
import type { ConnectionOptions } from './connection.ts'
import { checkServer, type Pointer, readPointer } from './pointer-file.ts'
import { refuseStage, serverUpdate } from './refuse-unsuited.ts'
import { RemoteModel } from './remote-model.ts'
import { Session } from './session.ts'
import { TinkerSampler } from './tinker-sampler.ts'
import { TinkerTrainer } from './tinker-trainer.ts'

/** Where the models are and what they are called there. */
export interface TinkerHostOptions extends ConnectionOptions {
  /** The server's name of the model to start from; default: that of the checkpoint, or the only one that it has. */
  readonly baseModel?: string
  /** Of adapters, where the recipe names none; default 32. */
  readonly rank?: number
  /** Of the tokenizer, where the model's folder has none. */
  readonly tokenizerFolder?: string
  /** Longest sequence in tokens; default: what the server or the folder says, else 4096. */
  readonly contextLimit?: number
  /** Requests for samples under way at once. */
  readonly samplingConcurrency?: number
}

const DEFAULT_RANK = 32
const DEFAULT_CONTEXT = 4096

/** What is known of a folder's model. */
interface Place {
  readonly pointer: Pointer | undefined
  readonly baseModel: string
  readonly tokenizer: Tokenizer
  readonly contextLimit: number
}

/** A host whose models are on a server. Keys come from the options or from TINKER_API_KEY. */
export function tinkerHost(given: TinkerHostOptions): Host {
  const options = { ...given, apiKey: given.apiKey ?? process.env.TINKER_API_KEY }
  const enter = sharedSession(options)
  return {
    prepare: (stages) =>
      entered(enter, async (session) => {
        const notes = stages.flatMap((stage) => refuseStage(stage, session.connection.dialect))
        session.close()
        return [...new Set(notes)]
      }),
    async trainer(folder: string, update: Update, { resume }: { resume: boolean }): Promise<Trainer> {
      return entered(enter, async (session) => {
        const { dialect } = session.connection
        const { adam, rank, lora, notes } = serverUpdate(update, dialect)
        const { pointer, baseModel, tokenizer, contextLimit } = await placeOf(folder, session, options)
        if (pointer && rank !== undefined && rank !== pointer.rank)
          throw new GradusError('store/other-adapter', `${folder} has adapters of rank ${pointer.rank}, not ${rank}`, {
            hint: 'Go on with the rank that the run began with.',
          })
        for (const note of notes) session.connection.note(note)
        if (pointer && !resume && !dialect.loadsWeightsAlone)
          session.connection.note(`${dialect.name} loads the optimiser with the weights: it goes on from ${folder}`)
        return TinkerTrainer.open({
          session,
          plan: { baseModel, lora: { rank: pointer?.rank ?? rank ?? options.rank ?? DEFAULT_RANK, ...lora } },
          adam,
          tokenizer,
          contextLimit,
          samplingConcurrency: options.samplingConcurrency,
          ...(pointer && { start: { path: pointer.path, optimizer: resume } }),
        })
      })
    },
    async sampler(folder: string): Promise<Sampler> {
      return entered(enter, async (session) => {
        const { pointer, baseModel, tokenizer, contextLimit } = await placeOf(folder, session, options)
        const source = new StoredSampling(session, baseModel, pointer)
        const sampler = await TinkerSampler.open({
          session,
          open: () => source.open(),
          close: () => source.close(),
          vocab: tokenizer,
          contextLimit,
          concurrency: options.samplingConcurrency,
        })
        // The sampler has a share of its own.
        session.close()
        return sampler
      })
    },
  }
}

/** One session for all models of a host; it ends with the last of them, and the next model opens another. */
function sharedSession(options: ConnectionOptions): () => Promise<Session> {
  let current: Promise<Session> | undefined
  return () => {
    const before = current
    const next = (async () => {
      const session = await before?.catch(() => undefined)
      return session && !session.isClosed ? session.share() : Session.open(options)
    })()
    current = next
    return next
  }
}

/** Gives the session's share back when what should own it could not be made. */
async function entered<T>(enter: () => Promise<Session>, make: (session: Session) => Promise<T>): Promise<T> {
  const session = await enter()
  try {
    return await make(session)
  } catch (error) {
    session.close()
    throw error
  }
}

async function placeOf(folder: string, session: Session, options: TinkerHostOptions): Promise<Place> {
  const pointer = await readPointer(folder)
  if (pointer) checkServer(pointer, options.url, folder)
  const hasTokenizer = existsSync(join(folder, 'tokenizer.json'))
  const tokenizer = await readTokenizer(hasTokenizer ? folder : (options.tokenizerFolder ?? folder))
  const baseModel = options.baseModel ?? pointer?.baseModel ?? onlyModel(session)
  const supported = session.connection.capabilities?.supported_models.find(({ model_name }) => model_name === baseModel)
  const contextLimit =
    options.contextLimit ??
    supported?.max_context_length ??
    pointer?.contextLimit ??
    (await positionsIn(folder)) ??
    DEFAULT_CONTEXT
  return { pointer, baseModel, tokenizer, contextLimit }
}

function onlyModel({ connection }: Session): string {
  const names = (connection.capabilities?.supported_models ?? []).flatMap(({ model_name, model_id }) => {
    const name = model_name ?? model_id
    return name ? [name] : []
  })
  if (names.length === 1) return names[0]
  const some = names.slice(0, 20).join(', ')
  throw new GradusError('config/no-base-model', 'the server does not say which model to start from', {
    hint: `Name it with the option baseModel.${some ? ` The server has ${some}.` : ''}`,
  })
}

async function positionsIn(folder: string): Promise<number | undefined> {
  const path = join(folder, 'config.json')
  if (!existsSync(path)) return undefined
  const parsed = z
    .object({ max_position_embeddings: z.number().int().min(1) })
    .safeParse(JSON.parse(await readFile(path, 'utf8')))
  return parsed.success ? Math.min(parsed.data.max_position_embeddings, DEFAULT_CONTEXT) : undefined
}

/** Sampling sessions of the untrained model, of a stored snapshot, or of one made of stored weights. */
class StoredSampling {
  readonly #session: Session
  readonly #baseModel: string
  readonly #pointer: Pointer | undefined
  /** Where samplers are no snapshots it has to stay as long as they do. */
  #model: RemoteModel | undefined

  constructor(session: Session, baseModel: string, pointer: Pointer | undefined) {
    this.#session = session
    this.#baseModel = baseModel
    this.#pointer = pointer
  }

  async open(): Promise<string> {
    const { frozenSamplers } = this.#session.connection.dialect
    const pointer = this.#pointer
    if (!pointer) return this.#session.sampling({ base_model: this.#baseModel })
    if (pointer.samplerPath !== undefined && frozenSamplers)
      return this.#session.sampling({ model_path: pointer.samplerPath })
    const { baseModel, rank, path } = pointer
    await this.close()
    const model = await RemoteModel.create(this.#session, { baseModel, lora: { rank } })
    this.#model = model
    try {
      await model.load(path, false)
      const made = await model.snapshot()
      if (made.samplingSession !== undefined) return made.samplingSession
      if (made.path !== undefined) return await this.#session.sampling({ model_path: made.path })
      throw new GradusError('engine/bad-answer', 'the server gave neither a sampling session nor a path to sample from')
    } catch (error) {
      await this.close()
      throw error
    } finally {
      if (frozenSamplers) await this.close()
    }
  }

  async close(): Promise<void> {
    const model = this.#model
    this.#model = undefined
    await model?.unload()
  }
}
