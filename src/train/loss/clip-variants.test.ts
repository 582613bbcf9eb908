// The policy losses against their formulas, written out once more in plain loops, on random tokens.
import { describe, expect, it } from 'vitest'
import type { Loss } from '../../contracts/index.ts'
import { mul, neg, sum } from '../../tensor/index.ts'
import { expectListsClose } from '../__fixtures__/lists-close.ts'
import { type PolicyBatch, randomBatch, ratios, sequenceRatios } from '../__fixtures__/random-batch.ts'
import { evaluateLoss } from '../__fixtures__/reference-loss.ts'
import { cispo } from './cispo.ts'
import { clipped } from './clipped.ts'
import { importanceSampling } from './importance-sampling.ts'
import { policyGradient } from './policy-gradient.ts'

// Constants of a graph are float32.
const TOLERANCE = 1e-6
const batches = ['a', 'b', 'c', 'd'].map((name) => randomBatch(name))

/** - Σ w f(ratio, A) over tokens. */
const surrogate = (
  { fields }: PolicyBatch,
  ratio: readonly number[],
  f: (ratio: number, advantage: number, token: number) => number,
): number => -ratio.reduce((total, r, i) => total + fields.weights[i] * f(r, fields.advantages[i], i), 0)

const bound = (r: number, low: number, high: number): number => Math.min(Math.max(r, 1 - low), 1 + high)

const ppo =
  ({ low, high, dual }: { low: number; high: number; dual?: number }) =>
  (r: number, advantage: number): number => {
    const objective = Math.min(r * advantage, bound(r, low, high) * advantage)
    return dual !== undefined && advantage < 0 ? Math.max(objective, dual * advantage) : objective
  }

const sumOver = (list: readonly number[], term: (x: number, i: number) => number): number =>
  list.reduce((total, x, i) => total + term(x, i), 0)

describe('clipped', () => {
  const bounds = { low: 0.2, high: 0.28 }
  // Low enough to act on these tokens; the papers' 3 and 10 would hardly.
  const dual = { ...bounds, dual: 1.4 }

  it.each(batches)('is PPO with a bound on each side', (batch) => {
    const { total } = evaluateLoss(clipped(bounds), batch)
    expect(total).toBeCloseTo(surrogate(batch, ratios(batch), ppo(bounds)), 5)
  })

  it.each(batches)('with the dual bound is capped at c |A| where the advantage is negative', (batch) => {
    const { total } = evaluateLoss(clipped(dual), batch)
    expect(total).toBeCloseTo(surrogate(batch, ratios(batch), ppo(dual)), 5)
  })

  it('has tokens in these batches on which the dual bound acts', () => {
    const differ = batches.filter((batch) => {
      const [plain, capped] = [ppo(bounds), ppo(dual)].map((f) => surrogate(batch, ratios(batch), f))
      return capped < plain - 1e-3
    })
    expect(differ.length).toBeGreaterThan(0)
  })

  it.each(batches)('at the level of sequences takes the geometric mean over unmasked tokens', (batch) => {
    const narrow = { low: 0.05, high: 0.1 }
    const { total } = evaluateLoss(clipped({ ...narrow, level: 'sequence' }), batch)
    expect(total).toBeCloseTo(surrogate(batch, sequenceRatios(batch), ppo(narrow)), 5)
    expect(total).not.toBeCloseTo(surrogate(batch, ratios(batch), ppo(narrow)), 3)
  })

  it.each(batches)('counts the unmasked tokens that each bound holds back', (batch) => {
    const { mask, advantages } = batch.fields
    const { report } = evaluateLoss(clipped(bounds), batch)
    const held = (isHeld: (r: number, advantage: number) => boolean): number =>
      sumOver(ratios(batch), (r, i) => (isHeld(r, advantages[i]) ? mask[i] : 0))
    expect(report['policy/clip_frac_low']).toBe(held((r, advantage) => r < 0.8 && advantage < 0))
    expect(report['policy/clip_frac_high']).toBe(held((r, advantage) => r > 1.28 && advantage > 0))
  })

  it.each(batches)('reports the k1 and k3 estimates of KL(π_old ‖ π_θ) over unmasked tokens', (batch) => {
    const { mask } = batch.fields
    const { report } = evaluateLoss(clipped(bounds), batch)
    expect(report['policy/kl_old_k1']).toBeCloseTo(-sumOver(ratios(batch), (r, i) => mask[i] * Math.log(r)), 6)
    expect(report['policy/kl_old_k3']).toBeCloseTo(
      sumOver(ratios(batch), (r, i) => mask[i] * (r - 1 - Math.log(r))),
      5,
    )
  })
})

describe('importance sampling', () => {
  it.each(batches)('is the surrogate without a bound', (batch) => {
    const { total } = evaluateLoss(importanceSampling(), batch)
    expect(total).toBeCloseTo(
      surrogate(batch, ratios(batch), (r, advantage) => r * advantage),
      6,
    )
  })
})

describe('the policy gradient', () => {
  it.each(batches)('is the advantage times the log-probability, whoever sampled', (batch) => {
    const { total } = evaluateLoss(policyGradient(), batch)
    expect(total).toBeCloseTo(
      surrogate(batch, ratios(batch), (_r, advantage, i) => advantage * batch.logprobs[i]),
      6,
    )
  })
})

describe('cispo', () => {
  const high = 0.28

  it.each(batches)('weighs the policy gradient by the clipped ratio, by default from above only', (batch) => {
    const open = evaluateLoss(cispo({ high }), batch)
    const value = (low: number) =>
      surrogate(batch, ratios(batch), (r, advantage, i) => bound(r, low, high) * advantage * batch.logprobs[i])
    expect(open.total).toBeCloseTo(value(1), 5)
    expect(evaluateLoss(cispo({ low: 0.2, high }), batch).total).toBeCloseTo(value(0.2), 5)
    const { mask } = batch.fields
    expect(open.report['policy/clip_frac_high']).toBe(sumOver(ratios(batch), (r, i) => (r > 1 + high ? mask[i] : 0)))
  })

  it.each(batches)('has the gradient of a surrogate whose weight is held constant, on clipped tokens too', (batch) => {
    /** The weight comes from outside: differences cannot move it. */
    const held: Loss = {
      id: 'held',
      fields: [],
      wants: [],
      coefficients: [],
      terms: ({ logprobs, field }) => ({
        total: neg(sum(mul(field('weights'), mul(field('held'), mul(field('advantages'), logprobs))))),
        report: {},
      }),
    }
    const weight = ratios(batch).map((r) => bound(r, 1, high))
    const want = evaluateLoss(held, { ...batch, fields: { ...batch.fields, held: weight } }).differences().gradient
    const { gradient, differences } = evaluateLoss(cispo({ high }), batch)
    expectListsClose(gradient, want, TOLERANCE)
    // Differences of the loss itself move the weight as well: that is another gradient.
    expect(differences().gradient.some((g, i) => Math.abs(g - gradient[i]) > 1e-3)).toBe(true)
    for (const [i, g] of gradient.entries()) expect(g === 0).toBe(batch.fields.weights[i] === 0)
  })
})
