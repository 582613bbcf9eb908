// Decoders of a few thousand weights, of every family, for tests. All weights are random, norms and biases too, so that a
// mistake with any of them shows.
import { stream } from '../../base/rng.ts'
import type { ModelConfig } from '../config.ts'
import { decoderParams, elementCount } from '../param-spec.ts'
import { WeightArena } from '../weight-arena.ts'

const base: ModelConfig = {
  modelType: 'llama',
  vocabSize: 19,
  hiddenSize: 24,
  layers: 2,
  heads: 4,
  kvHeads: 2,
  headDim: 6,
  feedForward: 20,
  maxPositions: 48,
  ropeTheta: 100,
  partialRotary: 1,
  normEps: 1e-6,
  tied: true,
  qkvBias: false,
  outBias: false,
  mlpBias: false,
  qkNorm: false,
  initStd: 0.02,
  eosId: 1,
  padId: 0,
  bosId: 2,
}

const longrope = {
  kind: 'longrope' as const,
  shortFactor: [1, 1.2],
  longFactor: [1.5, 4],
  originalMaxPositions: 16,
}

/** Configurations by name: what the families have and the others have not. */
export const tinyConfigs = {
  llama: base,
  'llama-untied-biases': { ...base, tied: false, qkvBias: true, outBias: true, mlpBias: true },
  'llama-llama3-rope': {
    ...base,
    ropeScaling: { kind: 'llama3', factor: 4, lowFreqFactor: 1, highFreqFactor: 4, originalMaxPositions: 16 },
  },
  'llama-linear-rope': { ...base, ropeScaling: { kind: 'linear', factor: 2.5 } },
  qwen2: { ...base, modelType: 'qwen2', heads: 4, kvHeads: 1, qkvBias: true },
  qwen3: { ...base, modelType: 'qwen3', headDim: 8, kvHeads: 4, qkNorm: true, tied: false },
  phi3: { ...base, modelType: 'phi3', partialRotary: 0.67, tied: false },
  'phi3-longrope': { ...base, modelType: 'phi3', partialRotary: 0.67, ropeScaling: longrope },
} as const satisfies Readonly<Record<string, ModelConfig>>

/** The name of one of {@link tinyConfigs}. */
export type TinyName = keyof typeof tinyConfigs

export const tinyNames = Object.keys(tinyConfigs) as TinyName[]

/** An arena of random weights: matrices about 1 / sqrt(inputs), gains around 1, biases around 0. */
export function randomWeights(config: ModelConfig, seed: string): WeightArena {
  const arena = new WeightArena(decoderParams(config))
  const rng = stream('tiny-model', seed)
  for (const { name, shape, start } of arena.params) {
    const isVector = shape.length === 1
    const scale = isVector ? 0.3 : name.includes('embed_tokens') ? 1 : 1.4 / Math.sqrt(shape[1])
    const middle = isVector && !name.endsWith('.bias') ? 1 : 0
    for (let i = 0; i < elementCount(shape); i++) arena.data[start + i] = middle + scale * rng.normal()
  }
  return arena
}
