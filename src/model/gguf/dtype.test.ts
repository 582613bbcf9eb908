// Number formats: bytes by hand, a naive quantiser, and what is refused.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromF16 } from '../safetensors/dtype.ts'
import { dtypeOf, encodeNumbers, sizeBytes } from './dtype.ts'

const encode = (dtype: 'f32' | 'f16' | 'q8_0', values: readonly number[]): Uint8Array =>
  encodeNumbers(dtype, Float32Array.from(values), 'w')

describe('dtypeOf', () => {
  it('keeps vectors and matrices without whole blocks in float32', () => {
    expect(dtypeOf('q8_0', [4, 64])).toBe('q8_0')
    expect(dtypeOf('q8_0', [64, 48])).toBe('f32')
    expect(dtypeOf('q8_0', [64])).toBe('f32')
    expect(dtypeOf('f16', [3, 5])).toBe('f16')
    expect(dtypeOf('f16', [3])).toBe('f32')
  })
})

describe('encodeNumbers', () => {
  it('writes halves rounded to the nearest, ties to even, small ones too', () => {
    const values = [1, -2, 1 + 2 ** -11, 1 + 3 * 2 ** -11, 2 ** -24, 2 ** -25, 3 * 2 ** -25, 65504, 65519]
    const halves = new Uint16Array(encode('f16', values).slice().buffer)
    expect([...halves]).toEqual([0x3c00, 0xc000, 0x3c00, 0x3c02, 1, 0, 2, 0x7bff, 0x7bff])
  })

  it('writes blocks of q8_0: a scale and 32 bytes', () => {
    const values = Array.from({ length: 32 }, (_, i) => (i === 5 ? -127 : i === 6 ? 2.5 : i === 7 ? -0.4 : i))
    const bytes = encode('q8_0', [...values, ...new Array(32).fill(0)])
    expect(bytes.length).toBe(sizeBytes('q8_0', [2, 32]))
    // The scale is 1; halves go away from zero.
    expect([...bytes.subarray(0, 2)]).toEqual([0x00, 0x3c])
    const wanted = values.map((x, i) => (i === 6 ? 3 : i === 7 ? 0 : x))
    expect([...new Int8Array(bytes.slice(2, 34).buffer)]).toEqual(wanted)
    expect([...bytes.subarray(34)]).toEqual(new Array(34).fill(0))
  })

  it('keeps every number of a block within half a step, but for the rounding of the scale', () => {
    const block = fc.array(fc.float({ min: -1000, max: 1000, noNaN: true }), { minLength: 32, maxLength: 32 })
    fc.assert(
      fc.property(block, (values) => {
        const bytes = encode('q8_0', values)
        const scale = fromF16(bytes[0] + 256 * bytes[1])
        const most = Math.max(...values.map(Math.abs))
        values.forEach((value, i) => {
          const error = Math.abs(((bytes[2 + i] << 24) >> 24) * scale - value)
          expect(error).toBeLessThanOrEqual(0.5 * scale + most * 2 ** -10 + 128 * 2 ** -24)
        })
      }),
    )
  })

  it('refuses what the format cannot hold, naming the tensor', () => {
    const overflow = expect.objectContaining({ code: 'model/f16-overflow', message: expect.stringContaining('"w"') })
    expect(() => encode('f16', [1, 65520])).toThrow(overflow)
    expect(() => encode('q8_0', [1e7, ...new Array(31).fill(0)])).toThrow(overflow)
    expect(() => encode('q8_0', [1e6, ...new Array(31).fill(0)])).not.toThrow()
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => encode('f32', [0, bad])).toThrow(expect.objectContaining({ code: 'model/not-finite' }))
    }
  })
})
