// The clipped surrogate of PPO (Schulman et al. 2017, eq. 7) per token, with bounds of its own on each side (DAPO) and,
// by choice, the dual clip (Ye et al. 2020). With ratio 1 its gradient is REINFORCE's.
import type { Loss } from '../../contracts/index.ts'
import {
  abs,
  cast,
  clamp,
  exp,
  greater,
  less,
  max,
  maximum,
  minimum,
  mul,
  neg,
  sub,
  sum,
  type Tensor,
} from '../../tensor/index.ts'

/** Bounds of the ratio. */
export interface ClipOptions {
  /** ε_low: the ratio counts down to 1 - low. */
  readonly low: number
  /** ε_high: the ratio counts up to 1 + high. */
  readonly high: number
  /** c: with a negative advantage the loss counts up to c |A|. */
  readonly dual?: number
}

/** - Σ w min(r A, clip(r) A), with r the ratio to the policy that sampled. */
export const clipped = ({ low, high, dual }: ClipOptions): Loss => ({
  id: 'clipped',
  fields: ['weights', 'mask', 'advantages', 'behaviourLogprobs'],
  wants: [],
  coefficients: [],
  vanishesWith: 'advantages',
  formula: 'L = - Σ_t w_t min(r_t A_t, clip(r_t, 1 - ε_low, 1 + ε_high) A_t),  r_t = π_θ(y_t) / π_old(y_t)',
  terms({ logprobs, field }) {
    const advantages = field('advantages')
    const mask = field('mask')
    const logRatio = sub(logprobs, field('behaviourLogprobs'))
    const ratio = exp(logRatio)
    const plain = mul(ratio, advantages)
    const bounded = minimum(plain, mul(clamp(ratio, 1 - low, 1 + high), advantages))
    const objective = dual === undefined ? bounded : maximum(bounded, mul(minimum(advantages, 0), dual))
    const counted = (condition: Tensor, sign: Tensor) =>
      sum(mul(mul(cast(condition, 'float32'), cast(sign, 'float32')), mask))
    return {
      total: neg(sum(mul(field('weights'), objective))),
      report: {
        'policy/clip_frac_low': counted(less(ratio, 1 - low), less(advantages, 0)),
        'policy/clip_frac_high': counted(greater(ratio, 1 + high), greater(advantages, 0)),
        'policy/kl_old_k1': neg(sum(mul(logRatio, mask))),
        'policy/kl_old_k3': sum(mul(sub(sub(ratio, 1), logRatio), mask)),
      },
      reportMax: {
        'policy/ratio_max': max(mul(ratio, mask)),
        'policy/mismatch_max': max(abs(mul(logRatio, mask))),
      },
    }
  },
})
