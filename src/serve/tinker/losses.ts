// The five losses of the Tinker protocol, per token and then summed; there is no mean. p is the log-probability of the
// target under the weights being trained, q the `logprobs` sent along, A `advantages`, r = exp(p - q):
//   cross_entropy -Σ w p;  importance_sampling -Σ r A;  ppo -Σ min(r A, clip(r) A);  cispo -Σ sg(clip(r)) p A;
//   dro -Σ [p A - β/2 (p - q)²].
// All normalisation is the client's. The bounds of clip(r) are absolute, and may differ from token to token.
import type { Loss, LossInputs } from '../../contracts/index.ts'
import { exp, maximum, minimum, mul, neg, square, stopGradient, sub, sum, type Tensor } from '../../tensor/index.ts'

/** A loss with what a request may say about it. */
export interface ServedLoss {
  readonly loss: Loss
  /** Tensors that every datum brings besides `target_tokens`. */
  readonly required: readonly string[]
  /** Tensors of the loss that a datum may leave out: one number for all its tokens then stands in. */
  readonly defaults: Readonly<Record<string, number>>
  /** Keys of `loss_fn_config` that replace such a number. */
  readonly settings: readonly string[]
}

/** Bounds of the ratio, each a number per token. */
const BOUNDS = ['clip_low_threshold', 'clip_high_threshold'] as const

const ratio = ({ logprobs, field }: LossInputs): Tensor => exp(sub(logprobs, field('logprobs')))

const bounded = (r: Tensor, { field }: LossInputs): Tensor =>
  minimum(maximum(r, field('clip_low_threshold')), field('clip_high_threshold'))

function define(id: string, fields: readonly string[], perToken: (x: LossInputs) => Tensor): Loss {
  return {
    id,
    fields,
    wants: [],
    coefficients: [],
    terms: (x) => ({ total: neg(sum(perToken(x))), report: {} }),
  }
}

const policyInputs = ['logprobs', 'advantages'] as const

const crossEntropy = define('cross_entropy', ['weights'], ({ logprobs, field }) => mul(field('weights'), logprobs))

const importanceSampling = define('importance_sampling', policyInputs, (x) => mul(ratio(x), x.field('advantages')))

const ppo = define('ppo', [...policyInputs, ...BOUNDS], (x) => {
  const r = ratio(x)
  const advantages = x.field('advantages')
  return minimum(mul(r, advantages), mul(bounded(r, x), advantages))
})

const cispo = define('cispo', [...policyInputs, ...BOUNDS], (x) =>
  mul(stopGradient(bounded(ratio(x), x)), mul(x.logprobs, x.field('advantages'))),
)

const dro = define('dro', [...policyInputs, 'beta'], (x) =>
  sub(
    mul(x.logprobs, x.field('advantages')),
    mul(0.5, mul(x.field('beta'), square(sub(x.logprobs, x.field('logprobs'))))),
  ),
)

const all: readonly ServedLoss[] = [
  { loss: crossEntropy, required: [], defaults: { weights: 1 }, settings: [] },
  { loss: importanceSampling, required: policyInputs, defaults: {}, settings: [] },
  {
    loss: ppo,
    required: policyInputs,
    defaults: { clip_low_threshold: 0.8, clip_high_threshold: 1.2 },
    settings: BOUNDS,
  },
  {
    loss: cispo,
    required: policyInputs,
    defaults: { clip_low_threshold: 0, clip_high_threshold: 4 },
    settings: BOUNDS,
  },
  // The hosted service does not publish its default; 0.05 is the number in its documentation's example.
  { loss: dro, required: policyInputs, defaults: { beta: 0.05 }, settings: ['beta'] },
]

/** By the name that requests use. */
export const servedLosses: ReadonlyMap<string, ServedLoss> = new Map(all.map((served) => [served.loss.id, served]))
