// One operation's way through everything that a server may answer; and the session around it.
import { afterEach, describe, expect, it, vi } from 'vitest'
import { BigramModel } from './__fixtures__/bigram-model.ts'
import type { Fault } from './__fixtures__/faults.ts'
import { likelihood, lossBatch } from './__fixtures__/losses.ts'
import { World } from './__fixtures__/tinker-world.ts'
import type { Waiting } from './connection.ts'
import { Lane } from './lane.ts'

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

/** A forward pass whose polls meet these answers; gives the waits between them. */
async function pollsOf(fake: ConstructorParameters<typeof World>[0], ...faults: readonly Fault[]) {
  const here = world(fake)
  const trainer = await here.trainer()
  const before = here.sleeps.length
  here.server.faults.on('retrieve_future', ...faults)
  const done = trainer.forward(lossBatch(1), likelihood)
  const outcome: { count?: number; error?: unknown } = await done.then(
    ({ sequences = [] }) => ({ count: sequences.length }),
    (error: unknown) => ({ error }),
  )
  return { ...outcome, waits: here.sleeps.slice(before), left: here.server.faults.left, here }
}

const queued = (reason?: string): Fault => ({
  status: 200,
  json: {
    type: 'try_again',
    request_id: 'x',
    queue_state: 'paused_capacity',
    ...(reason && { queue_state_reason: reason }),
  },
})

const times = (count: number, fault: Fault): Fault[] => Array.from({ length: count }, () => fault)

describe('a poll', () => {
  it('goes on while the operation is queued, at first almost at once', async () => {
    expect(await pollsOf({}, queued(), queued(), queued())).toMatchObject({ count: 16, waits: [20, 40, 80], left: 0 })
  })

  it('goes on at once when the server has held it for as long as it does (408)', async () => {
    expect(await pollsOf({}, { status: 408 })).toMatchObject({ count: 16, waits: [20] })
  })

  it('asks for the whole of a big result after its size', async () => {
    const { count, here } = await pollsOf(
      {},
      { status: 200, json: { status: 'complete_metadata', response_payload_size: 9 } },
    )
    expect(count).toBe(16)
    const flags = here.server.bodies('retrieve_future').map(({ allow_metadata_only }) => allow_metadata_only)
    expect(flags.slice(-2)).toEqual([true, false])
  })

  it('backs off from a broken connection, a busy and a failing server, twice as long each time', async () => {
    expect(await pollsOf({}, 'dropped-before', 'dropped-before', 'dropped-before')).toMatchObject({
      count: 16,
      waits: [1000, 2000, 4000],
    })
    expect(await pollsOf({}, ...times(7, { status: 429 }))).toMatchObject({
      count: 16,
      waits: [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000],
    })
    expect(await pollsOf({}, { status: 503 }, { status: 500 })).toMatchObject({ count: 16, waits: [1000, 2000] })
    expect(await pollsOf({}, { status: 425 })).toMatchObject({ count: 16, waits: [1000] })
  })

  it('asks again for an answer that was cut short', async () => {
    expect(await pollsOf({}, 'cut-short')).toMatchObject({ count: 16, waits: [1000] })
    expect(await pollsOf({ dialect: 'skyrl-jax-proto' }, 'cut-short')).toMatchObject({ count: 16, waits: [1000] })
  })

  it('waits while the account cannot pay, and not for ever', async () => {
    expect(await pollsOf({}, { status: 402 })).toMatchObject({ count: 16, waits: [5000] })
    const config = { billing_exception_max_pause_duration_sec: 90 }
    expect(await pollsOf({ config }, ...times(9, { status: 402 }))).toMatchObject({ error: { code: 'engine/unpaid' } })
  })

  it('believes a 400 the third time, and at once where failures are told so', async () => {
    const bad: Fault = { status: 400, json: { detail: 'bad shape' } }
    expect(await pollsOf({}, bad, bad)).toMatchObject({ count: 16 })
    expect(await pollsOf({}, bad, bad, bad)).toMatchObject({
      error: { code: 'engine/operation-failed', message: expect.stringContaining('bad shape') },
    })
    const told = await pollsOf({ dialect: 'skyrl-jax' }, bad)
    expect(told).toMatchObject({ error: { code: 'engine/operation-failed' }, waits: [] })
  })

  it.each(['unknown', 'server', 'user'])(
    'ends with what the server says of a failure of category %s',
    async (category) => {
      const { error, waits } = (await pollsOf({}, { status: 200, json: { error: 'out of memory', category } })) as {
        error: Error
        waits: number[]
      }
      expect(error).toMatchObject({
        code: 'engine/operation-failed',
        message: expect.stringContaining('out of memory'),
      })
      expect(waits).toEqual([])
    },
  )

  it('ends at once with other refusals', async () => {
    expect(await pollsOf({}, { status: 403, json: { detail: 'not yours' } })).toMatchObject({
      error: { code: 'remote/http', message: expect.stringContaining('not yours') },
      waits: [],
    })
  })

  it('gives a failing server up, soon where failures have a status of their own', async () => {
    expect(
      await pollsOf({ dialect: 'skyrl-jax' }, ...times(9, { status: 500, json: { detail: 'NaN' } })),
    ).toMatchObject({
      error: { code: 'engine/operation-failed', message: expect.stringContaining('NaN') },
      waits: [1000, 2000, 4000],
    })
  })

  it('sends a pass that changes nothing again when its ticket is unknown, on any server', async () => {
    const { count, here } = await pollsOf(
      { dialect: 'skyrl-jax' },
      { status: 404, json: { detail: 'Future not found' } },
    )
    expect(count).toBe(16)
    const sent = here.server.bodies('forward')
    expect(sent).toHaveLength(2)
    expect(sent[0]).toEqual(sent[1])
  })
})

describe('a route that the server does not have', () => {
  it('ends the operation at once, with a word about the dialect', async () => {
    const here = world()
    const trainer = await here.trainer()
    here.server.faults.on('forward', { status: 404, json: { detail: 'Not Found' } })
    await expect(trainer.forward(lossBatch(1), likelihood)).rejects.toMatchObject({
      code: 'engine/no-route',
      hint: expect.stringContaining('dialect'),
    })
    expect(trainer.rebuilds).toBe(0)
  })
})

describe('what takes long', () => {
  it('is named, with the time and what the server says of its queue', async () => {
    const said: Waiting[] = []
    const here = world({}, { onWaiting: (waiting: Waiting) => said.push(waiting), waitingNoticeMs: 1000 })
    const trainer = await here.trainer()
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    here.server.faults.on('retrieve_future', queued('no free GPU'), 'silent')
    const aborted = trainer.forward(lossBatch(1), likelihood).catch(() => {})
    await vi.waitFor(() => expect(here.server.faults.left).toBe(0))
    vi.advanceTimersByTime(2500)
    expect(said.map(({ seconds }) => seconds)).toEqual([1, 2])
    expect(said[1]).toEqual({
      what: 'forward of 16 sequences (number 1 of model model-1)',
      seconds: 2,
      state: 'paused_capacity: no free GPU',
    })
    void aborted
  })
})

describe('a lane', () => {
  it('sends one after the other, each by its number, also after one that failed', async () => {
    const lane = new Lane(1)
    const log: string[] = []
    const send = (fails: boolean) => async (number: number) => {
      log.push(`begin ${number}`)
      await Promise.resolve()
      log.push(`end ${number}`)
      if (fails) throw new Error('no')
      return number
    }
    const all = await Promise.allSettled([
      lane.enqueue(send(false)),
      lane.enqueue(send(true)),
      lane.enqueue(send(false)),
    ])
    expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(log).toEqual(['begin 1', 'end 1', 'begin 2', 'end 2', 'begin 3', 'end 3'])
  })
})
