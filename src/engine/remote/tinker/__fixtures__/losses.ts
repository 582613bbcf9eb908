// Losses of four kinds for tests of trainers: linear in the log-probabilities, clipped ratios, pairs, and a divergence with
// a scheduled coefficient; and a batch with every field that they read.
import { stream } from '../../../../base/rng.ts'
import type { Example, Loss } from '../../../../contracts/index.ts'
import {
  add,
  clamp,
  exp,
  max,
  minimum,
  mul,
  neg,
  reshape,
  softplus,
  split,
  stopGradient,
  sub,
  sum,
} from '../../../../tensor/index.ts'
import { datum } from '../../../__fixtures__/tiny-model.ts'

/** - Σ w log p. */
export const likelihood: Loss = {
  id: 'likelihood',
  fields: ['weights', 'mask'],
  wants: [],
  coefficients: [],
  terms: ({ logprobs, field }) => ({
    total: neg(sum(mul(field('weights'), logprobs))),
    report: { 'sft/nll': neg(sum(mul(field('mask'), logprobs))) },
  }),
}

/** - Σ w min(r A, clip(r) A): has corners, and no gradient where it is clipped. */
export const clippedRatio: Loss = {
  id: 'clipped-ratio',
  fields: ['weights', 'mask', 'advantages', 'behaviourLogprobs'],
  wants: [],
  coefficients: [],
  vanishesWith: 'advantages',
  terms({ logprobs, field }) {
    const ratio = exp(sub(logprobs, field('behaviourLogprobs')))
    const objective = minimum(mul(ratio, field('advantages')), mul(clamp(ratio, 0.8, 1.2), field('advantages')))
    return {
      total: neg(sum(mul(field('weights'), objective))),
      report: { 'policy/ratio_sum': sum(mul(ratio, field('mask'))) },
      reportMax: { 'policy/ratio_max': max(mul(ratio, field('mask'))) },
    }
  },
}

/** - Σ v log σ(β margin): every token's gradient depends on all others of its pair. */
export const pairLoss: Loss = {
  id: 'pair',
  fields: ['mask', 'referenceLogprobs'],
  scalars: ['weight'],
  wants: [],
  coefficients: [],
  perExample: ['dpo/margin'],
  terms({ logprobs, field, perSequence, rows, scalar }) {
    const rewards = rows(perSequence(mul(sub(logprobs, field('referenceLogprobs')), field('mask'))), 2)
    const [chosen, rejected] = split(rewards, 1, [1, 1]).map((side) => reshape(side, [side.shape[0]]))
    const margin = mul(sub(chosen, rejected), 0.3)
    return { total: sum(mul(scalar('weight'), softplus(neg(margin)))), report: { 'dpo/margin': sum(margin) } }
  },
}

/** The clipped loss and κ Σ w k3(π_θ ‖ π_ref), and a look at the entropy. */
export const regularised: Loss = {
  ...clippedRatio,
  id: 'regularised',
  fields: [...clippedRatio.fields, 'referenceLogprobs'],
  wants: ['entropy'],
  coefficients: ['klCoef'],
  vanishesWith: undefined,
  terms(x) {
    const { total, ...rest } = clippedRatio.terms(x)
    const d = sub(x.field('referenceLogprobs'), x.logprobs)
    const kl = sum(mul(x.field('weights'), sub(sub(exp(d), d), 1)))
    const entropy = sum(mul(x.field('mask'), stopGradient(x.want('entropy'))))
    return { ...rest, total: add(total, mul(x.coefficient('klCoef'), kl)), report: { ...rest.report, kl, entropy } }
  },
}

/** Sequences of different lengths with every field, the first group without advantages. */
export function lossBatch(seed: number, { pairs = false } = {}): Example[] {
  const rng = stream(seed, 'loss-batch')
  const word = (length: number): string => Array.from({ length }, () => 'abcdefghijklm'[rng.int(13)]).join('')
  const one = (prompt: string, group: number) => {
    const completion = word(1 + rng.int(8))
    const each = (make: (t: number) => number): number[] => Array.from(completion, (_, t) => make(t))
    const mask = each((t) => (t > 0 && rng.next() < 0.2 ? 0 : 1))
    const advantage = group === 0 ? 0 : rng.normal()
    return datum(prompt, completion, {
      mask,
      weights: mask.map((m) => m * (0.02 + 0.1 * rng.next())),
      advantages: each(() => advantage),
      behaviourLogprobs: each(() => -2.5 + 0.3 * rng.normal()),
      referenceLogprobs: each(() => -2.5 + 0.3 * rng.normal()),
    })
  }
  return Array.from({ length: 4 }, (_, group): Example[] => {
    const prompt = word(1 + rng.int(6))
    if (pairs) return [{ sequences: [one(prompt, group), one(prompt, group)], scalars: { weight: 0.1 + rng.next() } }]
    return Array.from({ length: 4 }, () => ({ sequences: [one(prompt, group)] }))
  }).flat()
}
