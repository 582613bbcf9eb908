// A client's presence at a server: heartbeats, keys, what kind of server it is.
import { getEventListeners } from 'node:events'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { BigramModel } from './__fixtures__/bigram-model.ts'
import type { Fault } from './__fixtures__/faults.ts'
import { likelihood, lossBatch } from './__fixtures__/losses.ts'
import { World } from './__fixtures__/tinker-world.ts'

const worlds: World[] = []
afterEach(async () => {
  vi.useRealTimers()
  for (const world of worlds.splice(0)) await world.close()
})

function world(fake: ConstructorParameters<typeof World>[0] = {}, options = {}): World {
  const made = new World({ dialect: 'gradus', ...fake, model: BigramModel }, options)
  worlds.push(made)
  return made
}

const times = (count: number, fault: Fault): Fault[] => Array.from({ length: count }, () => fault)

describe('a session', () => {
  it('beats every ten seconds for as long as it is open', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const here = world()
    const session = await here.session()
    vi.advanceTimersByTime(35_000)
    const beats = here.server.bodies('session_heartbeat')
    await vi.waitFor(() => expect(here.server.bodies('session_heartbeat')).toHaveLength(3))
    session.share().close()
    vi.advanceTimersByTime(10_000)
    await vi.waitFor(() => expect(here.server.bodies('session_heartbeat')).toHaveLength(4))
    session.close()
    vi.advanceTimersByTime(60_000)
    expect(here.server.bodies('session_heartbeat')).toHaveLength(4)
    void beats
  })

  it('works with a server that has nothing but what is needed', async () => {
    const here = world()
    for (const route of ['client/config', 'get_server_capabilities', 'session_heartbeat'])
      here.server.faults.on(route, ...times(9, { status: 404, json: { detail: 'Not Found' } }))
    const trainer = await here.trainer()
    expect((await trainer.forward(lossBatch(1), likelihood)).sequences).toHaveLength(16)
  })

  it('says on opening what the server has to say', async () => {
    const here = world()
    here.server.faults.on('create_session', {
      status: 200,
      json: { session_id: 's', warning_message: 'version 9 is out' },
    })
    await here.session()
    expect(here.notes).toEqual(['the server says: version 9 is out'])
  })

  it('exchanges the key for a token where the server wants that, and renews one that is refused', async () => {
    const here = world({ config: { pjwt_auth_enabled: true } }, { apiKey: 'tml-secret' })
    const token = (name: string): Fault => ({ status: 200, json: { jwt: name } })
    here.server.faults.on('auth/token', token('first'), token('second'))
    here.server.faults.on('create_session', { status: 401, json: { detail: 'expired' } })
    await here.session()
    const keys = (route: string) =>
      here.server.seen.filter((one) => one.route === route).map(({ headers }) => headers.get('x-api-key'))
    expect(keys('client/config')).toEqual(['tml-secret'])
    expect(keys('auth/token')).toEqual(['tml-secret', 'tml-secret'])
    expect(keys('create_session')).toEqual(['first', 'second'])
  })

  it('puts one listener on a signal with which much waits', async () => {
    const { connection } = await world({}, { sleep: undefined }).session()
    const controller = new AbortController()
    const pauses = Array.from({ length: 20 }, () => connection.pause(60_000, controller.signal))
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(1)
    controller.abort(new Error('enough'))
    for (const pause of pauses) await expect(pause).rejects.toThrow('enough')
    connection.close()
  })

  it('that cannot be opened says so, without the key', async () => {
    const here = world({}, { apiKey: 'tml-secret' })
    here.server.faults.on('create_session', { status: 403, json: { detail: 'key tml-secret is not known' } })
    const error: unknown = await here.session().catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'remote/http' })
    expect((error as Error).message).toContain('key *** is not known')
  })
})

describe('which server it is', () => {
  it.each([
    ['gradus', {}, 'gradus'],
    ['hatchery', { supported_loss_fns: ['cross_entropy'] }, 'hatchery'],
    ['skyrl-jax', {}, 'skyrl-jax'],
  ] as const)('is found out: %s', async (dialect, capabilities, expected) => {
    const here = world({ dialect, capabilities }, { dialect: undefined })
    const session = await here.session()
    expect(session.connection.dialect.name).toBe(expected)
    expect(here.notes.length).toBe(expected === 'skyrl-jax' ? 1 : 0)
  })

  it('is found out by its routes, where JSON passes have none', async () => {
    const here = world({ dialect: 'skyrl-jax-proto' }, { dialect: undefined })
    here.server.faults.on('forward', { status: 404, json: { detail: 'Not Found' } })
    expect((await here.session()).connection.dialect.name).toBe('skyrl-jax-proto')
  })

  it.each([
    [200, "http://fake.test is no Tinker server: it speaks OpenAI's protocol only"],
    [404, 'http://fake.test is no Tinker server: it has none of the routes'],
  ])('is no guess where nothing of the protocol is there (models: %i)', async (status, message) => {
    const here = world({}, { dialect: undefined })
    for (const route of ['client/config', 'get_server_capabilities', 'forward', 'retrieve_future'])
      here.server.faults.on(route, { status: 404, json: { error: { message: 'There is no POST of this path here.' } } })
    here.server.faults.on('/v1/models', { status, json: { object: 'list', data: [] } })
    await expect(here.session()).rejects.toMatchObject({
      code: 'remote/not-tinker',
      message,
      hint: expect.stringContaining('gradus serve MODEL --tinker'),
    })
    expect([here.notes, here.server.bodies('create_session')]).toEqual([[], []])
  })

  it('can be told; a name that is none is refused with the nearest', async () => {
    await expect(world({}, { dialect: 'skyrl-jaks' }).session()).rejects.toMatchObject({
      code: 'config/unknown-dialect',
      hint: expect.stringContaining('skyrl-jax'),
    })
  })
})
