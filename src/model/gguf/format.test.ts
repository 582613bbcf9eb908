// The head of a file: bytes by hand, and what a reader written from the specification finds.
import { describe, expect, it } from 'vitest'
import { readGguf } from './__fixtures__/read-gguf.ts'
import { bool, encodeHead, f32, text, u32 } from './format.ts'

describe('encodeHead', () => {
  it('writes magic, version, counts, one value and one tensor, padded to 32', () => {
    const head = encodeHead({ a: u32(7) }, [{ name: 't', shape: [2, 3], dtype: 'f32' }])
    const long = (n: number) => [n, 0, 0, 0, 0, 0, 0, 0]
    const bytes = [
      ...[0x47, 0x47, 0x55, 0x46, 3, 0, 0, 0, ...long(1), ...long(1)],
      ...[...long(1), 0x61, 4, 0, 0, 0, 7, 0, 0, 0],
      // The innermost axis comes first.
      ...[...long(1), 0x74, 2, 0, 0, 0, ...long(3), ...long(2), 0, 0, 0, 0, ...long(0)],
    ]
    expect([...head]).toEqual([...bytes, ...new Array(96 - bytes.length).fill(0)])
  })

  it('writes values of every kind, and long lists', () => {
    const many = Array.from({ length: 3000 }, (_, i) => `é${i}`)
    const metadata = {
      number: u32(2 ** 32 - 1),
      real: f32(0.1),
      no: bool(false),
      word: text('→ ü'),
      signs: { kind: 'i32-array', value: [-1, 2] },
      many: { kind: 'string-array', value: many },
    } as const
    expect(Object.fromEntries(readGguf(encodeHead(metadata, [])).metadata)).toEqual({
      number: 2 ** 32 - 1,
      real: Math.fround(0.1),
      no: false,
      word: '→ ü',
      signs: [-1, 2],
      many,
    })
  })

  it('places every tensor at a multiple of 32', () => {
    const sizes = [[5], [3, 32], [1], [8]]
    const infos = sizes.map((shape, i) => ({
      name: `t${i}`,
      shape,
      dtype: i === 1 ? ('q8_0' as const) : ('f32' as const),
    }))
    const head = encodeHead({}, infos)
    // 20 bytes, 3 blocks of 34, 4 bytes.
    const content = new Uint8Array(head.length + 32 + 128 + 32 + 32)
    content.set(head)
    expect([...readGguf(content).tensors.values()].map(({ offset }) => offset)).toEqual([0, 32, 160, 192])
  })
})
