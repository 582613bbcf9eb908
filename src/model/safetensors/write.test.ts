// Writing: exact bytes by hand, and whatever is written reads back.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { readFloats, readSafetensors } from './read.ts'
import { writeSafetensors } from './write.ts'

const folder = mkdtempSync(join(tmpdir(), 'safetensors-'))
afterAll(() => rmSync(folder, { recursive: true }))
const path = join(folder, 'x.safetensors')

describe('writeSafetensors', () => {
  it('writes the bytes that the format asks for, header padded to eight', async () => {
    const a = { name: 'a', shape: [2], data: Float32Array.of(1, -2) }
    await writeSafetensors(path, [a], { metadata: { z: '1', format: 'pt' } })
    const json = '{"__metadata__":{"format":"pt","z":"1"},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}'
    const length = Math.ceil(json.length / 8) * 8
    expect([...readFileSync(path)]).toEqual([
      ...[length, 0, 0, 0, 0, 0, 0, 0],
      ...new TextEncoder().encode(json.padEnd(length, ' ')),
      ...[0, 0, 128, 63, 0, 0, 0, 192],
    ])
  })

  it('gives the same bytes in whatever order tensors come, also with names like numbers', async () => {
    const tensors = ['10', 'b', '9', 'ü'].map((name, i) => ({ name, shape: [], data: Float32Array.of(i) }))
    await writeSafetensors(path, tensors)
    const bytes = readFileSync(path)
    await writeSafetensors(path, tensors.toReversed())
    expect(readFileSync(path).equals(bytes)).toBe(true)
    const file = await readSafetensors(path)
    expect([...file.tensors.values()].map(({ name, begin }) => [name, begin])).toContainEqual(['9', 4])
    expect(await readFloats(file, 'ü')).toEqual(Float32Array.of(3))
    await file.close()
  })

  it('reads back what it wrote', async () => {
    const tensor = fc.array(fc.float({ noNaN: true }), { maxLength: 5 })
    const named = fc.dictionary(fc.string({ minLength: 1 }), tensor, { maxKeys: 4, noNullPrototype: true })
    await fc.assert(
      fc.asyncProperty(named, async (lists) => {
        const entries = Object.entries(lists).filter(([name]) => name !== '__metadata__')
        const tensors = entries.map(([name, list]) => ({
          name,
          shape: [1, list.length],
          data: Float32Array.from(list),
        }))
        await writeSafetensors(path, tensors)
        const file = await readSafetensors(path)
        expect(file.tensors.size).toBe(tensors.length)
        for (const { name, shape, data } of tensors) {
          expect(file.tensors.get(name)?.shape).toEqual(shape)
          expect(await readFloats(file, name)).toEqual(data)
        }
        await file.close()
      }),
      { numRuns: 40 },
    )
  })

  it('narrows in chunks without losing the seam', async () => {
    const data = Float32Array.from({ length: 300_000 }, (_, i) => (i % 2048) / 8)
    await writeSafetensors(path, [{ name: 'x', shape: [3, 100_000], data }], { dtype: 'F16' })
    const file = await readSafetensors(path)
    expect(file.tensors.get('x')?.dtype).toBe('F16')
    expect(Buffer.from((await readFloats(file, 'x')).buffer).equals(Buffer.from(data.buffer))).toBe(true)
    await file.close()
  })

  it('leaves the old file and no litter when it fails', async () => {
    const good = { name: 'a', shape: [1], data: Float32Array.of(5) }
    await writeSafetensors(path, [good])
    const before = readFileSync(path)
    await expect(writeSafetensors(path, [good, good])).rejects.toMatchObject({ code: 'model/bad-tensors' })
    await expect(writeSafetensors(path, [{ ...good, shape: [2] }])).rejects.toMatchObject({ code: 'model/bad-tensors' })
    const occupied = join(folder, 'occupied')
    mkdirSync(occupied, { recursive: true })
    await expect(writeSafetensors(occupied, [good])).rejects.toMatchObject({ code: 'model/cannot-write' })
    expect(readFileSync(path).equals(before)).toBe(true)
    expect(readdirSync(folder).filter((name) => name.includes('partial'))).toEqual([])
  })
})
