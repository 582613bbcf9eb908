// Questions to runs, answered by DuckDB where it is installed: what the views hold, and what a question may not do.
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isGradusError } from '../../base/error.ts'
import { metricRows, rollout, writeSmallRun } from '../__fixtures__/small-run.ts'
import { loadDuckdb } from './duckdb.ts'
import { queryRuns } from './query-runs.ts'

const limits = { maxRows: 100, timeoutMs: 20_000 }
const isThere = (() => {
  try {
    return loadDuckdb() !== undefined
  } catch (error) {
    if (isGradusError(error)) return false
    throw error
  }
})()

describe('loadDuckdb', () => {
  it('says which package to add where there is none', () => {
    expect(() => loadDuckdb(undefined, '@gradus/no-such-package')).toThrow(
      expect.objectContaining({
        code: 'usage/missing-package',
        hint: expect.stringContaining('npm install @gradus/no-such-package'),
      }),
    )
  })
})

const title = 'queryRuns'
const reason = 'needs the package @duckdb/node-api'
if (isThere) describe(title, tests)
else if (process.env.GRADUS_REQUIRE_ALL) {
  it(title, () => {
    throw new Error(`${reason}, and GRADUS_REQUIRE_ALL is set`)
  })
} else it.skip(`${title}: skipped: ${reason}`, () => {})

function tests(): void {
  let dir: string
  let run: string
  const ask = (sql: string, runs: readonly string[] = [run]) => queryRuns(sql, runs, limits)
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'gradus-query-test-'))
    run = writeSmallRun(join(dir, 'run'))
  })
  afterAll(() => rmSync(dir, { recursive: true }))

  it('has the rows of metrics, without the torn one', async () => {
    const { columns, rows } = await ask('select step, tokens, "reward/mean", "loss/total" from metrics order by step')
    expect(columns).toEqual(['step', 'tokens', 'reward/mean', 'loss/total'])
    expect(rows).toEqual([
      [0, 0, null, null],
      [1, 40, metricRows[1]['reward/mean'], null],
    ])
  })

  it('has one row a run, with its configuration', async () => {
    const { rows } = await ask('select run, status, seeds, step, started_at, config.lr::DOUBLE from runs')
    expect(rows).toEqual([['small run', 'done', [1, 2], 1, '2026-01-01T00:00:00.000Z', 0.1]])
  })

  it('has rollouts, evaluations, their samples and events', async () => {
    expect((await ask('select step, problem, ids, logprobs, parts.verdict::INT from rollouts')).rows).toEqual([
      [1, 'sums/1', [3, 1], [-0.5, -0.25], 1],
    ])
    expect((await ask('select run, task, step, measure, value, low, n from evals')).rows).toEqual([
      ['small run', 'sums', 0, 'pass@1', 0.25, 0.1, 4],
    ])
    expect((await ask('select task, step, completion, verdict from eval_samples')).rows).toEqual([
      ['sums', 0, '5', 'wrong'],
    ])
    expect((await ask("select time, kind, data->>'message' from events where step = 1")).rows).toEqual([
      ['2026-01-01T00:00:01.000Z', 'alert', 'careful'],
    ])
  })

  it('reads text with half a character, which DuckDB itself refuses', async () => {
    const { rows } = await ask("select completion, '\\ud800' from rollouts")
    expect(rows).toEqual([[rollout.completion.replace('\ud800', '\ufffd'), '\\ud800']])
  })

  it('tells runs of one id apart, and puts metrics that only one has beside those of the other', async () => {
    const other = writeSmallRun(join(dir, 'other'))
    writeFileSync(join(other, 'metrics.jsonl'), '{"step":5,"time_s":1,"tokens":2,"new/one":3}\n')
    const { rows } = await ask('select run, "new/one", "reward/mean" from metrics order by run, step', [run, other])
    expect(rows).toEqual([
      [other, 3, null],
      [run, null, null],
      [run, null, 0.1],
    ])
  })

  it('has all views of a run that has only begun, and of none', async () => {
    const begun = writeSmallRun(join(dir, 'begun'))
    for (const name of ['metrics.jsonl', 'events.jsonl', 'rollouts', 'evals'])
      rmSync(join(begun, name), { recursive: true })
    const views = ['metrics', 'events', 'rollouts', 'evals', 'eval_samples']
    const sql = views.map((view) => `select run, step from ${view}`).join(' union all ')
    expect((await ask(sql, [begun])).rows).toEqual([])
    expect((await ask(sql, [])).rows).toEqual([])
  })

  it('takes names of metrics as they come', async () => {
    const odd = writeSmallRun(join(dir, "o'dd"), { id: "it's '; drop" })
    const row = { step: 0, 'a"b': 1, "c'd": 2, 'A"B': 3, run: 4, '\0': 5, '{x: 1}': 6 }
    writeFileSync(join(odd, 'metrics.jsonl'), `${JSON.stringify(row)}\n`)
    const { columns, rows } = await ask('select * from metrics', [odd])
    expect(columns).toEqual(['run', 'step', 'time_s', 'tokens', 'A"B', "c'd", '{x: 1}'])
    expect(rows).toEqual([["it's '; drop", 0, null, null, 3, 2, 6]])
  })

  it.each([
    "select * from read_text('/etc/hostname')",
    "select * from read_csv('/etc/passwd')",
    "select * from '/etc/passwd.csv'",
    "select * from glob('/etc/*')",
    "select * from read_text('http://127.0.0.1:1/x')",
    "from read_text(concat('/et', 'c/hostname'))",
  ])('reads nothing but the runs: %s', async (sql) => {
    await expect(ask(sql)).rejects.toMatchObject({ code: 'usage/bad-sql' })
  })

  it('does not leave a run by the folder above it', async () => {
    const attempt = ask(`select * from read_text('${run}/../secret.txt')`)
    writeFileSync(join(dir, 'secret.txt'), 'x')
    await expect(attempt).rejects.toMatchObject({ code: 'usage/bad-sql' })
  })

  it('writes nothing, and changes no setting', async () => {
    const before = readdirSync(run)
    for (const sql of [
      `copy (select 1) to '${run}/x.csv'`,
      `export database '${run}/x'`,
      `explain analyze copy (select 1) to '${run}/x.csv'`,
      'set enable_external_access = true',
      'select 1; set lock_configuration = false',
      `with a as (select 1) insert into metrics select * from a`,
      'load httpfs',
    ]) {
      await expect(ask(sql), sql).rejects.toMatchObject({ code: 'usage/bad-sql' })
    }
    expect(readdirSync(run)).toEqual(before)
  })

  it('ends with the rows that are asked for, and says that there are more', async () => {
    const answer = await queryRuns('select range from range(1000000000)', [run], { ...limits, maxRows: 3 })
    expect(answer).toEqual({ columns: ['range'], rows: [[0], [1], [2]], isCut: true })
    expect((await queryRuns('select 1', [run], { ...limits, maxRows: 1 })).isCut).toBe(false)
  })

  it('ends when its time is over, and leaves no folder behind', async () => {
    const sql = 'select count(*) from range(100000000) a, range(100000) b where a.range % 7 = b.range % 3'
    const before = readdirSync(tmpdir()).filter((name) => name.startsWith('gradus-query-'))
    await expect(queryRuns(sql, [run], { ...limits, timeoutMs: 50 })).rejects.toMatchObject({ code: 'usage/timeout' })
    for (const name of readdirSync(tmpdir()).filter((each) => each.startsWith('gradus-query-'))) {
      expect(before.includes(name) || !existsSync(join(tmpdir(), name, 'runs.jsonl'))).toBe(true)
    }
  })

  it('names the line that is damaged', async () => {
    const bad = writeSmallRun(join(dir, 'bad'))
    writeFileSync(join(bad, 'rollouts', 'step-000001.jsonl'), '{"tokens":1}\n{"tokens":"many"}\n')
    await expect(ask('select tokens from rollouts', [bad])).rejects.toMatchObject({
      code: 'store/bad-line',
      message: expect.stringMatching(/step-000001\.jsonl.*line 2/),
    })
    expect((await ask('select count(*) from metrics', [bad])).rows).toEqual([[2]])
  })

  it('gives big numbers exactly, and dates, structures and what is no number', async () => {
    const sql =
      "select 9007199254740993::BIGINT, 'nan'::DOUBLE, {'a': [1, null]}, DATE '2026-01-01', 1.5::DECIMAL(4, 2), NULL"
    const [[big, nan, ...rest]] = (await ask(sql)).rows
    expect([big, nan]).toEqual(['9007199254740993', Number.NaN])
    expect(rest).toEqual([{ a: [1, null] }, '2026-01-01T00:00:00.000Z', 1.5, null])
  })

  it('refuses a path that would be a pattern', async () => {
    await expect(ask('select 1', [writeSmallRun(join(dir, 'a[b]'))])).rejects.toMatchObject({
      code: 'usage/bad-option',
    })
  })
}
