// Folders of weights: how tensors are spread over shards, what is left behind, and an index that lies.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readFloats } from './read.ts'
import { readSafetensorsFolder, writeSafetensorsFolder } from './shards.ts'
import { writeSafetensors } from './write.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'shards-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const tensors = [3, 2, 2, 1].map((length, i) => ({
  name: `t${i}`,
  shape: [length],
  data: new Float32Array(length).fill(i + 1),
}))
const INDEX = 'model.safetensors.index.json'

describe('a folder of weights', () => {
  it('is one file when nothing limits it', async () => {
    await writeSafetensorsFolder(folder, tensors)
    expect(readdirSync(folder)).toEqual(['model.safetensors'])
    const file = await readSafetensorsFolder(folder)
    expect(await readFloats(file, 't1')).toEqual(Float32Array.of(2, 2))
    await file.close()
  })

  it('is cut before a shard grows too large; a large tensor stands alone', async () => {
    await writeSafetensorsFolder(folder, tensors, { maxShardBytes: 10 })
    const index = JSON.parse(readFileSync(join(folder, INDEX), 'utf8'))
    expect(index).toEqual({
      metadata: { total_size: 32 },
      weight_map: {
        t0: 'model-00001-of-00004.safetensors',
        t1: 'model-00002-of-00004.safetensors',
        t2: 'model-00003-of-00004.safetensors',
        t3: 'model-00004-of-00004.safetensors',
      },
    })
    await writeSafetensorsFolder(folder, tensors, { maxShardBytes: 16 })
    expect(readdirSync(folder)).toEqual([
      'model-00001-of-00003.safetensors',
      'model-00002-of-00003.safetensors',
      'model-00003-of-00003.safetensors',
      INDEX,
    ])
    const file = await readSafetensorsFolder(folder)
    expect([...file.tensors.keys()].sort()).toEqual(['t0', 't1', 't2', 't3'])
    for (const { name, data } of tensors) expect(await readFloats(file, name)).toEqual(data)
    await expect(file.readBytes('t9')).rejects.toMatchObject({ code: 'model/no-tensor' })
    await file.close()
  })

  it('loses stale weights when written again, and nothing else', async () => {
    writeFileSync(join(folder, 'config.json'), '{}')
    await writeSafetensorsFolder(folder, tensors, { maxShardBytes: 8, dtype: 'BF16' })
    expect(readdirSync(folder)).toHaveLength(5)
    await writeSafetensorsFolder(folder, tensors)
    expect(readdirSync(folder)).toEqual(['config.json', 'model.safetensors'])
  })

  it('without weights says so', async () => {
    await expect(readSafetensorsFolder(folder)).rejects.toMatchObject({ code: 'model/no-weights' })
  })

  const lies: [string, unknown, RegExp][] = [
    ['that is not JSON', undefined, /not JSON/],
    ['without a map', {}, /no weight_map/],
    ['that points out of the folder', { weight_map: { t0: '../a.safetensors' } }, /not a file beside/],
    ['that points to a number', { weight_map: { t0: 7 } }, /not a file beside/],
    [
      'that puts a tensor where it is not',
      { weight_map: { t0: 'b.safetensors', t1: 'a.safetensors' } },
      /where it is not/,
    ],
    [
      'that joins shards with a common tensor',
      { weight_map: { t0: 'a.safetensors', x: 'c.safetensors' } },
      /two shards/,
    ],
  ]
  for (const [what, index, message] of lies) {
    it(`refuses an index ${what}`, async () => {
      await writeSafetensors(join(folder, 'a.safetensors'), [tensors[0]])
      await writeSafetensors(join(folder, 'b.safetensors'), [tensors[1]])
      await writeSafetensors(join(folder, 'c.safetensors'), [tensors[0]])
      writeFileSync(join(folder, INDEX), index === undefined ? '{' : JSON.stringify(index))
      const error = await readSafetensorsFolder(folder).catch((e: unknown) => e as { code: string; message: string })
      expect(error).toMatchObject({ code: 'model/bad-safetensors', message: expect.stringMatching(message) })
    })
  }
})
