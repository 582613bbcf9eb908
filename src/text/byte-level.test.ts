// GPT-2's byte characters by known values; decoding against the platform's UTF-8 reader.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BYTE_CHARACTERS, byteLevelDecoder } from './byte-level.ts'

const write = (bytes: Iterable<number>): string => Array.from(bytes, (byte) => BYTE_CHARACTERS[byte]).join('')

describe('byte-level characters', () => {
  it('are those of GPT-2', () => {
    expect(write([0x00, 0x0a, 0x20, 0x21, 0x7e, 0x7f, 0xa0, 0xa1, 0xad, 0xff])).toBe('ĀĊĠ!~ġł¡Ńÿ')
  })

  it('differ for every byte', () => {
    expect(new Set(BYTE_CHARACTERS).size).toBe(256)
  })
})

describe('byteLevelDecoder', () => {
  it('reads back any bytes as a UTF-8 reader would, however they are cut into tokens', () => {
    const property = fc.property(fc.array(fc.uint8Array({ maxLength: 4 }), { maxLength: 8 }), (parts) => {
      const tokens = parts.map(write)
      const decode = byteLevelDecoder(
        (id) => tokens[id],
        () => false,
      )
      const expected = new TextDecoder('utf-8', { ignoreBOM: true }).decode(
        Uint8Array.from(parts.flatMap((p) => [...p])),
      )
      expect(decode(tokens.map((_, id) => id))).toBe(expected)
    })
    fc.assert(property, { numRuns: 300 })
  })

  it('takes plain tokens as they are, and those without text as nothing', () => {
    const decode = byteLevelDecoder(
      (id) => ['é', 'é', '<｜end｜>'][id],
      (id) => id === 1,
    )
    // As a byte-level token, é is the byte E9 alone, which is no UTF-8.
    expect(decode([0, 1, 2, 3])).toBe('\uFFFDé<｜end｜>')
  })
})
