import { describe, expect, it } from 'vitest'
import { stream } from '../base/rng.ts'
import { adamw } from './adamw.ts'
import { adamwReference } from './adamw-reference.ts'
import { type Segment, wholeArena } from './optimizer.ts'

const f32 = Math.fround

function draws(seed: number, size: number, spread: number): Float32Array {
  const rng = stream('adamw-test', seed)
  // Sizes spread over orders of magnitude, as real gradients are.
  return Float32Array.from({ length: size }, () => rng.normal() * spread * 10 ** (-6 * rng.next()))
}

describe('adamw', () => {
  it('gives the first two steps worked out by hand', () => {
    // β1 = β2 = 1/2, λ = 1/2, lr = 1/4, ε tiny. Weight 2, gradients 4 then -4.
    // Step 1: m = 2, v = 8, hats 4 and 16, ratio 1: w = 2 - 1/4 (1 + 1) = 1.5.
    // Step 2: m = 1 - 2 = -1, v = 4 + 8 = 12, divided by 3/4: -4/3 and 16, ratio -1/3:
    //         w = 1.5 - 1/4 (-1/3 + 3/4) = 1.5 - 5/48 = 67/48.
    const optimizer = adamw({ beta1: 0.5, beta2: 0.5, eps: 1e-12, weightDecay: 0.5 }, wholeArena(1))
    const weights = new Float32Array([2])
    optimizer.step({ weights, gradients: new Float32Array([4]), lr: 0.25 })
    expect(weights[0]).toBe(1.5)
    expect(optimizer.state()).toEqual({ step: 1, arrays: { m: new Float32Array([2]), v: new Float32Array([8]) } })
    optimizer.step({ weights, gradients: new Float32Array([-4]), lr: 0.25 })
    expect(weights[0]).toBe(f32(67 / 48))
    expect(optimizer.state()).toEqual({ step: 2, arrays: { m: new Float32Array([-1]), v: new Float32Array([12]) } })
  })

  it('adds eps outside the root of the corrected second moment', () => {
    // First step: both hats equal the gradient and its square: change = lr g / (|g| + ε) = 0.1 · 1 / (1 + 1).
    const optimizer = adamw({ beta1: 0.9, beta2: 0.999, eps: 1, weightDecay: 0 }, wholeArena(1))
    const weights = new Float32Array([1])
    optimizer.step({ weights, gradients: new Float32Array([1]), lr: 0.1 })
    expect(weights[0]).toBeCloseTo(0.95, 7)
  })

  it('equals the float64 reference over 40 steps, relative 2e-6 of the largest number met', () => {
    const config = { beta1: 0.9, beta2: 0.95, eps: 1e-8, weightDecay: 0.1 }
    const size = 203
    const segments: Segment[] = [
      { start: 0, end: 90, decay: true },
      { start: 90, end: 100, decay: false },
      { start: 120, end: 203, decay: true },
    ]
    const optimizer = adamw(config, { size, segments })
    const weights = draws(0, size, 1)
    const reference = Array.from(weights, (weight) => ({ weight, m: 0, v: 0 }))
    for (let step = 1; step <= 40; step++) {
      const gradients = draws(step, size, 3)
      const lr = 0.02 / step
      const scale = step % 3 === 0 ? 0.25 : 1
      optimizer.step({ weights, gradients, lr, scale })
      for (const { start, end, decay } of segments) {
        for (let i = start; i < end; i++) {
          const gradient = gradients[i] * scale
          reference[i] = adamwReference(reference[i], { gradient, lr, step, decay }, config)
        }
      }
    }
    const { m, v } = optimizer.state().arrays
    for (let i = 0; i < size; i++) {
      expect(Math.abs(weights[i] - reference[i].weight)).toBeLessThan(2e-6)
      expect(Math.abs(m[i] - reference[i].m)).toBeLessThan(2e-6 * 3)
      expect(Math.abs(v[i] - reference[i].v)).toBeLessThan(2e-6 * 9)
    }
  })

  it('decays only segments marked so, and leaves what no segment covers alone', () => {
    const segments = [
      { start: 0, end: 1, decay: true },
      { start: 2, end: 3, decay: false },
    ]
    const optimizer = adamw({ beta1: 0.9, beta2: 0.95, eps: 1e-8, weightDecay: 0.5 }, { size: 3, segments })
    const weights = new Float32Array([1, 1, 1])
    optimizer.step({ weights, gradients: new Float32Array([0, 9, 0]), lr: 0.5 })
    expect([...weights]).toEqual([0.75, 1, 1])
    expect([...optimizer.state().arrays.v]).toEqual([0, 0, 0])
  })

  it('treats a scale like gradients multiplied beforehand', () => {
    const run = (scale: number, factor: number) => {
      const optimizer = adamw({ beta1: 0.9, beta2: 0.95, eps: 1e-2, weightDecay: 0 }, wholeArena(2))
      const weights = new Float32Array([1, -1])
      optimizer.step({ weights, gradients: new Float32Array([0.5 * factor, 2 * factor]), lr: 0.1, scale })
      return [...weights]
    }
    expect(run(0.25, 1)).toEqual(run(1, 0.25))
    expect(run(0.25, 1)).not.toEqual(run(1, 1))
  })

  it('continues bit for bit from a saved state', () => {
    const config = { beta1: 0.9, beta2: 0.95, eps: 1e-8, weightDecay: 0.1 }
    const size = 50
    const first = adamw(config, wholeArena(size))
    const weights = draws(0, size, 1)
    for (let k = 1; k <= 3; k++) first.step({ weights, gradients: draws(k, size, 1), lr: 0.01 })

    const saved = structuredClone(first.state())
    const copy = weights.slice()
    const second = adamw(config, wholeArena(size))
    second.load(saved)
    for (let k = 4; k <= 6; k++) {
      first.step({ weights, gradients: draws(k, size, 1), lr: 0.01 })
      second.step({ weights: copy, gradients: draws(k, size, 1), lr: 0.01 })
    }
    expect(copy).toEqual(weights)
    expect(second.state()).toEqual(first.state())
    expect(saved.step).toBe(3)
  })

  it('finds the bottom of a badly scaled bowl', () => {
    const target = [3, -2, 0.5]
    const stiffness = [100, 1, 0.01]
    const optimizer = adamw({ beta1: 0.9, beta2: 0.95, eps: 1e-8, weightDecay: 0 }, wholeArena(3))
    const weights = new Float32Array(3)
    for (let k = 0; k < 400; k++) {
      const gradients = Float32Array.from(weights, (w, i) => stiffness[i] * (w - target[i]))
      optimizer.step({ weights, gradients, lr: 0.1 * (1 - k / 400) })
    }
    for (let i = 0; i < 3; i++) expect(weights[i]).toBeCloseTo(target[i], 2)
  })
})
