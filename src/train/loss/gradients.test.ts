// Gradients of every loss against central differences away from corners; what they have in common where the ratio is 1;
// and what becomes of them when every token is there twice.
import { describe, expect, it } from 'vitest'
import { stream } from '../../base/rng.ts'
import type { Aggregator, Datum, Loss } from '../../contracts/index.ts'
import { expectListsClose } from '../__fixtures__/lists-close.ts'
import { awayFrom, type PolicyBatch, randomBatch } from '../__fixtures__/random-batch.ts'
import { evaluateLoss, type TokenBatch } from '../__fixtures__/reference-loss.ts'
import { seqMeanTokenMean, seqMeanTokenSumNorm, seqSumTokenMean, tokenMean } from '../aggregate/aggregators.ts'
import { cispo } from './cispo.ts'
import { clipped } from './clipped.ts'
import { add, scale } from './combine.ts'
import { dpo } from './dpo.ts'
import { entropyBonus } from './entropy-bonus.ts'
import { importanceSampling } from './importance-sampling.ts'
import { klToReference } from './kl-to-reference.ts'
import { negativeLogLikelihood } from './negative-log-likelihood.ts'
import { policyGradient } from './policy-gradient.ts'
import { valueLoss } from './value-loss.ts'
import { watchEntropy } from './watch-entropy.ts'

const bounds = { low: 0.2, high: 0.28 }
const range = 0.5

/** A random batch with everything that any loss may ask for, away from the corners of all of them. */
function anyBatch(name: string): TokenBatch {
  const batch = randomBatch(name, awayFrom(0.8, 1.28, 1.4))
  const rng = stream('gradients-test', name)
  const list = (): number[] => batch.logprobs.map(() => rng.normal())
  const oldValues = list()
  // Inside the range, or well outside.
  const values = oldValues.map((old, i) => old + [0.3, -0.3, 0.9, -0.9][i % 4])
  return {
    ...batch,
    perExample: 2,
    fields: { ...batch.fields, oldValues, returns: list() },
    wants: { entropy: list(), values },
    scalars: { weight: [0.7, 0.3] },
    coefficients: { a: 0.3, b: 2 },
  }
}

const losses: readonly Loss[] = [
  clipped(bounds),
  clipped({ ...bounds, dual: 1.4 }),
  clipped({ ...bounds, level: 'sequence' }),
  clipped({ low: 0.2, high: 0.28, dual: 1.4, level: 'sequence' }),
  importanceSampling(),
  policyGradient(),
  negativeLogLikelihood(),
  klToReference('k1'),
  klToReference('k2'),
  klToReference('k3'),
  klToReference('k1', { corrected: true }),
  klToReference('k2', { corrected: true }),
  klToReference('k3', { corrected: true }),
  entropyBonus(),
  valueLoss({ range }),
  dpo({ beta: 0.3 }),
  add(clipped(bounds), scale('a', klToReference('k3')), scale('b', add(entropyBonus(), valueLoss({ range })))),
]

describe.each(losses.map((loss, i) => [`${loss.id} (${i})`, loss] as const))('the gradient of %s', (_id, loss) => {
  it('is that of central differences', () => {
    for (const name of ['a', 'b']) {
      const { gradient, wantGradient, differences } = evaluateLoss(loss, anyBatch(name))
      const want = differences()
      expectListsClose(gradient, want.gradient, 1e-6)
      expect(Object.keys(wantGradient)).toEqual([...loss.wants])
      for (const wanted of loss.wants) expectListsClose(wantGradient[wanted], want.wantGradient[wanted], 1e-6)
      const all = [...gradient, ...Object.values(wantGradient).flat()]
      expect(all.some((g) => Math.abs(g) > 1e-2)).toBe(true)
    }
  })
})

const weighed = (list: readonly number[], weights: readonly number[]): number =>
  list.reduce((sum, x, i) => sum + x * weights[i], 0)

describe('likelihood and entropy', () => {
  const batch = anyBatch('a')
  const { weights, mask } = batch.fields!

  it('count as minus their weighted sums, and are reported over unmasked tokens', () => {
    const likelihood = evaluateLoss(negativeLogLikelihood(), batch)
    expect(likelihood.total).toBeCloseTo(-weighed(batch.logprobs, weights), 9)
    expect(likelihood.report['sft/nll']).toBeCloseTo(-weighed(batch.logprobs, mask), 9)
    const entropy = evaluateLoss(entropyBonus(), batch)
    expect(entropy.total).toBeCloseTo(-weighed(batch.wants!.entropy, weights), 9)
    expect(entropy.report['policy/entropy']).toBeCloseTo(weighed(batch.wants!.entropy, mask), 9)
  })
})

describe('watching the entropy', () => {
  it('reports it over unmasked tokens and has no gradient', () => {
    const batch = anyBatch('a')
    const { total, report, gradient, wantGradient } = evaluateLoss(watchEntropy(), batch)
    const none = batch.logprobs.map(() => 0)
    expect(total).toBe(0)
    expect(gradient).toEqual(none)
    expect(wantGradient.entropy).toEqual(none)
    const { mask } = batch.fields!
    expect(report['policy/entropy']).toBeCloseTo(weighed(batch.wants!.entropy, mask), 9)
  })
})

describe('where the ratio is 1', () => {
  const onPolicy = (name: string): PolicyBatch => {
    const batch = randomBatch(name)
    return { ...batch, fields: { ...batch.fields, behaviourLogprobs: batch.logprobs } }
  }

  it.each([
    clipped(bounds),
    clipped({ ...bounds, dual: 3 }),
    importanceSampling(),
    policyGradient(),
    cispo({ high: 0.28 }),
  ])('$id has the gradient of REINFORCE, - w A', (loss) => {
    const batch = onPolicy('on-policy')
    const want = batch.logprobs.map((_, i) => -batch.fields.weights[i] * batch.fields.advantages[i])
    expectListsClose(evaluateLoss(loss, batch).gradient, want, 1e-12)
  })

  it('one ratio for a sequence has it too, where a sequence has one weight and one advantage', () => {
    const batch = onPolicy('on-policy')
    const weights = batch.fields.mask.map((m) => m * 0.25)
    const constant = { ...batch, fields: { ...batch.fields, weights } }
    expectListsClose(
      evaluateLoss(clipped({ ...bounds, level: 'sequence' }), constant).gradient,
      evaluateLoss(policyGradient(), constant).gradient,
      1e-12,
    )
  })

  it('the log-likelihood of what was sampled is REINFORCE with advantage 1', () => {
    const batch = onPolicy('on-policy')
    const ones = { ...batch, fields: { ...batch.fields, advantages: batch.logprobs.map(() => 1) } }
    expectListsClose(
      evaluateLoss(negativeLogLikelihood(), ones).gradient,
      evaluateLoss(policyGradient(), ones).gradient,
      1e-12,
    )
  })
})

describe('every token twice', () => {
  const MAX_TOKENS = 8
  const sequences = [
    { logprobs: [-1], advantage: 2 },
    { logprobs: [-0.5, -1.5, -0.25], advantage: -1 },
  ]

  /** Total of the policy gradient, by sequence, with some sequences' tokens doubled. */
  function shares(aggregate: Aggregator, doubled: readonly number[]): number[] {
    const lists = sequences.map(({ logprobs }, s) => (doubled.includes(s) ? logprobs.flatMap((x) => [x, x]) : logprobs))
    const datumOf = (list: readonly number[]): Datum => ({
      ids: new Int32Array(1 + list.length),
      promptLength: 1,
      fields: { mask: { data: new Float32Array(list.length).fill(1), shape: [list.length] } },
    })
    const weighted = aggregate(lists.map((list) => ({ sequences: [datumOf(list)] })))
    return lists.map((logprobs, s) => {
      const weights = [...weighted[s].sequences[0].fields.weights.data]
      const fields = {
        weights,
        mask: weights.map(() => 1),
        advantages: weights.map(() => sequences[s].advantage),
        behaviourLogprobs: logprobs,
      }
      return evaluateLoss(policyGradient(), { logprobs, fields }).total
    })
  }

  // -A Σ log π of the two sequences: 2 and -2.25. One of them doubled: 4, or -4.5.
  it.each([
    ['token mean', tokenMean, [2 / 4, -2.25 / 4], [2 / 4, -2.25 / 4], [2 / 7, -4.5 / 7]],
    ['sequence mean of token means', seqMeanTokenMean, [2 / 2, -2.25 / 6], [2 / 2, -2.25 / 6], [2 / 2, -2.25 / 6]],
    [
      'sequence mean of token sums over the limit',
      seqMeanTokenSumNorm(MAX_TOKENS),
      [2 / 16, -2.25 / 16],
      [4 / 16, -4.5 / 16],
      [2 / 16, -4.5 / 16],
    ],
    ['sequence sum of token means', seqSumTokenMean, [2, -2.25 / 3], [2, -2.25 / 3], [2, -2.25 / 3]],
  ] as const)('%s: what each sequence adds', (_name, aggregate, once, allTwice, longTwice) => {
    expectListsClose(shares(aggregate, []), once)
    expectListsClose(shares(aggregate, [0, 1]), allTwice)
    expectListsClose(shares(aggregate, [1]), longTwice)
  })
})
