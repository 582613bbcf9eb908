// What is shared between samples, and what is not: batches, prompts, cached prefixes; and failures.
import { describe, expect, it } from 'vitest'
import type { Sample, SampleEvent, SampleRequest } from '../contracts/index.ts'
import {
  collect,
  largestDifference,
  RunCounter,
  richConfig,
  tinyModel,
  tinySampler,
  tinyTokenizer,
} from './__fixtures__/tiny-model.ts'

const encode = (text: string): Int32Array => tinyTokenizer.encode(text)
const ask = (context: string, more: Partial<SampleRequest> = {}): SampleRequest => ({
  context: encode(context),
  maxTokens: 10,
  seed: 5,
  ...more,
})

/** A sampler that counts the runs of its programs. */
function counted(config = richConfig) {
  const counter = new RunCounter()
  const model = tinyModel({ endless: true, config, observer: counter })
  return { counter, model, sampler: tinySampler(model) }
}

describe('a batch', () => {
  it('computes a prompt once for all its samples, then one run a token', async () => {
    const { counter, sampler } = counted()
    await collect(sampler, [ask('abcde', { n: 8 })])
    // The first token comes from the prompt's run.
    expect(counter.runs).toBe(1 + 9)
  })

  it('is shared by calls made at the same time', async () => {
    const { counter, sampler } = counted()
    const requests = [ask('abc'), ask('abcdefgh', { seed: 6 })]
    const together = await Promise.all(requests.map((request) => collect(sampler, [request])))
    expect(counter.runs).toBe(1 + 9)
    const apart = counted()
    for (const [i, request] of requests.entries())
      expect((await collect(apart.sampler, [request]))[0][0].ids).toEqual(together[i][0][0].ids)
    expect(apart.counter.runs).toBe(2 * 10)
  })

  it('takes a new sample as soon as a row is free, and changes none by it', async () => {
    const { model, counter } = counted()
    const requests = [30, 3, 4, 5, 6, 7].map((maxTokens, i) => ask('abcdefgh'.slice(0, i + 1), { maxTokens, seed: i }))
    const wide = await collect(tinySampler(model), requests)
    counter.runs = 0
    const narrow = tinySampler(model, { maxRows: 2 })
    const order: number[] = []
    for await (const { request, sample } of narrow.sample(requests)) {
      order.push(request)
      expect(sample.ids).toEqual(wide[request][0].ids)
    }
    // The long one keeps its row; the short ones go through the other, one after the other.
    expect(order).toEqual([1, 2, 3, 4, 5, 0])
    expect(counter.runs).toBeLessThan(1 + 29 + 5)
  })
})

describe('a consumer that leaves', () => {
  it('ends the rows that no one waits for, and no others', async () => {
    const { counter, sampler } = counted()
    const left = [2, 40, 40].map((maxTokens, i) => ask('abc', { maxTokens, seed: i }))
    const stays = collect(sampler, [ask('abcd', { maxTokens: 6 })])
    for await (const { request } of sampler.sample(left)) {
      expect(request).toBe(0)
      break
    }
    expect((await stays)[0][0].ids).toHaveLength(6)
    await collect(sampler, [ask('abcde', { maxTokens: 2 })])
    // Two prompts at once, five tokens more; a third prompt and a token.
    expect(counter.runs).toBeLessThanOrEqual(2 + 5 + 2)
  })
})

describe('a known prefix', () => {
  it('is not computed again, and changes nothing', async () => {
    const { counter, sampler } = counted()
    const cold = await collect(sampler, [ask('abcdef', { n: 2 })])
    counter.runs = 0
    const warm = await collect(sampler, [ask('abcdef', { n: 2 })])
    expect(counter.runs).toBe(9)
    expect(warm).toEqual(cold)
  })

  it('serves longer contexts that begin with it, to the same samples', async () => {
    const warm = counted().sampler
    await collect(warm, [ask('abcdef'), ask('abcx'.replace('x', 'm'))])
    const requests = ['abcdefgh', 'abcdefa', 'abc', 'abcmmmm', 'ba'].map((context) => ask(context, { n: 3 }))
    const [served, cold] = [await collect(warm, requests), await collect(counted().sampler, requests)]
    const flat = (groups: Sample[][]) => groups.flat()
    expect(flat(served).map(({ ids }) => ids)).toEqual(flat(cold).map(({ ids }) => ids))
    const [warmLogprobs, coldLogprobs] = [served, cold].map((all) => flat(all).flatMap(({ logprobs }) => [...logprobs]))
    expect(largestDifference(warmLogprobs, coldLogprobs)).toBeLessThan(1e-4)
  })

  it('continues a kept sample exactly, computing only its last token', async () => {
    const { counter, sampler } = counted()
    const greedy = { temperature: 0, keep: true }
    const [[whole]] = await collect(counted().sampler, [ask('abcd', { ...greedy, maxTokens: 20 })])
    const [[first]] = await collect(sampler, [ask('abcd', { ...greedy, maxTokens: 8 })])
    counter.runs = 0
    const context = Int32Array.of(...encode('abcd'), ...first.ids)
    const [[rest]] = await collect(sampler, [{ ...ask('', greedy), context, maxTokens: 12 }])
    expect([...first.ids, ...rest.ids]).toEqual([...whole.ids])
    expect(largestDifference(rest.logprobs, whole.logprobs.slice(8))).toBeLessThan(1e-4)
    expect(counter.runs).toBe(1 + 11)
  })

  it('is forgotten when there is no room, without harm', async () => {
    const { model, counter } = counted()
    const sampler = tinySampler(model, { prefixBytes: 0 })
    const first = await collect(sampler, [ask('abcdef')])
    counter.runs = 0
    expect(await collect(sampler, [ask('abcdef')])).toEqual(first)
    expect(counter.runs).toBe(10)
  })
})

describe('what goes wrong', () => {
  it.each<[string, Partial<SampleRequest>, string]>([
    ['no context', { context: new Int32Array(0) }, 'sampler/empty-context'],
    ['a token that does not exist', { context: Int32Array.of(3, 99) }, 'sampler/unknown-token'],
    ['a negative temperature', { temperature: -1 }, 'sampler/bad-option'],
    ['a share above one', { topP: 1.5 }, 'sampler/bad-option'],
    ['a bias of an unknown token', { logitBias: new Map([[99, 1]]) }, 'sampler/bad-option'],
  ])('is said at once for %s, with a hint; the sampler goes on', async (_name, wrong, code) => {
    const { sampler } = counted()
    await expect(collect(sampler, [ask('abc', wrong)])).rejects.toMatchObject({
      code,
      hint: expect.stringMatching(/\w/),
    })
    expect((await collect(sampler, [ask('abc')]))[0][0].stop).toBe('max')
  })

  it('refuses a whole call, and leaves nothing of it behind', async () => {
    const { counter, sampler } = counted()
    await expect(collect(sampler, [ask('abc'), ask('abc', { topP: 2 })])).rejects.toMatchObject({
      code: 'sampler/bad-option',
    })
    await collect(sampler, [ask('m', { maxTokens: 3 })])
    await sampler.dispose()
    expect(counter.runs).toBe(3)
  })

  it('in one sample is recorded there and spares the others', async () => {
    const { sampler } = counted()
    const all = new Map(Array.from({ length: 16 }, (_, token) => [token, Number.NEGATIVE_INFINITY]))
    const [[bad], [good]] = await collect(sampler, [ask('abc', { logitBias: all }), ask('abc')])
    expect(bad).toMatchObject({ stop: 'error', text: '', error: expect.stringContaining('every token') })
    expect(good).toMatchObject({ stop: 'max' })
  })

  it('with the weights fails every sample, by name, and never hangs', async () => {
    const model = tinyModel({ endless: true })
    model.arena.data.fill(Number.NaN)
    const [samples] = await collect(tinySampler(model), [ask('abc', { n: 3 })])
    expect(samples.map(({ stop }) => stop)).toEqual(['error', 'error', 'error'])
    expect(samples[0].error).toContain('NaN')
  })

  it('because the context is too long leaves nothing to sample, and spares the others', async () => {
    const counter = new RunCounter()
    const sampler = tinySampler(tinyModel({ endless: true, contextLimit: 8, observer: counter }))
    await collect(sampler, [ask('abcdefghijkl')])
    expect(counter.runs).toBe(0)
    const [[long], [good]] = await collect(sampler, [ask('abcdefghijkl'), ask('abc', { maxTokens: 3 })])
    expect(long.ids.length).toBe(0)
    expect([good.stop, good.ids.length]).toEqual(['max', 3])
  })
})

describe('disposing', () => {
  it('ends what is under way as recorded failures, and refuses what comes after', async () => {
    const { sampler } = counted()
    const events: SampleEvent[] = []
    for await (const event of sampler.sample([ask('a', { maxTokens: 2 }), ask('b', { n: 5, maxTokens: 60 })])) {
      events.push(event)
      if (events.length === 1) await sampler.dispose()
    }
    expect(events.length).toBe(6)
    expect(events[0]).toMatchObject({ request: 0, sample: { stop: 'max' } })
    for (const { sample } of events.slice(1))
      expect(sample).toMatchObject({ stop: 'error', error: expect.stringContaining('disposed') })
    await expect(collect(sampler, [ask('abc')])).rejects.toMatchObject({ code: 'sampler/disposed' })
    await expect(sampler.score([])).rejects.toMatchObject({ code: 'sampler/disposed' })
    await sampler.dispose()
  })

  it('leaves other samplers of the same model alone', async () => {
    const model = tinyModel({ endless: true })
    const [first, second] = [tinySampler(model), tinySampler(model)]
    await first.dispose()
    expect((await collect(second, [ask('abc')]))[0][0].stop).toBe('max')
  })
})
