// A model on a server that may lose answers, forget the model or be killed: gradients and optimiser steps since the last
// save are kept in a journal, and when nobody knows what the server has done, a new model is made from that save and the
// journal is done again. So every step counts exactly once, also where servers run a repeated request twice.
import { GradusError, messageOf } from '../../../base/error.ts'
import { type GradientSequence, gradientPasses } from './gradient-form.ts'
import { isLost } from './remote-failure.ts'
import { type ModelPlan, RemoteModel } from './remote-model.ts'
import type { Session } from './session.ts'
import type { AdamParams, PassOutput } from './wire/index.ts'

/** Weights stored on the server. */
export interface Stored {
  readonly path: string
  /** Load the optimiser's state too. */
  readonly optimizer: boolean
}

/** One optimiser step as it was done. */
interface Step {
  readonly calls: readonly (readonly GradientSequence[])[]
  readonly filler: GradientSequence | undefined
  readonly adam: AdamParams
}

/** Steps after which the journal is replaced by a save. */
const LONGEST_JOURNAL = 50
/** New models for one operation. */
const REBUILDS = 3

/** A model whose state is known at all times, or can be made again. */
export class ResilientModel {
  readonly #session: Session
  readonly #plan: ModelPlan
  #model: RemoteModel | undefined
  #anchor: Stored | undefined
  #journal: Step[] = []
  /** Gradients since the last optimiser step. */
  #pending: (readonly GradientSequence[])[] = []
  /** The shortest sequence seen since the last optimiser step: see {@link step}. */
  #shortest: GradientSequence | undefined
  /** A model that is being freed. */
  #leaving: Promise<void> | undefined
  #saves = 0
  #version = 0
  #rebuilds = 0

  constructor(session: Session, plan: ModelPlan, anchor?: Stored) {
    this.#session = session
    this.#plan = plan
    this.#anchor = anchor
  }

  /** Changes with the weights. */
  get version(): number {
    return this.#version
  }

  /** Times that the model was made again. */
  get rebuilds(): number {
    return this.#rebuilds
  }

  /** Makes the model on the server. */
  async open(): Promise<void> {
    await this.#safely('reads', () => {})
  }

  /** Log-probabilities of sequences; changes nothing. */
  async score(pass: Parameters<RemoteModel['pass']>[0]): Promise<PassOutput> {
    return this.#safely('reads', (model) => model.pass(pass))
  }

  /** Adds gradients. What the server said of them, where it was asked at once. */
  async addGradients(sequences: readonly GradientSequence[]): Promise<PassOutput[]> {
    await this.#ensureAnchor()
    const answers = await this.#safely('changes', (model) => (this.#waits ? [] : this.#send(model, sequences)))
    this.#pending.push(sequences)
    return answers
  }

  /** A sequence that may be sent with a gradient of zero where a step has no other: see {@link step}. */
  offer(sequence: GradientSequence): void {
    if (!this.#shortest || sequence.ids.length < this.#shortest.ids.length) this.#shortest = sequence
  }

  /**
   * One optimiser step; gives the server's metrics. Some servers refuse a step without a gradient or divide by their
   * number: then one sequence is sent that adds zero.
   */
  async step(adam: AdamParams): Promise<Record<string, number>> {
    const isEmpty = this.#pending.every((call) => call.length === 0)
    const filler = isEmpty && this.#shortest ? withoutGradient(this.#shortest) : undefined
    const step: Step = { calls: this.#pending, filler, adam }
    await this.#ensureAnchor()
    const metrics = await this.#safely('changes', (model) => this.#apply(model, step, { isSent: !this.#waits }))
    this.#version++
    this.#journal.push(step)
    this.#pending = []
    this.#shortest = undefined
    if (this.#journal.length >= LONGEST_JOURNAL) await this.#shorten()
    return metrics
  }

  /** Stores weights and optimiser on the server, and rests on that from now on. */
  async save(name: string): Promise<Stored> {
    const path = await this.#store(name)
    this.#anchor = { path, optimizer: true }
    this.#journal = []
    return this.#anchor
  }

  /** Freezes the weights for sampling: under a name, or for this session only. */
  async snapshot(name?: string): Promise<{ path?: string; samplingSession?: string }> {
    return this.#safely('reads', (model) => twice(() => model.snapshot(name && this.#fresh(name))))
  }

  /** Goes on from stored weights, in a new model. */
  async restart(anchor: Stored): Promise<void> {
    const old = this.#model
    this.#version++
    this.#anchor = anchor
    this.#journal = []
    this.#pending = []
    this.#shortest = undefined
    this.#model = undefined
    await old?.unload()
    await this.open()
  }

  async close(): Promise<void> {
    const model = this.#model
    this.#model = undefined
    await model?.unload()
  }

  /** Gradients have to wait for the step: only then is known by how many sequences the server will divide. */
  get #waits(): boolean {
    return this.#session.connection.dialect.lossNormalisation === 'sequence-mean'
  }

  /** Runs on a model in a known state. A lost answer is no end: the state is made again, and the operation done on that. */
  async #safely<T>(effect: 'reads' | 'changes', run: (model: RemoteModel) => Promise<T> | T): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        this.#model ??= await this.#build()
        return await run(this.#model)
      } catch (error) {
        // Of what should have changed the model, a part may have been done: to fail is to have done nothing.
        if (isLost(error) || effect === 'changes') this.#discard()
        if (!isLost(error) || attempt > REBUILDS) throw error
        this.#rebuilds++
        this.#session.connection.note(
          `${messageOf(error)}; going on from the last save (${this.#journal.length} steps)`,
        )
        await this.#session.check()
      }
    }
  }

  #discard(): void {
    const old = this.#model
    this.#model = undefined
    if (old) this.#leaving = old.unload()
  }

  /** Where a place keeps gradients, a model before this one takes them away with a step that moves nothing. */
  async #sweep(): Promise<void> {
    if (this.#session.connection.dialect.cleanModels) return
    const sweeper = await RemoteModel.create(this.#session, this.#plan)
    await sweeper.step({ learning_rate: 0, beta1: 0.9, beta2: 0.95, eps: 1e-8, weight_decay: 0, grad_clip_norm: 0 })
    await sweeper.unload()
  }

  async #build(): Promise<RemoteModel> {
    if (!this.#anchor && this.#journal.length > 0)
      throw new GradusError('engine/nothing-saved', 'the server has lost the model, and nothing was saved', {
        hint: 'Start the run again.',
      })
    // Else the new model could take its place only after this has been swept.
    await this.#leaving
    await this.#sweep()
    const model = await RemoteModel.create(this.#session, this.#plan)
    try {
      if (this.#anchor) await model.load(this.#anchor.path, this.#anchor.optimizer)
      for (const step of this.#journal) await this.#apply(model, step, { isSent: false })
      if (!this.#waits) for (const call of this.#pending) await this.#send(model, call)
      return model
    } catch (error) {
      this.#leaving = model.unload()
      throw error
    }
  }

  async #apply(model: RemoteModel, { calls, filler, adam }: Step, { isSent }: { isSent: boolean }) {
    if (this.#waits) await this.#send(model, calls.flat())
    else if (!isSent) for (const call of calls) await this.#send(model, call)
    if (filler) await this.#send(model, [filler])
    return model.step(adam)
  }

  async #send(model: RemoteModel, sequences: readonly GradientSequence[]): Promise<PassOutput[]> {
    const { dialect, settings } = this.#session.connection
    const answers: PassOutput[] = []
    for (const pass of gradientPasses(sequences, dialect, settings.limits)) answers.push(await model.pass(pass))
    return answers
  }

  /** Before the first gradient there must be something to go back to. */
  async #ensureAnchor(): Promise<void> {
    if (!this.#anchor) this.#anchor = { path: await this.#store('start'), optimizer: true }
  }

  /** A save of its own, for a run that has long made none. */
  async #shorten(): Promise<void> {
    try {
      await this.save('journal')
    } catch (error) {
      this.#session.connection.note(
        `the journal of ${this.#journal.length} steps could not be saved: ${messageOf(error)}`,
      )
    }
  }

  async #store(name: string): Promise<string> {
    const path = await this.#safely('reads', (model) => twice(() => model.save(this.#fresh(name))))
    // The next save has to be of another model, which is made from this one.
    if (!this.#session.connection.dialect.savesAgain) this.#discard()
    return path
  }

  /** A name is given once: a save whose answer was lost may have been made. */
  #fresh(name: string): string {
    this.#saves++
    return `${name.replace(/[^A-Za-z0-9_-]/g, '-').slice(0, 200)}-${this.#saves}`
  }
}

const withoutGradient = (sequence: GradientSequence): GradientSequence => ({
  ...sequence,
  gradient: new Float32Array(sequence.gradient.length),
})

/** What only stores may be done again, on the same model and under another name, when its answer is lost. */
async function twice<T>(store: () => Promise<T>): Promise<T> {
  try {
    return await store()
  } catch (error) {
    if (!isLost(error)) throw error
    return store()
  }
}
