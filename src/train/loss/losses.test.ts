// Losses against numbers worked out by hand, and their gradients: with ratio 1 the clipped surrogate is REINFORCE.
import { describe, expect, it } from 'vitest'
import type { Loss, LossInputs } from '../../contracts/index.ts'
import { gradients, input, Program, type Tensor } from '../../tensor/index.ts'
import { clipped } from './clipped.ts'
import { add, scale } from './combine.ts'
import { klToReference } from './kl-to-reference.ts'
import { negativeLogLikelihood } from './negative-log-likelihood.ts'

type Fields = Readonly<Record<string, readonly number[]>>

/** Runs a loss on its own: N tokens with given log-probabilities and fields. */
async function run(
  loss: Loss,
  logprobs: readonly number[],
  fields: Fields,
  coefficients: Readonly<Record<string, number>> = {},
) {
  const made = new Map<string, Tensor>()
  const once = (name: string, shape: readonly string[]): Tensor => {
    const tensor = made.get(name) ?? input(name, shape)
    made.set(name, tensor)
    return tensor
  }
  const refuse = (): never => {
    throw new Error('not in this test')
  }
  const x = input('logprobs', ['N'])
  const inputs: LossInputs = {
    logprobs: x,
    field: (name) => once(name, ['N']),
    coefficient: (name) => once(name, []),
    want: refuse,
    perSequence: refuse,
    perExample: refuse,
    toTokens: refuse,
    rows: refuse,
    scalar: refuse,
  }
  const { total, report } = loss.terms(inputs)
  const program = await Program.compile({ total, gradient: gradients(total, [x])[0], ...report })
  const feeds = Object.fromEntries(
    [
      ['logprobs', logprobs] as const,
      ...Object.entries(fields),
      ...Object.entries(coefficients).map(([k, v]) => [k, [v]] as const),
    ]
      .filter(([name]) => program.has(name))
      .map(([name, data]) => [name, Float32Array.from(data)]),
  )
  const out = await program.run({ sizes: { N: logprobs.length }, feeds })
  await program.dispose()
  return { total: out.total[0], gradient: [...out.gradient], report: (name: string) => out[name][0] }
}

const ones = (n: number): number[] => new Array<number>(n).fill(1)

describe('the clipped surrogate', () => {
  const loss = clipped({ low: 0.2, high: 0.3 })

  it('has the gradient of REINFORCE, -w A, where the ratio is 1', async () => {
    const logprobs = [-1, -2, -0.5]
    const advantages = [1, -2, 0]
    const { gradient, total } = await run(loss, logprobs, {
      behaviourLogprobs: logprobs,
      advantages,
      weights: [0.5, 0.25, 1],
      mask: ones(3),
    })
    expect(total).toBeCloseTo(-(0.5 * 1 + 0.25 * -2), 6)
    ;[-0.5, 0.5, 0].forEach((want, i) => {
      expect(gradient[i]).toBeCloseTo(want, 6)
    })
  })

  it('stops pushing outside the bounds on the side where the advantage points, and only there', async () => {
    // Ratios e^0.5 = 1.65 and e^-0.5 = 0.61, each with both signs.
    const { gradient, report, total } = await run(loss, [-0.5, -0.5, -1.5, -1.5], {
      behaviourLogprobs: ones(4).map(() => -1),
      advantages: [1, -1, 1, -1],
      weights: ones(4),
      mask: ones(4),
    })
    expect(gradient[0]).toBeCloseTo(0, 6)
    expect(gradient[1]).toBeCloseTo(Math.exp(0.5), 5)
    expect(gradient[2]).toBeCloseTo(-Math.exp(-0.5), 5)
    expect(gradient[3]).toBeCloseTo(0, 6)
    expect(total).toBeCloseTo(-(1.3 - Math.exp(0.5) + Math.exp(-0.5) - 0.8), 5)
    expect(report('policy/clip_frac_high')).toBe(1)
    expect(report('policy/clip_frac_low')).toBe(1)
  })

  it('is capped at c |A| for negative advantages with the dual clip', async () => {
    const { total, gradient } = await run(clipped({ low: 0.2, high: 0.2, dual: 3 }), [0], {
      behaviourLogprobs: [-2],
      advantages: [-1],
      weights: [1],
      mask: [1],
    })
    expect(total).toBeCloseTo(3, 5)
    expect(gradient[0]).toBeCloseTo(0, 6)
  })
})

describe('KL to a reference', () => {
  it('has the values and gradients of its three estimators at d = 0.5', async () => {
    const fields = { referenceLogprobs: [-0.5], weights: [1], mask: [1] }
    const k1 = await run(klToReference('k1'), [-1], fields)
    const k2 = await run(klToReference('k2'), [-1], fields)
    const k3 = await run(klToReference('k3'), [-1], fields)
    expect([k1.total, k2.total, k3.total].map((x) => Number(x.toFixed(5)))).toEqual([-0.5, 0.125, 0.14872])
    // d = log r - log p, so a gradient in log p is minus that in d.
    expect(k1.gradient[0]).toBeCloseTo(1, 6)
    expect(k2.gradient[0]).toBeCloseTo(-0.5, 6)
    expect(k3.gradient[0]).toBeCloseTo(-(Math.exp(0.5) - 1), 5)
  })
})

describe('sums of losses', () => {
  it('add and scale by a coefficient that is an input', async () => {
    const loss = add(negativeLogLikelihood(), scale('klCoef', klToReference('k2')))
    const fields = { weights: [2], mask: [1], referenceLogprobs: [-0.5] }
    expect(loss.coefficients).toEqual(['klCoef'])
    expect((await run(loss, [-1], fields, { klCoef: 4 })).total).toBeCloseTo(2 * 1 + 4 * 2 * 0.125, 5)
  })

  it('may be skipped only where every term may', () => {
    expect(add(clipped({ low: 0.2, high: 0.2 })).vanishesWith).toBe('advantages')
    expect(add(clipped({ low: 0.2, high: 0.2 }), negativeLogLikelihood()).vanishesWith).toBeUndefined()
  })
})
