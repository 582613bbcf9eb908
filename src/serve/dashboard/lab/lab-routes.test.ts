import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Hono } from 'hono'
import { afterEach, beforeEach, describe, expect, expectTypeOf, it, vi } from 'vitest'
import type { LabResults as PageResults } from '../../../../web/src/pages/lab/lab-results.ts'
import { toyPlanner, toyRequest, writeFinished } from '../../../lab/__fixtures__/synthetic-lab.ts'
import { type LabResults, type Manifest, planLab, readResults, writeManifest } from '../../../lab/index.ts'
import { findRecipe } from '../../../recipes/index.ts'
import { tickingClock } from '../../../store/__fixtures__/toy-run.ts'
import type { ServeEnv } from '../../http/app.ts'
import { type JsonAnswer, jsonOf } from '../__fixtures__/sample-run.ts'
import { errorAnswer } from '../json-answer.ts'
import { labRoutes } from './lab-routes.ts'
import { LabStore } from './lab-store.ts'

let folder: string
let root: string
let lab: string
let manifest: Manifest
let get: (path: string) => Promise<JsonAnswer>

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'gradus-lab-routes-')))
  root = join(folder, 'root')
  lab = join(root, 'labs', 'one')
  manifest = makeLab(lab)
  const app = new Hono<ServeEnv>()
  app.onError(errorAnswer)
  labRoutes(app, { root, clock: tickingClock() })
  get = async (path) => jsonOf(await app.request(path))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function makeLab(out: string, changes: Partial<Manifest> = {}): Manifest {
  const plan = planLab(toyRequest([findRecipe('grpo'), findRecipe('dapo')], { out }), toyPlanner)
  const made = { ...plan.manifest, ...changes }
  mkdirSync(out, { recursive: true })
  writeManifest(out, made)
  return made
}

const finish = (recipe: string, seed: number): void =>
  writeFinished(join(lab, manifest.arms[manifest.own[recipe]].dir, `seed-${seed}`), seed, {
    samples: 2,
    first: [0, 1],
    last: [1, 2],
  })

describe('GET /api/labs', () => {
  it('lists every testbed of every lab down to the fourth folder, with what is missing', async () => {
    makeLab(join(root, 'a/b/c/deep'))
    makeLab(join(root, 'a/b/c/d/too-deep'))
    expect((await get('/api/labs')).body).toEqual({
      labs: [
        { lab: 'labs/one', testbed: 'toy', recipes: 2, missing: 4 },
        { lab: 'a/b/c/deep', testbed: 'toy', recipes: 2, missing: 4 },
      ],
    })
    finish('grpo', 1)
    expect((await get('/api/labs')).body.labs[0].missing).toBe(3)
  })

  it('takes the folder itself for a lab, and follows no links', async () => {
    const app = new Hono<ServeEnv>()
    labRoutes(app, { root: lab, clock: tickingClock() })
    expect(await (await app.request('/api/labs')).json()).toMatchObject({ labs: [{ lab: '.', testbed: 'toy' }] })
    makeLab(join(folder, 'outside'))
    symlinkSync(join(folder, 'outside'), join(root, 'link'))
    expect((await get('/api/labs')).body.labs).toHaveLength(1)
    expect((await get('/api/lab?lab=link')).status).toBe(404)
  })

  it('is empty where there is none', async () => {
    rmSync(join(root, 'labs'), { recursive: true })
    expect(await get('/api/labs')).toEqual({ status: 200, body: { labs: [] } })
  })

  it('leaves out a lab that cannot be read; asked for by name, that one says why', async () => {
    writeFileSync(join(lab, 'toy', 'lab.json'), '{')
    expect((await get('/api/labs')).body.labs).toEqual([])
    const { status, body } = await get('/api/lab?lab=labs/one')
    expect([status, body.error.code]).toEqual([422, 'store/bad-lab'])
    expect(body.error.hint).toContain('gradus lab run')
  })
})

describe('GET /api/lab', () => {
  it('gives what the lab found and a curve for each arm that has run', async () => {
    for (const seed of [1, 2]) finish('grpo', seed)
    const { status, body } = await get('/api/lab?lab=labs/one&testbed=toy')
    expect(status).toBe(200)
    expect(body.results).toEqual(JSON.parse(JSON.stringify(readResults(lab, manifest))))
    expect(body.results.missing).toBe(2)
    expect(body.curves).toMatchObject([
      {
        arm: manifest.own.grpo,
        points: [
          { x: 0, value: 0.25 },
          { x: 900, value: 0.75 },
        ],
      },
    ])
  })

  it('gives what the page reads: the page cannot import the types, since they stand on others that need Node', () => {
    expectTypeOf<LabResults>().toExtend<PageResults>()
  })

  it('sees a run that has ended since, and reads nothing again that has not changed', async () => {
    finish('grpo', 1)
    const store = new LabStore()
    const first = await store.findings(lab, manifest)
    expect(await store.findings(lab, manifest)).toBe(first)
    finish('grpo', 2)
    const parse = vi.spyOn(JSON, 'parse')
    const second = await store.findings(lab, manifest)
    const read = parse.mock.calls.filter(([text]) => String(text).includes('"verdict"')).length
    parse.mockRestore()
    expect(second.results.missing).toBe(2)
    // Two evaluations of two problems with two samples: those of the new run alone.
    expect(read).toBe(8)
  })

  it('reads once for all who ask at the same time', async () => {
    finish('grpo', 1)
    const store = new LabStore()
    const [one, other] = await Promise.all([store.findings(lab, manifest), store.findings(lab, manifest)])
    expect(one).toBe(other)
  })

  it('takes the latest testbed when none is named', async () => {
    makeLab(lab, { testbed: 'later', at: '2027-01-01T00:00:00.000Z' })
    expect((await get('/api/lab?lab=labs/one')).body.results.testbed).toBe('later')
  })

  it.each<[string, number, string]>([
    ['', 400, 'invalid_value'],
    ['?lab=nowhere', 404, 'no-such-lab'],
    ['?lab=..', 404, 'no-such-lab'],
    ['?lab=labs', 404, 'no-such-lab'],
    ['?lab=labs%2Fone&testbed=..', 404, 'no-such-testbed'],
  ])('%s: %d %s', async (query, status, code) => {
    expect(await get(`/api/lab${query}`)).toMatchObject({ status, body: { error: { code } } })
  })

  it('reads no runs outside of the lab, whatever its manifest says', async () => {
    const path = join(lab, 'toy', 'lab.json')
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll('"runs/', '"../../../runs/'))
    expect(await get('/api/lab?lab=labs/one')).toMatchObject({
      status: 422,
      body: { error: { code: 'store/bad-lab' } },
    })
  })
})
