// A model small enough for unit tests: 16 characters, width 16, one or two layers; and ways to look at what it does.
import { stream } from '../../base/rng.ts'
import type { Datum, Example, Sample, SampleRequest, Sampler } from '../../contracts/index.ts'
import type { ModelConfig } from '../../model/config.ts'
import { decoderParams } from '../../model/param-spec.ts'
import { initialise, WeightArena } from '../../model/weight-arena.ts'
import type { RunObserver } from '../../tensor/index.ts'
import { charTokenizer } from '../../text/index.ts'
import { type EmbeddedModel, embeddedModel } from '../embedded-model.ts'
import { EmbeddedSampler, type SamplerOptions } from '../embedded-sampler.ts'
import { EmbeddedTrainer, type TrainerOptions } from '../embedded-trainer.ts'
import { SamplerPrograms } from '../sampler-programs.ts'

/** 13 letters: ids 3 to 15. */
export const tinyTokenizer = charTokenizer('abcdefghijklm')

export const tinyConfig: ModelConfig = {
  modelType: 'llama',
  vocabSize: 16,
  hiddenSize: 16,
  layers: 1,
  heads: 2,
  kvHeads: 2,
  headDim: 8,
  feedForward: 24,
  maxPositions: 64,
  ropeTheta: 10_000,
  partialRotary: 1,
  normEps: 1e-5,
  tied: true,
  qkvBias: false,
  outBias: false,
  mlpBias: false,
  qkNorm: false,
  // Large, so that distributions are far from uniform and depend on what was read.
  initStd: 0.5,
  eosId: 1,
  padId: 0,
}

/** Everything that the families differ in at once: shared key heads, biases, normed heads, an own output head. */
export const richConfig: ModelConfig = {
  ...tinyConfig,
  modelType: 'qwen3',
  layers: 2,
  heads: 4,
  kvHeads: 2,
  headDim: 4,
  tied: false,
  qkvBias: true,
  outBias: true,
  mlpBias: true,
  qkNorm: true,
}

/** What a tiny model can be told. */
export interface TinyOptions {
  readonly config?: ModelConfig
  readonly seed?: number
  /** Samples end only where a request says. */
  readonly endless?: boolean
  readonly contextLimit?: number
  readonly observer?: RunObserver
}

export function tinyModel({
  config = tinyConfig,
  seed = 1,
  endless = false,
  contextLimit,
  observer,
}: TinyOptions = {}): EmbeddedModel {
  const arena = new WeightArena(decoderParams(config))
  initialise(arena, config, stream(seed, 'tiny-model'))
  // Gains and biases away from one and zero.
  const rng = stream(seed, 'tiny-gains')
  for (const { shape, start, end } of arena.params)
    if (shape.length === 1) for (let i = start; i < end; i++) arena.data[i] += 0.2 * rng.normal()
  const tokenizer = endless ? { ...tinyTokenizer, eos: -1 } : tinyTokenizer
  return embeddedModel(config, arena, tokenizer, { threads: 1, contextLimit, observer })
}

export function tinySampler(model: EmbeddedModel, options: SamplerOptions = {}): EmbeddedSampler {
  return new EmbeddedSampler(model, model.arena, new SamplerPrograms(model), options)
}

/** Counts runs of the runtime. */
export class RunCounter implements RunObserver {
  runs = 0
  runStarts(): void {
    this.runs++
  }
  runEnds(): void {}
}

/** All samples, by request and index. */
export async function collect(sampler: Sampler, requests: readonly SampleRequest[]): Promise<Sample[][]> {
  const samples: Sample[][] = requests.map(() => [])
  for await (const { request, index, sample } of sampler.sample(requests)) samples[request][index] = sample
  return samples
}

/** The gradient is read off the weights (see {@link takeGradient}), so the optimiser only scales it. */
const EPS = 1e8
const LR = 1e12

export function tinyTrainer(model: EmbeddedModel, options: Omit<TrainerOptions, 'optimizer'> = {}): EmbeddedTrainer {
  const optimizer = { kind: 'adamw', beta1: 0, beta2: 0, eps: EPS, weightDecay: 0 } as const
  return new EmbeddedTrainer(model, { optimizer, ...options })
}

/** The gradient that has been summed up, as one optimiser step without memory shows it; the weights stay. */
export async function takeGradient(trainer: EmbeddedTrainer, clipNorm?: number): Promise<Float64Array> {
  const weights = trainer.model.arena.data
  const before = weights.slice()
  await trainer.optimStep({ lr: LR, clipNorm })
  const gradient = Float64Array.from(before, (value, i) => ((value - weights[i]) * EPS) / LR)
  weights.set(before)
  return gradient
}

/** Length of the difference relative to that of b. */
export function relativeDistance(a: Float64Array, b: Float64Array): number {
  return norm(a.map((value, i) => value - b[i])) / norm(b)
}

export const norm = (values: Float64Array): number => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0))

/** A sequence from text, with numbers for each completion token by field name. */
export function datum(
  prompt: string,
  completion: string,
  fields: Readonly<Record<string, readonly number[]>> = {},
  group?: number,
): Datum {
  const entries = Object.entries(fields).map(([name, data]) => [
    name,
    { data: Float32Array.from(data), shape: [data.length] as const },
  ])
  return {
    ids: tinyTokenizer.encode(prompt + completion),
    promptLength: prompt.length,
    ...(group !== undefined && { group }),
    fields: Object.fromEntries(entries),
  }
}

export const example = (...sequences: readonly Datum[]): Example => ({ sequences })

/** The largest distance between two lists of numbers; infinite when they differ in length. */
export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY
  return Array.from(a, (value, i) => Math.abs(value - b[i])).reduce((most, d) => Math.max(most, d), 0)
}
