// The two losses of the benchmark, as plain as they come.
import type { Loss } from '../contracts/index.ts'
import { clamp, exp, minimum, mul, neg, sub, sum } from '../tensor/index.ts'

/** Weighted negative log-likelihood of every token. */
export const tokenNll: Loss = {
  id: 'bench-nll',
  fields: ['weights'],
  wants: [],
  coefficients: [],
  terms: ({ logprobs, field }) => ({ total: neg(sum(mul(field('weights'), logprobs))), report: {} }),
}

/** ε on both sides. */
const CLIP = 0.2

/** The clipped policy gradient of PPO, weighted. */
export const clippedPolicyGradient: Loss = {
  id: 'bench-clipped',
  fields: ['weights', 'advantages', 'behaviourLogprobs'],
  wants: [],
  coefficients: [],
  vanishesWith: 'advantages',
  terms({ logprobs, field }) {
    const advantages = field('advantages')
    const ratio = exp(sub(logprobs, field('behaviourLogprobs')))
    const objective = minimum(mul(ratio, advantages), mul(clamp(ratio, 1 - CLIP, 1 + CLIP), advantages))
    return { total: neg(sum(mul(field('weights'), objective))), report: {} }
  },
}
