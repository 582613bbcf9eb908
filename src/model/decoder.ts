// The decoder-only transformer as one function of tensors: Llama, Qwen2, Qwen3 and Phi-3 by configuration.
// Attention patterns, where weights come from, and what is done with the hidden states belong to the caller.

import { GradusError } from '../base/error.ts'
import {
  add,
  gather,
  matmul,
  mul,
  normalize,
  type Rotation,
  reshape,
  rotate,
  silu,
  split,
  type Tensor,
  transpose,
} from '../tensor/index.ts'
import type { Attend } from './attention.ts'
import type { ModelConfig } from './config.ts'

/** Applies named weights; how (merged, with adapters, gains folded) is the implementation's choice. */
export interface Weights {
  /** A weight by its name, such as `model.embed_tokens.weight`. */
  get(name: string): Tensor
  /**
   * The linear map NAME.weight (and NAME.bias if it has one) of RMS-normalised x, with the gain GAIN.weight; its outputs
   * in parts of the given sizes.
   */
  normalizedLinear(x: Tensor, gain: string, name: string, sizes: readonly number[]): readonly Tensor[]
  /** The linear map NAME.weight (and NAME.bias if it has one) of x. */
  linear(x: Tensor, name: string): Tensor
}

/**
 * What is added to the outputs of the linear map NAME (by an adapter): computed from x times the gain, in parts of the
 * given sizes; undefined for a part to which nothing is added.
 */
export type Additions = (
  name: string,
  x: Tensor,
  of?: { readonly sizes?: readonly number[]; readonly gain?: Tensor },
) => readonly (Tensor | undefined)[]

/** What plain weights are for. Only training adds to them: for inference, adapters are merged first. */
export type WeightsPurpose =
  | { readonly training: false; readonly additions?: undefined }
  | { readonly training: true; readonly additions?: Additions }

/** One batch of token streams. */
export interface Stream extends Rotation {
  /** [P, T] token ids, int32. */
  readonly ids: Tensor
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
    const [gate, up] = weights.normalizedLinear(x, `${prefix}.post_attention_layernorm`, `${prefix}.mlp.gate_up_proj`, [
      config.feedForward,
      config.feedForward,
    ])
    x = add(x, weights.linear(mul(silu(gate), up), `${prefix}.mlp.down_proj`))
  }
  return { hidden: x, keys, values }
}

/** Logits [..., V] of hidden states [..., D]. */
export function logitsOf(config: ModelConfig, weights: Weights, hidden: Tensor): Tensor {
  const head = config.tied ? 'model.embed_tokens' : 'lm_head'
  return weights.normalizedLinear(hidden, 'model.norm', head, [config.vocabSize])[0]
}

/** Queries, keys and values of one layer as [P, heads, T, W], normalised and rotated. */
function projectHeads(config: ModelConfig, weights: Weights, stream: Stream, x: Tensor, prefix: string) {
  const { heads, kvHeads, headDim, normEps } = config
  const attention = `${prefix}.self_attn`
  const inHeads = (t: Tensor, count: number): Tensor => reshape(t, [...x.shape.slice(0, 2), count, headDim])
  const byHead = (t: Tensor, count: number): Tensor => transpose(inHeads(t, count), [0, 2, 1, 3])
  const place = (t: Tensor, count: number, norm: string): Tensor => {
    const gain = (): Tensor => weights.get(`${attention}.${norm}.weight`)
    const normed = config.qkNorm ? reshape(normalize(inHeads(t, count), normEps, gain()), t.shape) : t
    // Before heads are brought together: so the transpose is the last step, and in the gradient it can be joined.
    return byHead(rotate(normed, stream, headDim), count)
  }
  const sizes = [heads * headDim, kvHeads * headDim, kvHeads * headDim]
  const [q, k, v] = weights.normalizedLinear(x, `${prefix}.input_layernorm`, `${attention}.qkv_proj`, sizes)
  return { q: place(q, heads, 'q_norm'), k: place(k, kvHeads, 'k_norm'), v: byHead(v, kvHeads) }
}

/**
 * Weights that are plain tensors, looked up by name. For training, what is small is moved instead of what is large:
 * gains are multiplied into weights and fused weights are cut apart, so that activations are neither. For inference,
 * where weights outweigh activations, the other way round.
 */
export function plainWeights(
  config: Pick<ModelConfig, 'normEps'>,
  tensors: ReadonlyMap<string, Tensor>,
  { training, additions }: WeightsPurpose,
): Weights {
  const get = (name: string): Tensor => {
    const tensor = tensors.get(name)
    if (!tensor) throw new GradusError('model/unknown-weight', `no weight is called "${name}"`)
    return tensor
  }
  const plus = (y: Tensor, ...terms: readonly (Tensor | undefined)[]): Tensor =>
    terms.reduce<Tensor>((sum, term) => (term ? add(sum, term) : sum), y)
  return {
    get,
    linear(x, name) {
      const y = matmul(x, get(`${name}.weight`), { transB: true })
      return plus(y, tensors.get(`${name}.bias`), additions?.(name, x)[0])
    },
    normalizedLinear(x, gainName, name, sizes) {
      const gain = get(`${gainName}.weight`)
      const weight = get(`${name}.weight`)
      const bias = tensors.get(`${name}.bias`)
      if (!training) {
        const y = matmul(normalize(x, config.normEps, gain), weight, { transB: true })
        return split(plus(y, bias), y.shape.length - 1, sizes)
      }
      const biases = bias && split(bias, 0, sizes)
      const normed = normalize(x, config.normEps)
      const added = additions?.(name, normed, { sizes, gain })
      return split(mul(weight, gain), 0, sizes).map((part, i) =>
        plus(matmul(normed, part, { transB: true }), biases?.[i], added?.[i]),
      )
    },
  }
}
