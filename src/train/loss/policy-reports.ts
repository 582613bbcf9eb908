// What every policy loss says about the ratio between the policy in training and the one that sampled.
import type { LossInputs, LossTerms } from '../../contracts/index.ts'
import { abs, exp, max, mul, neg, sub, sum } from '../../tensor/index.ts'

/** KL estimates, the largest ratio and the engines' mismatch, over trained-on tokens. */
export function policyReports({ logprobs, field }: LossInputs): Required<Pick<LossTerms, 'report' | 'reportMax'>> {
  const mask = field('mask')
  const logRatio = sub(logprobs, field('behaviourLogprobs'))
  const ratio = exp(logRatio)
  return {
    report: {
      'policy/kl_old_k1': neg(sum(mul(logRatio, mask))),
      'policy/kl_old_k3': sum(mul(sub(sub(ratio, 1), logRatio), mask)),
    },
    reportMax: {
      'policy/ratio_max': max(mul(ratio, mask)),
      'policy/mismatch_max': max(abs(mul(logRatio, mask))),
    },
  }
}
