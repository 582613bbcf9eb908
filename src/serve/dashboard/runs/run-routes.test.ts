// What the routes of runs answer, for whole runs and for broken ones.
import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { linesOf, ShownFolder } from '../__fixtures__/shown-folder.ts'

const folder = new ShownFolder()
afterAll(() => folder.remove())
const app = folder.open()

const row = (step: number, more: object = {}): object => ({ step, time_s: step * 2, tokens: step * 100, ...more })
const alert = {
  name: 'entropy-collapse',
  step: 2,
  metric: 'policy/entropy',
  value: 0,
  limit: 1,
  message: 'm',
  hint: 'h',
}
const estimate = { value: 0.5, low: 0.25, high: 0.75 }
const dir = folder.add('a', {
  info: { status: 'interrupted', command: 'gradus train grpo' },
  metrics: [
    row(0, { 'eval/sums/n': 4 }),
    row(1, { 'reward/mean': 0.25, 'tokens/seen': 60, 'tokens/sampled': 40 }),
    row(2, { 'reward/mean': null, 'tokens/seen': 120, 'tokens/sampled': 80 }),
    row(3, { 'reward/mean': 0.75, 'tokens/seen': 180, 'tokens/sampled': 120, 'own/thing': 1 }),
  ],
  events: [
    { at: '2026-01-01T00:00:00.000Z', kind: 'start' },
    { at: '2026-01-01T00:00:01.000Z', kind: 'alert', ...alert },
  ],
  rollouts: { 2: [], 10: [] },
  results: {
    'sums@0': { n: 4, k: { 1: estimate, 2: estimate } },
    'sums@3': { n: 4, k: { 1: { ...estimate, value: 0.75 } } },
    'other@5': { n: 1, k: {} },
  },
})
folder.write('a/checkpoints/step-000002/state.json', '{}')
folder.write('a/search/s1.jsonl', '')
folder.add('b', { config: { config: { lr: 0.1 }, seed: 2, recipe: 'grpo' }, info: { seeds: [2] } })
folder.add('c', { config: { recipe: 'grpo', seed: 1, config: { lr: 0.2 } }, info: { startedAt: '2026-02-01' } })

describe('GET /api/runs', () => {
  it('sums every run up', async () => {
    const { status, body } = await app.get('/api/runs')
    expect(status).toBe(200)
    expect(body.root).toBe(folder.root)
    expect(body.runs.map(({ run }: { run: string }) => run)).toEqual(['c', 'a', 'b'])
    expect(body.runs[1]).toEqual({
      run: 'a',
      info: { id: 'a', recipe: 'grpo', task: 'sums', seeds: [1], startedAt: '2026-01-01T00:00:00.000Z', resumes: 0 },
      status: 'interrupted',
      step: 3,
      tokens: 300,
      seconds: 6,
      spark: { name: 'reward/mean', points: [0.25, 0.75] },
      evaluation: { task: 'sums', step: 3, passAt1: { value: 0.75, low: 0.25, high: 0.75, n: 4 } },
      tags: [],
      alerts: 1,
    })
    expect(body.runs[2]).toMatchObject({ step: 0, tokens: 0, seconds: 0, spark: null, evaluation: null, alerts: 0 })
  })

  it('follows what is added, and sends nothing again that has not changed', async () => {
    const other = new ShownFolder()
    const path = join(other.add('x', { metrics: [row(1)] }), 'metrics.jsonl')
    const shown = other.open()
    const first = await shown.get('/api/runs')
    const tag = first.headers.get('etag') ?? ''
    expect(await shown.get('/api/runs', { 'if-none-match': `"x", W/${tag}` })).toMatchObject({ status: 304, text: '' })
    appendFileSync(path, linesOf([row(2)]).trimEnd())
    expect((await shown.get('/api/runs', { 'if-none-match': tag })).status).toBe(304)
    appendFileSync(path, '\n')
    const second = await shown.get('/api/runs', { 'if-none-match': tag })
    expect(second.body.runs[0].step).toBe(2)
    other.remove()
    expect((await shown.get('/api/runs')).body).toEqual({ root: other.root, runs: [], unreadable: [] })
  })

  it('has no runs to tell of in an empty folder', async () => {
    const empty = new ShownFolder()
    expect((await empty.open().get('/api/runs')).body).toEqual({ root: empty.root, runs: [], unreadable: [] })
    empty.remove()
  })
})

describe('GET /api/run', () => {
  it('says what there is of it', async () => {
    const { body } = await app.get('/api/run?run=a')
    expect(body).toMatchObject({
      dir,
      config: { recipe: 'grpo', seed: 1 },
      configDiff: { lr: 0.1 },
      resumeCommand: `gradus train --resume ${dir}`,
      evaluations: [
        { task: 'other', step: 5 },
        { task: 'sums', step: 0 },
        { task: 'sums', step: 3 },
      ],
      rolloutSteps: [2, 10],
      checkpoints: [2],
      searches: ['s1'],
      alertRows: [alert],
      siblings: ['b'],
      step: 3,
    })
    expect(body.fullInfo.command).toBe('gradus train grpo')
    expect(body.events).toHaveLength(2)
    const names = body.metrics.map(({ name }: { name: string }) => name)
    expect(names).toEqual(['eval/sums/n', 'own/thing', 'reward/mean', 'tokens/sampled', 'tokens/seen'])
    expect(body.metrics[1]).toEqual({ name: 'own/thing', definition: '', better: null })
    expect(body.metrics[2]).toMatchObject({ better: 'higher', definition: expect.stringContaining('Total reward') })
  })

  it.each([
    ['gradus lab run --out "x"', `gradus train --resume ${dir}`],
    ["gradus lab run --out 'my lab' --seeds 2", "gradus lab run --out 'my lab' --seeds 2"],
    ['gradus start --out runs/x', 'gradus start --out runs/x'],
    ['gradus start; rm -rf x', `gradus train --resume ${dir}`],
    ['gradus start `x`', `gradus train --resume ${dir}`],
    [undefined, `gradus train --resume ${dir}`],
  ])('goes on with %j by %j', async (command, expected) => {
    folder.add('a', { info: { status: 'failed', command } })
    expect((await app.get('/api/run?run=a')).body.resumeCommand).toBe(expected)
  })

  it('says nothing of going on where there is no checkpoint, or no need', async () => {
    folder.add('d', { info: { status: 'failed' } })
    expect((await app.get('/api/run?run=d')).body.resumeCommand).toBeNull()
    expect((await app.get('/api/run?run=b')).body.resumeCommand).toBeNull()
  })

  it('shows what it can of a run whose other files are damaged', async () => {
    const broken = folder.add('broken', { metrics: [row(1)], results: { 'sums@1': 3 } })
    writeFileSync(join(broken, 'config.json'), '{')
    appendFileSync(join(broken, 'metrics.jsonl'), 'no row\n')
    writeFileSync(join(broken, 'events.jsonl'), '[]\n{"kind":"alert"}\nnull\n')
    folder.write('broken/evals/%zz@1.json', '{}')
    folder.write('broken/evals/sums@2.json', '{')
    const { status, body } = await app.get('/api/run?run=broken')
    expect(status).toBe(200)
    expect(body).toMatchObject({ config: null, metrics: [], events: [], alertRows: [], step: 1, siblings: [] })
    expect((await app.get('/api/evaluations?run=broken')).body.error.code).toBe('bad-log')
    expect((await app.get('/api/series?run=broken&names=reward/mean')).body.error).toMatchObject({
      code: 'bad-log',
      message: expect.stringContaining('line 2'),
    })
    rmSync(broken, { recursive: true })
    expect(await app.get('/api/run?run=broken')).toMatchObject({
      status: 404,
      body: { error: { code: 'no-such-run' } },
    })
  })

  it('says what is wrong with a run.json', async () => {
    folder.write('corrupt/run.json', '{"schema":1')
    expect(await app.get('/api/run?run=corrupt')).toMatchObject({
      status: 422,
      body: { error: { code: 'store/bad-run', hint: expect.any(String) } },
    })
    rmSync(join(folder.root, 'corrupt'), { recursive: true })
  })
})

describe('GET /api/series', () => {
  const series = async (query: string) => (await app.get(`/api/series?run=a&${query}`)).body

  it.each([
    ['step', [0, 1, 2, 3]],
    ['time', [0, 2, 4, 6]],
    ['tokens', [0, 100, 200, 300]],
    ['trained', [0, 60, 120, 180]],
    ['sampled', [0, 40, 80, 120]],
  ])('gives the rows over %s', async (axis, x) => {
    const body = await series(`names=reward/mean&x=${axis}`)
    expect(body).toMatchObject({ run: 'a', axis, x, rows: 4 })
    expect(body.series).toEqual({ 'reward/mean': { mean: [null, 0.25, null, 0.75] } })
  })

  it('cuts a range out, both ends included, and thins it', async () => {
    expect(await series('names=reward/mean&x=tokens&from=100&to=200')).toMatchObject({ x: [100, 200], rows: 2 })
    expect(await series('names=reward/mean,own/thing&points=2')).toMatchObject({
      x: [0.5, 2.5],
      rows: 4,
      series: {
        'reward/mean': { mean: [0.25, 0.75], low: [0.25, 0.75], high: [0.25, 0.75] },
        'own/thing': { mean: [null, 1], low: [null, 1], high: [null, 1] },
      },
    })
  })

  it('leaves out what the run does not have', async () => {
    expect((await series('names=no/such,reward/mean')).series).toEqual({
      'reward/mean': { mean: [null, 0.25, null, 0.75] },
    })
    expect(await series('names=no/such')).toMatchObject({ rows: 4, series: {} })
  })

  it('is empty before the first row', async () => {
    const { body } = await app.get('/api/series?run=b&names=reward/mean')
    expect(body).toMatchObject({ x: [], rows: 0, version: 0, series: { 'reward/mean': { mean: [] } } })
  })

  it.each([
    ['names=', 400, 'invalid_value'],
    ['', 400, 'invalid_value'],
    ['names=reward/mean&x=steps', 400, 'invalid_value'],
    ['names=reward/mean&points=1', 400, 'invalid_value'],
    ['names=reward/mean&points=1e9', 400, 'invalid_value'],
    ['names=reward/mean&from=NaN', 400, 'invalid_value'],
    ['names=reward/mean&to=', 400, 'invalid_value'],
    [`names=${'a,'.repeat(20_000)}`, 400, 'invalid_value'],
  ])('refuses %j', async (query, status, code) => {
    expect(await app.get(`/api/series?run=a&${query}`)).toMatchObject({ status, body: { error: { code } } })
  })
})

describe('GET /api/evaluations', () => {
  it('gives every evaluation with what had been spent by then', async () => {
    const { body } = await app.get('/api/evaluations?run=a')
    expect(body.tasks).toEqual([
      { task: 'other', points: [{ step: 5, tokens: null, passAt1: null, result: { n: 1, k: {} } }] },
      {
        task: 'sums',
        points: [
          { step: 0, tokens: 0, passAt1: { ...estimate, n: 4 }, result: { n: 4, k: { 1: estimate, 2: estimate } } },
          expect.objectContaining({ step: 3, tokens: 300 }),
        ],
      },
    ])
  })
})

describe('PUT /api/tags', () => {
  it('keeps tags with the run, each once', async () => {
    expect(await app.put('/api/tags?run=b', { tags: [' good ', 'später', 'good'] })).toMatchObject({
      status: 200,
      body: { tags: ['good', 'später'] },
    })
    expect(JSON.parse(readFileSync(join(folder.root, 'b', 'tags.json'), 'utf8'))).toEqual({ tags: ['good', 'später'] })
    expect((await app.get('/api/run?run=b')).body.tags).toEqual(['good', 'später'])
    expect((await app.put('/api/tags?run=b', { tags: [] })).body).toEqual({ tags: [] })
  })

  it.each([
    [
      {
        tags: Array(21)
          .fill('x')
          .map((x, i) => x + i),
      },
      400,
    ],
    [{ tags: ['x'.repeat(41)] }, 400],
    [{ tags: [''] }, 400],
    [{ tags: ['a\u0000b'] }, 400],
    [{ tags: 'x' }, 400],
    [{}, 400],
    ['[]', 400],
    ['{', 400],
    [{ tags: ['x'.repeat(20_000)] }, 413],
  ])('refuses %j', async (body, status) => {
    expect((await app.put('/api/tags?run=b', body)).status).toBe(status)
    expect((await app.get('/api/run?run=b')).body.tags).toEqual([])
  })

  it.each(['{', '{"tags":[1]}', '[]', `{"tags":["${'x'.repeat(30_000)}"]}`])('reads %j as no tags', async (text) => {
    writeFileSync(join(folder.root, 'b', 'tags.json'), text)
    expect((await app.get('/api/run?run=b')).body.tags).toEqual([])
  })
})
