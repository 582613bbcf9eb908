// What transformers assumes of each model family: class names, defaults of absent keys, which switches exist.
// Source: configuration_*.py and modeling_*.py of transformers 5.23. The only place that lists model types.
import type { ModelType, RopeScaling } from '../config.ts'

/** Where a switch comes from: a key of config.json, or fixed by the family's code. */
export type Switch = 'attention_bias' | 'mlp_bias' | 'always' | 'never'

/** One family's rules. */
export interface Family {
  /** Name of the class that loads it. */
  readonly architecture: string
  readonly qkvBias: Switch
  readonly outBias: Switch
  readonly mlpBias: Switch
  readonly qkNorm: boolean
  /** Rescalings of rotary frequencies that its configuration accepts. */
  readonly ropeKinds: readonly RopeScaling['kind'][]
  /** Whether `partial_rotary_factor` works. */
  readonly partialRotary: boolean
  /** How a sliding window is switched on: not at all, by its size alone, or by `use_sliding_window` per layer. */
  readonly window: 'none' | 'by-size' | 'by-layer'
  /** Rejects a hidden size that the number of heads does not divide, even with an explicit head size. */
  readonly headsDivideHidden: boolean
  readonly defaults: {
    readonly kvHeads?: number
    readonly headDim?: number
    readonly maxPositions: number
    readonly normEps: number
    /** Taken where the top level names none, even if the rotary settings do. */
    readonly originalMaxPositions?: number
    readonly eosId?: number
    readonly bosId?: number
    readonly padId?: number
  }
}

/** The families that Gradus reads and writes, by `model_type`. */
export const families: Readonly<Record<ModelType, Family>> = {
  llama: {
    architecture: 'LlamaForCausalLM',
    qkvBias: 'attention_bias',
    outBias: 'attention_bias',
    mlpBias: 'mlp_bias',
    qkNorm: false,
    ropeKinds: ['linear', 'llama3', 'longrope'],
    partialRotary: false,
    window: 'none',
    headsDivideHidden: true,
    defaults: { maxPositions: 2048, normEps: 1e-6, bosId: 1, eosId: 2 },
  },
  qwen2: {
    architecture: 'Qwen2ForCausalLM',
    qkvBias: 'always',
    outBias: 'never',
    mlpBias: 'never',
    qkNorm: false,
    ropeKinds: ['linear', 'llama3', 'longrope'],
    partialRotary: false,
    window: 'by-layer',
    headsDivideHidden: false,
    defaults: { kvHeads: 32, maxPositions: 32768, normEps: 1e-6 },
  },
  qwen3: {
    architecture: 'Qwen3ForCausalLM',
    qkvBias: 'attention_bias',
    outBias: 'attention_bias',
    mlpBias: 'never',
    qkNorm: true,
    ropeKinds: ['linear', 'llama3', 'longrope'],
    partialRotary: false,
    window: 'by-layer',
    headsDivideHidden: false,
    defaults: { kvHeads: 32, headDim: 128, maxPositions: 32768, normEps: 1e-6 },
  },
  phi3: {
    architecture: 'Phi3ForCausalLM',
    qkvBias: 'never',
    outBias: 'never',
    mlpBias: 'never',
    qkNorm: false,
    ropeKinds: ['longrope'],
    partialRotary: true,
    window: 'by-size',
    headsDivideHidden: false,
    defaults: {
      maxPositions: 4096,
      normEps: 1e-5,
      originalMaxPositions: 4096,
      bosId: 1,
      eosId: 32000,
      padId: 32000,
    },
  },
}

/** True for a model type that Gradus reads and writes. */
export function isModelType(name: string): name is ModelType {
  return Object.hasOwn(families, name)
}
