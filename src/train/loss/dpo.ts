// Direct preference optimisation (2305.18290, eq. 7): the logistic loss of the difference of implicit rewards
// β (log π_θ - log π_ref), summed over the tokens of each side. Examples are pairs: chosen first, rejected second.
import type { Loss } from '../../contracts/index.ts'
import { cast, greater, mul, reshape, softplus, split, sub, sum } from '../../tensor/index.ts'

/** - Σ_pairs w log σ(β (Δ_chosen - Δ_rejected)). Needs the field `referenceLogprobs` and the scalar `weight` of each pair. */
export const dpo = ({ beta }: { readonly beta: number }): Loss => ({
  id: 'dpo',
  fields: ['mask', 'referenceLogprobs'],
  scalars: ['weight'],
  wants: [],
  coefficients: [],
  perExample: ['dpo/margin', 'dpo/accuracy', 'dpo/logp_chosen', 'dpo/logp_rejected'],
  formula: 'L = - Σ w log σ(β [log π_θ/π_ref(y_chosen) - log π_θ/π_ref(y_rejected)])',
  terms({ logprobs, field, perSequence, rows, scalar }) {
    const mask = field('mask')
    const sides = (x: typeof logprobs) =>
      split(rows(perSequence(mul(x, mask)), 2), 1, [1, 1]).map((side) => reshape(side, [side.shape[0]]))
    const [chosen, rejected] = sides(sub(logprobs, field('referenceLogprobs')))
    const margin = mul(sub(chosen, rejected), beta)
    const [logpChosen, logpRejected] = sides(logprobs)
    return {
      // -log σ(m) = softplus(-m)
      total: sum(mul(scalar('weight'), softplus(mul(margin, -1)))),
      report: {
        'dpo/margin': sum(margin),
        'dpo/accuracy': sum(cast(greater(margin, 0), 'float32')),
        'dpo/logp_chosen': sum(logpChosen),
        'dpo/logp_rejected': sum(logpRejected),
      },
    }
  },
})
