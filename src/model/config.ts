// The shape of a decoder: what Llama, Qwen2, Qwen3 and Phi-3 have in common and where they differ. Plain data.

/** Hugging Face model types that this decoder can be. */
export type ModelType = 'llama' | 'qwen2' | 'qwen3' | 'phi3'

/** Rescaling of rotary frequencies, as in Hugging Face's `rope_scaling`. */
export type RopeScaling =
  | { readonly kind: 'linear'; readonly factor: number }
  | {
      readonly kind: 'llama3'
      readonly factor: number
      readonly lowFreqFactor: number
      readonly highFreqFactor: number
      readonly originalMaxPositions: number
    }
  | {
      readonly kind: 'longrope'
      readonly shortFactor: readonly number[]
      readonly longFactor: readonly number[]
      readonly originalMaxPositions: number
      /** Multiplies sines and cosines; derived from the context ratio when absent. */
      readonly attentionFactor?: number
    }

/** Sizes and switches of a decoder-only transformer. */
export interface ModelConfig {
  readonly modelType: ModelType
  readonly vocabSize: number
  /** D */
  readonly hiddenSize: number
  /** L */
  readonly layers: number
  /** Query heads. */
  readonly heads: number
  /** Key and value heads; divides `heads`. */
  readonly kvHeads: number
  readonly headDim: number
  /** Width of the gated feed-forward layer. */
  readonly feedForward: number
  readonly maxPositions: number
  readonly ropeTheta: number
  /** Share of each head's width that is rotated, in (0, 1]. */
  readonly partialRotary: number
  readonly ropeScaling?: RopeScaling
  readonly normEps: number
  /** The output head is the embedding, transposed. */
  readonly tied: boolean
  /** Biases on query, key and value projections (Qwen2). */
  readonly qkvBias: boolean
  /** Bias on the attention output projection (Llama's `attention_bias`). */
  readonly outBias: boolean
  /** Biases on the feed-forward projections (Llama's `mlp_bias`). */
  readonly mlpBias: boolean
  /** RMS norm on each query and key head (Qwen3). */
  readonly qkNorm: boolean
  /** Standard deviation of fresh weights. */
  readonly initStd: number
  readonly bosId?: number
  readonly eosId: number
  /** Further tokens that end a sequence, as chat models have. */
  readonly otherEosIds?: readonly number[]
  readonly padId: number
}

/** Every token that ends a sequence, the one that training uses first. */
export const eosIds = ({ eosId, otherEosIds = [] }: Pick<ModelConfig, 'eosId' | 'otherEosIds'>): readonly number[] => [
  eosId,
  ...otherEosIds,
]

/** The switches of a plain Llama with a tied head: what a fresh small model is, but for its sizes and tokens. */
export const plainLlama = {
  modelType: 'llama',
  ropeTheta: 10_000,
  partialRotary: 1,
  normEps: 1e-6,
  tied: true,
  qkvBias: false,
  outBias: false,
  mlpBias: false,
  qkNorm: false,
} as const satisfies Partial<ModelConfig>
