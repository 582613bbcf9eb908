// Attention as an exported decoder has it: keys and values of earlier tokens come in, those of the new tokens are added
// at the end, and which places count follows from the attention mask. Rows may be padded on the left.
// Written in operators that every execution provider has; the engine's own patterns are in ../attention.ts.
import {
  add,
  broadcastTo,
  cast,
  concat,
  constant,
  cumulativeSum,
  type Dim,
  greaterEqual,
  matmul,
  mul,
  productDim,
  reshape,
  softmax,
  sub,
  type Tensor,
  transpose,
} from '../../tensor/index.ts'
import type { Attend } from '../attention.ts'

/** A number that softmax turns into an exact zero. */
const MASKED = -1e9

/** Attention over a cache that it extends. */
export interface GrowingCache {
  readonly attend: Attend
  /** Per layer [B, K, S + T, W], there once `attend` has been called for it. */
  readonly keys: readonly Tensor[]
  readonly values: readonly Tensor[]
}

/**
 * Each new token attends to all real places up to its own: those of earlier tokens, `past` [B, K, S, W] per layer, and the
 * new ones. `mask` is what {@link placeMask} gives.
 */
export function growingCache(
  past: { readonly keys: readonly Tensor[]; readonly values: readonly Tensor[] },
  mask: Tensor,
): GrowingCache {
  const keys: Tensor[] = []
  const values: Tensor[] = []
  const attend: Attend = (layer, { q, k, v }) => {
    keys[layer] = concat([past.keys[layer], k], 2)
    values[layer] = concat([past.values[layer], v], 2)
    const [rows, heads, time, width] = q.shape
    const keyHeads = k.shape[1] as number
    const repeat = (heads as number) / keyHeads
    const scaled = mul(q, 1 / Math.sqrt(width as number))
    const queries = reshape(scaled, [rows, keyHeads, productDim([repeat, time]), width])
    const scores = matmul(queries, transpose(keys[layer], [0, 1, 3, 2]))
    const weights = softmax(add(reshape(scores, [rows, keyHeads, repeat, time, keys[layer].shape[2]]), mask))
    return reshape(matmul(reshape(weights, scores.shape), values[layer]), q.shape)
  }
  return { attend, keys, values }
}

/**
 * [B, 1, 1, T, S]: 0 where the query may look, very negative elsewhere, from the attention mask [B, S] (1 real,
 * 0 padding), whose last T places are the queries' own. A padded query sees nothing real; its result is finite and unused.
 */
export function placeMask(attentionMask: Tensor, time: Dim): Tensor {
  const [rows, places] = attentionMask.shape
  // Counted from the end, where keys and queries line up whatever the number of earlier tokens.
  const fromEnd = (size: Dim): Tensor => cumulativeSum(broadcastTo(constant(1), [size]), 0, true)
  const isBefore = cast(greaterEqual(fromEnd(places), reshape(fromEnd(time), [time, 1])), 'float32')
  const isReal = reshape(cast(attentionMask, 'float32'), [rows, 1, 1, 1, places])
  return mul(sub(1, mul(isBefore, isReal)), MASKED)
}
