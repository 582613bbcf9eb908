// Checksums against published values, messages against bytes that protoc's documentation gives.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readProtobuf } from '../__fixtures__/read-protobuf.ts'
import { crc32c, maskedCrc32c } from './crc32c.ts'
import { bytes, double, float, integer, message } from './protobuf.ts'

const ascii = (text: string) => new TextEncoder().encode(text)

describe('crc32c', () => {
  it('gives the published check value, and those of RFC 3720', () => {
    expect(crc32c(ascii('123456789'))).toBe(0xe3069283)
    expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa)
    expect(crc32c(new Uint8Array(32).fill(255))).toBe(0x62a8ab43)
    expect(crc32c(Uint8Array.from({ length: 32 }, (_, i) => i))).toBe(0x46dd794e)
  })

  it('is masked by a rotation of 15 bits and a constant', () => {
    // 0xe3069283 turned right by 15 bits is 0x2507c60d; with 0xa282ead8 added, 0xc78ab0e5.
    expect(maskedCrc32c(ascii('123456789'))).toBe(0xc78ab0e5)
  })
})

describe('protobuf', () => {
  it('writes the examples of the encoding guide', () => {
    expect([...integer(1, 150)]).toEqual([0x08, 0x96, 0x01])
    expect([...bytes(2, 'testing')]).toEqual([0x12, 7, ...ascii('testing')])
    expect([...bytes(3, integer(1, 150))]).toEqual([0x1a, 3, 0x08, 0x96, 0x01])
    expect([...integer(1, -2)]).toEqual([0x08, 0xfe, 255, 255, 255, 255, 255, 255, 255, 255, 1])
  })

  it('writes what a reader without a schema gets back', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(fc.integer({ min: 1, max: 15 }), fc.double(), fc.bigInt(0n, 2n ** 64n - 1n), fc.uint8Array()),
        ),
        (rows) => {
          const written = message(
            ...rows.flatMap(([n, d, i, b]) => [
              double(n, d),
              integer(n, i),
              bytes(n + 300, b),
              float(n, Math.fround(d)),
            ]),
          )
          expect(readProtobuf(written).map(([n, v]) => [n, v instanceof Uint8Array ? [...v] : v])).toEqual(
            rows.flatMap(([n, d, i, b]) => [
              [n, d],
              [n, i],
              [n + 300, [...b]],
              [n, Math.fround(d)],
            ]),
          )
        },
      ),
    )
  })

  it('writes UTF-8 that readers accept, whatever the text', () => {
    expect([...bytes(1, 'a\ud800')]).toEqual([0x0a, 4, 0x61, 0xef, 0xbf, 0xbd])
  })
})
