import { inflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { packageOf } from './package.ts'
import { type Files, zip } from './zip.ts'

/** A naive reader that trusts the directory at the end, as unzip does. */
function unzip(bytes: Buffer): Record<string, string> {
  const end = bytes.length - 22
  expect(bytes.readUInt32LE(end)).toBe(0x06054b50)
  const files: Record<string, string> = {}
  let at = bytes.readUInt32LE(end + 16)
  for (let i = 0; i < bytes.readUInt16LE(end + 10); i++) {
    expect(bytes.readUInt32LE(at)).toBe(0x02014b50)
    const [packed, plain] = [bytes.readUInt32LE(at + 20), bytes.readUInt32LE(at + 24)]
    const nameLength = bytes.readUInt16LE(at + 28)
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength)
    const local = bytes.readUInt32LE(at + 42)
    expect(bytes.readUInt32LE(local)).toBe(0x04034b50)
    expect(bytes.toString('utf8', local + 30, local + 30 + nameLength)).toBe(name)
    const text = inflateRawSync(bytes.subarray(local + 30 + nameLength, local + 30 + nameLength + packed))
    expect(text.length).toBe(plain)
    files[name] = text.toString()
    at += 46 + nameLength
  }
  expect(at).toBe(end)
  return files
}

describe('zip', () => {
  it('holds the files that it was given', () => {
    const names = fc.stringMatching(/^[a-z][a-z0-9_é/]{0,20}$/)
    fc.assert(
      fc.property(fc.dictionary(names, fc.string({ unit: 'grapheme' }), { maxKeys: 6 }), (files) => {
        expect(unzip(zip(files))).toEqual({ ...files })
      }),
    )
  })

  it('has the checksum of what it holds', () => {
    // The CRC-32 of "123456789", by which the sum is known.
    expect(zip({ a: '123456789' }).readUInt32LE(14)).toBe(0xcbf43926)
  })

  it('is the same for the same files in any order', () => {
    expect(zip({ a: '1', b: '2' })).toEqual(zip({ b: '2', a: '1' }))
  })
})

describe('a package', () => {
  it('is named by its content', () => {
    const name = (files: Files): string => packageOf(files).name
    expect(name({ a: '1' })).toMatch(/^_ray_pkg_[0-9a-f]{16}\.zip$/)
    expect(name({ a: '1' })).toBe(name({ a: '1' }))
    expect(name({ a: '1' })).not.toBe(name({ a: '2' }))
    expect(name({ a: '1' })).not.toBe(name({ b: '1' }))
  })
})
