// One model of the server: its adapter, its queue and its folder. A request is written down before the client hears of
// it; its outcome is written down before the client can read it; and what a step changes is in one file. So a restart at
// any point goes on where the answers given so far left off. Memory can be given back at any time: it is made again from
// the folder, by the same code as after a restart.
import { createHash } from 'node:crypto'
import { freshLora } from '../../model/lora.ts'
import { AdapterTrainer } from './adapter-trainer.ts'
import type { Futures, Outcome } from './futures.ts'
import { Lane } from './lane.ts'
import { readLive, writeLive } from './live-state.ts'
import type { ModelInfo } from './model-info.ts'
import { type DoneOp, type Op, type OpKind, OpLog } from './op-log.ts'
import { LOAD_FIRST, type OpWorld, perform, runPass } from './operations.ts'
import { failureOf, Refusal, userError } from './refusal.ts'
import { parsePath } from './tinker-path.ts'
import type { TrainingPrograms } from './training-programs.ts'

/** What all models of a server share. */
export interface ModelWorld extends OpWorld {
  readonly programs: TrainingPrograms
  readonly futures: Futures
  /** Runs one piece of work at a time, over all models. */
  exclusive<T>(work: () => Promise<T>): Promise<T>
  /** Makes room in memory before a model is loaded. */
  beforeLoad(model: ServedModel): void
}

/** As on the hosted service. */
const ALPHA = 32
const ATTENTION = ['q_proj', 'k_proj', 'v_proj', 'o_proj', 'qkv_proj']
const MLP = ['gate_proj', 'up_proj', 'down_proj', 'gate_up_proj']

/** A model that clients train. */
export class ServedModel {
  readonly info: ModelInfo
  lastRequest: number
  readonly #folder: string
  readonly #world: ModelWorld
  readonly #log: OpLog
  readonly #lane: Lane
  #trainer: AdapterTrainer | undefined
  #isRetiring = false

  constructor(info: ModelInfo, folder: string, world: ModelWorld) {
    this.info = info
    this.lastRequest = info.created
    this.#folder = folder
    this.#world = world
    this.#log = new OpLog(folder, { answers: world.limits.answers, bytes: world.limits.answerBytes })
    this.#lane = new Lane(this.#log.last + 1, world.limits.gapMs)
    for (const op of this.#log.accepted()) if (op.seq > this.#log.last) this.#enqueue(op)
  }

  get isLoaded(): boolean {
    return this.#trainer !== undefined
  }

  get isBusy(): boolean {
    return this.#lane.length > 0
  }

  /** Takes a request in and gives the id of its promise. @throws a refusal */
  submit(seq: number | undefined, kind: OpKind, form: Op['form'], body: Uint8Array): string {
    if (this.#isRetiring) throw new Refusal(404, `model "${this.info.model_id}" is being unloaded`)
    const hash = createHash('sha256').update(kind).update(body).digest('hex')
    const number = seq ?? this.#lane.free
    const id = this.futureId(number)
    const known = this.#world.futures.hashOf(id) ?? (this.#log.isDone(number) ? this.#log.done(number).hash : undefined)
    if (known === hash) return id
    if (known !== undefined) throw new Refusal(409, `request ${number} of this model was another one`)
    if (!this.#lane.takes(number)) throw new Refusal(409, `the turn of request ${number} has passed`)
    if (this.#lane.length >= this.#world.limits.queue)
      throw new Refusal(429, `${this.#lane.length} requests of this model are waiting`, { 'retry-after': '1' })
    this.lastRequest = this.#world.now()
    const op: Op = { seq: number, kind, hash, form, body }
    this.#log.accept(op)
    this.#enqueue(op)
    // As the hosted service: a model that has been used is not loaded into.
    if (kind === 'load_weights' && number > 1) throw userError(LOAD_FIRST)
    return id
  }

  futureId(seq: number): string {
    return `${this.info.model_id}:${seq}`
  }

  /** The outcome of a finished request, or undefined when there was none of this number. */
  outcome(seq: number): Outcome | undefined {
    if (this.#log.isDone(seq)) return this.#log.done(seq).outcome
    if (seq > this.#log.last || seq < 1) return undefined
    return { kind: 'failed', error: `the answer to request ${seq} is no longer kept`, category: 'server' }
  }

  /** Brings the model into memory. @throws what keeps it from that */
  async prepare(): Promise<void> {
    await this.#world.exclusive(() => this.#load())
  }

  /** Gives back the memory, unless a request is under way. */
  release(): void {
    if (!this.isBusy) this.#trainer = undefined
  }

  /** Does `work` after all requests that were accepted, and accepts no more. */
  retire<T>(work: () => Promise<T>): Promise<T> {
    this.#isRetiring = true
    return new Promise((resolve, reject) => {
      this.#lane.add(this.#lane.free, () => this.#world.exclusive(work).then(resolve, reject))
    })
  }

  close(): void {
    this.#lane.close()
    this.#trainer = undefined
  }

  #enqueue(op: Op): void {
    let settle = (_: Outcome): void => undefined
    const promise = new Promise<Outcome>((resolve) => {
      settle = resolve
    })
    this.#world.futures.add(this.futureId(op.seq), promise, {
      hash: op.hash,
      keep: () => !this.#log.isDone(op.seq),
    })
    this.#lane.add(op.seq, async () => settle(await this.#world.exclusive(() => this.#run(op))))
  }

  /** Does a request and writes down what came of it. */
  async #run(op: Op): Promise<Outcome> {
    const outcome = await this.#attempt(op)
    try {
      const hasGradient = op.kind === 'forward_backward' && outcome.kind === 'pass'
      this.#log.finish(op.seq, { hash: op.hash, outcome }, { replay: hasGradient })
      if (outcome.kind !== 'failed' && settles(op.kind)) this.#log.settle(op.seq)
      return outcome
    } catch (error) {
      // What could not be written down was not done: memory is made again from what was.
      this.#trainer = undefined
      return { kind: 'failed', ...failureOf(error) }
    }
  }

  async #attempt(op: Op): Promise<Outcome> {
    try {
      const trainer = await this.#load()
      // Found by loading: the state was written, the answer was not.
      if (this.#log.isDone(op.seq)) return this.#log.done(op.seq).outcome
      return await perform(op, {
        info: this.info,
        trainer,
        world: this.#world,
        isFirst: this.#log.last === 0,
        settled: (outcome) => this.#settled(op, trainer, outcome),
      })
    } catch (error) {
      const failure = failureOf(error)
      // A step may have failed half way: memory is made again from what was before it.
      if (failure.category === 'server' || op.kind === 'optim_step') this.#trainer = undefined
      return { kind: 'failed', ...failure }
    }
  }

  /** Writes the state, with the answer, before anyone can read it. */
  async #settled(op: Op, trainer: AdapterTrainer, outcome: Outcome): Promise<Outcome> {
    try {
      await writeLive(this.#folder, trainer, { seq: op.seq, hash: op.hash, outcome })
    } catch (error) {
      this.#trainer = undefined
      throw error
    }
    return outcome
  }

  /** The trainer, made from the folder if memory was given back. */
  async #load(): Promise<AdapterTrainer> {
    if (this.#trainer) return this.#trainer
    this.#world.beforeLoad(this)
    const { base, programs, checkpoints } = this.#world
    const { rank, seed, train_attn, train_mlp, from } = this.info
    const wanted = [...(train_attn ? ATTENTION : []), ...(train_mlp ? MLP : [])]
    const targets = wanted.filter((end) =>
      base.arena.params.some(({ parts }) => parts.some((part) => part.name.endsWith(`.${end}.weight`))),
    )
    const trainer = new AdapterTrainer(
      base,
      programs,
      freshLora(base.arena.params, { rank, alpha: ALPHA, targets, seed }),
    )
    const live = await readLive(this.#folder, trainer)
    if (live && !this.#log.isDone(live.seq) && live.seq > this.#log.last) this.#recover(live.seq, live)
    if (!live && from) {
      await checkpoints.load(parsePath(from.path), trainer, { optimizer: from.optimizer })
      // From here on the checkpoint may be deleted.
      await writeLive(this.#folder, trainer, { seq: 0, hash: '', outcome: { kind: 'json', value: {} } })
    }
    const settled = live?.seq ?? 0
    for (const op of this.#log.accepted())
      if (op.seq > settled && this.#log.isDone(op.seq) && op.kind === 'forward_backward')
        await runPass(op, trainer, this.#world)
    this.#trainer = trainer
    return trainer
  }

  /** The state was written and the process ended before the answer was. */
  #recover(seq: number, { hash, outcome }: DoneOp): void {
    this.#log.finish(seq, { hash, outcome }, { replay: false })
    this.#log.settle(seq)
  }
}

const settles = (kind: OpKind): boolean => kind === 'optim_step' || kind === 'load_weights'
