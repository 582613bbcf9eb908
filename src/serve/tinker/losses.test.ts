// The losses against their formulas in plain numbers, and their gradients against finite differences.
import { describe, expect, it } from 'vitest'
import { evaluateLoss } from '../../train/__fixtures__/reference-loss.ts'
import { servedLosses } from './losses.ts'

const logprobs = [-1, -2, -0.5, -3, -1.5]
const fields = {
  weights: [1, 0, -2, 0.5, 1],
  // Ratios of about 0.67, 1.35, 1, 1.65 and 0.74.
  logprobs: [-0.6, -2.3, -0.5, -3.5, -1.2],
  advantages: [1, 2, -1, -0.5, 0],
  clip_low_threshold: [0.8, 0.8, 0.8, 0.8, 0.8],
  clip_high_threshold: [1.2, 1.2, 1.2, 1.2, 1.2],
  beta: [0.1, 0.1, 0.1, 0.1, 0.1],
}
const ratios = logprobs.map((p, i) => Math.exp(p - fields.logprobs[i]))
const clip = (r: number): number => Math.min(Math.max(r, 0.8), 1.2)
const sum = (term: (i: number) => number): number => logprobs.reduce((total, _, i) => total + term(i), 0)

/** Loss and gradient by the log-probabilities, as the documentation writes them. */
const formulas: Record<string, { loss: number; gradient: (i: number) => number }> = {
  cross_entropy: { loss: -sum((i) => fields.weights[i] * logprobs[i]), gradient: (i) => -fields.weights[i] },
  importance_sampling: {
    loss: -sum((i) => ratios[i] * fields.advantages[i]),
    gradient: (i) => -ratios[i] * fields.advantages[i],
  },
  ppo: {
    loss: -sum((i) => Math.min(ratios[i] * fields.advantages[i], clip(ratios[i]) * fields.advantages[i])),
    // Tokens 1 and 4 lie where the clipped term is the smaller one, or have no advantage.
    gradient: (i) => (i === 1 ? 0 : -ratios[i] * fields.advantages[i]),
  },
  cispo: {
    loss: -sum((i) => clip(ratios[i]) * logprobs[i] * fields.advantages[i]),
    gradient: (i) => -clip(ratios[i]) * fields.advantages[i],
  },
  dro: {
    loss: -sum((i) => logprobs[i] * fields.advantages[i] - 0.05 * (logprobs[i] - fields.logprobs[i]) ** 2),
    gradient: (i) => -fields.advantages[i] + 0.1 * (logprobs[i] - fields.logprobs[i]),
  },
}

describe('servedLosses', () => {
  it('are the five of the protocol', () => {
    expect([...servedLosses.keys()]).toEqual(Object.keys(formulas))
  })

  it.each(Object.keys(formulas))('%s has the documented value and gradient', (id) => {
    const { total, gradient } = evaluateLoss(servedLosses.get(id)!.loss, { logprobs, fields })
    expect(total).toBeCloseTo(formulas[id].loss, 6)
    logprobs.forEach((_, i) => {
      expect(gradient[i]).toBeCloseTo(formulas[id].gradient(i), 6)
    })
  })

  it.each(Object.keys(formulas))('%s can be filled from what it requires and its defaults', (id) => {
    const { loss, required, defaults, settings } = servedLosses.get(id)!
    expect([...required, ...Object.keys(defaults)].sort()).toEqual([...loss.fields].sort())
    for (const name of settings) expect(defaults[name]).toBeDefined()
  })
})
