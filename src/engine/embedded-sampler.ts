// The sampling side of the embedded engine: continuous batching over one snapshot of the weights. Every call joins the
// same batch; a finished row is replaced at once; a context shared by many samples is computed once.
import { GradusError, messageOf } from '../base/error.ts'
import type { Capability, Sample, SampleEvent, SampleRequest, Sampler, ScoreItem, Vocab } from '../contracts/index.ts'
import type { WeightArena } from '../model/weight-arena.ts'
import type { Numbers } from '../tensor/index.ts'
import type { EmbeddedModel } from './embedded-model.ts'
import { EventQueue } from './event-queue.ts'
import { cacheBytes, type KvCache } from './kv-cache.ts'
import { LiveRow, planRequest, type RequestPlan } from './live-row.ts'
import { TokenPicker } from './pick-token.ts'
import { type Prefilled, prefill } from './prefill.ts'
import { PrefixCache } from './prefix-cache.ts'
import type { BoundProgram, SamplerGraph, SamplerPrograms } from './sampler-programs.ts'
import { scoreItems } from './score.ts'

/** Limits of a sampler. */
export interface SamplerOptions {
  /** Rows decoded together; default 256. */
  readonly maxRows?: number
  /** Budget of the prefix cache; default 256 MiB. */
  readonly prefixBytes?: number
}

/** A sample waiting for a row. */
interface Waiting {
  readonly plan: RequestPlan
  readonly request: number
  readonly index: number
  readonly events: EventQueue<SampleEvent>
}

/** A row of the batch. */
interface Seat extends Waiting {
  readonly row: LiveRow
}

/** Whoever asked has left, or has said that it need not be computed. */
const isUnwanted = ({ events, plan }: Waiting): boolean => events.isClosed || plan.request.signal?.aborted === true

/** Contexts prefilled ahead of the rows that will need them. */
const PREFILL_AHEAD = 64

const CAPABILITIES: readonly Capability[] = [
  'ids',
  'prefix',
  'stop',
  'logprobs',
  'top-k',
  'entropy',
  'bias',
  'score',
  'abort',
  'seed',
]

/** Samples from a fixed copy of a model's weights. */
export class EmbeddedSampler implements Sampler {
  readonly id = 'embedded'
  readonly can: ReadonlySet<Capability> = new Set(CAPABILITIES)
  readonly vocab: Vocab
  readonly contextLimit: number
  readonly #model: EmbeddedModel
  readonly #programs: (graph: SamplerGraph) => Promise<BoundProgram>
  readonly #giveBack: () => void
  readonly #maxRows: number
  readonly #prefixes: PrefixCache<Prefilled>
  readonly #picker: TokenPicker
  readonly #waiting: Waiting[] = []
  readonly #ready = new Map<SampleRequest, Prefilled>()
  #seats: Seat[] = []
  readonly #cache: KvCache
  #pump: Promise<void> | undefined
  #disposed = false

  constructor(model: EmbeddedModel, arena: WeightArena, programs: SamplerPrograms, options: SamplerOptions = {}) {
    const { maxRows = 256, prefixBytes = 256 * 2 ** 20 } = options
    this.vocab = model.tokenizer
    this.contextLimit = model.contextLimit
    this.#model = model
    this.#programs = programs.bind(arena)
    this.#giveBack = () => programs.returnCache(this.#cache)
    this.#maxRows = maxRows
    this.#prefixes = new PrefixCache(prefixBytes)
    this.#picker = new TokenPicker(model.config.vocabSize)
    this.#cache = programs.takeCache()
  }

  async *sample(requests: readonly SampleRequest[]): AsyncGenerator<SampleEvent> {
    const events = new EventQueue<SampleEvent>()
    this.#enqueue(requests, events)
    this.#pump ??= this.#run().finally(() => {
      this.#pump = undefined
    })
    yield* events.drain()
  }

  async score(items: readonly ScoreItem[]): Promise<Sample[]> {
    this.#assertLive()
    return scoreItems(this.#model, await this.#programs('score'), items)
  }

  forget(): void {
    this.#prefixes.clear()
  }

  async dispose(): Promise<void> {
    if (this.#disposed) return
    this.#disposed = true
    this.#prefixes.clear()
    await this.#pump
    this.#giveBack()
  }

  #assertLive(): void {
    if (this.#disposed) throw new GradusError('sampler/disposed', 'the sampler was disposed')
  }

  #enqueue(requests: readonly SampleRequest[], events: EventQueue<SampleEvent>): void {
    this.#assertLive()
    // All are checked before the first is queued: a refused call leaves nothing behind.
    const setting = { contextLimit: this.contextLimit, ends: this.#model.config.otherEosIds }
    const plans = requests.map((request) => planRequest(request, this.vocab, setting))
    plans.forEach((plan, request) => {
      for (let index = 0; index < (plan.request.n ?? 1); index++) {
        events.expect()
        const waiting: Waiting = { plan, request, index, events }
        // A full context leaves nothing to draw, and may be longer than the graphs can read.
        if (plan.limit <= 0) this.#deliver({ ...waiting, row: new LiveRow(plan, index, this.vocab) })
        else this.#waiting.push(waiting)
      }
    })
  }

  async #run(): Promise<void> {
    // Let every caller of this turn of the event loop join the first batch.
    await Promise.resolve()
    while ((this.#waiting.length > 0 || this.#seats.length > 0) && !this.#disposed) {
      try {
        await this.#admit()
        if (this.#seats.length > 0) await this.#decodeStep()
      } catch (error) {
        this.#failAll(messageOf(error))
      }
    }
    if (this.#disposed) this.#failAll('the sampler was disposed')
    this.#cache.reset()
    this.#ready.clear()
  }

  /** Every sample under way or waiting ends as a recorded failure. */
  #failAll(reason: string): void {
    const abandoned: Seat[] = [
      ...this.#seats,
      ...this.#waiting.map((waiting) => ({ ...waiting, row: new LiveRow(waiting.plan, waiting.index, this.vocab) })),
    ]
    this.#seats = []
    this.#waiting.length = 0
    for (const seat of abandoned) {
      seat.row.fail(reason)
      this.#deliver(seat)
    }
  }

  #deliver({ row, request, index, events }: Seat): void {
    events.push({ request, index, sample: row.finish() })
  }

  /** Fills free rows with waiting samples, in order. */
  async #admit(): Promise<void> {
    while (this.#seats.length < this.#maxRows && this.#waiting.length > 0) {
      const [next] = this.#waiting
      if (isUnwanted(next)) {
        this.#waiting.shift()
        this.#ready.delete(next.plan.request)
        this.#deliver({ ...next, row: new LiveRow(next.plan, next.index, this.vocab) })
        continue
      }
      const prefilled = this.#ready.get(next.plan.request) ?? (await this.#prefillAhead(next.plan.request))
      this.#waiting.shift()
      if (this.#waiting[0]?.plan !== next.plan) this.#ready.delete(next.plan.request)
      const seat: Seat = { ...next, row: new LiveRow(next.plan, next.index, this.vocab) }
      if (prefilled.next && !seat.row.done) this.#advance(seat, prefilled.next, 0)
      if (seat.row.done) {
        this.#deliver(seat)
        continue
      }
      const rows = Math.min(this.#maxRows, this.#seats.length + 1 + this.#waiting.length)
      this.#cache.reserve(prefilled.cache.length + 1, rows, this.#seats.length)
      this.#cache.fill(this.#seats.length, prefilled.cache)
      this.#seats.push(seat)
    }
  }

  /** Prefills the contexts of the requests next in line, in one go. */
  async #prefillAhead(first: SampleRequest): Promise<Prefilled> {
    const requests = new Set<SampleRequest>()
    for (const waiting of this.#waiting) {
      const { request } = waiting.plan
      if (requests.size >= PREFILL_AHEAD) break
      if (!this.#ready.has(request) && !isUnwanted(waiting)) requests.add(request)
    }
    const distinct = new Map<string, SampleRequest[]>()
    for (const request of requests) {
      const key = request.context.join(',')
      const same = distinct.get(key)
      if (same) same.push(request)
      else distinct.set(key, [request])
    }
    const groups = [...distinct.values()]
    const setting = {
      config: this.#model.config,
      programs: this.#programs,
      prefixes: this.#prefixes,
    }
    const done = await prefill(
      setting,
      groups.map(([request]) => request.context),
    )
    groups.forEach((group, i) => {
      for (const request of group) this.#ready.set(request, done[i])
    })
    return this.#ready.get(first) as Prefilled
  }

  #advance(seat: Seat, distribution: Float32Array, offset: number): void {
    try {
      seat.row.advance(distribution, offset, this.#picker)
    } catch (error) {
      seat.row.fail(messageOf(error))
    }
  }

  /** One token more for every row; finished rows leave. */
  async #decodeStep(): Promise<void> {
    const rows = this.#seats.length
    const cache = this.#cache
    let longest = 0
    const ids = new Int32Array(rows)
    const positions = new Int32Array(rows)
    for (let row = 0; row < rows; row++) {
      ids[row] = this.#seats[row].row.lastToken
      positions[row] = cache.lengths[row]
      longest = Math.max(longest, positions[row])
    }
    cache.reserve(longest + 1, rows, rows)
    const { program, binding } = await this.#programs('decode')
    const feeds: Record<string, Numbers> = { 'rows.ids': ids, 'rows.positions': positions, ...cache.feeds(rows) }
    const out = await program.run({ sizes: { B: rows, S: cache.places }, binding, feeds })
    const layers = Array.from({ length: this.#model.config.layers }, (_, layer) => layer)
    cache.append(
      layers.map((l) => out[`keys.${l}`]),
      layers.map((l) => out[`values.${l}`]),
      rows,
    )
    const distribution = out.distribution as Float32Array
    for (let row = 0; row < rows; row++) this.#advance(this.#seats[row], distribution, row * this.#picker.size)
    this.#leave()
  }

  /** Delivers finished rows, drops those that no one waits for, and closes the gaps with rows from the end. */
  #leave(): void {
    const seats = this.#seats
    for (let row = 0; row < seats.length; ) {
      const seat = seats[row]
      if (!seat.row.done && !seat.events.isClosed) {
        row++
        continue
      }
      if (seat.row.done && seat.plan.request.keep) this.#keep(row, seat)
      this.#deliver(seat)
      const last = seats.length - 1
      this.#cache.move(last, row)
      seats[row] = seats[last]
      seats.pop()
    }
  }

  /** Stores what was computed for a finished sample: all but its last token, whose keys were never needed. */
  #keep(row: number, { plan, row: live }: Seat): void {
    const length = this.#cache.lengths[row]
    const ids = new Int32Array(length)
    ids.set(plan.request.context)
    ids.set(live.ids.subarray(0, length - plan.request.context.length), plan.request.context.length)
    this.#prefixes.insert(ids, { cache: this.#cache.extract(row, length) }, cacheBytes(this.#model.config, length))
  }
}
