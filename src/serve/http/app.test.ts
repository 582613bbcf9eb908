// Guards, health, errors and limits of the app, through requests to the OpenAI routes.
import { afterAll, describe, expect, it } from 'vitest'
import { type TinyServerOptions, tinyServer } from '../__fixtures__/tiny-server.ts'
import { createApp } from './app.ts'
import { loopbackHosts } from './guards.ts'
import { Traffic } from './traffic.ts'

const servers: ReturnType<typeof tinyServer>[] = []
const serve = (options?: TinyServerOptions) => {
  const server = tinyServer(options)
  servers.push(server)
  return server
}
afterAll(() => Promise.all(servers.map(({ sampler }) => sampler.dispose())))

const open = serve()
const ask = { prompt: 'abc', max_tokens: 2, seed: 1 }

describe('the Host header', () => {
  const local = serve({ app: { hosts: loopbackHosts('127.0.0.1', 8123) } })

  it.each([
    ['localhost:8123', 200],
    ['LOCALHOST:8123', 200],
    ['127.0.0.1:8123', 200],
    ['[::1]:8123', 200],
    ['127.0.0.1:80', 403],
    ['127.0.0.1', 403],
    ['evil.example:8123', 403],
    ['localhost:8123.evil.example', 403],
    [undefined, 403],
  ])('%s is answered with %i', async (host, status) => {
    const headers: Record<string, string> = host === undefined ? {} : { host }
    const { status: given, body } = await local.get('/v1/models', { headers })
    expect(given).toBe(status)
    if (status === 403) expect(body.error).toMatchObject({ type: 'permission_error', code: 'unknown_host' })
  })

  it('needs no port where the port is that of http', () => {
    expect([...loopbackHosts('127.0.0.5', 80)]).toEqual(
      expect.arrayContaining(['localhost', 'localhost:80', '127.0.0.5']),
    )
  })
})

describe('the API key', () => {
  const locked = serve({ app: { apiKey: 'secret' } })
  const get = (headers: Record<string, string>) => locked.get('/v1/models', { headers })

  it.each<[Record<string, string>, number]>([
    [{}, 401],
    [{ authorization: 'Bearer ' }, 401],
    [{ authorization: 'Bearer secre' }, 401],
    [{ authorization: 'Bearer secrets' }, 401],
    [{ authorization: 'Basic secret' }, 401],
    [{ authorization: 'Bearer secret' }, 200],
    [{ authorization: 'bearer secret' }, 200],
    [{ 'x-api-key': 'secret' }, 200],
  ])('in %j is answered with %i', async (headers, status) => {
    const reply = await get(headers)
    expect(reply.status).toBe(status)
    if (status === 401)
      expect(reply.body.error).toMatchObject({ type: 'authentication_error', code: 'invalid_api_key' })
  })

  it('is not needed to see that the server is up', async () => {
    expect(await locked.get('/healthz')).toMatchObject({ status: 200, body: { status: 'ok' } })
  })

  it('is left to a group that checks it itself, under its own paths only', async () => {
    const app = createApp({
      groups: [
        {
          id: 'own',
          checksKeyUnder: '/own/',
          mount: (routes) => routes.get('/own/a', (c) => c.text('a')).get('/owner', (c) => c.text('b')),
        },
      ],
      traffic: new Traffic(),
      apiKey: 'secret',
      log: () => {},
    })
    expect([(await app.request('/own/a')).status, (await app.request('/owner')).status]).toEqual([200, 401])
  })

  it('is asked for before a body is read', async () => {
    expect((await locked.post('/v1/completions', '{')).status).toBe(401)
  })
})

describe('pages of other origins', () => {
  it('get no permission unless their origin was named', async () => {
    const headers = { origin: 'https://page.example' }
    expect((await open.get('/v1/models', { headers })).headers.get('access-control-allow-origin')).toBeNull()
    const friendly = serve({ app: { corsOrigin: 'https://page.example', apiKey: 'secret' } })
    const preflight = await friendly.app.request('/v1/completions', {
      method: 'OPTIONS',
      headers: { ...headers, 'access-control-request-method': 'POST' },
    })
    expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([
      204,
      'https://page.example',
    ])
  })
})

describe('bodies', () => {
  it.each<[string, string, RequestInit, number, string]>([
    ['broken JSON', '{"prompt":', {}, 400, 'invalid_json'],
    ['no object', '[1]', {}, 400, 'invalid_json'],
    ['nothing', '', {}, 400, 'invalid_json'],
    ['another type', '{}', { headers: { 'content-type': 'text/plain' } }, 415, 'unsupported_media_type'],
    ['no type', '{}', { headers: {} }, 415, 'unsupported_media_type'],
  ])('%s is refused', async (_, body, init, status, code) => {
    expect(await open.post('/v1/completions', body, init)).toMatchObject({ status, body: { error: { code } } })
  })

  it('above the limit are refused, whether their length is declared or not', async () => {
    const small = serve({ routes: { maxBodyBytes: 64 } })
    const body = JSON.stringify({ prompt: 'a'.repeat(100) })
    const declared = { 'content-type': 'application/json', 'content-length': String(body.length) }
    for (const init of [{}, { headers: declared }]) {
      expect(await small.post('/v1/completions', body, init)).toMatchObject({
        status: 413,
        body: { error: { code: 'request_too_large' } },
      })
    }
    expect((await small.post('/v1/completions', ask)).status).toBe(200)
  })

  it('may say in what alphabet they are', async () => {
    const headers = { 'content-type': 'Application/JSON; charset=utf-8' }
    expect((await open.post('/v1/completions', ask, { headers })).status).toBe(200)
  })
})

describe('paths', () => {
  it('that do not exist are 404, other methods 405, both without an echo', async () => {
    expect(await open.get('/v1/nothing?secret')).toMatchObject({
      status: 404,
      body: { error: { code: 'unknown_url' } },
    })
    const { status, headers, body } = await open.get('/v1/completions')
    expect([status, headers.get('allow'), body.error.code]).toEqual([405, 'POST', 'method_not_allowed'])
  })
})

describe('failures of the server', () => {
  it('are told by their code only, and logged by their place only', async () => {
    const broken = serve({
      sampler: {
        ...tinySamplerLike(),
        sample() {
          throw new Error('secret prompt')
        },
      },
    })
    const { status, body } = await broken.post('/v1/completions', ask)
    expect([status, body.error.type, body.error.code]).toEqual([500, 'server_error', 'internal'])
    expect(JSON.stringify(body)).not.toContain('secret')
    expect(broken.logged.join()).toMatch(/POST failed: Error\n {4}at /)
    expect(broken.logged.join()).not.toContain('secret')
  })

  function tinySamplerLike() {
    const { sampler } = open
    return {
      id: 'broken',
      can: sampler.can,
      vocab: sampler.vocab,
      contextLimit: sampler.contextLimit,
      score: async () => [],
      dispose: async () => {},
    }
  }
})

describe('a server that stops', () => {
  it('finishes what is running, refuses what is new, and says so in its health', async () => {
    const server = serve({ endless: true })
    const running = await server.send('/v1/completions', { prompt: 'abc', max_tokens: 40, stream: true, seed: 1 })
    const drained = server.traffic.drain(10_000)
    for (const path of ['/healthz', '/v1/models']) {
      const { status, headers, body } = await server.get(path)
      expect([status, headers.get('retry-after'), body.error.code]).toEqual([503, '5', 'server_stopping'])
    }
    const text = await running.text()
    expect(text.endsWith('data: [DONE]\n\n')).toBe(true)
    expect(text).toContain('"finish_reason":"length"')
    expect(await drained).toBe(0)
  })

  it('cuts off what does not end in time, with an error', async () => {
    const server = serve({ endless: true })
    const running = server.post('/v1/completions', { prompt: 'abc', max_tokens: 60, n: 4, seed: 1 })
    await new Promise((resolve) => setImmediate(resolve))
    expect(await server.traffic.drain(0)).toBe(1)
    expect(await running).toMatchObject({ status: 503, body: { error: { code: 'server_stopping' } } })
  })
})
