import { appendFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { info, linesOf, ShownFolder } from '../__fixtures__/shown-folder.ts'
import { MetricStore } from './metric-store.ts'

const folder = new ShownFolder()
afterAll(() => folder.remove())

let count = 0
function logOf(text: string) {
  const dir = folder.add(`m${++count}`)
  const path = join(dir, 'metrics.jsonl')
  writeFileSync(path, text)
  return { path, run: { run: `m${count}`, dir, info } }
}
const rows = (from: number, to: number): string =>
  linesOf(Array.from({ length: to - from }, (_, i) => ({ step: from + i, 'reward/mean': (from + i) / 7 })))

describe('the metrics of a run', () => {
  it('are the numbers of the log, to the last bit', async () => {
    const text = '{"step":1,"a/b":0.1,"c/d":null}\n{"step":2,"c/d":-2.5e-308,"text":"x"}\n'
    const { table } = await new MetricStore().of(logOf(text).run)
    expect(table.names).toEqual(['a/b', 'c/d', 'step'])
    expect([...table.column('a/b')!]).toEqual([0.1, Number.NaN])
    expect([...table.column('c/d')!]).toEqual([Number.NaN, -2.5e-308])
    expect(table.column('e/f')).toBeUndefined()
  })

  it('grow by what was appended, and wait for the end of a torn line', async () => {
    const { path, run } = logOf(`${rows(0, 300)}{"step":300,"rew`)
    const store = new MetricStore()
    const first = await store.of(run)
    expect(first.table.rows).toBe(300)
    appendFileSync(path, `ard/mean":1}\n${rows(301, 900)}`)
    const second = await store.of(run)
    expect(second.table).toBe(first.table)
    expect(second.table.rows).toBe(900)
    expect(second.table.at('reward/mean', 300)).toBe(1)
    expect(second.table.at('reward/mean', 899)).toBe(899 / 7)
    expect(second.version).toBeGreaterThan(first.version)
    expect((await store.of(run)).version).toBe(second.version)
  })

  it('are those of the log alone after a resume has cut it back, also where its lines end as before', async () => {
    const alike = (from: number, to: number, value: number): string =>
      linesOf(Array.from({ length: to - from }, (_, i) => ({ step: from + i, 'reward/mean': value })))
    const { path, run } = logOf(alike(10, 30, 1))
    const store = new MetricStore()
    const before = await store.of(run)
    writeFileSync(path, `${alike(10, 20, 1)}${alike(20, 60, 2)}`)
    const resumed = { ...run, info: { ...info, resumes: 1 } }
    const after = await store.of(resumed)
    expect(after.table.rows).toBe(50)
    expect(after.table.at('reward/mean', 15)).toBe(2)
    expect(after.version).toBeGreaterThan(before.version)
    truncateSync(path, alike(10, 15, 1).length)
    expect((await store.of(resumed)).table.rows).toBe(5)
  })

  it('are none without a log, and none again when it is gone', async () => {
    const { path, run } = logOf(rows(0, 3))
    const store = new MetricStore()
    await store.of(run)
    rmSync(path)
    expect(await store.of(run)).toMatchObject({ version: 0, table: { rows: 0 } })
  })

  it.each([
    ['{"step":1}\nnot json\n', 'line 2'],
    ['{"step":1}\n\0\0\0\0\n{"step":2}\n', 'line 2'],
    ['[1]\n', 'line 1'],
    ['{"reward/mean":1}\n', 'line 1'],
    ['{"step":"1"}\n', 'line 1'],
  ])('are refused for %j, with the line', async (text, line) => {
    const { path, run } = logOf(text)
    const store = new MetricStore()
    await expect(store.of(run)).rejects.toMatchObject({
      status: 422,
      code: 'bad-log',
      message: expect.stringContaining(line),
    })
    writeFileSync(path, '{"step":5}\n')
    expect((await store.of(run)).table.rows).toBe(1)
  })

  it('keep names that objects have of their own', async () => {
    const { table } = await new MetricStore().of(logOf('{"step":1,"__proto__":3,"constructor":4}\n').run)
    expect(table.at('__proto__', 0)).toBe(3)
    expect(table.at('constructor', 0)).toBe(4)
    expect(table.at('toString', 0)).toBeNaN()
  })
})

describe('the memory of metrics', () => {
  it('is bounded over runs: what was used longest ago goes', async () => {
    const oneRun = 2 * 256 * 8
    const store = new MetricStore(2.5 * oneRun)
    const logs = [0, 1, 2].map(() => logOf(rows(0, 200)))
    const tables = []
    for (const { run } of logs) tables.push((await store.of(run)).table)
    expect(store.bytes).toBe(2 * oneRun)
    expect((await store.of(logs[2].run)).table).toBe(tables[2])
    expect((await store.of(logs[0].run)).table).not.toBe(tables[0])
  })

  it.each([
    [
      'many names',
      linesOf([Object.fromEntries([['step', 1], ...Array.from({ length: 600 }, (_, i) => [`a/${i}`, i])])]),
    ],
    ['many rows', rows(0, 70_000)],
  ])('is not filled by %s', async (_what, text) => {
    const store = new MetricStore(2 ** 20)
    const { run } = logOf(text)
    await expect(store.of(run)).rejects.toMatchObject({ status: 422, code: 'run-too-large' })
    expect(store.bytes).toBeLessThanOrEqual(2 ** 20)
  })

  it('holds while several are asked for at once', async () => {
    const store = new MetricStore()
    const logs = [0, 1, 2].map((i) => logOf(rows(0, 50 * (i + 1))))
    const answers = await Promise.all([...logs, ...logs].map(({ run }) => store.of(run)))
    expect(answers.map(({ table }) => table.rows)).toEqual([50, 100, 150, 50, 100, 150])
    expect(answers[3].table).toBe(answers[0].table)
  })
})
