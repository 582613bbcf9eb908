// Long because it goes through every way in which a request can end, each against a server that ends it so.
import { afterEach, describe, expect, it } from 'vitest'
import { stream } from '../../../base/rng.ts'
import {
  answer,
  type FaultyServer,
  faultyServer,
  type Handler,
  reset,
  silent,
  truncated,
} from './__fixtures__/faulty-server.ts'
import { HttpClient, type HttpOptions, replyOf } from './index.ts'

const servers: FaultyServer[] = []
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())))

/** A server of handlers, and a client of it whose waits are recorded, not waited. */
async function pair(handlers: readonly Handler[], options: Partial<HttpOptions> = {}) {
  const server = await faultyServer(...handlers)
  servers.push(server)
  const waits: number[] = []
  const sleep = async (ms: number): Promise<void> => {
    waits.push(ms)
  }
  const client = new HttpClient({ baseUrl: server.url, sleep, rng: stream('test'), ...options })
  return { server, client, waits }
}

const ok = answer(200, { fine: true })

async function all(events: AsyncIterable<string>): Promise<string[]> {
  const found: string[] = []
  for await (const event of events) found.push(event)
  return found
}

describe('a request', () => {
  it('sends JSON with the headers of client and request, below the base path', async () => {
    const { server, client } = await pair([ok], { headers: { authorization: 'Bearer abcd' } })
    const below = new HttpClient({ baseUrl: `${server.url}/v1`, headers: { authorization: 'Bearer abcd' } })
    const reply = await below.request('/models?x=1', { json: { a: [1, 'é'] }, headers: { 'x-more': '2' } })
    expect(reply.json()).toEqual({ fine: true })
    expect(reply.url).toBe(`${server.url}/v1/models`)
    expect(server.asked[0]).toMatchObject({ method: 'POST', url: '/v1/models?x=1', body: '{"a":[1,"é"]}' })
    expect(server.asked[0].headers).toMatchObject({
      authorization: 'Bearer abcd',
      'x-more': '2',
      'content-type': 'application/json',
      accept: 'application/json',
    })
    expect(client.baseUrl).toBe(server.url)
  })

  it('sends and receives bytes', async () => {
    const { server, client } = await pair([answer(200, 'AB')])
    const body = new TextEncoder().encode('bytes')
    const reply = await client.request('x', { method: 'PUT', body, contentType: 'application/x-protobuf' })
    expect([...reply.bytes]).toEqual([65, 66])
    expect(reply.text()).toBe('AB')
    expect(server.asked[0]).toMatchObject({ method: 'PUT', body: 'bytes' })
    expect(server.asked[0].headers['content-type']).toBe('application/x-protobuf')
  })

  it('cannot be led to another host by its path or by a redirect', async () => {
    const { server, client } = await pair([answer(302, '', { location: 'http://127.0.0.1:1/stolen' })])
    const reply = await client.request('//127.0.0.1:1/x')
    expect([reply.status, reply.headers.get('location')]).toEqual([302, 'http://127.0.0.1:1/stolen'])
    expect(server.asked.map(({ url }) => url)).toEqual(['/127.0.0.1:1/x'])
  })

  it('gives back a status that is not tried again, for the protocol to judge', async () => {
    const { client, waits } = await pair([answer(404, { error: { message: 'no such model' } })])
    const reply = await client.request('x')
    expect([reply.status, reply.json()]).toEqual([404, { error: { message: 'no such model' } }])
    expect(waits).toEqual([])
  })

  it('that does not get JSON says what it got instead', async () => {
    const { client } = await pair([answer(200, '<html>Login</html>')])
    const reply = await client.request('page')
    expect(() => reply.json()).toThrow(
      expect.objectContaining({ code: 'remote/bad-json', message: expect.stringContaining('<html>Login') }),
    )
  })
})

describe('a read', () => {
  it.each([408, 425, 429, 500, 502, 503, 504])('is tried again after status %i', async (status) => {
    const { server, client, waits } = await pair([answer(status), ok])
    expect((await client.request('x')).status).toBe(200)
    expect([server.asked.length, waits.length]).toEqual([2, 1])
  })

  it.each([400, 401, 404, 409, 422, 501])('is not tried again after status %i', async (status) => {
    const { server, client } = await pair([answer(status), ok])
    expect((await client.request('x')).status).toBe(status)
    expect(server.asked.length).toBe(1)
  })

  it('is tried again when the connection breaks: before an answer, or in the middle of one', async () => {
    const { server, client } = await pair([reset, truncated, truncated, ok])
    expect((await client.request('x')).json()).toEqual({ fine: true })
    expect(server.asked.length).toBe(4)
    expect(client.counters).toMatchObject({
      requests: 1,
      attempts: 4,
      retries: 3,
      inFlight: 0,
      queued: 0,
      backingOff: 0,
    })
  })

  it('is tried again after the time of an attempt, and says so in the end', async () => {
    const { server, client } = await pair([silent], { timeoutMs: 20, attempts: 2 })
    await expect(client.request('slow')).rejects.toMatchObject({
      code: 'remote/timeout',
      message: `no answer in time from ${server.url}/slow: 20 ms (2 attempts)`,
    })
    expect(server.asked.length).toBe(2)
    expect(client.counters.timeouts).toBe(2)
  })

  it('gives up after its attempts, with the status and what the server said', async () => {
    const { server, client } = await pair([answer(503, { error: { message: 'model\nis loading' } })], { attempts: 3 })
    const error = await client.request('x').catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({
      code: 'remote/http',
      message: `${server.url}/x answered 503: model is loading (3 attempts)`,
      hint: expect.stringMatching(/\w/),
    })
    expect(replyOf(error)?.status).toBe(503)
    expect(server.asked.length).toBe(3)
  })

  it('waits longer each time, up to ten seconds, less a jitter of a quarter', async () => {
    const { client, waits } = await pair([answer(500)], { attempts: 8 })
    await expect(client.request('x')).rejects.toMatchObject({ code: 'remote/http' })
    const plain = [500, 1000, 2000, 4000, 8000, 10_000, 10_000]
    expect(waits).toHaveLength(7)
    waits.forEach((wait, i) => {
      expect(wait).toBeLessThanOrEqual(plain[i])
      expect(wait).toBeGreaterThanOrEqual(0.75 * plain[i])
    })
    expect(new Set(waits.map((wait, i) => wait / plain[i])).size).toBeGreaterThan(4)
  })

  it('waits as long as the server asks, and not at all when that is too long', async () => {
    const date = { date: 'Wed, 21 Oct 2015 07:28:00 GMT', 'retry-after': 'Wed, 21 Oct 2015 07:28:03 GMT' }
    const { client, waits } = await pair([
      answer(429, {}, { 'retry-after': '2' }),
      answer(429, {}, { 'retry-after-ms': '150', 'retry-after': '9' }),
      answer(503, {}, date),
      answer(429, {}, { 'retry-after': '3600' }),
    ])
    await expect(client.request('x')).rejects.toMatchObject({ code: 'remote/http' })
    expect(waits).toEqual([2000, 150, 3000])
  })

  it('heeds x-should-retry', async () => {
    const { server, client } = await pair([
      answer(400, {}, { 'x-should-retry': 'true' }),
      answer(500, {}, { 'x-should-retry': 'false' }),
    ])
    expect((await client.request('x')).status).toBe(500)
    expect(server.asked.length).toBe(2)
  })

  it('tells what it is waiting for', async () => {
    const notes: unknown[] = []
    const { server, client } = await pair([answer(429, {}, { 'retry-after': '2' }), ok], {
      onRetry: (note) => notes.push(note),
    })
    await client.request('x?key=secret')
    expect(notes).toEqual([{ url: `${server.url}/x`, attempt: 1, reason: 'status 429', waitMs: 2000 }])
  })
})

describe('a submission', () => {
  it.each([
    ['429', answer(429)],
    ['503 with retry-after', answer(503, {}, { 'retry-after': '1' })],
  ])('is tried again after %s, which says that nothing was done', async (_name, handler) => {
    const { server, client } = await pair([handler, ok])
    expect((await client.request('x', { json: 1 })).status).toBe(200)
    expect(server.asked.length).toBe(2)
  })

  it.each([500, 503, 408])('is not repeated after status %i: it may have been done', async (status) => {
    const { server, client } = await pair([answer(status)])
    expect((await client.request('x', { json: 1 })).status).toBe(status)
    expect(server.asked.length).toBe(1)
  })

  it.each([
    ['the connection breaks', reset, 'remote/unreachable'],
    ['the answer breaks off', truncated, 'remote/unreachable'],
    ['the time is up', silent, 'remote/timeout'],
  ])('is not repeated when %s', async (_name, handler, code) => {
    const { server, client } = await pair([handler], { timeoutMs: 50 })
    await expect(client.request('x', { json: 1 })).rejects.toMatchObject({ code })
    expect(server.asked.length).toBe(1)
  })

  it('is tried again when no connection was made', async () => {
    const gone = await faultyServer(ok)
    await gone.close()
    const waits: number[] = []
    const client = new HttpClient({ baseUrl: gone.url, attempts: 3, sleep: async (ms) => void waits.push(ms) })
    await expect(client.request('x', { json: 1 })).rejects.toMatchObject({
      code: 'remote/unreachable',
      message: expect.stringMatching(/cannot connect to .*ECONNREFUSED.*3 attempts/),
    })
    expect(waits.length).toBe(2)
    await expect(client.request('x', { retry: 'none' })).rejects.toMatchObject({ code: 'remote/unreachable' })
    expect(waits.length).toBe(2)
  })
})

describe('the size of a reply', () => {
  const endless: Handler = (_request, response) => {
    response.writeHead(200)
    const more = (): void => {
      while (!response.destroyed && response.write('x'.repeat(10_000)));
    }
    response.on('drain', more)
    more()
  }

  it('is limited while it is read, and is not a reason to try again', async () => {
    const { server, client } = await pair([endless], { maxBytes: 50_000 })
    await expect(client.request('x')).rejects.toMatchObject({ code: 'remote/too-large' })
    await expect.poll(() => server.left).toBe(1)
    expect(server.asked.length).toBe(1)
    expect(client.counters.bytesReceived).toBeLessThanOrEqual(50_000)
  })

  it('is limited before it is read where the server announces it', async () => {
    const { client } = await pair([answer(200, 'x'.repeat(101))], { maxBytes: 100 })
    await expect(client.request('x')).rejects.toMatchObject({ code: 'remote/too-large' })
    expect(client.counters.bytesReceived).toBe(0)
  })
})

describe('an abort', () => {
  it('ends an attempt, closes its connection and gives its reason', async () => {
    const { server, client } = await pair([silent])
    const controller = new AbortController()
    const pending = client.request('x', { signal: controller.signal })
    await expect.poll(() => server.asked.length).toBe(1)
    controller.abort(new Error('enough'))
    await expect(pending).rejects.toThrow('enough')
    await expect.poll(() => server.left).toBe(1)
    await expect(client.request('x', { signal: controller.signal })).rejects.toThrow('enough')
    expect(server.asked.length).toBe(1)
    expect(client.counters.inFlight).toBe(0)
  })

  it('ends a wait between attempts', async () => {
    const { client } = await pair([answer(429, {}, { 'retry-after': '60' })], { sleep: undefined })
    const controller = new AbortController()
    const pending = client.request('x', { signal: controller.signal })
    await expect.poll(() => client.counters.backingOff).toBe(1)
    controller.abort(new Error('enough'))
    await expect(pending).rejects.toThrow('enough')
    expect(client.counters).toMatchObject({ backingOff: 0, inFlight: 0 })
  })

  it('leaves the queue, and does not disturb the others', async () => {
    const release: (() => void)[] = []
    const { client } = await pair([(_q, response) => void release.push(() => response.end('{}'))], { concurrency: 1 })
    const controller = new AbortController()
    const [first, second, third] = [
      client.request('1'),
      client.request('2', { signal: controller.signal }),
      client.request('3'),
    ]
    await expect.poll(() => release.length).toBe(1)
    expect(client.counters).toMatchObject({ inFlight: 1, queued: 2 })
    controller.abort(new Error('enough'))
    await expect(second).rejects.toThrow('enough')
    release[0]()
    await first
    await expect.poll(() => release.length).toBe(2)
    release[1]()
    expect((await third).status).toBe(200)
  })
})

describe('concurrency', () => {
  it('never passes its limit, and a request that waits to try again takes no place', async () => {
    let [now, most] = [0, 0]
    const slow: Handler = (_request, response) => {
      most = Math.max(most, ++now)
      setTimeout(() => {
        now--
        response.end('{}')
      }, 5)
    }
    const { client } = await pair([answer(500), slow], { concurrency: 3 })
    await Promise.all(Array.from({ length: 12 }, () => client.request('x')))
    expect(most).toBe(3)
  })
})

describe('closing', () => {
  it('ends what runs, what waits and what comes', async () => {
    const { client } = await pair([silent], { concurrency: 1 })
    const pending = [client.request('1'), client.request('2')]
    await expect.poll(() => client.counters.queued).toBe(1)
    client.close()
    for (const each of pending) await expect(each).rejects.toMatchObject({ code: 'remote/closed' })
    await expect(client.request('3')).rejects.toMatchObject({ code: 'remote/closed' })
  })

  it('ends a wait between attempts', async () => {
    const { client } = await pair([answer(429, {}, { 'retry-after': '60' })], { sleep: undefined })
    const pending = client.request('1')
    await expect.poll(() => client.counters.backingOff).toBe(1)
    client.close()
    await expect(pending).rejects.toMatchObject({ code: 'remote/closed' })
  })
})

describe('an event stream', () => {
  const events =
    (...pieces: readonly string[]): Handler =>
    (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      const next = (i: number): void => {
        if (i === pieces.length) return void response.end()
        response.write(pieces[i])
        setTimeout(() => next(i + 1), 2)
      }
      next(0)
    }

  it('gives the data of its events, however they are cut', async () => {
    const { server, client } = await pair([
      events(
        'data: {"a"',
        ':1}\r\n\r\n: ping\n\ndata: é',
        '\n\nevent: x\nid: 1\ndata: two\ndata: lines\n\ndata: [DONE]',
      ),
    ])
    expect(await all(client.events('s', { json: {} }))).toEqual(['{"a":1}', 'é', 'two\nlines', '[DONE]'])
    expect(server.asked[0].headers.accept).toBe('text/event-stream')
    expect(client.counters.inFlight).toBe(0)
  })

  it('is tried again before it begins, and throws when it breaks', async () => {
    const breaking: Handler = (_request, response) => {
      response.writeHead(200)
      response.write('data: 1\n\n')
      setTimeout(() => response.destroy(), 5)
    }
    const { server, client } = await pair([answer(429), breaking])
    const found: string[] = []
    const reading = (async () => {
      for await (const event of client.events('s', { json: {} })) found.push(event)
    })()
    await expect(reading).rejects.toMatchObject({ code: 'remote/unreachable' })
    expect(found).toEqual(['1'])
    expect(server.asked.length).toBe(2)
  })

  it('throws on every status that is an error', async () => {
    const { client } = await pair([answer(400, { error: { message: 'no stream' } })])
    await expect(all(client.events('s'))).rejects.toMatchObject({
      code: 'remote/http',
      message: expect.stringContaining('400: no stream'),
    })
    expect(client.counters.inFlight).toBe(0)
  })

  it('times out by silence, not by length, and not while the reader is busy', async () => {
    const long = events(...Array.from({ length: 40 }, (_, i) => `data: ${i}\n\n`))
    const silentAfterOne: Handler = (_request, response) => {
      response.writeHead(200)
      response.write('data: 1\n\n')
    }
    const { client } = await pair([long, silentAfterOne], { timeoutMs: 60 })
    expect(await all(client.events('s'))).toHaveLength(40)
    const reading = (async () => {
      for await (const _ of client.events('s')) await new Promise((resolve) => setTimeout(resolve, 100))
    })()
    await expect(reading).rejects.toMatchObject({ code: 'remote/timeout' })
    expect(client.counters.timeouts).toBe(1)
  })

  it('closes its connection when the reader leaves, or aborts', async () => {
    const endless = events(...Array.from({ length: 10_000 }, (_, i) => `data: ${i}\n\n`))
    const { server, client } = await pair([endless])
    for await (const event of client.events('s')) if (event === '3') break
    await expect.poll(() => server.left).toBe(1)
    const controller = new AbortController()
    const reading = (async () => {
      for await (const event of client.events('s', { signal: controller.signal }))
        if (event === '3') controller.abort(new Error('enough'))
    })()
    await expect(reading).rejects.toThrow('enough')
    await expect.poll(() => server.left).toBe(2)
    expect(client.counters.inFlight).toBe(0)
  })

  it('is limited in size, even within one event', async () => {
    const { client } = await pair([events('data: ', ...Array.from({ length: 20 }, () => 'x'.repeat(1000)))], {
      maxBytes: 5000,
    })
    await expect(all(client.events('s'))).rejects.toMatchObject({ code: 'remote/too-large' })
  })
})

describe('a key', () => {
  const headers = { authorization: 'Bearer sk-very-secret' }

  it('is never in a message, even when the server repeats it', async () => {
    const { client } = await pair([answer(500, { error: 'key sk-very-secret is bad' })], { headers, attempts: 1 })
    const error = await client.request('x').catch((thrown: Error) => thrown)
    expect((error as Error).message).toContain('key *** is bad')
  })

  it('that cannot be sent is refused without being shown', () => {
    const make = (): HttpClient => new HttpClient({ baseUrl: 'http://a', headers: { authorization: 'Bearer sk\n1' } })
    expect(make).toThrow(
      expect.objectContaining({ code: 'remote/bad-header', message: expect.not.stringContaining('sk') }),
    )
  })
})

describe('a base URL', () => {
  it.each(['', 'host:80', 'ftp://a', 'http://user:pass@a', 'http://a/?key=1'])('is refused: %j', (baseUrl) => {
    const make = (): HttpClient => new HttpClient({ baseUrl })
    expect(make).toThrow(
      expect.objectContaining({ code: 'remote/bad-url', message: expect.not.stringContaining('pass@') }),
    )
  })
})
