import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SearchLogWriter } from '../../../store/index.ts'
import { appWith, SampleFolder } from '../__fixtures__/sample-run.ts'
import { searchRoutes } from './search-routes.ts'

const folder = new SampleFolder()
const { get } = appWith((routes) => searchRoutes(routes, folder.world))

beforeAll(async () => {
  const dir = await folder.add('r')
  const writer = new SearchLogWriter(dir, { id: 's-1', strategy: 'beam', prompt: '1+1=' })
  writer.append({ order: 0, kind: 'add', node: 'r', text: '' })
  writer.close()
  mkdirSync(join(dir, 'search'), { recursive: true })
  writeFileSync(join(dir, 'search', 'bad.jsonl'), 'oops\n')
})
afterAll(() => folder.remove())

describe('GET /api/search', () => {
  it('gives a search of a run, as far as it has come', async () => {
    const path = join(folder.root, 'r', 'search', 's-1.jsonl')
    appendFileSync(path, '{"order":1,')
    expect(await get('/api/search?run=r&id=s-1')).toEqual({
      status: 200,
      body: {
        id: 's-1',
        strategy: 'beam',
        prompt: '1+1=',
        budget: null,
        events: [{ order: 0, kind: 'add', node: 'r', text: '' }],
      },
    })
  })

  it('gives the example without a run, the same each time', async () => {
    const first = await get('/api/search?id=example')
    expect(first).toMatchObject({ status: 200, body: { id: 'example', strategy: 'mcts', budget: 1200, answer: '30' } })
    expect(await get('/api/search?id=example')).toEqual(first)
  })

  it.each<[string, number, string]>([
    ['', 400, 'invalid_value'],
    ['?run=r', 400, 'invalid_value'],
    ['?id=other', 404, 'no-such-search'],
    ['?run=r&id=example', 404, 'store/no-such-search'],
    ['?run=r&id=..%2Fmetrics', 404, 'store/no-such-search'],
    ['?run=..&id=s-1', 404, 'no-such-run'],
    ['?run=r&id=bad', 422, 'store/bad-line'],
  ])('refuses %s with %i', async (query, status, code) => {
    const { status: given, body } = await get(`/api/search${query}`)
    expect([given, body.error.code]).toEqual([status, code])
  })
})
