// KL divergence from the policy to a reference, as a loss term, by the estimators k1, k2 and k3 (Schulman, "Approximating
// KL divergence"): d = log π_ref - log π_θ at the sampled token; k1 = -d, k2 = d²/2, k3 = e^d - d - 1.
import type { Loss } from '../../contracts/index.ts'
import { exp, mul, neg, sub, sum, type Tensor } from '../../tensor/index.ts'

const estimators = {
  k1: (d: Tensor) => neg(d),
  k2: (d: Tensor) => mul(mul(d, d), 0.5),
  k3: (d: Tensor) => sub(sub(exp(d), d), 1),
} as const

/** Σ w k(d). Needs the field `referenceLogprobs`. */
export const klToReference = (estimator: keyof typeof estimators): Loss => ({
  id: `kl-to-reference-${estimator}`,
  fields: ['weights', 'mask', 'referenceLogprobs'],
  wants: [],
  coefficients: [],
  formula: `Σ_t w_t ${estimator}(π_θ ‖ π_ref)`,
  terms({ logprobs, field }) {
    const values = estimators[estimator](sub(field('referenceLogprobs'), logprobs))
    return {
      total: sum(mul(field('weights'), values)),
      report: { [`policy/kl_ref_${estimator}`]: sum(mul(field('mask'), values)) },
    }
  },
})
