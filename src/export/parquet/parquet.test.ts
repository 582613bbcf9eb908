// Parquet files read back by hyparquet: types, nulls, lists, and groups that end before memory does.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parquetMetadata, parquetReadObjects } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rollout, sample, writeSmallRun } from '../__fixtures__/small-run.ts'
import { exportRun } from '../export-run.ts'
import { valueFor } from './columns.ts'
import { writeTable } from './write-table.ts'

let dir: string
let folder: string
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'gradus-parquet-'))
  folder = (await exportRun(writeSmallRun(join(dir, 'run')), { to: 'parquet', out: join(dir, 'out') })).folder
})
afterAll(() => rmSync(dir, { recursive: true }))

const fileOf = (path: string): ArrayBuffer => new Uint8Array(readFileSync(path)).buffer
const read = (path: string) => parquetReadObjects({ file: fileOf(path), compressors })

describe('a run', () => {
  it('has metrics with NaN for what was no number, and null for what is not there', async () => {
    expect(await read(join(folder, 'metrics.parquet'))).toEqual([
      {
        step: 0n,
        time_s: 0,
        tokens: 0n,
        'eval/sums/pass@1': 0.25,
        'loss/total': null,
        'reward/mean': null,
        'tokens/seen': null,
      },
      {
        step: 1n,
        time_s: 1.5,
        tokens: 40n,
        'eval/sums/pass@1': null,
        'loss/total': Number.NaN,
        'reward/mean': 0.1,
        'tokens/seen': 40,
      },
    ])
  })

  it('has rollouts with ids and log-probabilities as lists', async () => {
    const { completion, parts, ...rest } = rollout
    expect(await read(join(folder, 'rollouts.parquet'))).toEqual([
      {
        step: 1n,
        ...rest,
        completion: completion.replace('\ud800', '\ufffd'),
        parts: JSON.stringify(parts),
        more: null,
      },
    ])
  })

  it('has samples of evaluations, and what a row has beside its columns as JSON', async () => {
    const { extra, ...rest } = sample
    expect(await read(join(folder, 'eval_samples.parquet'))).toEqual([
      { task: 'sums', step: 0n, answer: null, stop: null, tokens: null, ...rest, more: JSON.stringify({ extra }) },
    ])
  })

  it('has events with their time', async () => {
    const [first, second] = await read(join(folder, 'events.parquet'))
    expect(first).toEqual({ at: new Date('2026-01-01T00:00:00.000Z'), kind: 'start', step: null, more: null })
    expect(second.more).toBe('{"message":"careful","limits":[1]}')
  })
})

describe('writeTable', () => {
  const columns = [
    { name: 'n', kind: 'int32' },
    { name: 'text', kind: 'text' },
  ] as const

  it('ends a group by rows and by bytes, and loses no row', async () => {
    function* rows() {
      for (let n = 0; n < 20_010; n++) yield { n, text: n % 1000 === 0 && n < 10_000 ? 'x'.repeat(4_000_000) : 'y' }
    }
    const path = join(dir, 'groups.parquet')
    expect(await writeTable(path, columns, rows())).toBe(20_010)
    const groups = parquetMetadata(fileOf(path)).row_groups.map((group) => Number(group.num_rows))
    // Five texts of four megabytes are more than a group holds.
    expect(groups).toEqual([4001, 5000, 11_009])
    expect((await read(path)).map(({ n }) => n)).toEqual(Array.from({ length: 20_010 }, (_, n) => n))
  })

  it('writes a file without rows, and the same bytes for the same rows', async () => {
    await writeTable(join(dir, 'none.parquet'), columns, [])
    expect(await read(join(dir, 'none.parquet'))).toEqual([])
    for (const name of ['a', 'b']) await writeTable(join(dir, `${name}.parquet`), columns, [{ n: 1, text: 'x' }])
    expect(readFileSync(join(dir, 'a.parquet')).equals(readFileSync(join(dir, 'b.parquet')))).toBe(true)
  })
})

describe('valueFor', () => {
  it.each([
    ['text', 1, null],
    ['int32', 2 ** 31, null],
    ['int32', -5, -5],
    ['int64', 2 ** 53, null],
    ['int64', 7, 7n],
    ['double', '1', null],
    ['timestamp', 'soon', null],
    ['int32s', [1, 1.5, null], [1, null, null]],
    ['doubles', 'x', null],
    ['doubles', [0.5, 'x'], [0.5, null]],
    ['json', { a: [1] }, '{"a":[1]}'],
    ['json', undefined, null],
  ] as const)('makes %s of %j', (kind, value, expected) => {
    expect(valueFor(kind, value)).toEqual(expected)
  })
})
