// The plain policy gradient (Williams 1992): -A log π. On-policy: it has no ratio, so every step needs fresh samples.
import type { Loss } from '../../contracts/index.ts'
import { mul, neg, sum } from '../../tensor/index.ts'
import { policyReports } from './policy-reports.ts'

/** - Σ w A log π_θ. */
export const policyGradient = (): Loss => ({
  id: 'policy-gradient',
  fields: ['weights', 'mask', 'advantages', 'behaviourLogprobs'],
  wants: [],
  coefficients: [],
  vanishesWith: 'advantages',
  formula: 'L = - Σ_t w_t A_t log π_θ(y_t)',
  terms: (x) => ({
    total: neg(sum(mul(x.field('weights'), mul(x.field('advantages'), x.logprobs)))),
    ...policyReports(x),
  }),
})
