// Exact bytes by hand, from the encoding rules of protocol buffers.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MessageWriter } from './protobuf.ts'

const bytes = (write: (w: MessageWriter) => void): number[] => {
  const writer = new MessageWriter()
  write(writer)
  return [...writer.finish()]
}

describe('MessageWriter', () => {
  it('writes an integer as key and varint', () => {
    expect(bytes((w) => w.int(1, 0))).toEqual([0x08, 0x00])
    expect(bytes((w) => w.int(1, 127))).toEqual([0x08, 0x7f])
    // The example of the encoding guide: 150 is 0x96 0x01.
    expect(bytes((w) => w.int(1, 150))).toEqual([0x08, 0x96, 0x01])
    expect(bytes((w) => w.int(1, 16384))).toEqual([0x08, 0x80, 0x80, 0x01])
  })

  it('writes field numbers above 15 in two bytes', () => {
    // 20 * 8 = 160 = 0xa0 0x01
    expect(bytes((w) => w.int(20, 7))).toEqual([0xa0, 0x01, 0x07])
  })

  it('writes negative integers as ten bytes of two complement', () => {
    expect(bytes((w) => w.int(3, -1))).toEqual([0x18, ...new Array(9).fill(0xff), 0x01])
    expect(bytes((w) => w.int(3, -2))).toEqual([0x18, 0xfe, ...new Array(8).fill(0xff), 0x01])
  })

  it('writes integers above 32 bits', () => {
    // 2^35 is five groups of seven zeros and a one.
    expect(bytes((w) => w.int(1, 2 ** 35))).toEqual([0x08, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01])
  })

  it('writes floats little-endian', () => {
    expect(bytes((w) => w.float(2, 1))).toEqual([0x15, 0x00, 0x00, 0x80, 0x3f])
    expect(bytes((w) => w.float(2, -2.5))).toEqual([0x15, 0x00, 0x00, 0x20, 0xc0])
  })

  it('writes strings as UTF-8 with their length', () => {
    expect(bytes((w) => w.string(2, 'testing'))).toEqual([0x12, 0x07, 0x74, 0x65, 0x73, 0x74, 0x69, 0x6e, 0x67])
    expect(bytes((w) => w.string(1, 'é'))).toEqual([0x0a, 0x02, 0xc3, 0xa9])
    expect(bytes((w) => w.string(1, ''))).toEqual([0x0a, 0x00])
  })

  it('writes messages inside messages', () => {
    expect(bytes((w) => w.message(3, (inner) => inner.int(1, 150)))).toEqual([0x1a, 0x03, 0x08, 0x96, 0x01])
    expect(bytes((w) => w.message(1, (a) => a.message(1, (b) => b.int(1, 1))))).toEqual([0x0a, 4, 0x0a, 2, 0x08, 1])
  })

  it('keeps what was written when its buffer grows', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 700 }), { maxLength: 6 }), (parts) => {
        const written = bytes((w) => {
          for (const part of parts) w.bytes(1, part)
        })
        const expected = parts.flatMap((part) => [
          0x0a,
          ...(part.length < 128 ? [part.length] : [(part.length & 127) | 128, part.length >> 7]),
          ...part,
        ])
        expect(written).toEqual(expected)
      }),
      { numRuns: 30, seed: 1 },
    )
  })

  it('writes doubles and packed integers', () => {
    expect(bytes((w) => w.double(3, 1))).toEqual([0x19, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f])
    expect(bytes((w) => w.packed(4, [3, 270, 86942]))).toEqual([0x22, 6, 3, 0x8e, 2, 0x9e, 0xa7, 5])
  })
})
