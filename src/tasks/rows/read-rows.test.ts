import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasSplit, splitOf } from './dataset-folder.ts'
import type { ReadRowsOptions } from './read-rows.ts'
import { readRows } from './read-rows.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gradus-rows-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function put(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name)
  await mkdir(join(path, '..'), { recursive: true })
  await writeFile(path, content)
  return path
}

async function values(path: string, options?: ReadRowsOptions): Promise<unknown[]> {
  const rows = []
  for await (const row of readRows(path, options)) rows.push(row.values)
  return rows
}

const refusal = (code: string, text: string) =>
  expect.objectContaining({ code, message: expect.stringContaining(text), hint: expect.stringMatching(/./) })

function parquet(ids: readonly string[]): Uint8Array {
  const n = ids.length
  return new Uint8Array(
    parquetWriteBuffer({
      columnData: [
        { name: 'id', data: [...ids], type: 'STRING' },
        { name: 'n', data: Array.from({ length: n }, (_, i) => BigInt(i)), type: 'INT64' },
        { name: 'meta', data: ids.map((id) => ({ tags: [id] })), type: 'JSON' },
      ],
      rowGroupSize: 2,
    }),
  )
}

describe('readRows', () => {
  it('reads JSONL, also packed, and JSON arrays alike', async () => {
    const lines = '{"id":"a"}\n\n{"id":"b"}\n'
    const wanted = [{ id: 'a' }, { id: 'b' }]
    expect(await values(await put('a.jsonl', lines))).toEqual(wanted)
    expect(await values(await put('a.jsonl.gz', gzipSync(lines)))).toEqual(wanted)
    expect(await values(await put('a.json', JSON.stringify(wanted)))).toEqual(wanted)
    expect(await values(await put('b.json', JSON.stringify({ data: wanted })))).toEqual(wanted)
  })

  it('reads parquet over several row groups, with plain values', async () => {
    const rows = await values(await put('a.parquet', parquet(['a', 'b', 'c', 'd', 'e'])))
    expect(rows).toHaveLength(5)
    expect(rows[4]).toEqual({ id: 'e', n: 4, meta: { tags: ['e'] } })
  })

  it('says what is wrong with a file that is not what its name says', async () => {
    const cut = parquet(['a', 'b']).slice(0, -6)
    await expect(values(await put('cut.parquet', cut))).rejects.toEqual(refusal('data/unreadable', 'cut.parquet'))
    await expect(values(await put('no.parquet', 'hello'))).rejects.toEqual(refusal('data/unreadable', 'no.parquet'))
    await expect(values(await put('cut.jsonl.gz', gzipSync('{"a":1}\n{"a":2}').subarray(0, 20)))).rejects.toEqual(
      refusal('data/unreadable', 'cut.jsonl.gz'),
    )
    await expect(values(await put('bad.json', '{"a":'))).rejects.toEqual(refusal('data/unreadable', 'not JSON'))
    await expect(values(await put('none.json', '{"a":1}'))).rejects.toEqual(refusal('data/unreadable', 'no list'))
    await expect(values(await put('two.jsonl', '{"a":1}\n[2]'))).rejects.toEqual(refusal('data/bad-row', 'two.jsonl:2'))
    await expect(values(join(folder, 'nowhere.parquet'))).rejects.toEqual(refusal('data/not-found', 'nowhere'))
  })

  it('maps columns, also out of objects, and tells a missing one with those there are', async () => {
    const path = await put('map.jsonl', '{"q":"x","extra":{"gold":["1"]}}')
    expect(await values(path, { columns: { problem: 'q', answer: 'extra.gold.0' } })).toEqual([
      { q: 'x', extra: { gold: ['1'] }, problem: 'x', answer: '1' },
    ])
    const wrong = values(path, { columns: { answer: 'anwser' } })
    await expect(wrong).rejects.toEqual(refusal('data/bad-row', 'anwser'))
    await expect(wrong).rejects.toThrow(expect.objectContaining({ hint: expect.stringContaining('q, extra') }))
    await expect(values(path, { columns: { answer: '__proto__.x' } })).rejects.toEqual(refusal('data/bad-row', 'x'))
  })
})

describe('a folder in the layout of the hub', () => {
  it('reads the files of the split, in order', async () => {
    await put('hub/data/train-00000-of-00002.parquet', parquet(['a']))
    await put('hub/data/train-00001-of-00002.parquet', parquet(['b']))
    await put('hub/data/test-00000-of-00001.parquet', parquet(['c']))
    await put('hub/README.md', '# card')
    await put('hub/dataset_infos.json', '{}')
    const ids = async (split: ReadRowsOptions['split']) =>
      (await values(join(folder, 'hub'), { split })).map((row) => (row as { id: string }).id)
    expect(await ids('train')).toEqual(['a', 'b'])
    expect(await ids('test')).toEqual(['c'])
    await expect(ids('validation')).rejects.toEqual(refusal('data/no-split', 'validation'))
  })

  it('chooses a configuration by its folder, and takes unmarked files for any split', async () => {
    await put('configs/main/train.jsonl', '{"id":"m"}')
    await put('configs/socratic/train.jsonl', '{"id":"s"}')
    expect(await values(join(folder, 'configs'), { config: 'socratic' })).toEqual([{ id: 's' }])
    await expect(values(join(folder, 'configs'), { config: 'x' })).rejects.toEqual(refusal('data/not-found', '"x"'))
    await put('plain/rows.jsonl', '{"id":"p"}')
    expect(await values(join(folder, 'plain'), { split: 'test' })).toEqual([{ id: 'p' }])
  })

  it('says which splits a folder has files of', async () => {
    await mkdir(join(folder, 'marked'))
    await put('marked/train.jsonl', '{"id":"a"}')
    await put('marked/test.jsonl', '{"id":"b"}')
    const path = join(folder, 'marked')
    expect(['train', 'test', 'validation'].map((split) => hasSplit(path, split as 'train'))).toEqual([
      true,
      true,
      false,
    ])
    expect(hasSplit(join(path, 'test.jsonl'), 'test')).toBe(false)
    expect(hasSplit(join(path, 'nowhere'), 'test')).toBe(false)
  })

  it('refuses formats that it does not read, and says which it does', async () => {
    await expect(values(await put('a.csv', 'id,n'))).rejects.toEqual(refusal('data/unreadable', 'a.csv'))
  })

  it.each([
    ['data/train-00000-of-00001.parquet', 'train'],
    ['dev.jsonl', 'validation'],
    ['train/test.jsonl', 'test'],
    ['gsm8k_test.jsonl', 'test'],
    ['contest.jsonl', undefined],
  ])('%s is of split %s', (path, split) => {
    expect(splitOf(path)).toBe(split)
  })
})
