// Samplers over frozen weights, made when they are first asked for. Those of the base share its weights; each adapter
// costs a copy of the base with the adapter merged in, so only a few live at a time, and an idle one makes room.
import { type EmbeddedModel, mergedWeights } from '../../engine/embedded-model.ts'
import { EmbeddedSampler } from '../../engine/embedded-sampler.ts'
import { SamplerPrograms } from '../../engine/sampler-programs.ts'
import type { LoraAdapter } from '../../model/lora.ts'
import type { WeightArena } from '../../model/weight-arena.ts'
import type { Tokenizer } from '../../text/index.ts'

/** One set of frozen weights. */
export interface Snapshot {
  /** Ends where the model says so. */
  readonly sampler: EmbeddedSampler
  /** Goes on past the end-of-sequence token. */
  endless(): EmbeddedSampler
}

interface Live {
  readonly snapshot: Promise<Snapshot & { dispose(): Promise<void> }>
  uses: number
}

/** The name of the weights that nothing was trained on. */
export const BASE = 'base'

/** Budget of each sampler's prefix cache. */
const PREFIX_BYTES = 64 * 2 ** 20

/** Snapshots by name. */
export class Snapshots {
  readonly #base: EmbeddedModel
  readonly #programs: SamplerPrograms
  readonly #limit: number
  /** Least recently used first. */
  readonly #live = new Map<string, Live>()
  readonly #queue: (() => void)[] = []

  /** `limit` is how many with adapters live at a time. */
  constructor(base: EmbeddedModel, limit: number) {
    this.#base = base
    this.#programs = new SamplerPrograms(base)
    this.#limit = limit
  }

  /** Runs `work` with a snapshot; `adapter` reads what it adds to the base, and is not asked for {@link BASE}. */
  async use<T>(
    name: string,
    adapter: () => Promise<LoraAdapter>,
    work: (snapshot: Snapshot) => Promise<T>,
  ): Promise<T> {
    const live = await this.#acquire(name, adapter)
    try {
      return await work(await live.snapshot)
    } finally {
      live.uses--
      for (const wake of this.#queue.splice(0)) wake()
    }
  }

  /** Gives up what is not in use and not there any more. */
  async forget(name: string): Promise<void> {
    const live = this.#live.get(name)
    if (!live || live.uses > 0) return
    this.#live.delete(name)
    await live.snapshot.then((snapshot) => snapshot.dispose()).catch(() => undefined)
  }

  async dispose(): Promise<void> {
    for (const { snapshot } of this.#live.values()) await snapshot.then((made) => made.dispose()).catch(() => undefined)
    this.#live.clear()
    await this.#programs.dispose()
  }

  async #acquire(name: string, adapter: () => Promise<LoraAdapter>): Promise<Live> {
    for (;;) {
      const known = this.#live.get(name)
      if (known) {
        this.#live.delete(name)
        this.#live.set(name, known)
        known.uses++
        return known
      }
      if (await this.#makeRoom(name)) {
        // Someone else may have made it meanwhile.
        if (!this.#live.has(name)) break
      } else await new Promise<void>((resolve) => this.#queue.push(resolve))
    }
    const live: Live = { snapshot: this.#make(name, adapter), uses: 1 }
    this.#live.set(name, live)
    live.snapshot.catch(() => this.#live.delete(name))
    return live
  }

  /** False when every place is in use. */
  async #makeRoom(name: string): Promise<boolean> {
    if (name === BASE) return true
    const others = [...this.#live].filter(([other]) => other !== BASE)
    if (others.length < this.#limit) return true
    const idle = others.find(([, { uses }]) => uses === 0)
    if (idle) await this.forget(idle[0])
    // Someone else may have taken the place meanwhile.
    return idle !== undefined && [...this.#live.keys()].filter((other) => other !== BASE).length < this.#limit
  }

  async #make(name: string, adapter: () => Promise<LoraAdapter>): Promise<Snapshot & { dispose(): Promise<void> }> {
    const weights = name === BASE ? this.#base.arena : mergedWeights({ ...this.#base, adapter: await adapter() })
    const sampler = this.#sampler(weights, this.#base)
    let endless: EmbeddedSampler | undefined
    return {
      sampler,
      endless: () => {
        endless ??= this.#sampler(weights, withoutEnd(this.#base))
        return endless
      },
      dispose: async () => {
        await sampler.dispose()
        await endless?.dispose()
      },
    }
  }

  #sampler(weights: WeightArena, model: EmbeddedModel): EmbeddedSampler {
    return new EmbeddedSampler(model, weights, this.#programs, { prefixBytes: PREFIX_BYTES })
  }
}

/** The model with no token that ends a sequence. */
function withoutEnd(model: EmbeddedModel): EmbeddedModel {
  const { tokenizer } = model
  // Spelt out, because a copy of an object would lose the methods of its class.
  const endless: Tokenizer = {
    json: tokenizer.json,
    config: tokenizer.config,
    size: tokenizer.size,
    pad: tokenizer.pad,
    eos: -1,
    encode: (text) => tokenizer.encode(text),
    decode: (ids) => tokenizer.decode(ids),
    token: (id) => tokenizer.token(id),
  }
  return { ...model, tokenizer: endless, config: { ...model.config, otherEosIds: [] } }
}
