// The clipped importance weight as a constant (CISPO, MiniMax-M1, 2506.13585, eq. 4): every token keeps its gradient, and
// only how much it counts is bounded.
import type { Loss } from '../../contracts/index.ts'
import { cast, clamp, exp, greater, mul, neg, stopGradient, sum } from '../../tensor/index.ts'
import { type ClipOptions, logRatio } from './clipped.ts'
import { policyReports } from './policy-reports.ts'

/** - Σ w sg(clip(r)) A log π_θ; the paper leaves the lower side open (low: 1). */
export const cispo = ({ low = 1, high }: Partial<Pick<ClipOptions, 'low'>> & Pick<ClipOptions, 'high'>): Loss => ({
  id: 'cispo',
  fields: ['weights', 'mask', 'advantages', 'behaviourLogprobs'],
  wants: [],
  coefficients: [],
  vanishesWith: 'advantages',
  formula: 'L = - Σ_t w_t sg(clip(r_t, 1 - ε_low, 1 + ε_high)) A_t log π_θ(y_t)',
  terms(x) {
    const ratio = exp(logRatio(x))
    const weight = stopGradient(clamp(ratio, 1 - low, 1 + high))
    const { report, reportMax } = policyReports(x)
    return {
      total: neg(sum(mul(x.field('weights'), mul(weight, mul(x.field('advantages'), x.logprobs))))),
      report: {
        'policy/clip_frac_high': sum(mul(cast(greater(ratio, 1 + high), 'float32'), x.field('mask'))),
        ...report,
      },
      reportMax,
    }
  },
})
