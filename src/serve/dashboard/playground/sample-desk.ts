// One model at a time: whoever wants to sample or score waits in line, and the last model used stays loaded for a while.
// So the dashboard never holds two models, and many open pages make each other late but take no more of the machine.
// It does not know what is done with the model.
import type { Sampler } from '../../../contracts/index.ts'
import type { Tokenizer } from '../../../text/index.ts'
import { ApiError } from '../../http/api-error.ts'

/** A model that can be sampled from. */
export interface LoadedModel {
  readonly sampler: Sampler
  readonly tokenizer: Tokenizer
  dispose(): Promise<void>
}

/** A place in the line. */
export interface Place {
  /** Settles when it is this one's turn, or when it has left. */
  readonly turn: Promise<void>
  /** Makes way for the next; may be called at any time and more than once. */
  leave(): void
}

/** How a desk works. */
export interface DeskOptions {
  /** Default: with the embedded engine. */
  readonly load?: (folder: string) => Promise<LoadedModel>
  /** Places in line behind the one whose turn it is; default 8. */
  readonly mostWaiting?: number
  /** A model that no one has used for so long is let go; default five minutes. */
  readonly idleMs?: number
}

/** The line, and the model at its end. */
export class SampleDesk {
  readonly #load: (folder: string) => Promise<LoadedModel>
  readonly #mostWaiting: number
  readonly #idleMs: number
  /** The first has its turn. */
  readonly #line: { readonly begin: () => void }[] = []
  #model: { readonly key: string; readonly loaded: Promise<LoadedModel> } | undefined
  #idle: NodeJS.Timeout | undefined

  constructor({ load = loadEmbedded, mostWaiting = 8, idleMs = 300_000 }: DeskOptions = {}) {
    this.#load = load
    this.#mostWaiting = mostWaiting
    this.#idleMs = idleMs
  }

  /** Places taken, that of the one whose turn it is included. */
  get length(): number {
    return this.#line.length
  }

  /** A model is loaded or being loaded. */
  get hasModel(): boolean {
    return this.#model !== undefined
  }

  /** Takes the last place, which is left when `signal` aborts. @throws ApiError 429 when the line is full */
  join(signal: AbortSignal): Place {
    if (this.#line.length > this.#mostWaiting) {
      throw new ApiError(`${this.#line.length - 1} others wait for the model already. Try again in a moment.`, {
        status: 429,
        type: 'rate_limit_error',
        code: 'queue-full',
        headers: { 'retry-after': '5' },
      })
    }
    clearTimeout(this.#idle)
    let begin = (): void => {}
    const turn = new Promise<void>((resolve) => {
      begin = resolve
    })
    const entry = { begin }
    this.#line.push(entry)
    const leave = (): void => {
      signal.removeEventListener('abort', leave)
      this.#remove(entry)
    }
    signal.addEventListener('abort', leave, { once: true })
    if (signal.aborted) leave()
    if (this.#line[0] === entry) begin()
    return { turn, leave }
  }

  #remove(entry: { readonly begin: () => void }): void {
    const at = this.#line.indexOf(entry)
    if (at < 0) return
    this.#line.splice(at, 1)
    entry.begin()
    if (at === 0) this.#line[0]?.begin()
    if (this.#line.length > 0) return
    this.#idle = setTimeout(() => void this.close(), this.#idleMs)
    this.#idle.unref()
  }

  /** The model in a folder, for whoever's turn it is; `version` changes with its files, which `check` looks at first. */
  async model(folder: string, version: string, check: () => void): Promise<LoadedModel> {
    const key = `${version} ${folder}`
    if (this.#model?.key === key) return this.#model.loaded
    await this.close()
    check()
    const model = { key, loaded: this.#load(folder) }
    this.#model = model
    try {
      return await model.loaded
    } catch (error) {
      if (this.#model === model) this.#model = undefined
      throw error
    }
  }

  /** Lets the model go. */
  async close(): Promise<void> {
    clearTimeout(this.#idle)
    const old = this.#model
    this.#model = undefined
    await old?.loaded.then(
      (model) => model.dispose(),
      () => {},
    )
  }
}

/** Rows of the batch: as many as one request may ask for. */
export const MOST_SAMPLES = 16

/** The engine is loaded with the first model, so that a dashboard that only shows runs goes without. */
async function loadEmbedded(folder: string): Promise<LoadedModel> {
  const { EmbeddedSampler, loadModel, SamplerPrograms } = await import('../../../engine/index.ts')
  const model = await loadModel(folder)
  const programs = new SamplerPrograms(model)
  const sampler = new EmbeddedSampler(model, model.arena, programs, {
    maxRows: MOST_SAMPLES,
    prefixBytes: 64 * 2 ** 20,
  })
  return {
    sampler,
    tokenizer: model.tokenizer,
    async dispose() {
      await sampler.dispose()
      await programs.dispose()
    },
  }
}

const desks = new WeakMap<object, SampleDesk>()

/** The desk that all routes of one dashboard share. */
export function deskOf(world: object): SampleDesk {
  const desk = desks.get(world) ?? new SampleDesk()
  desks.set(world, desk)
  return desk
}
