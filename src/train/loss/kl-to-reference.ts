// KL divergence from the policy to a reference, as a loss term, by the estimators k1, k2 and k3 (Schulman, "Approximating
// KL divergence"): d = log π_ref - log π_θ at the sampled token; k1 = -d, k2 = d²/2, k3 = e^d - d - 1.
import type { Loss } from '../../contracts/index.ts'
import { clamp, exp, mul, neg, sub, sum, type Tensor } from '../../tensor/index.ts'
import { logRatio } from './clipped.ts'

const estimators = {
  k1: (d: Tensor) => neg(d),
  k2: (d: Tensor) => mul(mul(d, d), 0.5),
  k3: (d: Tensor) => sub(sub(exp(d), d), 1),
} as const

/** Beyond it e^d says no more than that the models differ, and would end in infinity. */
const LIMIT = 20

/** Estimators of the KL divergence. */
export type KlEstimator = keyof typeof estimators

/** How the estimate counts. */
export interface KlOptions {
  /**
   * Multiply by the ratio to the policy that sampled, gradient included (DeepSeek-V3.2). As a loss, k3 alone has the
   * expected gradient of KL(π_ref ‖ π_θ), and k1 alone that of zero; so weighted, both have that of KL(π_θ ‖ π_ref).
   */
  readonly corrected?: boolean
}

/** Σ w k(d). Needs the field `referenceLogprobs`. */
export const klToReference = (estimator: KlEstimator, { corrected = false }: KlOptions = {}): Loss => ({
  id: `kl-to-reference-${estimator}${corrected ? '-corrected' : ''}`,
  fields: ['weights', 'mask', 'referenceLogprobs', ...(corrected ? ['behaviourLogprobs'] : [])],
  wants: [],
  coefficients: [],
  formula: `Σ_t w_t ${corrected ? 'r_t ' : ''}${estimator}(π_θ ‖ π_ref)`,
  terms(x) {
    const { logprobs, field } = x
    const values = estimators[estimator](clamp(sub(field('referenceLogprobs'), logprobs), -LIMIT, LIMIT))
    const counted = corrected ? mul(exp(logRatio(x)), values) : values
    return {
      total: sum(mul(field('weights'), counted)),
      report: { [`policy/kl_ref_${estimator}`]: sum(mul(field('mask'), values)) },
    }
  },
})
