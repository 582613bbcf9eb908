// The importance-weighted policy gradient without a clip: -r A. What a Tinker server calls `importance_sampling`.
import type { Loss } from '../../contracts/index.ts'
import { exp, mul, neg, sum } from '../../tensor/index.ts'
import { logRatio } from './clipped.ts'
import { policyReports } from './policy-reports.ts'

/** - Σ w r A, with r the ratio to the policy that sampled. */
export const importanceSampling = (): Loss => ({
  id: 'importance-sampling',
  fields: ['weights', 'mask', 'advantages', 'behaviourLogprobs'],
  wants: [],
  coefficients: [],
  vanishesWith: 'advantages',
  formula: 'L = - Σ_t w_t r_t A_t,  r_t = π_θ(y_t) / π_old(y_t)',
  terms: (x) => ({
    total: neg(sum(mul(x.field('weights'), mul(exp(logRatio(x)), x.field('advantages'))))),
    ...policyReports(x),
  }),
})
