// The supervised loss: -log p of each token, weighted.
import type { Loss } from '../../contracts/index.ts'
import { mul, neg, sum } from '../../tensor/index.ts'

/** Weighted token negative log-likelihood. */
export const negativeLogLikelihood = (): Loss => ({
  id: 'negative-log-likelihood',
  fields: ['weights', 'mask'],
  wants: [],
  coefficients: [],
  formula: 'L = - Σ_t w_t log π_θ(y_t | x, y_<t)',
  terms: ({ logprobs, field }) => ({
    total: neg(sum(mul(field('weights'), logprobs))),
    report: { 'sft/nll': neg(sum(mul(field('mask'), logprobs))) },
  }),
})
