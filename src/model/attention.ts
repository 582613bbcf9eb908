// The two attention patterns of the decoder: causal over one stream of tokens, and a stream that continues a prefix
// whose keys and values are given (a cached context, or a prompt shared by the samples of a group).
// Query heads that share a key head stay beside each other, so keys and values are never repeated in memory.
import {
  add,
  concat,
  constant,
  type Dim,
  matmul,
  mix,
  mul,
  productDim,
  reshape,
  softmax,
  split,
  sum,
  type Tensor,
} from '../tensor/index.ts'

/** Queries [P, H, T, W], keys and values [P, K, T, W] of one layer. */
export interface Heads {
  readonly q: Tensor
  readonly k: Tensor
  readonly v: Tensor
}

/** Mixes values by attention: gives [P, H, T, W]. */
export type Attend = (layer: number, heads: Heads) => Tensor

const scaleOf = (q: Tensor): number => 1 / Math.sqrt(q.shape[3] as number)

/** Every token attends to itself and what is before it. `mask` [T, T] is 0 where allowed and very negative elsewhere. */
export const causalAttention =
  (mask: Tensor): Attend =>
  (_layer, { q, k, v }) => {
    const [rows, heads, time, width] = q.shape
    const keyHeads = k.shape[1] as number
    const repeat = (heads as number) / keyHeads
    const queries = reshape(q, [rows, keyHeads, productDim([repeat, time]), width])
    const scores = matmul(queries, k, { transB: true, alpha: scaleOf(q) })
    const split5 = [rows, keyHeads, repeat, time, time]
    const masked = add(reshape(scores, repeat === 1 ? scores.shape : split5), mask)
    return reshape(mix(reshape(masked, scores.shape), v), q.shape)
  }

/** Keys and values [P, K, S, W] of a prefix, and which of its S places are real (0) or padding (very negative). */
export interface Prefix {
  readonly keys: readonly Tensor[]
  readonly values: readonly Tensor[]
  /** [P, 1, 1, S] */
  readonly mask: Tensor
}

/**
 * Streams that continue prefixes: each of P prefixes has `group` continuations of `time` tokens, laid out one after the
 * other in T = group * time. A token attends to its prefix and, causally, to its own continuation.
 */
export const prefixAttention =
  (prefix: Prefix, layout: { group: Dim; time: Dim; mask?: Tensor }): Attend =>
  (layer, { q, k, v }) => {
    const { group, time } = layout
    const [rows, heads, , width] = q.shape
    const keyHeads = k.shape[1] as number
    const repeat = (heads as number) / keyHeads
    const alpha = scaleOf(q)
    const places = prefix.keys[layer].shape[2]
    const stacked = reshape(q, [rows, keyHeads, productDim([repeat, group, time]), width])
    const far = reshape(matmul(stacked, prefix.keys[layer], { transB: true, alpha }), [
      rows,
      keyHeads,
      repeat,
      productDim([group, time]),
      places,
    ])
    // Own keys carry an axis of one for the query heads that share them.
    const own = repeat === 1 ? [rows, keyHeads, group, time, width] : [rows, keyHeads, 1, group, time, width]
    const queries = repeat === 1 ? own : [rows, keyHeads, repeat, group, time, width]
    const near = matmul(reshape(q, queries), reshape(k, own), { transB: true, alpha })
    const nearMasked = layout.mask ? add(near, layout.mask) : near
    const scores = concat(
      [add(far, reshape(prefix.mask, [rows, 1, 1, 1, places])), reshape(nearMasked, [...far.shape.slice(0, 4), time])],
      4,
    )
    const [farWeights, nearWeights] = split(softmax(scores), 4, [places, time])
    const fromFar = matmul(reshape(farWeights, [...stacked.shape.slice(0, 3), places]), prefix.values[layer])
    const fromNear = matmul(reshape(nearWeights, near.shape), reshape(v, own))
    return add(reshape(fromFar, q.shape), reshape(fromNear, q.shape))
  }

/**
 * One token more for each of P cached contexts: {@link prefixAttention} for a single token, with fewer steps. Queries are
 * scaled before the product: with a factor of its own, a product of one row misses the runtime's fast kernel (1.6 ms
 * instead of 0.6 ms for 256 rows of 160 places). A vector, since a scalar would be fused back into the product.
 */
export const cachedAttention =
  (prefix: Prefix): Attend =>
  (layer, { q, k, v }) => {
    const [rows, heads, , width] = q.shape
    const keyHeads = k.shape[1] as number
    const scale = constant(new Float32Array(width as number).fill(scaleOf(q)))
    const queries = mul(reshape(q, [rows, keyHeads, (heads as number) / keyHeads, width]), scale)
    const keys = prefix.keys[layer]
    const far = add(matmul(queries, keys, { transB: true }), prefix.mask)
    const near = sum(mul(queries, k), 3, true)
    const [farWeights, nearWeights] = split(softmax(concat([far, near], 3)), 3, [keys.shape[2], 1])
    return reshape(add(matmul(farWeights, prefix.values[layer]), mul(nearWeights, v)), q.shape)
  }
