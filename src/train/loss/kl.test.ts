// KL terms on a vocabulary of 8, where sums over the vocabulary are exact: one token of each kind, weighted by its
// probability under the policy that sampled, is the expectation itself.
import { describe, expect, it } from 'vitest'
import { stream } from '../../base/rng.ts'
import { gradients, input, logSoftmax } from '../../tensor/index.ts'
import { evaluate } from '../../tensor/reference/index.ts'
import { expectListsClose } from '../__fixtures__/lists-close.ts'
import { randomBatch, ratios } from '../__fixtures__/random-batch.ts'
import { evaluateLoss, feedsOf, traceLoss } from '../__fixtures__/reference-loss.ts'
import { credited, groupOf, scored } from '../__fixtures__/rollouts.ts'
import { klInReward } from '../reward/kl-in-reward.ts'
import { type KlEstimator, type KlOptions, klToReference } from './kl-to-reference.ts'

const V = 8

function logSoftmaxOf(logits: readonly number[]): number[] {
  const total = Math.log(logits.reduce((sum, z) => sum + Math.exp(z), 0))
  return logits.map((z) => z - total)
}

const logitsOf = (name: string): number[] => {
  const rng = stream('kl-test', name)
  return Array.from({ length: V }, () => rng.normal())
}

const logits = logitsOf('policy')
const policy = logSoftmaxOf(logits)
const reference = logSoftmaxOf(logitsOf('reference'))
/** Another policy, for samples that are not the policy's own. */
const behaviour = logSoftmaxOf(logitsOf('behaviour'))

/** Σ_v p_v f(v). */
const expected = (logp: readonly number[], f: (v: number) => number): number =>
  logp.reduce((sum, lp, v) => sum + Math.exp(lp) * f(v), 0)

const kl = (p: readonly number[], q: readonly number[]): number => expected(p, (v) => p[v] - q[v])

/** By logits of the policy: π_v (log π_v/ρ_v - KL) and π_v - ρ_v. */
const gradientOfKl = policy.map((lp, v) => Math.exp(lp) * (lp - reference[v] - kl(policy, reference)))
const gradientOfReverseKl = policy.map((lp, v) => Math.exp(lp) - Math.exp(reference[v]))

/** Expectation of the term and of its gradient by logits, over tokens drawn from `sampled`. */
function expectedTerm(estimator: KlEstimator, options: KlOptions = {}, sampled = policy) {
  const z = input('z', ['N'])
  const { total } = traceLoss(klToReference(estimator, options), logSoftmax(z))
  const { sizes, feeds } = feedsOf({
    logprobs: policy,
    fields: {
      weights: sampled.map(Math.exp),
      mask: new Array<number>(V).fill(1),
      behaviourLogprobs: sampled,
      referenceLogprobs: reference,
    },
  })
  const out = evaluate({ total, gradient: gradients(total, [z])[0] }, { sizes, feeds: { ...feeds, z: logits } })
  return { value: out.total.data[0], gradient: out.gradient.data }
}

describe('the gradients that these tests want', () => {
  it('are the differences of the divergences themselves', () => {
    const step = 1e-5
    const moved = (v: number, by: number) => logSoftmaxOf(logits.with(v, logits[v] + by))
    const slope = (f: (p: readonly number[]) => number) =>
      logits.map((_, v) => (f(moved(v, step)) - f(moved(v, -step))) / (2 * step))
    expectListsClose(
      gradientOfKl,
      slope((p) => kl(p, reference)),
      1e-8,
    )
    expectListsClose(
      gradientOfReverseKl,
      slope((p) => kl(reference, p)),
      1e-8,
    )
  })
})

describe('the estimators', () => {
  it('k1 and k3 have the exact KL as their mean, and k2 has not', () => {
    const exact = kl(policy, reference)
    expect(expectedTerm('k1').value).toBeCloseTo(exact, 10)
    expect(expectedTerm('k3').value).toBeCloseTo(exact, 10)
    expect(Math.abs(expectedTerm('k2').value - exact)).toBeGreaterThan(0.01)
  })

  it('corrected, k1 and k3 have it from the samples of another policy too', () => {
    const exact = kl(policy, reference)
    for (const estimator of ['k1', 'k3'] as const) {
      expect(expectedTerm(estimator, { corrected: true }, behaviour).value).toBeCloseTo(exact, 10)
      expect(Math.abs(expectedTerm(estimator, {}, behaviour).value - exact)).toBeGreaterThan(0.01)
    }
  })

  it.each(['k1', 'k3'] as const)('%s comes within four standard errors of the exact KL in a sample', (estimator) => {
    const count = 20_000
    const rng = stream('kl-test', 'sample', estimator)
    const seen = new Array<number>(V).fill(0)
    for (let i = 0; i < count; i++) {
      let left = rng.next()
      let v = 0
      for (; v < V - 1; v++) {
        left -= Math.exp(policy[v])
        if (left < 0) break
      }
      seen[v]++
    }
    const fields = { weights: seen.map((n) => n / count), mask: seen.map(() => 1), referenceLogprobs: reference }
    const { total } = evaluateLoss(klToReference(estimator), { logprobs: policy, fields })
    const estimate = (v: number): number => {
      const d = reference[v] - policy[v]
      return estimator === 'k1' ? -d : Math.exp(d) - d - 1
    }
    const exact = kl(policy, reference)
    const variance = expected(policy, (v) => (estimate(v) - exact) ** 2)
    expect(Math.abs(total - exact)).toBeLessThan(4 * Math.sqrt(variance / count))
    // The bound is worth something: well below the divergence itself.
    expect(4 * Math.sqrt(variance / count)).toBeLessThan(exact / 5)
  })

  it('are the same in the reward as in the loss', async () => {
    const fields = { referenceLogprobs: { data: Float32Array.from(reference), shape: [V] as const } }
    const rollout = scored(0, { tokens: V, logprobs: policy, fields })
    for (const estimator of ['k1', 'k2', 'k3'] as const) {
      const [{ rollouts }] = await credited([klInReward(1, estimator)], [groupOf(rollout)])
      const total = -rollouts[0].tokenRewards!.reduce((sum, x, v) => sum + Math.exp(policy[v]) * x, 0)
      expect(total).toBeCloseTo(expectedTerm(estimator).value, 5)
    }
  })
})

describe('the expected gradient of a KL term', () => {
  it('with k1 is zero', () => {
    expectListsClose(expectedTerm('k1').gradient, new Array<number>(V).fill(0), 1e-12)
  })

  it('with k2 is that of KL(π_θ ‖ π_ref)', () => {
    expectListsClose(expectedTerm('k2').gradient, gradientOfKl, 1e-10)
  })

  it('with k3 is that of KL(π_ref ‖ π_θ), another divergence', () => {
    expectListsClose(expectedTerm('k3').gradient, gradientOfReverseKl, 1e-10)
    expect(gradientOfReverseKl.some((g, v) => Math.abs(g - gradientOfKl[v]) > 0.01)).toBe(true)
  })

  it.each(['k1', 'k3'] as const)('with corrected %s is that of KL(π_θ ‖ π_ref), whoever sampled', (estimator) => {
    expectListsClose(expectedTerm(estimator, { corrected: true }).gradient, gradientOfKl, 1e-10)
    expectListsClose(expectedTerm(estimator, { corrected: true }, behaviour).gradient, gradientOfKl, 1e-10)
  })

  it('with corrected k2 is that of neither', () => {
    const { gradient } = expectedTerm('k2', { corrected: true })
    for (const other of [gradientOfKl, gradientOfReverseKl])
      expect(other.some((g, v) => Math.abs(g - gradient[v]) > 0.01)).toBe(true)
  })
})

describe('a KL term on random tokens', () => {
  it.each([
    ['k1', false],
    ['k2', false],
    ['k3', false],
    ['k1', true],
    ['k3', true],
  ] as const)('is its formula: %s, corrected: %s', (estimator, corrected) => {
    const batch = randomBatch(`kl-${estimator}`)
    const { weights, mask, referenceLogprobs } = batch.fields
    const estimate = (i: number): number => {
      const d = referenceLogprobs[i] - batch.logprobs[i]
      return { k1: -d, k2: d ** 2 / 2, k3: Math.exp(d) - d - 1 }[estimator]
    }
    const ratio = ratios(batch)
    const { total, report } = evaluateLoss(klToReference(estimator, { corrected }), batch)
    const sum = (term: (i: number) => number) => batch.logprobs.reduce((total, _, i) => total + term(i), 0)
    expect(total).toBeCloseTo(
      sum((i) => weights[i] * (corrected ? ratio[i] : 1) * estimate(i)),
      6,
    )
    // What is reported is the plain estimate, over unmasked tokens.
    expect(report[`policy/kl_ref_${estimator}`]).toBeCloseTo(
      sum((i) => mask[i] * estimate(i)),
      6,
    )
  })
})
