// The clipped surrogate of PPO (Schulman et al. 2017, eq. 7), with bounds of its own on each side (DAPO), by choice the
// dual clip (Ye et al. 2020), and by choice one ratio for a whole sequence (GSPO, 2507.18071). With ratio 1 its gradient
// is REINFORCE's.
import type { Loss, LossInputs } from '../../contracts/index.ts'
import {
  cast,
  clamp,
  div,
  exp,
  greater,
  less,
  maximum,
  minimum,
  mul,
  neg,
  sub,
  sum,
  type Tensor,
} from '../../tensor/index.ts'
import { policyReports } from './policy-reports.ts'

/** Bounds of the ratio. */
export interface ClipOptions {
  /** ε_low: the ratio counts down to 1 - low. */
  readonly low: number
  /** ε_high: the ratio counts up to 1 + high. */
  readonly high: number
  /** c: with a negative advantage the loss counts up to c |A|. */
  readonly dual?: number
  /** Whose ratio: each token's, or the geometric mean over its sequence; default `token`. */
  readonly level?: 'token' | 'sequence'
}

/** - Σ w min(r A, clip(r) A), with r the ratio to the policy that sampled. */
export const clipped = ({ low, high, dual, level = 'token' }: ClipOptions): Loss => ({
  id: level === 'token' ? 'clipped' : 'clipped-sequence',
  fields: ['weights', 'mask', 'advantages', 'behaviourLogprobs'],
  wants: [],
  coefficients: [],
  vanishesWith: 'advantages',
  formula:
    'L = - Σ_t w_t min(r_t A_t, clip(r_t, 1 - ε_low, 1 + ε_high) A_t),  ' +
    (level === 'token' ? 'r_t = π_θ(y_t) / π_old(y_t)' : 'r_t = (π_θ(y) / π_old(y))^(1/|y|) for all t'),
  terms(x) {
    const advantages = x.field('advantages')
    const mask = x.field('mask')
    const ratio = exp(level === 'token' ? logRatio(x) : sequenceLogRatio(x))
    const plain = mul(ratio, advantages)
    const bounded = minimum(plain, mul(clamp(ratio, 1 - low, 1 + high), advantages))
    const objective = dual === undefined ? bounded : maximum(bounded, mul(minimum(advantages, 0), dual))
    const counted = (condition: Tensor, sign: Tensor) =>
      sum(mul(mul(cast(condition, 'float32'), cast(sign, 'float32')), mask))
    const { report, reportMax } = policyReports(x)
    return {
      total: neg(sum(mul(x.field('weights'), objective))),
      report: {
        'policy/clip_frac_low': counted(less(ratio, 1 - low), less(advantages, 0)),
        'policy/clip_frac_high': counted(greater(ratio, 1 + high), greater(advantages, 0)),
        ...report,
      },
      reportMax,
    }
  },
})

/** [N] log π_θ - log π_old. */
export const logRatio = ({ logprobs, field }: LossInputs): Tensor => sub(logprobs, field('behaviourLogprobs'))

/** [N] the mean of the log-ratio over the trained-on tokens of its sequence. */
function sequenceLogRatio(x: LossInputs): Tensor {
  const mask = x.field('mask')
  return x.toTokens(div(x.perSequence(mul(logRatio(x), mask)), maximum(x.perSequence(mask), 1)))
}
