// The preference loss against its formula in plain loops, masks included.
import { describe, expect, it } from 'vitest'
import { stream } from '../../base/rng.ts'
import { expectListsClose } from '../__fixtures__/lists-close.ts'
import { evaluateLoss, type TokenBatch } from '../__fixtures__/reference-loss.ts'
import { dpo } from './dpo.ts'

const beta = 0.3

/** Three pairs of unequal lengths, chosen first; a few tokens masked. */
const rng = stream('dpo-test')
const lengths = [3, 2, 1, 4, 2, 5]
const count = lengths.reduce((a, b) => a + b)
const logprobs = Array.from({ length: count }, () => -3 * rng.next())
const batch = {
  logprobs,
  lengths,
  perExample: 2,
  fields: {
    mask: Array.from({ length: count }, (_, i) => (i % 5 === 1 ? 0 : 1)),
    referenceLogprobs: logprobs.map((x) => x + rng.normal()),
  },
  scalars: { weight: [0.5, 0.2, 0.3] },
} satisfies TokenBatch

/** Σ over unmasked tokens of each sequence. */
function perSequence(values: readonly number[]): number[] {
  let start = 0
  return lengths.map((length) => {
    const sum = values.slice(start, start + length).reduce((a, x, t) => a + x * batch.fields.mask[start + t], 0)
    start += length
    return sum
  })
}

const sides = perSequence(logprobs)
const rewards = perSequence(logprobs.map((x, i) => beta * (x - batch.fields.referenceLogprobs[i])))
const margins = [0, 1, 2].map((e) => rewards[2 * e] - rewards[2 * e + 1])
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))

describe('dpo', () => {
  const { total, report, gradient } = evaluateLoss(dpo({ beta }), batch)

  it('is - Σ w log σ of the margin of implicit rewards', () => {
    const want = -margins.reduce((sum, margin, e) => sum + batch.scalars.weight[e] * Math.log(sigmoid(margin)), 0)
    expect(total).toBeCloseTo(want, 6)
  })

  it('reports sums over pairs: margin, accuracy, and both sides under the policy', () => {
    expect(report['dpo/margin']).toBeCloseTo(
      margins.reduce((a, b) => a + b),
      6,
    )
    expect(report['dpo/accuracy']).toBe(margins.filter((margin) => margin > 0).length)
    // Not the same for all pairs, or the test would see nothing.
    expect([1, 2]).toContain(report['dpo/accuracy'])
    expect(report['dpo/logp_chosen']).toBeCloseTo(sides[0] + sides[2] + sides[4], 6)
    expect(report['dpo/logp_rejected']).toBeCloseTo(sides[1] + sides[3] + sides[5], 6)
  })

  it('pulls every unmasked token of a pair by w β σ(-margin), up on the chosen side and down on the other', () => {
    const want = lengths.flatMap((length, s) => {
      const pull = batch.scalars.weight[Math.floor(s / 2)] * beta * sigmoid(-margins[Math.floor(s / 2)])
      return new Array<number>(length).fill(s % 2 === 0 ? -pull : pull)
    })
    expectListsClose(
      gradient,
      want.map((g, i) => g * batch.fields.mask[i]),
      1e-7,
    )
  })

  it('is log 2 a pair where the policy is the reference', () => {
    const same = { ...batch, fields: { ...batch.fields, referenceLogprobs: logprobs } }
    expect(evaluateLoss(dpo({ beta }), same).total).toBeCloseTo(Math.LN2, 7)
  })

  it('does not look at masked tokens', () => {
    const moved = logprobs.map((x, i) => (batch.fields.mask[i] === 0 ? x - 50 : x))
    expect(evaluateLoss(dpo({ beta }), { ...batch, logprobs: moved }).total).toBeCloseTo(total, 12)
  })

  it('stays finite and linear where the margin is hopeless', () => {
    const pair = { logprobs: [-2000, -1], lengths: [1, 1], perExample: 2, scalars: { weight: [1] } }
    const fields = { mask: [1, 1], referenceLogprobs: [0, 0] }
    const far = evaluateLoss(dpo({ beta: 1 }), { ...pair, fields })
    expect(far.total).toBeCloseTo(1999, 9)
    expectListsClose(far.gradient, [-1, 1], 1e-12)
  })
})
