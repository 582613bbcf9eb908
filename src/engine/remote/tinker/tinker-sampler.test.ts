// Samples and scores through a server, against the embedded sampler of the same weights.
import { afterEach, describe, expect, it } from 'vitest'
import type { SampleRequest } from '../../../contracts/index.ts'
import { collect, tinyConfig, tinyModel, tinySampler, tinyTokenizer } from '../../__fixtures__/tiny-model.ts'
import { planRequest } from '../../live-row.ts'
import { clippedRatio } from './__fixtures__/losses.ts'
import { distance, train, World } from './__fixtures__/tinker-world.ts'
import { cutAtStop } from './cut-at-stop.ts'
import { TinkerSampler } from './tinker-sampler.ts'

const worlds: World[] = []
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close()
})

async function untrained(fake: ConstructorParameters<typeof World>[0] = {}, concurrency?: number) {
  const here = new World({ dialect: 'gradus', ...fake })
  worlds.push(here)
  const session = await here.session()
  const sampler = await TinkerSampler.open({
    session,
    open: () => session.sampling({ base_model: 'tiny/base' }),
    vocab: tinyTokenizer,
    contextLimit: tinyConfig.maxPositions,
    concurrency,
  })
  return { here, sampler }
}

const local = () => tinySampler(tinyModel({ config: tinyConfig }))
const context = tinyTokenizer.encode('abc')
const request = (more: Partial<SampleRequest> = {}): SampleRequest => ({
  context,
  n: 4,
  maxTokens: 12,
  seed: 5,
  ...more,
})

describe('samples', () => {
  const requests = [
    request(),
    request({ seed: 9, temperature: 0, n: 1 }),
    request({ seed: 11, stop: ['cd', 'f'], n: 8 }),
    request({ seed: 12, stopTokens: [4, 5], n: 8 }),
    request({ seed: 13, topK: 3, topP: 0.9, temperature: 0.7 }),
    request({ maxTokens: 200 }),
    request({ seed: 14, n: 1 }),
  ]

  it.each(['gradus', 'skyrl-jax', 'hosted-proto', 'hatchery'] as const)(
    'through %s are those of the embedded sampler',
    async (dialect) => {
      const { sampler } = await untrained({ dialect })
      const [mine, theirs] = [await collect(sampler, requests), await collect(local(), requests)]
      mine.flat().forEach(({ logprobs, ...sample }, i) => {
        const { logprobs: expected, ...rest } = theirs.flat()[i]
        expect(sample).toEqual(rest)
        expect(distance(Array.from(logprobs), Array.from(expected))).toBeLessThan(1e-5)
      })
      expect(new Set(mine.flat().map(({ stop }) => stop))).toEqual(new Set(['eos', 'stop', 'max']))
    },
  )

  it('come from the weights as they were, and from a stored snapshot', async () => {
    const here = new World({ dialect: 'hosted' })
    worlds.push(here)
    const [remote, embedded] = [await here.trainer(), here.twin()]
    for (const trainer of [remote, embedded]) await train(trainer, { loss: clippedRatio, steps: 2 })
    const [before, expected] = [await remote.sampler(), await embedded.sampler()]
    await train(remote, { loss: clippedRatio, steps: 1, from: 2 })
    const ids = ([[sample]]: Awaited<ReturnType<typeof collect>>) => Array.from(sample.ids)
    const greedy = [request({ temperature: 0, n: 1 })]
    expect(ids(await collect(before, greedy))).toEqual(ids(await collect(expected, greedy)))
    await before.dispose()
  })

  it('are refused where the weights have changed and the server has no snapshot of them', async () => {
    const here = new World({ dialect: 'skyrl-jax' })
    worlds.push(here)
    const remote = await here.trainer()
    await train(remote, { loss: clippedRatio, steps: 1 })
    const sampler = await remote.sampler()
    const [[before]] = await collect(sampler, [request({ n: 1 })])
    expect(before.stop).not.toBe('error')
    await train(remote, { loss: clippedRatio, steps: 1, from: 1 })
    const asked = here.server.bodies('asample').length
    const [[after]] = await collect(sampler, [request({ n: 1 })])
    expect(after).toMatchObject({ stop: 'error', error: expect.stringContaining('have changed') })
    await expect(sampler.score([{ context, ids: context }])).rejects.toMatchObject({ code: 'engine/snapshot-lost' })
    // Asking would set the weights in training back.
    expect(here.server.bodies('asample')).toHaveLength(asked)
    await sampler.dispose()
  })

  it.each(['dropped-after', 'cut-short', 'killed-before', 'killed-after'] as const)(
    'come from another snapshot where the name of the first may be taken: %s',
    async (fault) => {
      const here = new World({ dialect: 'skyrl-jax' })
      worlds.push(here)
      const [remote, embedded] = [await here.trainer(), here.twin()]
      for (const trainer of [remote, embedded]) await train(trainer, { loss: clippedRatio, steps: 2 })
      here.server.faults.on('save_weights_for_sampler', fault)
      const sampler = await remote.sampler()
      const greedy = [request({ temperature: 0, n: 1 })]
      const [[mine], [theirs]] = [await collect(sampler, greedy), await collect(await embedded.sampler(), greedy)]
      expect(mine[0].ids).toEqual(theirs[0].ids)
      await sampler.dispose()
    },
  )

  it('of a request that failed say so, and the others are there', async () => {
    const { here, sampler } = await untrained()
    here.server.faults.on('asample', { status: 400, json: { detail: 'prompt too odd' } })
    const [failed, fine] = await collect(sampler, [request(), request({ n: 2 })])
    expect(failed.map(({ stop }) => stop)).toEqual(['error', 'error', 'error', 'error'])
    expect(failed[0].error).toContain('prompt too odd')
    expect(fine.every(({ stop }) => stop !== 'error')).toBe(true)
  })

  it('that the server does not give all of are failures', async () => {
    const { here, sampler } = await untrained()
    here.server.faults.on('retrieve_future', {
      status: 200,
      json: { sequences: [{ tokens: [4], logprobs: [-1], stop_reason: 'length' }, { tokens: [4] }] },
    })
    const [samples] = await collect(sampler, [request({ n: 3, maxTokens: 1 })])
    expect(samples.map(({ stop }) => stop)).toEqual(['max', 'error', 'error'])
  })

  it('wait a second while the server is too busy, and then are asked for by the same number', async () => {
    const { here, sampler } = await untrained()
    here.server.faults.on('asample', ...Array.from({ length: 20 }, () => ({ status: 429 })))
    await collect(sampler, [request()])
    expect(new Set(here.server.bodies('asample').map(({ seq_id }) => seq_id))).toEqual(new Set([0]))
    expect(here.sleeps.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 1000))
    expect(
      here.server.seen.find(({ route }) => route === 'asample')?.headers.get('x-tinker-sampling-backpressure'),
    ).toBe('1')
  })

  it('are asked for no more than so many at once', async () => {
    const { here, sampler } = await untrained({}, 2)
    let [now, most] = [0, 0]
    const { fetch } = here.server
    // Counted from the request to the end of its poll.
    const counting: typeof fetch = async (input, init) => {
      const route = String(input)
      if (route.endsWith('asample')) most = Math.max(most, ++now)
      const reply = await fetch(input, init)
      if (route.endsWith('retrieve_future')) now--
      return reply
    }
    const other = new World({ dialect: 'gradus' }, { fetch: counting, url: here.server.url })
    worlds.push(other)
    const session = await other.session()
    const limited = await TinkerSampler.open({
      session,
      open: () => session.sampling({ base_model: 'tiny/base' }),
      vocab: tinyTokenizer,
      contextLimit: 64,
      concurrency: 2,
    })
    await collect(
      limited,
      Array.from({ length: 9 }, (_, seed) => request({ seed, n: 1 })),
    )
    expect(most).toBe(2)
    await limited.dispose()
    await sampler.dispose()
  })

  it('survive a server that has forgotten the sampling session', async () => {
    const { here, sampler } = await untrained()
    const [before] = await collect(sampler, [request()])
    here.server.restart()
    const requests = Array.from({ length: 3 }, () => request())
    const after = await collect(sampler, requests)
    for (const samples of after) expect(samples.map(({ ids }) => ids)).toEqual(before.map(({ ids }) => ids))
    expect(here.server.bodies('create_sampling_session')).toHaveLength(2)
  })

  it('end by the signal', async () => {
    const { sampler } = await untrained()
    const [samples] = await collect(sampler, [request({ signal: AbortSignal.abort() })])
    expect(samples.map(({ stop }) => stop)).toEqual(['abort', 'abort', 'abort', 'abort'])
  })

  it('are refused for what the protocol does not carry', async () => {
    const { sampler } = await untrained()
    for (const more of [{ want: ['entropy'] as const }, { minP: 0.1 }, { logitBias: new Map([[3, 1]]) }])
      await expect(collect(sampler, [request(more)])).rejects.toMatchObject({ code: 'sampler/unsupported' })
    await expect(collect(sampler, [request({ context: Int32Array.of(99) })])).rejects.toMatchObject({
      code: 'sampler/unknown-token',
    })
  })
})

describe('scores', () => {
  it.each(['gradus', 'skyrl-jax', 'hosted-proto', 'hatchery'] as const)(
    'through %s are those of the embedded sampler',
    async (dialect) => {
      const { sampler } = await untrained({ dialect })
      const items = ['bcd', 'm', 'abcabcabc', ''].map((text) => ({ context, ids: tinyTokenizer.encode(text) }))
      const [mine, theirs] = [await sampler.score(items), await local().score(items)]
      mine.forEach(({ logprobs, ...sample }, i) => {
        const { logprobs: expected, ...rest } = theirs[i]
        expect(sample).toEqual(rest)
        expect(distance(Array.from(logprobs), Array.from(expected))).toBeLessThan(1e-5)
      })
    },
  )

  it('throw when the server gives none', async () => {
    const { here, sampler } = await untrained()
    here.server.faults.on('retrieve_future', { status: 200, json: { sequences: [{ tokens: [], logprobs: [] }] } })
    await expect(sampler.score([{ context, ids: context }])).rejects.toMatchObject({ code: 'engine/bad-answer' })
  })
})

describe('the end of a sample', () => {
  const plan = (more: Partial<SampleRequest>) => planRequest(request(more), tinyTokenizer, { contextLimit: 64 })
  const given = (text: string, stop: 'stop' | 'length') => {
    const tokens = tinyTokenizer.encode(text)
    return { tokens, logprobs: new Float32Array(tokens.length), stop }
  }
  const end = (text: string, stop: 'stop' | 'length', more: Partial<SampleRequest> = {}) => {
    const sample = cutAtStop(given(text, stop), plan(more), tinyTokenizer)
    return [sample.text, sample.stop, sample.stopHit]
  }

  it('is found here where the server went past it', () => {
    expect(end('abcdef', 'length', { stop: ['cd'] })).toEqual(['abcd', 'stop', 'cd'])
    expect(end('abcdef', 'length', { stopTokens: [5] })).toEqual(['abc', 'stop', 'c'])
    expect(end('abcdef', 'length', { maxTokens: 2 })).toEqual(['ab', 'max', undefined])
  })

  it('is the model’s own when only the server knows why', () => {
    expect(end('abc', 'stop')).toEqual(['abc', 'eos', undefined])
  })
})
