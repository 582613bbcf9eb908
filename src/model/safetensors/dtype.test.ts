// Number formats: hand-made bit patterns, every half there and back, and rounding against a search of neighbours.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromBf16, fromF16, isDtype, isFloat, narrow, toBf16, toF16, widen } from './dtype.ts'

describe('half precision', () => {
  it('knows the corner values', () => {
    const pairs: [number, number][] = [
      [0, 0],
      [-0, 0x8000],
      [1, 0x3c00],
      [-2, 0xc000],
      [65504, 0x7bff],
      [2 ** -14, 0x0400],
      [2 ** -24, 0x0001],
      [-1023 * 2 ** -24, 0x83ff],
      [Number.POSITIVE_INFINITY, 0x7c00],
    ]
    for (const [value, half] of pairs) {
      expect(toF16(value), `${value}`).toBe(half)
      expect(fromF16(half), `${value}`).toBe(value)
    }
    expect(fromF16(toF16(Number.NaN))).toBeNaN()
  })

  it('rounds ties to even, overflows at 65520 and underflows at 2^-25', () => {
    expect(toF16(1 + 2 ** -11)).toBe(0x3c00)
    expect(toF16(1 + 3 * 2 ** -11)).toBe(0x3c02)
    expect(toF16(65519)).toBe(0x7bff)
    expect(toF16(65520)).toBe(0x7c00)
    expect(toF16(2 ** -25)).toBe(0)
    expect(toF16(3 * 2 ** -25)).toBe(2)
    expect(toF16(2 ** -25 + 2 ** -40)).toBe(1)
    expect(toF16(-(2 ** -30))).toBe(0x8000)
  })

  it('brings every half back to itself', () => {
    for (let half = 0; half < 65536; half++) {
      const value = fromF16(half)
      if (!Number.isNaN(value) && toF16(value) !== half) expect.unreachable(`0x${half.toString(16)}`)
    }
  })

  it('picks the nearest half', () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true, min: -65000, max: 65000 }), (value) => {
        const half = toF16(value)
        const error = Math.abs(fromF16(half) - value)
        for (const near of [half - 1, half + 1]) {
          if (near >= 0 && (near & 0x8000) === (half & 0x8000)) {
            expect(Math.abs(fromF16(near) - value)).toBeGreaterThanOrEqual(error)
          }
        }
      }),
    )
  })
})

describe('bfloat16', () => {
  it('rounds ties to even and keeps infinities and NaN', () => {
    expect(toBf16(1)).toBe(0x3f80)
    expect(toBf16(1 + 2 ** -8)).toBe(0x3f80)
    expect(toBf16(1 + 3 * 2 ** -8)).toBe(0x3f82)
    expect(toBf16(Number.NEGATIVE_INFINITY)).toBe(0xff80)
    expect(toBf16(3.4e38)).toBe(0x7f80)
    const sneaky = new Float32Array(new Uint32Array([0x7f800001]).buffer)
    expect(fromBf16(toBf16(sneaky[0]))).toBeNaN()
  })

  it('brings every number back to itself', () => {
    for (let half = 0; half < 65536; half++) {
      const value = fromBf16(half)
      if (!Number.isNaN(value) && toBf16(value) !== half) expect.unreachable(`0x${half.toString(16)}`)
    }
  })
})

describe('widen and narrow', () => {
  const values = Float32Array.of(1, -0.5, 3, 0)

  it('are inverse on numbers that the format holds, also from odd addresses', () => {
    for (const dtype of ['F32', 'F16', 'BF16'] as const) {
      const bytes = narrow(dtype, values)
      const shifted = new Uint8Array(bytes.length + 1).subarray(1)
      shifted.set(bytes)
      const back = new Float32Array(4)
      widen(dtype, shifted, back)
      expect(back).toEqual(values)
    }
  })

  it('reads doubles, and refuses integers', () => {
    const back = new Float32Array(2)
    widen('F64', new Uint8Array(Float64Array.of(0.1, -7).buffer), back)
    expect(back).toEqual(Float32Array.of(0.1, -7))
    expect(() => widen('I64', new Uint8Array(16), back)).toThrow('I64')
    expect(isFloat('I64')).toBe(false)
  })

  it('knows the names of formats and nothing from the prototype', () => {
    expect(isDtype('BF16')).toBe(true)
    expect(isDtype('toString')).toBe(false)
  })
})
