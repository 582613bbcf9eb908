// The training side of the embedded engine: forward, forwardBackward, optimStep, save and load over the arena of weights that
// learn. It splits batches, runs graphs and sums gradients; what a loss or a batch means is not known here.
import { GradusError } from '../base/error.ts'
import type {
  Checkpoint,
  Example,
  Loss,
  LossReport,
  OptimizerStep,
  SequenceReport,
  Trainer,
  UpdateReport,
} from '../contracts/index.ts'
import { plainWeights } from '../model/decoder.ts'
import { loraAdditions } from '../model/lora.ts'
import { VALUE_HEAD } from '../model/value-head.ts'
import { decays, WeightArena } from '../model/weight-arena.ts'
import { clipByNorm, makeOptimizer, type Optimizer, type OptimizerConfig } from '../optim/index.ts'
import { type Binding, type Numbers, Program, type Tensor } from '../tensor/index.ts'
import { type EmbeddedModel, mergedWeights, residentFeeds, trainedArena, weightInputs } from './embedded-model.ts'
import { EmbeddedSampler } from './embedded-sampler.ts'
import { coefficientFeeds, vanishes, widthsOf } from './loss-feeds.ts'
import { checkDatum, divisorOf, type PlacedSequence, planMicroBatches } from './micro-batch.ts'
import { type MicroBatchFeeds, microBatchFeeds } from './micro-batch-feeds.ts'
import { SamplerPrograms } from './sampler-programs.ts'
import { lossGraph, type TokenGrid, tokenOutputs } from './training-graph.ts'

/** How to train. */
export interface TrainerOptions {
  readonly optimizer: OptimizerConfig
  /** Padded tokens in one micro-batch. */
  readonly microBatchTokens?: number
}

/** Chosen by measurement: activations of a small model's micro-batch stay in the last-level cache. */
const MICRO_BATCH_TOKENS = 4096

/** Loaded when first needed: where there are no files, a trainer still trains. */
const checkpoints = () => import('./checkpoint.ts')

/** A compiled graph with the weights it reads. */
interface Compiled {
  readonly program: Program
  readonly binding: Binding
}

/** Weights that learn, in this process. */
export class EmbeddedTrainer implements Trainer {
  readonly id = 'embedded'
  readonly model: EmbeddedModel
  readonly #options: TrainerOptions
  readonly #optimizer: Optimizer
  readonly #gradients: WeightArena
  readonly #scratch: WeightArena
  readonly #programs = new Map<Loss, Map<string, Promise<Compiled>>>()
  readonly #samplerPrograms: SamplerPrograms
  /** Gradients have been added since the last step. */
  #dirty = false

  constructor(model: EmbeddedModel, options: TrainerOptions) {
    this.model = model
    this.#options = options
    const { params, data } = trainedArena(model)
    this.#gradients = new WeightArena(params)
    this.#scratch = new WeightArena(params)
    this.#samplerPrograms = new SamplerPrograms(model)
    this.#optimizer = makeOptimizer(options.optimizer, {
      size: data.length,
      segments: params.map((param) => ({ start: param.start, end: param.end, decay: decays(param) })),
    })
  }

  async forward(
    batch: readonly Example[],
    loss: Loss,
    coefficients: Readonly<Record<string, number>> = {},
  ): Promise<LossReport> {
    return this.#pass(batch, loss, coefficients, 'forward')
  }

  async forwardBackward(
    batch: readonly Example[],
    loss: Loss,
    coefficients: Readonly<Record<string, number>> = {},
  ): Promise<LossReport> {
    return this.#pass(batch, loss, coefficients, 'backward')
  }

  async optimStep({ lr, clipNorm }: OptimizerStep): Promise<UpdateReport> {
    const gradients = this.#gradients.data
    if (!this.#dirty) gradients.fill(0)
    const norm = clipByNorm(gradients, clipNorm)
    if (norm.kind === 'not-finite')
      throw new GradusError('train/not-finite', `the gradient norm is ${norm.norm}`, {
        hint: 'Weights are unchanged. Lower the learning rate and resume from the last checkpoint.',
      })
    this.#optimizer.step({ weights: trainedArena(this.model).data, gradients, lr, scale: norm.scale })
    this.#dirty = false
    return { gradNorm: norm.norm }
  }

  async sampler(): Promise<EmbeddedSampler> {
    return new EmbeddedSampler(this.model, mergedWeights(this.model), this.#samplerPrograms)
  }

  async save(folder: string): Promise<Checkpoint> {
    const { saveModel } = await checkpoints()
    await saveModel(folder, this.model, this.#optimizer)
    return { path: folder }
  }

  async load(checkpoint: Checkpoint): Promise<void> {
    const { loadOptimizer, restoreModel } = await checkpoints()
    await restoreModel(checkpoint.path, this.model)
    await loadOptimizer(checkpoint.path, this.#optimizer)
    this.#dirty = false
  }

  async dispose(): Promise<void> {
    for (const programs of this.#programs.values())
      for (const compiled of programs.values()) await (await compiled).program.dispose()
    this.#programs.clear()
    await this.#samplerPrograms.dispose()
  }

  async #pass(
    batch: readonly Example[],
    loss: Loss,
    coefficients: Readonly<Record<string, number>>,
    mode: 'forward' | 'backward',
  ): Promise<LossReport> {
    const examples = this.#place(batch)
    const kept = mode === 'forward' ? examples : examples.filter((sequences) => !vanishes(sequences, loss))
    const fixed = coefficientFeeds(loss, coefficients)
    const sums: Record<string, number> = {}
    const sequences: SequenceReport[] = []
    let total = 0
    let tokens = 0
    let lossTokens = 0
    for (const microBatch of planMicroBatches(kept, this.#options.microBatchTokens ?? MICRO_BATCH_TOKENS)) {
      const grid: TokenGrid = { layout: microBatch.layout, divisor: divisorOf(microBatch) }
      const wanted = { fields: loss.fields, scalars: loss.scalars ?? [], divisor: grid.divisor }
      const prepared = microBatchFeeds(microBatch, wanted, (example) => batch[example].scalars ?? {})
      const { program, binding } = await this.#program(loss, grid, mode, widthsOf(prepared, loss))
      const feeds = pickFeeds(program, { ...prepared.feeds, ...fixed })
      const into: Record<string, Numbers> = {}
      if (mode === 'backward')
        for (const [name, view] of (this.#dirty ? this.#scratch : this.#gradients).views())
          into[`gradient.${name}`] = view
      const results = await program.run({ sizes: prepared.sizes, binding, feeds, into })
      if (mode === 'backward') this.#accumulate()
      total += results.loss[0]
      tokens += prepared.tokens
      lossTokens += prepared.sizes.N
      for (const name of Object.keys(results)) {
        if (name.startsWith('report.')) sums[name.slice(7)] = (sums[name.slice(7)] ?? 0) + results[name][0]
        if (name.startsWith('max.'))
          sums[name.slice(4)] = Math.max(sums[name.slice(4)] ?? Number.NEGATIVE_INFINITY, results[name][0])
      }
      if (mode === 'forward') collectSequences(prepared, results, sequences)
    }
    return {
      total,
      report: sums,
      ...(mode === 'forward' && { sequences }),
      lossTokens,
      tokens,
      skipped: examples.length - kept.length,
    }
  }

  #place(batch: readonly Example[]): PlacedSequence[][] {
    let index = 0
    return batch.map((example, e) =>
      example.sequences.map((datum) => {
        checkDatum(datum, this.model.contextLimit)
        return { datum, index: index++, example: e }
      }),
    )
  }

  /** Adds the newest gradients to the sum; the first of a step were written into the sum itself. */
  #accumulate(): void {
    if (this.#dirty) {
      const sum = this.#gradients.data
      const add = this.#scratch.data
      for (let i = 0; i < sum.length; i++) sum[i] += add[i]
    }
    this.#dirty = true
  }

  #program(
    loss: Loss,
    grid: TokenGrid,
    mode: 'forward' | 'backward',
    widths: Readonly<Record<string, number>>,
  ): Promise<Compiled> {
    const programs = this.#programs.get(loss) ?? new Map<string, Promise<Compiled>>()
    this.#programs.set(loss, programs)
    const key = `${mode} ${grid.layout} ${grid.divisor} ${JSON.stringify(widths)}`
    let compiled = programs.get(key)
    if (!compiled) {
      compiled = this.#compile(loss, grid, mode, widths)
      programs.set(key, compiled)
    }
    return compiled
  }

  async #compile(
    loss: Loss,
    grid: TokenGrid,
    mode: 'forward' | 'backward',
    widths: Readonly<Record<string, number>>,
  ): Promise<Compiled> {
    const { config, arena, adapter, rope } = this.model
    const arenas = adapter ? [arena, adapter.arena] : [arena]
    const tensors = weightInputs(...arenas)
    if (loss.wants.includes('values') && !tensors.has(VALUE_HEAD))
      throw new GradusError('train/no-value-head', `loss "${loss.id}" wants values, and the model has no value head`, {
        hint: "Set valueHead in the stage's update, or start from a folder that has one.",
      })
    const additions = adapter && loraAdditions(arena.params, adapter, tensors)
    const weights = plainWeights(config, tensors, { training: true, additions })
    const learns = trainedArena(this.model).views()
    const shape = { config, positions: rope.positions }
    const outputs: Record<string, Tensor> = lossGraph(tokenOutputs(shape, weights, grid), loss, widths, {
      gradientsOf: new Map(mode === 'backward' ? [...tensors].filter(([name]) => learns.has(name)) : []),
      perToken: mode === 'forward',
    })
    const program = await Program.compile(outputs, this.model.compile)
    return { program, binding: program.bind(residentFeeds(this.model, ...arenas)) }
  }
}

/** Only what the graph reads: a loss that ignores sequences has no input for them. */
function pickFeeds(program: Program, feeds: Readonly<Record<string, Numbers>>): Record<string, Numbers> {
  return Object.fromEntries(Object.entries(feeds).filter(([name]) => program.has(name)))
}

/** Cuts per-token outputs into sequences, at their places in the caller's batch. */
function collectSequences(
  { spans }: MicroBatchFeeds,
  results: Readonly<Record<string, Numbers>>,
  sequences: SequenceReport[],
): void {
  const cut = (name: string, start: number, length: number): Float32Array | undefined =>
    (results[name] as Float32Array | undefined)?.slice(start, start + length)
  for (const { index, start, length } of spans) {
    sequences[index] = {
      logprobs: cut('token.logprobs', start, length) ?? new Float32Array(0),
      entropy: cut('token.entropy', start, length),
      values: cut('token.values', start, length),
    }
  }
}
