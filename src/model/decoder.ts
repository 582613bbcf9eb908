// The decoder-only transformer as one function of tensors: Llama, Qwen2, Qwen3 and Phi-3 by configuration.
// Attention patterns, where weights come from, and what is done with the hidden states belong to the caller.
import { add, gather, matmul, mul, normalize, reshape, rotate, silu, slice, type Tensor, transpose } from '../tensor/index.ts'
import type { Attend } from './attention.ts'
import type { ModelConfig } from './config.ts'

/** Applies named weights; how (merged, with adapters, gains folded) is the implementation's choice. */
export interface Weights {
  /** A weight by its name, such as `model.embed_tokens.weight`. */
  get(name: string): Tensor
  /** The linear map NAME.weight (and NAME.bias if it has one) of RMS-normalised x, with the gain GAIN.weight. */
  normalizedLinear(x: Tensor, gain: string, name: string): Tensor
  /** The linear map NAME.weight (and NAME.bias if it has one) of x. */
  linear(x: Tensor, name: string): Tensor
}

/** One batch of token streams. */
export interface Stream {
  /** [P, T] token ids, int32. */
  readonly ids: Tensor
  /** [P, T] positions, int32. */
  readonly positions: Tensor
  /** [S, R/2] tables of the rotary angles. */
  readonly cos: Tensor
  readonly sin: Tensor
}

/** Hidden states, and the keys and values of each layer. */
export interface Decoded {
  /** [P, T, D] before the final normalisation. */
  readonly hidden: Tensor
  /** Per layer [P, K, T, W], rotated. */
  readonly keys: readonly Tensor[]
  readonly values: readonly Tensor[]
}

/** Runs the layers over a stream. */
export function decode(config: ModelConfig, weights: Weights, stream: Stream, attend: Attend): Decoded {
  const keys: Tensor[] = []
  const values: Tensor[] = []
  let x = gather(weights.get('model.embed_tokens.weight'), stream.ids)
  for (let layer = 0; layer < config.layers; layer++) {
    const prefix = `model.layers.${layer}`
    const { q, k, v } = projectHeads(config, weights, stream, x, prefix)
    keys.push(k)
    values.push(v)
    const mixed = transpose(attend(layer, { q, k, v }), [0, 2, 1, 3])
    const flat = reshape(mixed, [...x.shape.slice(0, 2), config.heads * config.headDim])
    x = add(x, weights.linear(flat, `${prefix}.self_attn.o_proj`))
    const gateUp = weights.normalizedLinear(x, `${prefix}.post_attention_layernorm`, `${prefix}.mlp.gate_up_proj`)
    const gate = slice(gateUp, 2, 0, config.feedForward)
    const up = slice(gateUp, 2, config.feedForward, config.feedForward)
    x = add(x, weights.linear(mul(silu(gate), up), `${prefix}.mlp.down_proj`))
  }
  return { hidden: x, keys, values }
}

/** Logits [..., V] of hidden states [..., D]. */
export function logitsOf(config: ModelConfig, weights: Weights, hidden: Tensor): Tensor {
  return weights.normalizedLinear(hidden, 'model.norm', config.tied ? 'model.embed_tokens' : 'lm_head')
}

/** Queries, keys and values of one layer as [P, heads, T, W], normalised and rotated. */
function projectHeads(config: ModelConfig, weights: Weights, stream: Stream, x: Tensor, prefix: string) {
  const { heads, kvHeads, headDim, normEps } = config
  const projected = weights.normalizedLinear(x, `${prefix}.input_layernorm`, `${prefix}.self_attn.qkv_proj`)
  const [rows, time] = x.shape
  // One transpose for queries, keys and values together: [P, H + 2K, T, W].
  const all = transpose(reshape(projected, [rows, time, heads + 2 * kvHeads, headDim]), [0, 2, 1, 3])
  const place = (t: Tensor): Tensor => rotate(t, stream.positions, stream.cos, stream.sin)
  const v = slice(all, 1, heads + kvHeads, kvHeads)
  if (config.qkNorm) {
    const norm = (t: Tensor, name: string): Tensor =>
      normalize(t, normEps, weights.get(`${prefix}.self_attn.${name}.weight`))
    return {
      q: place(norm(slice(all, 1, 0, heads), 'q_norm')),
      k: place(norm(slice(all, 1, heads, kvHeads), 'k_norm')),
      v,
    }
  }
  const rotated = place(slice(all, 1, 0, heads + kvHeads))
  return { q: slice(rotated, 1, 0, heads), k: slice(rotated, 1, heads, kvHeads), v }
}

/** Weights that are plain tensors, looked up by name. `fold` multiplies gains into weights: cheaper to train. */
export function plainWeights(
  config: Pick<ModelConfig, 'normEps'>,
  tensors: ReadonlyMap<string, Tensor>,
  { fold }: { fold: boolean },
): Weights {
  const get = (name: string): Tensor => {
    const tensor = tensors.get(name)
    if (!tensor) throw new Error(`no weight is called ${name}`)
    return tensor
  }
  const withBias = (y: Tensor, name: string): Tensor => {
    const bias = tensors.get(`${name}.bias`)
    return bias ? add(y, bias) : y
  }
  return {
    get,
    linear: (x, name) => withBias(matmul(x, get(`${name}.weight`), { transB: true }), name),
    normalizedLinear(x, gainName, name) {
      const gain = get(`${gainName}.weight`)
      const weight = get(`${name}.weight`)
      const product = fold
        ? matmul(normalize(x, config.normEps), mul(weight, gain), { transB: true })
        : matmul(normalize(x, config.normEps, gain), weight, { transB: true })
      return withBias(product, name)
    },
  }
}
