// The entropy bonus as a loss term: minus the entropy of the full next-token distribution at each trained-on place.
import type { Loss } from '../../contracts/index.ts'
import { mul, neg, sum } from '../../tensor/index.ts'

/** - Σ w H(π_θ(· | x, y_<t)). */
export const entropyBonus = (): Loss => ({
  id: 'entropy-bonus',
  fields: ['weights', 'mask'],
  wants: ['entropy'],
  coefficients: [],
  formula: '- Σ_t w_t H(π_θ(· | x, y_<t))',
  terms: ({ field, want }) => ({
    total: neg(sum(mul(field('weights'), want('entropy')))),
    report: { 'policy/entropy': sum(mul(field('mask'), want('entropy'))) },
  }),
})
