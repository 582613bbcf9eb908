// The training verbs over one adapter: forward, forward and backward in one pass that also gives the log-probabilities,
// an AdamW step with the numbers of that step, and the state to save. The base is read only and shared with others.
// It differs from EmbeddedTrainer where the protocol does: targets may be any tokens, gradients of a pass that is not
// finite are not added, the settings of AdamW come with each step, and saving writes the adapter alone.
import { type EmbeddedModel, residentFeeds } from '../../engine/embedded-model.ts'
import { divisorOf, type MicroBatch, planMicroBatches } from '../../engine/micro-batch.ts'
import { type MicroBatchFeeds, microBatchFeeds } from '../../engine/micro-batch-feeds.ts'
import type { LoraAdapter } from '../../model/lora.ts'
import { decays, WeightArena } from '../../model/weight-arena.ts'
import {
  type AdamwConfig,
  type Arena,
  adamw,
  clipByNorm,
  type Optimizer,
  type OptimizerState,
} from '../../optim/index.ts'
import type { Binding, Numbers, Program } from '../../tensor/index.ts'
import type { ServedLoss } from './losses.ts'
import { userError } from './refusal.ts'
import type { Sequence } from './sequence.ts'
import type { PassMode, TrainingPrograms } from './training-programs.ts'

/** What came of a pass. */
export interface PassReport {
  /** The summed loss. */
  readonly total: number
  /** Per datum [T]. */
  readonly logprobs: readonly Float32Array[]
}

/** The numbers of one optimiser step. */
export interface StepSettings extends Omit<AdamwConfig, 'kind'> {
  readonly lr: number
  /** Largest gradient norm; 0 for none. */
  readonly clipNorm: number
}

/** Padded tokens of a micro-batch, as in the embedded trainer. */
const MICRO_BATCH_TOKENS = 4096
/** Logits of a micro-batch: every position has a target here, so a large vocabulary asks for small ones. */
const MICRO_BATCH_LOGITS = 2 ** 27

const FRESH: StepSettings = { lr: 0, beta1: 0.9, beta2: 0.95, eps: 1e-12, weightDecay: 0, clipNorm: 0 }

/** One adapter that learns. */
export class AdapterTrainer {
  readonly adapter: LoraAdapter
  readonly #base: EmbeddedModel
  readonly #programs: TrainingPrograms
  readonly #bindings = new Map<Program, Binding>()
  readonly #gradients: WeightArena
  readonly #space: Arena
  #optimizer: Optimizer
  #settings = FRESH

  constructor(base: EmbeddedModel, programs: TrainingPrograms, adapter: LoraAdapter) {
    this.#base = base
    this.#programs = programs
    this.adapter = adapter
    const { params, data } = adapter.arena
    this.#gradients = new WeightArena(params)
    this.#space = {
      size: data.length,
      segments: params.map((param) => ({ start: param.start, end: param.end, decay: decays(param) })),
    }
    this.#optimizer = adamw(FRESH, this.#space)
  }

  /** Log-probabilities and loss; backward adds the gradient to what has been summed up since the last step. */
  async pass(batch: readonly Sequence[], { loss }: ServedLoss, mode: PassMode): Promise<PassReport> {
    const placed = batch.map(({ datum }, index) => [{ datum, index, example: index }])
    const budget = Math.min(MICRO_BATCH_TOKENS, Math.ceil(MICRO_BATCH_LOGITS / this.#base.config.vocabSize))
    const scratch = this.#programs.scratch(this.adapter)
    const logprobs: Float32Array[] = []
    let total = 0
    let isFirst = true
    for (const microBatch of planMicroBatches(placed, budget)) {
      const divisor = divisorOf(microBatch)
      const program = await this.#programs.get(this.adapter, loss, { layout: microBatch.layout, divisor }, mode)
      const prepared = feedsOf(microBatch, batch, loss.fields, divisor)
      const into: Record<string, Numbers> = {}
      if (mode === 'backward')
        for (const [name, view] of (isFirst ? scratch.sum : scratch.part).views()) into[`gradient.${name}`] = view
      const feeds = Object.fromEntries(Object.entries(prepared.feeds).filter(([name]) => program.has(name)))
      const results = await program.run({ sizes: prepared.sizes, binding: this.#binding(program), feeds, into })
      if (mode === 'backward' && !isFirst) addTo(scratch.sum.data, scratch.part.data)
      isFirst = false
      total += results.loss[0]
      for (const { index, start, length } of prepared.spans)
        logprobs[index] = (results['token.logprobs'] as Float32Array).slice(start, start + length)
    }
    checkFinite(total, logprobs)
    if (mode === 'backward') {
      const norm = clipByNorm(scratch.sum.data)
      if (norm.kind === 'not-finite') throw notFinite('the gradient', norm.norm)
      addTo(this.#gradients.data, scratch.sum.data)
    }
    return { total, logprobs }
  }

  /** AdamW with what has been summed up, which is then cleared. Returns the gradient's norm before clipping. */
  step(settings: StepSettings): number {
    const gradients = this.#gradients.data
    const norm = clipByNorm(gradients, settings.clipNorm > 0 ? settings.clipNorm : undefined)
    if (norm.kind === 'not-finite') throw notFinite('the sum of the gradients', norm.norm)
    this.#configure(settings)
    this.#optimizer.step({ weights: this.adapter.arena.data, gradients, lr: settings.lr, scale: norm.scale })
    gradients.fill(0)
    return norm.norm
  }

  /** Views of the live state of AdamW. */
  optimizerState(): OptimizerState {
    return this.#optimizer.state()
  }

  /** Copies a state in; without one AdamW starts afresh. */
  restoreOptimizer(state?: OptimizerState): void {
    this.#optimizer = adamw(this.#settings, this.#space)
    if (state) this.#optimizer.load(state)
  }

  /** The settings of AdamW are fixed when it is made: other ones mean another one with the same memory. */
  #configure(settings: StepSettings): void {
    const { beta1, beta2, eps, weightDecay } = this.#settings
    const same =
      beta1 === settings.beta1 &&
      beta2 === settings.beta2 &&
      eps === settings.eps &&
      weightDecay === settings.weightDecay
    this.#settings = settings
    if (!same) this.restoreOptimizer(this.#optimizer.state())
  }

  #binding(program: Program): Binding {
    const binding =
      this.#bindings.get(program) ?? program.bind(residentFeeds(this.#base, this.#base.arena, this.adapter.arena))
    this.#bindings.set(program, binding)
    return binding
  }
}

/** The engine's feeds, with the targets that were asked for. */
function feedsOf(
  microBatch: MicroBatch,
  batch: readonly Sequence[],
  fields: readonly string[],
  divisor: number,
): MicroBatchFeeds {
  const prepared = microBatchFeeds(microBatch, { fields, scalars: [], divisor }, () => ({}))
  const targets = prepared.feeds.targets as Int32Array
  for (const { index, start } of prepared.spans) targets.set(batch[index].targets, start)
  return prepared
}

function addTo(sum: Float32Array, add: Float32Array): void {
  for (let i = 0; i < sum.length; i++) sum[i] += add[i]
}

function checkFinite(total: number, logprobs: readonly Float32Array[]): void {
  if (!Number.isFinite(total)) throw notFinite('the loss', total)
  const bad = logprobs.findIndex((list) => list.some((x) => !Number.isFinite(x)))
  if (bad >= 0) throw notFinite(`a log-probability of data[${bad}]`, Number.NaN)
}

const notFinite = (what: string, value: number) =>
  userError(`${what} is ${value}: the numbers sent along or the learning rate are too large. Nothing was changed.`)
