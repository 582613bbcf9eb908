import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeScoredRun } from '../../compare/__fixtures__/scored-run.ts'
import type { ServeEnv } from '../http/app.ts'
import { type JsonAnswer, jsonOf } from './__fixtures__/sample-run.ts'
import { compareRoutes } from './compare-routes.ts'
import { errorAnswer } from './json-answer.ts'
import { runDirectory } from './world.ts'

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'gradus-compare-routes-')))
const root = join(folder, 'root')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const app = new Hono<ServeEnv>()
app.onError(errorAnswer)
compareRoutes(app, { root, dirOf: (run) => runDirectory(root, run) })
const get = async (query: string): Promise<JsonAnswer> => jsonOf(await app.request(`/api/compare?${query}`))

const some = (right: number): string[] => Array.from({ length: 40 }, (_, i) => (i < right ? 'r' : 'w'))

beforeAll(() => {
  mkdirSync(root)
  makeScoredRun(join(root, 'a'), { evaluations: { 0: some(4), 10: some(10), 20: some(12) } })
  makeScoredRun(join(root, 'sub/b'), { config: { lr: 0.1 }, evaluations: { 0: some(4), 20: some(26) } })
  makeScoredRun(join(root, 'other'), { ids: (i) => `q${i}`, evaluations: { 20: some(20) } })
  makeScoredRun(join(folder, 'outside'), { evaluations: { 20: some(20) } })
  symlinkSync(join(folder, 'outside'), join(root, 'link'))
})

describe('GET /api/compare', () => {
  it('compares runs by their names, with curves, costs, notes and settings', async () => {
    const { status, body } = await get('runs=a,sub/b&baseline=a&x=tokens')
    expect(status).toBe(200)
    expect(body).toMatchObject({ metric: 'eval/sums/pass@1', baseline: 'a' })
    expect(Object.keys(body)).toEqual(['metric', 'baseline', 'rows', 'curves', 'notes', 'settings'])
    expect(body.rows[0]).toMatchObject({ run: 'a', value: 0.3, n: 40, diff: 0, p: 1, tokens: 600, seconds: 10 })
    expect(body.rows[1]).toMatchObject({ run: 'sub/b', value: 0.65, diff: 0.35, tokens: 600, seconds: 10 })
    expect(body.rows[1].p_adjusted).toBe(body.rows[1].p)
    expect(body.rows[0].detectable).toBeNull()
    expect(body.rows[1].detectable).toBeGreaterThan(0)
    expect(body.curves[0]).toMatchObject({ run: 'a', points: [{ x: 0, value: 0.1, n: 40 }, { x: 300 }, { x: 600 }] })
    expect(body.notes.join('\n')).toContain('paired by problem')
    expect(body.notes.join('\n')).not.toContain('--')
    expect(body.settings).toEqual([{ path: 'config.lr', values: [0.01, 0.1] }])
  })

  it('takes the first for the baseline, RUN@STEP for an earlier evaluation, and a baseline from outside of the list', async () => {
    const { body } = await get('runs=a@0,a')
    expect(body.baseline).toBe('a@0')
    expect(body.rows.map((row: { value: number }) => row.value)).toEqual([0.1, 0.3])
    expect((await get('runs=sub/b&baseline=a')).body.rows.map((row: { run: string }) => row.run)).toEqual([
      'a',
      'sub/b',
    ])
  })

  it('compares what was not measured alike only when asked', async () => {
    const refused = await get('runs=a,other')
    expect(refused).toMatchObject({ status: 422, body: { error: { code: 'data/protocols-differ' } } })
    expect(refused.body.error.hint).toMatch(/wider intervals: unpaired\.$/)
    expect((await get('runs=a,other&unpaired=1')).body.notes[0]).toContain('UNPAIRED')
  })

  it.each<[string, number, string, string]>([
    ['', 400, 'invalid_value', 'runs'],
    ['runs=a', 422, 'data/nothing-to-compare', 'stands alone'],
    ['runs=a,nowhere', 404, 'no-such-run', 'nowhere'],
    ['runs=a,nowhere@3', 404, 'no-such-run', 'nowhere'],
    ['runs=a,link', 404, 'no-such-run', 'link'],
    ['runs=a,..%2Foutside', 404, 'no-such-run', 'outside'],
    ['runs=a,..%2Foutside@20', 404, 'no-such-run', 'outside'],
    [
      'runs=a,sub%2Fb@7',
      422,
      'data/no-evaluation',
      'sub/b has no evaluation of sums at step 7: it has those of steps 0, 20',
    ],
    ['runs=a,sub%2Fb&metric=loss', 422, 'data/bad-option', 'metric cannot be "loss"'],
    ['runs=a,sub%2Fb&metric=pass@8', 422, 'data/no-metric', 'does not say pass@8'],
    ['runs=a,sub%2Fb&x=weeks', 400, 'invalid_value', 'x'],
  ])('%s: %d %s', async (query, status, code, text) => {
    const found = await get(query)
    expect(found).toMatchObject({ status, body: { error: { code } } })
    expect(found.body.error.message).toContain(text)
    expect(JSON.stringify(found.body)).not.toContain(folder)
  })

  it('refuses more runs than anyone compares', async () => {
    const names = Array.from({ length: 51 }, (_, i) => `r${i}`)
    expect((await get(`runs=${names.join()}`)).status).toBe(400)
  })
})
