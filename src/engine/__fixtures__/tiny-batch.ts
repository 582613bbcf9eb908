// Two losses and a batch with every field that they read, for tests of the trainer.
import { stream } from '../../base/rng.ts'
import type { Example, Loss } from '../../contracts/index.ts'
import { exp, mul, neg, sub, sum } from '../../tensor/index.ts'
import { datum, example } from './tiny-model.ts'

/** Weighted negative log-likelihood. */
export const nll: Loss = {
  id: 'nll',
  fields: ['weights'],
  wants: [],
  coefficients: [],
  terms: ({ logprobs, field }) => ({
    total: neg(sum(mul(field('weights'), logprobs))),
    report: { tokens: sum(field('weights')) },
  }),
}

/** Not linear in the log-probabilities, unlike {@link nll}; skips where `advantages` are zero. */
export const surrogate: Loss = {
  id: 'surrogate',
  fields: ['advantages', 'behaviourLogprobs'],
  wants: [],
  coefficients: [],
  vanishesWith: 'advantages',
  terms: ({ logprobs, field }) => ({
    total: neg(sum(mul(exp(sub(logprobs, field('behaviourLogprobs'))), field('advantages')))),
    report: {},
  }),
}

/** Twelve groups of four completions of different lengths, with every field that the losses here read. */
export function batchOf({ groups = 12, grouped = false, zeroGroups = 0 } = {}): Example[] {
  const rng = stream(7, 'batch')
  const word = (length: number): string => Array.from({ length }, () => 'abcdefghijklm'[rng.int(13)]).join('')
  return Array.from({ length: groups }, (_, group) => {
    const prompt = word(2 + rng.int(8))
    return Array.from({ length: 4 }, () => {
      const completion = word(1 + rng.int(12))
      const numbers = (): number[] => Array.from(completion, () => rng.normal())
      const advantages = numbers().map((x) => (group < zeroGroups ? 0 : x))
      const fields = { weights: numbers(), advantages, behaviourLogprobs: numbers().map((x) => x - 3) }
      return example(datum(prompt, completion, fields, grouped ? group : undefined))
    })
  }).flat()
}
