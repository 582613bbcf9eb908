// Names of the model: listed, asked for, wrong, and with a strategy behind an @.
import { afterAll, describe, expect, it } from 'vitest'
import type { Sampler } from '../../contracts/index.ts'
import { tinyServer } from '../__fixtures__/tiny-server.ts'
import { fingerprintOf } from './fingerprint.ts'

const greedy = (sampler: Sampler): Sampler => ({
  ...{ id: 'greedy', can: sampler.can, vocab: sampler.vocab, contextLimit: sampler.contextLimit },
  sample: (requests) => sampler.sample(requests.map((request) => ({ ...request, temperature: 0 }))),
  score: (items) => sampler.score(items),
  dispose: async () => {},
})

const plain = tinyServer()
const strategic = tinyServer({ served: { strategies: new Map([['greedy', greedy]]) } })
afterAll(() => Promise.all([plain, strategic].map(({ sampler }) => sampler.dispose())))

const ask = (server: typeof plain, model: unknown, more: object = {}) =>
  server.post('/v1/completions', { prompt: 'abc', max_tokens: 8, seed: 1, model, ...more })

describe('models', () => {
  const card = { id: 'tiny', object: 'model', created: 1_700_000_000, owned_by: 'gradus', max_model_len: 64 }

  it('are listed, alone and together', async () => {
    expect((await plain.get('/v1/models')).body).toEqual({ object: 'list', data: [card] })
    expect((await plain.get('/v1/models/tiny')).body).toEqual(card)
    expect(await plain.get('/v1/models/some/other')).toMatchObject({
      status: 404,
      body: { error: { code: 'model_not_found' } },
    })
  })

  it.each([['tiny'], [''], [undefined], [null]])('named %j are this one', async (name) => {
    expect(await ask(plain, name)).toMatchObject({ status: 200, body: { model: 'tiny' } })
  })

  it.each([['gpt-4o'], ['Tiny'], ['tiny '], ['other@greedy']])('named %j are not found', async (name) => {
    expect(await ask(plain, name)).toMatchObject({
      status: 404,
      body: { error: { code: 'model_not_found', param: 'model' } },
    })
  })
})

describe('a strategy', () => {
  it('is refused while there is none', async () => {
    const { status, body } = await ask(plain, 'tiny@best-of-8')
    expect([status, body.error.code]).toEqual([400, 'unknown_strategy'])
    expect(body.error.message).toContain('no strategies yet')
  })

  it('samples in its own way, and unknown ones are told which there are', async () => {
    const expected = (await ask(strategic, 'tiny', { temperature: 0 })).body.choices
    expect((await ask(strategic, 'tiny@greedy')).body.choices).toEqual(expected)
    expect((await ask(strategic, 'tiny@other')).body.error.message).toContain('greedy')
  })
})

describe('a fingerprint', () => {
  it('changes with the weights and the version only', () => {
    const weights = Float32Array.from({ length: 10_000 }, (_, i) => Math.sin(i))
    const other = weights.map((value) => value * 1.0001)
    expect(fingerprintOf(weights.slice(), '1')).toBe(fingerprintOf(weights, '1'))
    expect(fingerprintOf(other, '1')).not.toBe(fingerprintOf(weights, '1'))
    expect(fingerprintOf(weights, '2')).not.toBe(fingerprintOf(weights, '1'))
  })
})
