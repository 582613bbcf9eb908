// What goes wrong, and what is left early: one sample's failure is that sample's, nothing hangs and nothing runs on.
// Long because every fault is tried on whole replies and on streams.
import { afterEach, describe, expect, it } from 'vitest'
import type { Sample, SampleEvent, SampleRequest } from '../../../contracts/index.ts'
import { collect } from '../../__fixtures__/tiny-model.ts'
import {
  type FakeOptions,
  type FakeServer,
  type Fault,
  fakeOpenaiServer,
  fakeTokenizer,
} from '../__fixtures__/fake-openai-server.ts'
import { byteVocab, type OpenaiOptions, type OpenaiSampler, openaiSampler, type ProbeReport, probe } from './index.ts'

const opened: { server: FakeServer; sampler: OpenaiSampler }[] = []
afterEach(async () => {
  for (const { server, sampler } of opened.splice(0)) {
    await sampler.dispose()
    await server.close()
  }
})

const reports = new Map<string, ProbeReport>()

/** Probed once for each dialect. */
async function open(fake: Partial<FakeOptions> = {}, options: Partial<OpenaiOptions> = {}) {
  const server = await fakeOpenaiServer({ dialect: 'vllm', endless: true, ...fake })
  const all: OpenaiOptions = {
    url: server.url,
    tokenizer: fakeTokenizer,
    http: { sleep: async () => undefined },
    ...options,
  }
  const key = `${fake.dialect} ${fake.contextLimit}`
  const { fault: _, pieceMs: __, ...sound } = { dialect: 'vllm' as const, ...fake }
  if (!reports.has(key)) {
    const healthy = await fakeOpenaiServer(sound)
    reports.set(key, await probe({ ...all, url: healthy.url }))
    await healthy.close()
  }
  const sampler = await openaiSampler({ ...all, probe: options.probe ?? reports.get(key) })
  const pair = { server, sampler }
  opened.push(pair)
  return pair
}

const ask = (context: string, more: Partial<SampleRequest> = {}): SampleRequest => ({
  context: fakeTokenizer.encode(context),
  maxTokens: 12,
  seed: 5,
  ...more,
})
const streamed = { signal: new AbortController().signal }
const always = (fault: Fault) => () => fault

/** Only prompts with this token fail. */
const onlyFor =
  (letter: string, fault: Fault): FakeOptions['fault'] =>
  ({ body }) =>
    (body.prompt as number[] | undefined)?.includes(fakeTokenizer.encode(letter)[0]) ? fault : undefined

const times = (count: number, fault: Fault): FakeOptions['fault'] => {
  let left = count
  return () => (left-- > 0 ? fault : undefined)
}

describe('a failure that passes', () => {
  it.each<[string, Fault, Partial<SampleRequest>]>([
    ['a reset', { kind: 'reset' }, {}],
    ['an answer cut in two', { kind: 'cut' }, {}],
    ['429 with a time to wait', { kind: 'status', status: 429, headers: { 'retry-after': '3' } }, {}],
    ['503', { kind: 'status', status: 503 }, {}],
    ['a stream that breaks off', { kind: 'cut', after: 5 }, streamed],
    ['a stream that is refused', { kind: 'status', status: 500 }, streamed],
  ])('changes nothing: %s', async (_name, fault, more) => {
    const { sampler } = await open()
    const sound = await collect(sampler, [ask('abc', { n: 3, ...more })])
    const { server, sampler: other } = await open({ fault: times(2, fault) })
    expect(await collect(other, [ask('abc', { n: 3, ...more })])).toEqual(sound)
    expect(server.asked.length).toBe(3)
    expect(other.usage.failures).toBe(0)
  })
})

describe('a failure that stays', () => {
  it.each<[string, Fault, Partial<SampleRequest>, Partial<Sample>]>([
    ['a reset', { kind: 'reset' }, {}, { error: expect.stringMatching(/connection broke.*4 attempts/) }],
    [
      'a status',
      { kind: 'status', status: 500 },
      {},
      { error: expect.stringMatching(/500: fault 500 \(4 attempts\)/) },
    ],
    ['a refusal', { kind: 'status', status: 400 }, {}, { error: expect.stringContaining('400: fault 400') }],
    ['no JSON', { kind: 'body', body: '<html>' }, {}, { error: expect.stringContaining('no JSON') }],
    ['other JSON', { kind: 'body', body: '{"choices":7}' }, {}, { error: expect.stringContaining('at choices') }],
    [
      'no choices',
      { kind: 'body', body: '{"choices":[]}' },
      {},
      { error: expect.stringContaining('without this sample') },
    ],
    ['an error in the stream', { kind: 'stream-error' }, streamed, { error: expect.stringContaining('out of memory') }],
    ['a stream that breaks off', { kind: 'cut', after: 5 }, streamed, { error: expect.stringContaining('broke') }],
    ['a stream without an end', { kind: 'unfinished' }, streamed, { error: expect.stringContaining('in the middle') }],
    ['silence', { kind: 'silence' }, {}, { stop: 'timeout', error: expect.stringContaining('400 ms') }],
    [
      'silence in a stream',
      { kind: 'silence' },
      streamed,
      { stop: 'timeout', error: expect.stringContaining('400 ms') },
    ],
  ])('is recorded in the sample, and spares the others: %s', async (_name, fault, more, expected) => {
    const limits = fault.kind === 'silence' ? { timeoutMs: 400, attempts: 1 } : {}
    const { sampler } = await open({ fault: onlyFor('m', fault) }, limits)
    const [bad, good] = await collect(sampler, [ask('am', { n: 2, ...more }), ask('abc', more)])
    for (const sample of bad) expect(sample).toMatchObject({ stop: 'error', ...expected })
    expect(good[0]).toMatchObject({ stop: 'max', ids: { length: 12 } })
    expect(sampler.usage.failures).toBe(2)
  })

  it('in the middle of a stream leaves what had arrived', async () => {
    const { sampler } = await open({ fault: always({ kind: 'unfinished' }) })
    const [[sample]] = await collect(sampler, [ask('abc', streamed)])
    expect([sample.stop, sample.ids.length, sample.logprobs.length]).toEqual(['error', 2, 2])
    expect(sample.text).toBe(fakeTokenizer.decode(sample.ids))
  })

  it('to score is recorded in the item', async () => {
    const { sampler } = await open({ fault: onlyFor('m', { kind: 'status', status: 400 }) })
    const items = ['am', 'ab'].map((text) => ({ context: fakeTokenizer.encode('a'), ids: fakeTokenizer.encode(text) }))
    const [bad, good] = await sampler.score(items)
    expect(bad).toMatchObject({ stop: 'error', error: expect.stringContaining('fault 400') })
    expect(bad.logprobs).toHaveLength(2)
    expect(good).toMatchObject({ stop: 'stop' })
  })
})

describe('an answer that makes no sense', () => {
  type Choice = Record<string, unknown>
  const changed = (change: (choice: Choice) => Choice): FakeOptions['fault'] =>
    always({ kind: 'change', change: (reply) => ({ ...reply, choices: (reply.choices as Choice[]).map(change) }) })

  it.each<[string, (choice: Choice) => Choice, Partial<Sample>]>([
    [
      'a token that the tokenizer does not have',
      (c) => ({ ...c, token_ids: [99] }),
      { error: expect.stringContaining('token 99') },
    ],
    ['a negative token', (c) => ({ ...c, token_ids: [-1] }), { error: expect.stringContaining('token -1') }],
    [
      'text without tokens',
      (c) => ({ ...c, token_ids: null, logprobs: null }),
      { error: expect.stringContaining('without its token ids') },
    ],
    [
      'a filter',
      (c) => ({ ...c, token_ids: [4], finish_reason: 'content_filter' }),
      { error: expect.stringContaining('content_filter') },
    ],
    [
      'an unknown end',
      (c) => ({ ...c, token_ids: [4], finish_reason: 'abort' }),
      { error: expect.stringContaining('abort') },
    ],
    [
      'no end',
      (c) => ({ ...c, token_ids: [4], finish_reason: null }),
      { error: expect.stringContaining('in the middle') },
    ],
    ['an index of no one', (c) => ({ ...c, index: 7 }), { error: expect.stringContaining('without this sample') }],
  ])('is a failed sample: %s', async (_name, change, expected) => {
    const { sampler } = await open({ fault: changed(change) })
    const [[sample]] = await collect(sampler, [ask('abc')])
    expect(sample).toMatchObject({ stop: 'error', ...expected })
  })

  it('with more tokens than asked for is cut at the limit', async () => {
    const { sampler } = await open({ fault: changed((c) => ({ ...c, token_ids: Array(500).fill(4), logprobs: null })) })
    const [[sample]] = await collect(sampler, [ask('abc')])
    expect(sample).toMatchObject({ stop: 'max', ids: { length: 12 } })
    expect(sample.logprobs.every(Number.isNaN)).toBe(true)
  })

  it('without the end token is given one', async () => {
    const { sampler } = await open({ fault: changed((c) => ({ ...c, token_ids: [4, 5], finish_reason: 'stop' })) })
    const [[sample]] = await collect(sampler, [ask('abc')])
    expect([...sample.ids]).toEqual([4, 5, fakeTokenizer.eos])
    expect(sample.stop).toBe('eos')
  })

  it('with thoughts apart has them before the text, in tags', async () => {
    const think = (c: Choice): Choice => ({
      ...c,
      message: { reasoning_content: 'hm', content: 'yes' },
      finish_reason: 'stop',
    })
    const { facts, ...rest } = (await open()).sampler.probe
    const { sampler: chat } = await open(
      { fault: changed(think) },
      { probe: { ...rest, facts: { ...facts, endpoint: 'chat' } } },
    )
    const [[sample]] = await collect(chat, [{ context: byteVocab.encode('Sure?'), maxTokens: 5, seed: 1 }])
    expect(sample).toMatchObject({ text: '<think>\nhm\n</think>\n\nyes', stop: 'eos' })
  })
})

describe('an abort', () => {
  it('ends a sample with what arrived, and closes its connection', async () => {
    const { server, sampler } = await open({ pieceMs: 4, contextLimit: 500 })
    const controller = new AbortController()
    const request = ask('abc', {
      maxTokens: 300,
      signal: controller.signal,
      onTokens: (_index, { ids }) => ids.length === 5 && controller.abort(),
    })
    const [[sample], [other]] = await collect(sampler, [request, ask('abc', { maxTokens: 5 })])
    expect(sample).toMatchObject({ stop: 'abort', ids: other.ids, logprobs: other.logprobs })
    expect(sample.error).toBeUndefined()
    await expect.poll(() => server.left.length).toBe(1)
    expect(server.left[0]).toBeLessThan(50)
  })

  it('before anything is asked asks nothing', async () => {
    const { server, sampler } = await open()
    const [[sample]] = await collect(sampler, [ask('abc', { signal: AbortSignal.abort() })])
    expect([sample.stop, sample.ids.length, server.asked.length]).toEqual(['abort', 0, 0])
  })

  it('of what queues behind others asks nothing either', async () => {
    const { server, sampler } = await open({ pieceMs: 2 }, { concurrency: 1 })
    const controller = new AbortController()
    const requests = [ask('a', streamed), ask('b', { signal: controller.signal })]
    setTimeout(() => controller.abort(), 5)
    const [[first], [second]] = await collect(sampler, requests)
    expect([first.stop, second.stop, server.asked.length]).toEqual(['max', 'abort', 1])
  })
})

describe('a consumer', () => {
  it('gets samples as they finish', async () => {
    const { sampler } = await open({ pieceMs: 1 })
    const order: number[] = []
    const requests = [40, 2, 20].map((maxTokens) => ask('abc', { maxTokens, ...streamed }))
    for await (const { request } of sampler.sample(requests)) order.push(request)
    expect(order).toEqual([1, 2, 0])
  })

  it('that leaves ends what runs and what queues, and leaves other calls alone', async () => {
    const { server, sampler } = await open({ pieceMs: 3, contextLimit: 500 }, { concurrency: 4 })
    const stays = collect(sampler, [ask('abcd', { maxTokens: 30, ...streamed })])
    const requests = [2, 300, 300, 300, 300].map((maxTokens, seed) => ask('abc', { maxTokens, seed, ...streamed }))
    for await (const { request } of sampler.sample(requests)) {
      expect(request).toBe(0)
      break
    }
    await expect.poll(() => sampler.counters.inFlight).toBe(1)
    expect((await stays)[0][0].ids).toHaveLength(30)
    expect(server.asked.length).toBeLessThanOrEqual(5)
    await expect.poll(() => server.left.length).toBeGreaterThanOrEqual(2)
  })
})

describe('concurrency', () => {
  it('is limited for all calls together', async () => {
    const { server, sampler } = await open({ pieceMs: 1 }, { concurrency: 3 })
    const calls = Array.from({ length: 4 }, (_, seed) =>
      collect(sampler, [ask('abc', { n: 3, seed, stop: ['x'] }), ask('b', { seed, ...streamed })]),
    )
    await Promise.all(calls)
    expect(server.mostAtOnce).toBe(3)
  })
})

describe('a budget', () => {
  it('of requests ends the rest as recorded failures', async () => {
    const { server, sampler } = await open({}, { budget: { requests: 2 } })
    const samples = (
      await collect(
        sampler,
        ['a', 'b', 'c', 'd'].map((context) => ask(context)),
      )
    ).flat()
    expect(samples.map(({ stop }) => stop)).toEqual(['max', 'max', 'error', 'error'])
    expect(samples[2].error).toMatch(/budget of 2 requests is spent/)
    expect(server.asked.length).toBe(2)
    expect(sampler.usage).toEqual({ requests: 2, promptTokens: 2, completionTokens: 24, guessed: 0, failures: 2 })
  })

  it('of tokens is never passed, by samples nor by scores', async () => {
    const { sampler } = await open({}, { budget: { tokens: 50 } })
    const samples = (
      await collect(
        sampler,
        Array.from({ length: 6 }, (_, seed) => ask('abc', { seed })),
      )
    ).flat()
    // Three of 3 + 12 tokens fit.
    expect(samples.map(({ stop }) => stop)).toEqual(['max', 'max', 'max', 'error', 'error', 'error'])
    const item = { context: fakeTokenizer.encode('a'), ids: fakeTokenizer.encode('abcdefgh') }
    expect((await sampler.score([item]))[0]).toMatchObject({ stop: 'error', error: expect.stringContaining('budget') })
    expect(sampler.usage.promptTokens + sampler.usage.completionTokens).toBe(45)
  })

  it('is not charged for what was reserved and not used', async () => {
    const { sampler } = await open({ endless: false, contextLimit: 500 }, { budget: { tokens: 700 } })
    const requests = Array.from({ length: 8 }, (_, seed) => ask('abc', { seed, maxTokens: 400 }))
    const samples = (await collect(sampler, requests)).flat()
    expect(samples.map(({ stop }) => stop)).toEqual(Array(8).fill('eos'))
  })

  it('counts by itself where the server was not heard to the end', async () => {
    const { sampler } = await open({ dialect: 'llamacpp', contextLimit: 500, pieceMs: 1 })
    const [[sample]] = await collect(sampler, [ask('abc', { maxTokens: 400, stopTokens: [4, 5, 6] })])
    expect(sample.stop).toBe('stop')
    expect(sampler.usage).toMatchObject({ promptTokens: 3, completionTokens: sample.ids.length, guessed: 1 })
  })
})

describe('disposing', () => {
  it('ends what is under way as recorded failures, and refuses what comes after', async () => {
    const { sampler } = await open({ pieceMs: 3, contextLimit: 500 }, { concurrency: 2 })
    const events: SampleEvent[] = []
    const requests = [ask('a', { maxTokens: 2, ...streamed }), ask('b', { n: 5, maxTokens: 400, ...streamed })]
    requests.push(ask('c', { maxTokens: 400, ...streamed }))
    for await (const event of sampler.sample(requests)) {
      events.push(event)
      if (events.length === 1) await sampler.dispose()
    }
    expect(events.length).toBe(7)
    for (const { sample } of events.slice(1))
      expect(sample).toMatchObject({ stop: 'error', error: expect.stringContaining('disposed') })
    await expect(collect(sampler, [ask('abc')])).rejects.toMatchObject({ code: 'sampler/disposed' })
    await expect(sampler.score([])).rejects.toMatchObject({ code: 'sampler/disposed' })
    await sampler.dispose()
    expect(sampler.counters).toMatchObject({ inFlight: 0, queued: 0 })
  })
})
