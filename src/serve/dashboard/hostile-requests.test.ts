// Requests that mean harm: other sites' pages, names that climb, and whatever else can be sent. Nothing brings about 500.
import { symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { ShownFolder } from './__fixtures__/shown-folder.ts'
import { checkHostName } from './request-guard.ts'

const folder = new ShownFolder()
afterAll(() => folder.remove())
folder.add('r', { metrics: [{ step: 1, 'a/b': 1 }] })
const app = folder.open()

describe('the Host header', () => {
  it.each([
    ['127.0.0.1:4747', 200],
    ['localhost:4747', 200],
    ['LOCALHOST', 200],
    ['[::1]:4747', 200],
    ['192.168.1.5:80', 200],
    ['my-machine:4747', 200],
    ['evil.example:4747', 403],
    ['localhost.evil.example', 403],
    ['127.0.0.1.evil.example:4747', 403],
    ['127.0.0.1:4747@evil.example', 403],
    ['', 403],
    ['[::1', 403],
    ['a b', 403],
    [`${'x'.repeat(300)}`, 403],
  ])('%j is answered with %i', async (host, status) => {
    const reply = await folder.open({ names: ['my-machine'] }).get('/api/about', { host })
    expect(reply.status).toBe(status)
  })

  it('is needed', () => {
    expect(() => checkHostName(new Headers(), [])).toThrow(expect.objectContaining({ status: 403 }))
  })
})

describe('where a request comes from', () => {
  const own = 'http://127.0.0.1:4747'
  it.each<[Record<string, string>, number, number]>([
    [{}, 200, 200],
    [{ origin: own }, 200, 200],
    [{ origin: own, 'sec-fetch-site': 'same-origin' }, 200, 200],
    [{ 'sec-fetch-site': 'none' }, 200, 200],
    [{ origin: 'http://127.0.0.1:4748' }, 403, 403],
    [{ origin: 'https://127.0.0.1:4747' }, 403, 403],
    [{ origin: 'http://evil.example' }, 403, 403],
    [{ origin: 'null' }, 403, 403],
    [{ 'sec-fetch-site': 'cross-site' }, 403, 403],
    [{ 'sec-fetch-site': 'same-site' }, 200, 403],
  ])('%j may read with %i and write with %i', async (headers, read, write) => {
    expect((await app.get('/api/runs', headers)).status).toBe(read)
    expect((await app.put('/api/tags?run=r', { tags: [] }, headers)).status).toBe(write)
  })

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', ''])(
    'a write of the type %j, which pages may send without asking, is refused',
    async (type) => {
      const reply = await app.put('/api/tags?run=r', { tags: [] }, { 'content-type': type })
      expect(reply).toMatchObject({ status: 415, body: { error: { code: 'unsupported_media_type' } } })
    },
  )
})

describe('names and numbers', () => {
  const names = [
    '..',
    '../r',
    '..%2fr',
    '%2e%2e%2fr',
    '%252e%252e%252fr',
    '/etc',
    'r/..',
    'r%00',
    'r%5c..',
    '__proto__',
    'constructor',
    '%F0%9F%92%A9',
    '%ff%fe',
    'x'.repeat(3000),
    '',
  ]
  const paths = names.flatMap((name) => [
    `/api/run?run=${name}`,
    `/api/series?run=${name}&names=a/b`,
    `/api/series?run=r&names=${name}`,
    `/api/evaluations?run=${name}`,
    `/api/rollouts?run=${name}&step=1`,
    `/api/rollouts?run=r&step=${name}`,
    `/api/eval-problems?run=${name}&task=x`,
    `/api/eval-problems?run=r&task=${name}`,
    `/api/changes?run=${name}x`,
    `/api/run?run=r&run=${name}&run[]=${name}`,
    `/api/x${name}`,
  ])

  it('of any kind are answered clearly', async () => {
    for (const path of paths) {
      const { status, body } = await app.get(path)
      if (status === 200) expect(body.run ?? body.tasks).toBeDefined()
      else expect([path, status, typeof body.error.message]).toEqual([path, status, 'string'])
      expect(status).toBeLessThan(500)
    }
    expect(app.logged).toEqual([])
  })

  it.each(['1e400', '0x10', '١', '9'.repeat(400), '-0', '1.5', ' 1'])('%j is no step', async (step) => {
    expect((await app.get(`/api/rollouts?run=r&step=${encodeURIComponent(step)}`)).status).toBe(400)
  })
})

describe('files that mean harm', () => {
  it('nested without end are refused, and other runs still shown', async () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`
    writeFileSync(join(folder.add('deep'), 'config.json'), deep)
    const { status } = await app.get('/api/run?run=deep')
    expect([200, 422]).toContain(status)
    expect((await app.get('/api/run?run=r')).status).toBe(200)
    expect(app.logged).toEqual([])
  })

  it('that are folders, devices or links to nowhere count as not there', async () => {
    const dir = folder.add('odd')
    symlinkSync('/dev/zero', join(dir, 'metrics.jsonl'))
    symlinkSync('/dev/zero', join(dir, 'events.jsonl'))
    folder.write('odd/rollouts/step-000001.jsonl/x', '')
    symlinkSync('nowhere', join(dir, 'tags.json'))
    expect(await app.get('/api/run?run=odd')).toMatchObject({ status: 200, body: { step: 0, events: [], tags: [] } })
    expect((await app.get('/api/series?run=odd&names=a/b')).body.rows).toBe(0)
    expect((await app.get('/api/rollouts?run=odd&step=1')).status).toBe(404)
    expect((await app.get('/api/runs')).status).toBe(200)
  })

  it('hold texts that come back as texts, never as a page', async () => {
    folder.add('r', { info: { task: '<script>alert(1)</script>' } })
    const { headers, body } = await app.get('/api/run?run=r')
    expect(body.info.task).toBe('<script>alert(1)</script>')
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  })
})

describe('methods', () => {
  it.each([
    ['POST', '/api/runs'],
    ['DELETE', '/api/tags?run=r'],
    ['PUT', '/api/series'],
    ['OPTIONS', '/api/tags'],
    ['POST', '/'],
  ])('%s %s is not found', async (method, path) => {
    expect((await app.request(path, { method })).status).toBe(404)
  })
})
