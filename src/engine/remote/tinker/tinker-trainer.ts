// A trainer whose weights are on a Tinker server. Losses are evaluated here (client-loss.ts) from the server's
// log-probabilities, and their gradients go back in the form that the server adds exactly (gradient-form.ts). Reports are
// those of the embedded engine; prompts are counted with each sequence, since the server computes them with each.
import { basename } from 'node:path'
import { GradusError } from '../../../base/error.ts'
import type {
  Checkpoint,
  Example,
  Loss,
  LossReport,
  OptimizerStep,
  Sampler,
  SequenceReport,
  Trainer,
  UpdateReport,
} from '../../../contracts/index.ts'
import { type Tokenizer, writeTokenizer } from '../../../text/index.ts'
import { vanishes } from '../../loss-feeds.ts'
import { checkDatum, type PlacedSequence } from '../../micro-batch.ts'
import { ClientLosses, type LogprobsOf, replacementsIn } from './client-loss.ts'
import { scoringPass } from './gradient-form.ts'
import { gradientSequence, gradNormIn, logprobsFrom, tokensOf } from './pass-answers.ts'
import { checkServer, readPointer, writePointer } from './pointer-file.ts'
import { hasCode } from './remote-failure.ts'
import type { ModelPlan } from './remote-model.ts'
import { ResilientModel, type Stored } from './resilient-model.ts'
import type { Session } from './session.ts'
import { TinkerSampler } from './tinker-sampler.ts'
import type { AdamParams } from './wire/index.ts'

/** What a trainer is made of. */
export interface TinkerTrainerOptions {
  /** The trainer closes its share of it. */
  readonly session: Session
  readonly plan: ModelPlan
  /** AdamW, but for the learning rate and the norm to clip at. */
  readonly adam: Pick<AdamParams, 'beta1' | 'beta2' | 'eps' | 'weight_decay'>
  readonly tokenizer: Tokenizer
  readonly contextLimit: number
  /** Of its samplers. */
  readonly samplingConcurrency?: number
  /** Stored weights to go on from. */
  readonly start?: Stored
}

/** Weights that learn on a server. */
export class TinkerTrainer implements Trainer {
  readonly id = 'tinker'
  readonly #options: TinkerTrainerOptions
  readonly #session: Session
  readonly #model: ResilientModel
  readonly #losses = new ClientLosses()
  readonly #checked = new Set<Loss>()
  #isNotFinite = false
  #saidClip = false

  private constructor(options: TinkerTrainerOptions) {
    this.#options = options
    this.#session = options.session
    this.#model = new ResilientModel(options.session, options.plan, options.start)
  }

  /** @throws `engine/operation-failed`, `remote/...` */
  static async open(options: TinkerTrainerOptions): Promise<TinkerTrainer> {
    const trainer = new TinkerTrainer(options)
    await trainer.#model.open()
    return trainer
  }

  /** New models made after lost answers. */
  get rebuilds(): number {
    return this.#model.rebuilds
  }

  async forward(
    batch: readonly Example[],
    loss: Loss,
    coefficients: Readonly<Record<string, number>> = {},
  ): Promise<LossReport> {
    this.#check(loss, batch)
    const examples = this.#place(batch)
    const logprobs = await this.#score(examples)
    const { total, report, lossTokens } = await this.#losses.evaluate(
      examples,
      { batch, loss, coefficients },
      (index) => logprobs(index),
    )
    const sequences = examples.flat().map(({ index }): SequenceReport => ({ logprobs: logprobs(index) }))
    return { total, report, sequences, lossTokens, tokens: tokensOf(examples), skipped: 0 }
  }

  async forwardBackward(
    batch: readonly Example[],
    loss: Loss,
    coefficients: Readonly<Record<string, number>> = {},
  ): Promise<LossReport> {
    this.#check(loss, batch)
    const examples = this.#place(batch)
    const kept = examples.filter((sequences) => !vanishes(sequences, loss))
    const setting = { batch, loss, coefficients }
    const sums = this.#session.connection.dialect.lossNormalisation === 'sum'
    const values =
      sums && this.#losses.isLinear(loss, batch)
        ? await this.#inOnePass(kept, setting)
        : await this.#inTwoPasses(kept, setting)
    const skipped = examples.length - kept.length
    return { ...values, tokens: tokensOf(kept), skipped }
  }

  async optimStep({ lr, clipNorm }: OptimizerStep): Promise<UpdateReport> {
    if (this.#isNotFinite)
      throw new GradusError('train/not-finite', 'the gradient is not a number', {
        hint: 'Weights are unchanged. Lower the learning rate and resume from the last checkpoint.',
      })
    const { dialect } = this.#session.connection
    if (clipNorm !== undefined && !dialect.gradClip && !this.#saidClip) {
      this.#saidClip = true
      this.#session.connection.note(`${dialect.name} does not clip gradients: clipNorm ${clipNorm} has no effect`)
    }
    const adam = { ...this.#options.adam, learning_rate: lr, grad_clip_norm: clipNorm ?? 0 }
    return { gradNorm: gradNormIn(await this.#model.step(adam)) }
  }

  async sampler(): Promise<Sampler> {
    const { tokenizer, contextLimit, samplingConcurrency: concurrency } = this.#options
    const { version } = this.#model
    // Only the weights as they are now: a sampler never moves on to later ones.
    const check = (): void => {
      if (this.#model.version !== version)
        throw new GradusError(
          'engine/snapshot-lost',
          'the weights have changed, and the server has no snapshot of them',
          {
            hint: 'Make another sampler after each optimiser step.',
          },
        )
    }
    const open = async (): Promise<string> => {
      check()
      const { samplingSession, path } = await this.#model.snapshot()
      if (samplingSession !== undefined) return samplingSession
      if (path !== undefined) return this.#session.sampling({ model_path: path })
      throw new GradusError('engine/bad-answer', 'the server gave neither a sampling session nor a path to sample from')
    }
    const { frozenSamplers } = this.#session.connection.dialect
    return TinkerSampler.open({
      ...{ session: this.#session, open, vocab: tokenizer, contextLimit, concurrency },
      ...(!frozenSamplers && { check }),
    })
  }

  /** Stores weights and optimiser on the server; the folder gets the tokenizer and a pointer. */
  async save(folder: string): Promise<Checkpoint> {
    const { plan, tokenizer, contextLimit } = this.#options
    // A folder under construction has a dot before its name and something behind it.
    const [name = 'save'] = /[A-Za-z0-9_-]+/.exec(basename(folder)) ?? []
    const { path } = await this.#model.save(name)
    const samplerPath = await this.#storedSnapshot(name)
    await writeTokenizer(tokenizer, folder)
    // Last: a folder with a pointer is complete.
    writePointer(folder, {
      url: this.#session.connection.options.url,
      dialect: this.#session.connection.dialect.name,
      path,
      ...(samplerPath !== undefined && { samplerPath }),
      baseModel: plan.baseModel,
      rank: plan.lora.rank,
      contextLimit,
    })
    return { path: folder }
  }

  async load(checkpoint: Checkpoint): Promise<void> {
    const pointer = await readPointer(checkpoint.path)
    if (!pointer)
      throw new GradusError('store/no-pointer', `${checkpoint.path} is no checkpoint of a remote run`, {
        hint: 'Only what was saved on this server can be loaded there.',
      })
    checkServer(pointer, this.#session.connection.options.url, checkpoint.path)
    await this.#model.restart({ path: pointer.path, optimizer: true })
    this.#isNotFinite = false
  }

  async dispose(): Promise<void> {
    await this.#losses.dispose()
    await this.#model.close()
    this.#session.close()
  }

  /** The loss is linear and its gradient known: the pass that adds it also says what it was worth. */
  async #inOnePass(kept: readonly PlacedSequence[][], setting: Setting) {
    const known = await this.#losses.knownGradients(kept, setting)
    const sequences = kept.flat().map(({ datum, index }) => gradientSequence(datum, known.get(index)))
    const finite = sequences.every(({ gradient }) => gradient.every(Number.isFinite))
    const outputs = finite
      ? await this.#model.addGradients(sequences)
      : [await this.#model.score(scoringPass(sequences))]
    if (!finite) this.#isNotFinite = true
    const logprobs = logprobsFrom(outputs, kept)
    const { gradients, ...values } = await this.#losses.evaluate(kept, setting, logprobs)
    return values
  }

  /** Log-probabilities first; then the gradient, where there is one. */
  async #inTwoPasses(kept: readonly PlacedSequence[][], setting: Setting) {
    const logprobs = await this.#score(kept)
    const { gradients, ...values } = await this.#losses.evaluate(kept, setting, logprobs)
    const all = kept
      .flat()
      .map(({ datum, index }) => ({ ...gradientSequence(datum, gradients.get(index)), logprobs: logprobs(index) }))
    if (all.every(({ gradient }) => gradient.every(Number.isFinite))) {
      for (const one of all) this.#model.offer(one)
      await this.#model.addGradients(all.filter(({ gradient }) => gradient.some((g) => g !== 0)))
    } else this.#isNotFinite = true
    return values
  }

  async #score(examples: readonly (readonly PlacedSequence[])[]): Promise<LogprobsOf> {
    const sequences = examples.flat().map(({ datum }) => datum)
    if (sequences.length === 0) return () => new Float32Array(0)
    return logprobsFrom([await this.#model.score(scoringPass(sequences))], examples)
  }

  #place(batch: readonly Example[]): PlacedSequence[][] {
    let index = 0
    return batch.map((example, e) =>
      example.sequences.map((datum) => {
        checkDatum(datum, this.#options.contextLimit)
        // Some servers answer ids that they do not know with NaN, others not at all.
        const unknown = datum.ids.find((id) => id < 0 || id >= this.#options.tokenizer.size)
        if (unknown !== undefined)
          throw new GradusError('train/bad-datum', `a sequence holds token ${unknown}`, {
            hint: `The vocabulary has ids 0 to ${this.#options.tokenizer.size - 1}.`,
          })
        return { datum, index: index++, example: e }
      }),
    )
  }

  /** Once for each loss: refuses what is not seen from here, says what stands in for what. */
  #check(loss: Loss, batch: readonly Example[]): void {
    if (this.#checked.has(loss)) return
    for (const replacement of replacementsIn(loss, batch)) this.#session.connection.note(replacement)
    this.#checked.add(loss)
  }

  /** For whoever samples from the checkpoint; a server that cannot store one is asked again when it is needed. */
  async #storedSnapshot(name: string): Promise<string | undefined> {
    if (!this.#session.connection.dialect.frozenSamplers) return undefined
    try {
      return (await this.#model.snapshot(name)).path
    } catch (error) {
      if (!hasCode(error, 'engine/operation-failed') && !hasCode(error, 'remote/http')) throw error
      this.#session.connection.note(`the server could not store a sampler snapshot of "${name}"`)
      return undefined
    }
  }
}

interface Setting {
  readonly batch: readonly Example[]
  readonly loss: Loss
  readonly coefficients: Readonly<Record<string, number>>
}
