import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clipByNorm, globalNorm } from './clip-norm.ts'

describe('globalNorm', () => {
  it('gives exact values for every remainder of four', () => {
    expect(globalNorm(new Float32Array(0))).toBe(0)
    expect(globalNorm(new Float32Array([-3, 4]))).toBe(5)
    expect(globalNorm(new Float32Array([1, 1, 1, 1]))).toBe(2)
    expect(globalNorm(new Float32Array([2, 2, 2, 2, 3]))).toBe(5)
    expect(globalNorm(new Float32Array([2, 4, 5, 6, 0, 0, 0, 0, 0, 0, 0]))).toBe(9)
  })

  it('does not overflow or lose small parts in float32', () => {
    expect(globalNorm(new Float32Array([3e38, 3e38]))).toBeCloseTo(Math.fround(3e38) * Math.SQRT2, -25)
    // 4096² = 2^24: a float32 sum would lose every 1 added to it.
    const many = new Float32Array(1025).fill(1)
    many[0] = 4096
    expect(globalNorm(many) ** 2).toBeCloseTo(4096 ** 2 + 1024, 5)
  })

  it('agrees with a plain sum', () => {
    fc.assert(
      fc.property(fc.float32Array({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }), (gradients) => {
        const plain = Math.sqrt(gradients.reduce((sum, g) => sum + g * g, 0))
        expect(Math.abs(globalNorm(gradients) - plain)).toBeLessThanOrEqual(1e-12 * plain)
      }),
    )
  })
})

describe('clipByNorm', () => {
  it('scales a norm above the limit down to it and leaves others alone', () => {
    const gradients = new Float32Array([3, 4])
    expect(clipByNorm(gradients, 2)).toEqual({ kind: 'finite', norm: 5, scale: 0.4 })
    expect(clipByNorm(gradients, 5)).toEqual({ kind: 'finite', norm: 5, scale: 1 })
    expect(clipByNorm(gradients)).toEqual({ kind: 'finite', norm: 5, scale: 1 })
    expect(clipByNorm(new Float32Array(2), 1)).toEqual({ kind: 'finite', norm: 0, scale: 1 })
  })

  it('reports a norm that is not finite with the first bad index', () => {
    expect(clipByNorm(new Float32Array([1, Number.NaN, Number.NaN]), 1)).toEqual({
      kind: 'not-finite',
      norm: Number.NaN,
      at: 1,
    })
    expect(clipByNorm(new Float32Array([1, 2, Number.NEGATIVE_INFINITY]))).toEqual({
      kind: 'not-finite',
      norm: Number.POSITIVE_INFINITY,
      at: 2,
    })
  })
})
