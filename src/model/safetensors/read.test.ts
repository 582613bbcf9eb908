// Reading against files made by hand, byte by byte, and against files that lie.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readFloats, readSafetensors } from './read.ts'

const folder = mkdtempSync(join(tmpdir(), 'safetensors-'))
afterAll(() => rmSync(folder, { recursive: true }))
let files = 0

/** Writes a file with this header text (and claimed length) and data. */
function made(header: string | Uint8Array, data: readonly number[] = [], claimed?: bigint): string {
  const json = typeof header === 'string' ? new TextEncoder().encode(header) : header
  const lead = new Uint8Array(8)
  new DataView(lead.buffer).setBigUint64(0, claimed ?? BigInt(json.length), true)
  const path = join(folder, `${files++}.safetensors`)
  writeFileSync(path, Buffer.concat([lead, json, Uint8Array.from(data)]))
  return path
}

function cutShort(): string {
  const path = join(folder, 'short')
  writeFileSync(path, 'abc')
  return path
}

async function failure(path: string): Promise<{ code: string; message: string }> {
  return readSafetensors(path).then(
    () => expect.unreachable('the file was accepted'),
    (error: { code: string; message: string }) => error,
  )
}

const f32 = (name: string, begin: number, end: number, shape = [(end - begin) / 4]) =>
  `"${name}":{"dtype":"F32","shape":[${shape}],"data_offsets":[${begin},${end}]}`

describe('readSafetensors', () => {
  it('reads every float format, integers as bytes, and metadata', async () => {
    const path = made(
      `{"__metadata__":{"by":"hand"},"a":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},` +
        `"b":{"dtype":"BF16","shape":[2],"data_offsets":[8,12]},"c":{"dtype":"F16","shape":[],"data_offsets":[12,14]},` +
        `"d":{"dtype":"BOOL","shape":[2],"data_offsets":[14,16]},"e":{"dtype":"F64","shape":[1],"data_offsets":[16,24]},` +
        `"none":{"dtype":"F32","shape":[0,3],"data_offsets":[24,24]}}   `,
      [0, 0, 128, 63, 0, 0, 0, 192, 0x80, 0x3f, 0x40, 0xc0, 0x00, 0x3e, 1, 0, 0, 0, 0, 0, 0, 0, 4, 64],
    )
    const file = await readSafetensors(path)
    expect(file.metadata).toEqual({ by: 'hand' })
    expect([...file.tensors.keys()]).toEqual(['a', 'b', 'c', 'd', 'e', 'none'])
    expect(file.tensors.get('a')).toMatchObject({ dtype: 'F32', shape: [1, 2] })
    expect(await readFloats(file, 'a')).toEqual(Float32Array.of(1, -2))
    expect(await readFloats(file, 'b')).toEqual(Float32Array.of(1, -3))
    expect(await readFloats(file, 'c')).toEqual(Float32Array.of(1.5))
    expect(await readFloats(file, 'e')).toEqual(Float32Array.of(2.5))
    expect(await readFloats(file, 'none')).toEqual(new Float32Array(0))
    expect(await file.readBytes('d')).toEqual(Uint8Array.of(1, 0))
    await expect(readFloats(file, 'd')).rejects.toMatchObject({ code: 'model/unsupported' })
    await file.close()
  })

  it('fills exactly the view that it is given', async () => {
    const file = await readSafetensors(made(`{${f32('a', 0, 4)}}`, [0, 0, 128, 63]))
    const arena = new Float32Array(3)
    await file.readInto('a', arena.subarray(1, 2))
    expect(arena).toEqual(Float32Array.of(0, 1, 0))
    await expect(file.readInto('a', arena)).rejects.toMatchObject({ code: 'model/wrong-shape' })
    await expect(file.readInto('b', arena)).rejects.toMatchObject({ code: 'model/no-tensor' })
    await file.close()
  })

  it('reads narrow tensors of more than one chunk', async () => {
    const count = 600_000
    const halves = Uint16Array.from({ length: count }, (_, i) => 0x3f80 + (i % 64))
    const header = `{"x":{"dtype":"BF16","shape":[${count}],"data_offsets":[0,${2 * count}]}}`
    const path = made(header)
    writeFileSync(path, new Uint8Array(halves.buffer), { flag: 'a' })
    const file = await readSafetensors(path)
    const values = await readFloats(file, 'x')
    expect(values.every((value, i) => value === 1 + (i % 64) / 128)).toBe(true)
    await file.close()
  })

  it('accepts tensors listed in another order than they lie', async () => {
    const file = await readSafetensors(made(`{${f32('b', 4, 8)},${f32('a', 0, 4)}}`, [0, 0, 0, 0, 0, 0, 128, 63]))
    expect(await readFloats(file, 'b')).toEqual(Float32Array.of(1))
    await file.close()
  })

  const zeros = [0, 0, 0, 0, 0, 0, 0, 0]
  const hostile: [string, () => string, RegExp][] = [
    ['a header length of 2^63', () => made('{}', [], 1n << 63n), /claims 9223372036854775808/],
    ['a header length beyond the file', () => made('{}', [], 3n), /claims 3 bytes/],
    ['no header', () => made(new Uint8Array(0)), /not JSON/],
    ['text that is not JSON', () => made('{"a":'), /not JSON/],
    ['bytes that are not UTF-8', () => made(Uint8Array.of(0x7b, 0xff, 0x7d)), /not JSON/],
    ['a header that is a list', () => made('[]'), /not a JSON object/],
    ['a header that begins with a space', () => made(' {}'), /not a JSON object/],
    ['metadata that is not text', () => made('{"__metadata__":{"a":1}}'), /__metadata__/],
    ['a tensor that is a number', () => made('{"a":7}'), /"a" is not described/],
    ['an unknown dtype', () => made(`{${f32('a', 0, 4).replace('F32', 'F33')}}`, zeros.slice(4)), /dtype "F33"/],
    ['a negative size', () => made(`{${f32('a', 0, 4, [-1])}}`, zeros.slice(4)), /bad shape/],
    ['a size that is no integer', () => made(`{${f32('a', 0, 4, [0.5])}}`, zeros.slice(4)), /bad shape/],
    ['sizes whose product is too large', () => made(`{${f32('a', 0, 4, [2 ** 52, 2 ** 52])}}`, zeros), /needs/],
    ['negative offsets', () => made(`{${f32('a', -4, 0)}}`), /bad offsets/],
    ['offsets in the wrong order', () => made(`{${f32('a', 4, 0, [1])}}`, zeros), /bad offsets/],
    ['offsets that do not fit the shape', () => made(`{${f32('a', 0, 8, [1])}}`, zeros), /needs 4 bytes, but has 8/],
    [
      'offsets beyond the file',
      () => made(`{${f32('a', 0, 8)}}`, zeros.slice(1)),
      /need 8 bytes of data, the file has 7/,
    ],
    [
      'bytes that belong to no tensor',
      () => made(`{${f32('a', 0, 4)}}`, zeros),
      /need 4 bytes of data, the file has 8/,
    ],
    ['overlapping tensors', () => made(`{${f32('a', 0, 4)},${f32('b', 0, 4)}}`, zeros.slice(4)), /"b".*overlaps/],
    ['a gap between tensors', () => made(`{${f32('a', 0, 0)},${f32('b', 4, 8)}}`, zeros), /"b".*gap/],
    ['a name twice', () => made(`{${f32('a', 0, 4)},${f32('a', 4, 8)}}`, zeros), /"a" twice/],
    ['a name twice, once escaped', () => made(`{${f32('a', 0, 4)},${f32('\\u0061', 4, 8)}}`, zeros), /"a" twice/],
    [
      'a field twice',
      () => made(`{"a":{"dtype":"U8","dtype":"F32","shape":[1],"data_offsets":[0,4]}}`, zeros),
      /"dtype" twice/,
    ],
    ['too few bytes', () => cutShort(), /3 bytes are too few/],
  ]
  for (const [what, make, message] of hostile) {
    it(`refuses ${what}`, async () => {
      const error = await failure(make())
      expect(error.code).toBe('model/bad-safetensors')
      expect(error.message).toMatch(message)
    })
  }

  it('keeps names that JavaScript treats specially, and same keys in different objects', async () => {
    const file = await readSafetensors(made(`{${f32('__proto__', 0, 4)},${f32('dtype', 4, 8)}}`, zeros))
    expect([...file.tensors.keys()]).toEqual(['__proto__', 'dtype'])
    await file.close()
  })

  it('says which file it cannot open', async () => {
    expect(await failure(join(folder, 'absent'))).toMatchObject({ code: 'model/no-file' })
    expect((await failure(folder)).message).toMatch(/is not a file/)
  })
})
