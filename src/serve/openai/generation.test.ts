// Samples of several requests in one order; engines that tell only what is finished; failures.
import { afterAll, describe, expect, it } from 'vitest'
import type { Sampler, StopReason } from '../../contracts/index.ts'
import { tinyTokenizer } from '../../engine/__fixtures__/tiny-model.ts'
import { tinyServer } from '../__fixtures__/tiny-server.ts'
import { Generation } from './generation.ts'

const server = tinyServer({ endless: true })
afterAll(() => server.sampler.dispose())

/** Another engine over the same model. */
const like = (sample: Sampler['sample']): Sampler => {
  const { id, can, vocab, contextLimit } = server.sampler
  return { id, can, vocab, contextLimit, sample, score: async () => [], dispose: async () => {} }
}
const silent = like((requests) => server.sampler.sample(requests.map(({ onTokens: _, ...request }) => request)))
const ending = (stop: StopReason) =>
  like(async function* () {
    yield {
      ...{ request: 0, index: 0 },
      sample: { ids: new Int32Array(0), text: '', stop, logprobs: new Float32Array(0), error: 'why' },
    }
  })

const context = tinyTokenizer.encode('abc')
const signal = new AbortController().signal
const ask = (n: number) => ({ context, n, maxTokens: 4, seed: n })

describe('Generation', () => {
  it('counts samples prompt by prompt', async () => {
    const samples = await new Generation(server.sampler, [ask(2), ask(1), ask(3)], signal).ended()
    expect(samples.map(({ index, prompt }) => [index, prompt])).toEqual([
      [0, 0],
      [1, 0],
      [2, 1],
      [3, 2],
      [4, 2],
      [5, 2],
    ])
    for (const { ended } of samples) expect(ended?.ids.length).toBe(4)
  })

  it('gives news until every sample has been given to its end', async () => {
    const generation = new Generation(server.sampler, [ask(2)], signal)
    const lengths: number[] = []
    let last = new Map<number, boolean>()
    for (let news = await generation.news(); news; news = await generation.news()) {
      for (const { index, soFar } of news) if (index === 0) lengths.push(soFar.ids.length)
      last = new Map([...last, ...news.map(({ index, ended }) => [index, ended !== undefined] as const)])
    }
    expect(lengths).toEqual([...lengths].sort())
    expect(lengths.length).toBeGreaterThan(2)
    expect([...last.values()]).toEqual([true, true])
    expect(await generation.news()).toBeUndefined()
  })

  it('does with an engine that tells only finished samples, whose streams come at the end', async () => {
    const quiet = tinyServer({ endless: true, sampler: silent })
    const body = { prompt: 'abc', max_tokens: 9, n: 2, seed: 5, logprobs: 1 }
    const whole = await server.post('/v1/completions', body)
    const events = await quiet.events('/v1/completions', body)
    expect(events.length).toBe(2)
    for (const { choices } of events) expect(choices[0]).toEqual(whole.body.choices[choices[0].index])
  })

  it.each<[StopReason, number, string]>([
    ['error', 500, 'sampling_failed'],
    ['abort', 503, 'server_stopping'],
  ])('fails where a sample ends with %s', async (stop, status, code) => {
    const generation = new Generation(ending(stop), [ask(1)], signal)
    await expect(generation.ended()).rejects.toMatchObject({ status, code })
    await expect(generation.news()).rejects.toMatchObject({ status, code })
    const broken = tinyServer({ sampler: ending(stop) })
    const [event] = await broken.events('/v1/completions', { prompt: 'abc' })
    expect(event.error.code).toBe(code)
  })
})
