// Gives the stages of a recipe their models where there are no files: a checkpoint is a copy of the weights under a name.
// Every snapshot and every batch passes the gate first, which is where a run can be paused.
import { GradusError } from '../../../../src/base/error.ts'
import { stream } from '../../../../src/base/rng.ts'
import type { Checkpoint, Example, Host, Loss, LossReport, Update } from '../../../../src/contracts/index.ts'
import { type EmbeddedModel, embeddedModel } from '../../../../src/engine/embedded-model.ts'
import { EmbeddedSampler } from '../../../../src/engine/embedded-sampler.ts'
import { EmbeddedTrainer, type TrainerOptions } from '../../../../src/engine/embedded-trainer.ts'
import { SamplerPrograms } from '../../../../src/engine/sampler-programs.ts'
import type { ModelConfig } from '../../../../src/model/config.ts'
import { decoderParams } from '../../../../src/model/param-spec.ts'
import { ropeTables } from '../../../../src/model/rope.ts'
import { initialise, WeightArena } from '../../../../src/model/weight-arena.ts'
import { optimizerConfig } from '../../../../src/optim/index.ts'
import type { CompileOptions } from '../../../../src/tensor/program.ts'
import type { Tokenizer } from '../../../../src/text/tokenizer.ts'
import type { Gate } from './gate.ts'

/** The name of weights that have learnt nothing. */
export const FRESH = 'fresh'

/** Padded tokens in one micro-batch. A stream is never longer, so the rotary tables need no more rows. */
const MICRO_BATCH_TOKENS = 2048

/** What the host is made of. */
export interface MemoryHostOptions {
  readonly config: ModelConfig
  readonly tokenizer: Tokenizer
  readonly seed: number
  readonly compile: CompileOptions
  readonly gate: Gate
}

/** A host whose checkpoints are kept in memory. */
export class MemoryHost implements Host {
  readonly #options: MemoryHostOptions
  readonly #saved = new Map<string, Float32Array>()
  #newest: WeightArena

  constructor(options: MemoryHostOptions) {
    this.#options = options
    const { config, seed } = options
    this.#newest = new WeightArena(decoderParams(config))
    initialise(this.#newest, config, stream(seed, 'init'))
    this.#saved.set(FRESH, this.#newest.data.slice())
  }

  /** Weights as they are now. */
  get weights(): Float32Array {
    return this.#newest.data
  }

  /** How many numbers learn. */
  get parameters(): number {
    return this.#newest.count
  }

  async trainer(name: string, { optimizer }: Update): Promise<EmbeddedTrainer> {
    const model = this.#model(name)
    this.#newest = model.arena
    const options = { optimizer: optimizerConfig.parse(optimizer), microBatchTokens: MICRO_BATCH_TOKENS }
    return new MemoryTrainer(model, options, this.#options.gate, this.#saved)
  }

  async sampler(name: string): Promise<EmbeddedSampler> {
    const model = this.#model(name)
    return new EmbeddedSampler(model, model.arena, new SamplerPrograms(model))
  }

  /** [T] log-probabilities of a text after a context, under the weights as they are now. */
  async score(context: string, text: string): Promise<Float32Array> {
    const { tokenizer } = this.#options
    const model = this.#around(this.#newest)
    const programs = new SamplerPrograms(model)
    const sampler = new EmbeddedSampler(model, model.arena, programs)
    try {
      const [sample] = await sampler.score([{ context: tokenizer.encode(context), ids: tokenizer.encode(text) }])
      return sample.logprobs
    } finally {
      await sampler.dispose()
      await programs.dispose()
    }
  }

  #model(name: string): EmbeddedModel {
    const weights = this.#saved.get(name)
    if (weights === undefined) throw new GradusError('model/no-file', `no weights are kept under "${name}"`)
    const arena = new WeightArena(decoderParams(this.#options.config))
    arena.data.set(weights)
    return this.#around(arena)
  }

  /** Small rotary tables, since some runtimes copy every input in every run. */
  #around(arena: WeightArena): EmbeddedModel {
    const { config, tokenizer, compile } = this.#options
    const model = embeddedModel(config, arena, tokenizer, { ...compile, contextLimit: config.maxPositions })
    return { ...model, rope: ropeTables(config, MICRO_BATCH_TOKENS, config.maxPositions) }
  }
}

/** A trainer that saves into a map. */
class MemoryTrainer extends EmbeddedTrainer {
  readonly #gate: Gate
  readonly #saved: Map<string, Float32Array>

  constructor(model: EmbeddedModel, options: TrainerOptions, gate: Gate, saved: Map<string, Float32Array>) {
    super(model, options)
    this.#gate = gate
    this.#saved = saved
  }

  override async sampler(): Promise<EmbeddedSampler> {
    await this.#gate.pass()
    return super.sampler()
  }

  override async forwardBackward(
    batch: readonly Example[],
    loss: Loss,
    coefficients?: Readonly<Record<string, number>>,
  ): Promise<LossReport> {
    await this.#gate.pass()
    return super.forwardBackward(batch, loss, coefficients)
  }

  override async save(name: string): Promise<Checkpoint> {
    this.#saved.set(name, this.model.arena.data.slice())
    return { path: name }
  }

  override async load({ path }: Checkpoint): Promise<void> {
    throw new GradusError('train/cannot-resume', `a run here cannot be taken up again from "${path}"`)
  }
}
