// What one sample is: a function of context, options, seed and index, that agrees with scoring; and how it ends.
import { afterAll, describe, expect, it } from 'vitest'
import { stream } from '../base/rng.ts'
import type { Sample, SampleRequest } from '../contracts/index.ts'
import {
  collect,
  largestDifference,
  richConfig,
  tinyConfig,
  tinyModel,
  tinySampler,
  tinyTokenizer,
} from './__fixtures__/tiny-model.ts'

const endless = tinySampler(tinyModel({ endless: true }))
const ending = tinySampler(tinyModel())
afterAll(() => Promise.all([endless.dispose(), ending.dispose()]))

const encode = (text: string): Int32Array => tinyTokenizer.encode(text)
const id = (letter: string): number => encode(letter)[0]
const ask = (context: string, more: Partial<SampleRequest> = {}): SampleRequest => ({
  context: encode(context),
  maxTokens: 12,
  seed: 5,
  ...more,
})
const one = async (request: SampleRequest, sampler = endless): Promise<Sample> =>
  (await collect(sampler, [request]))[0][0]

describe('a seed', () => {
  it('gives the same samples again, and another seed gives others', async () => {
    const first = await collect(endless, [ask('abc', { n: 4 })])
    expect(await collect(endless, [ask('abc', { n: 4 })])).toEqual(first)
    const other = await collect(endless, [ask('abc', { n: 4, seed: 6 })])
    expect(other[0].map(({ text }) => text)).not.toEqual(first[0].map(({ text }) => text))
  })

  it('makes sample i the same however many are asked for, and whatever else is in the batch', async () => {
    const [alone] = await collect(endless, [ask('abc', { n: 2 })])
    const others = ['m', 'abcd', 'hgfedcbahgfedcba'].map((context, seed) =>
      ask(context, { n: 3, seed, maxTokens: 5 + 9 * seed }),
    )
    const crowd = await collect(endless, [others[0], ask('abc', { n: 6 }), others[1], others[2]])
    expect(crowd[1].slice(0, 2).map(({ ids }) => ids)).toEqual(alone.map(({ ids }) => ids))
    expect(new Set(crowd[1].map(({ text }) => text)).size).toBe(6)
  })
})

describe('sampling and scoring', () => {
  it.each([
    ['a plain model', tinyModel({ endless: true })],
    ['one with every switch of the families on', tinyModel({ endless: true, config: richConfig, seed: 3 })],
  ])('agree on a thousand log-probabilities within 1e-4 (%s)', async (_name, model) => {
    const sampler = tinySampler(model)
    const rng = stream(1, 'contexts')
    const requests = Array.from({ length: 25 }, (_, seed) => ({
      context: Int32Array.from({ length: 1 + rng.int(20) }, () => 3 + rng.int(13)),
      maxTokens: 40,
      seed,
    }))
    const samples = (await collect(sampler, requests)).map(([sample]) => sample)
    const scored = await sampler.score(samples.map(({ ids }, i) => ({ context: requests[i].context, ids })))
    const drawn = samples.flatMap(({ logprobs }) => [...logprobs])
    const given = scored.flatMap(({ logprobs }) => [...logprobs])
    expect(drawn.length).toBe(1000)
    expect(largestDifference(drawn, given)).toBeLessThan(1e-4)
    await sampler.dispose()
  })

  it('agree on the most likely token: greedy sampling takes it at every place', async () => {
    const greedy = await one(ask('dab', { temperature: 0, maxTokens: 20 }))
    const [scored] = await endless.score([{ context: encode('dab'), ids: greedy.ids, want: ['top-1'] }])
    expect([...greedy.ids]).toEqual(scored.top!.map(({ ids }) => ids[0]))
  })

  it('agree on entropies and likely tokens, at the model’s own temperature', async () => {
    const drawn = await one(ask('fade', { want: ['entropy', 'top-3'], temperature: 0.5 }))
    const [scored] = await endless.score([{ context: encode('fade'), ids: drawn.ids, want: ['entropy', 'top-3'] }])
    expect(drawn.top!.map(({ ids }) => [...ids])).toEqual(scored.top!.map(({ ids }) => [...ids]))
    expect(largestDifference(drawn.entropy!, scored.entropy!)).toBeLessThan(1e-4)
    expect(largestDifference(drawn.logprobs, scored.logprobs)).toBeLessThan(1e-4)
  })

  it('agree with the distribution: 2000 first tokens are as frequent as their probabilities say', async () => {
    const [samples] = await collect(endless, [ask('cab', { n: 2000, maxTokens: 1 })])
    const [{ top }] = await endless.score([{ context: encode('cab'), ids: encode('a'), want: ['top-16'] }])
    top![0].ids.forEach((token, rank) => {
      const p = Math.exp(top![0].logprobs[rank])
      const share = samples.filter(({ ids }) => ids[0] === token).length / samples.length
      // Five standard deviations.
      expect(Math.abs(share - p)).toBeLessThan(5 * Math.sqrt((p * (1 - p)) / samples.length) + 1e-3)
    })
  })

  it('score nothing as an empty sample, in place', async () => {
    const items = ['ab', '', 'c'].map((text) => ({ context: encode('a'), ids: encode(text) }))
    const scored = await endless.score(items)
    expect(scored.map(({ logprobs }) => logprobs.length)).toEqual([2, 0, 1])
  })
})

describe('a sample ends', () => {
  it('at its largest number of tokens', async () => {
    const sample = await one(ask('abc', { maxTokens: 7 }))
    expect([sample.stop, sample.ids.length, sample.logprobs.length]).toEqual(['max', 7, 7])
  })

  it('with the end-of-sequence token, which is among its tokens but not in its text', async () => {
    const [samples] = await collect(ending, [ask('abc', { n: 50, maxTokens: 40 })])
    const ended = samples.filter(({ stop }) => stop === 'eos')
    expect(ended.length).toBeGreaterThan(10)
    for (const { ids, text } of ended) {
      expect(ids.indexOf(tinyTokenizer.eos)).toBe(ids.length - 1)
      expect(text).toBe(tinyTokenizer.decode(ids.slice(0, -1)))
    }
  })

  it('with any of the tokens that end a sequence of the model', async () => {
    const model = tinyModel({ config: { ...tinyConfig, otherEosIds: [5, 6] }, endless: true })
    const [samples] = await collect(tinySampler(model), [ask('abc', { n: 30, maxTokens: 40 })])
    const ends = samples
      .filter(({ stop }) => stop === 'eos')
      .map(({ ids }) => ids.findIndex((id) => id === 5 || id === 6) - ids.length)
    expect(ends.length).toBeGreaterThan(10)
    expect(new Set(ends)).toEqual(new Set([-1]))
  })

  it('with a stop token, exactly where the unstopped sample has it first', async () => {
    const [free] = await collect(endless, [ask('abc', { n: 20, maxTokens: 30 })])
    const [stopped] = await collect(endless, [ask('abc', { n: 20, maxTokens: 30, stopTokens: [id('c'), id('f')] })])
    const hits = free.map(({ ids }) => ids.findIndex((token) => token === id('c') || token === id('f')))
    expect(hits.filter((at) => at >= 0).length).toBeGreaterThan(5)
    stopped.forEach((sample, i) => {
      expect(sample.ids).toEqual(hits[i] < 0 ? free[i].ids : free[i].ids.slice(0, hits[i] + 1))
      expect(sample.stopHit).toBe(hits[i] < 0 ? undefined : tinyTokenizer.token(free[i].ids[hits[i]]))
    })
  })

  it('with a stop string, whose last token is kept', async () => {
    const [free] = await collect(endless, [ask('abc', { n: 20, maxTokens: 40 })])
    const pair = free[0].text.slice(2, 4)
    const [stopped] = await collect(endless, [ask('abc', { n: 20, maxTokens: 40, stop: [pair] })])
    expect(stopped[0]).toMatchObject({ stop: 'stop', stopHit: pair })
    stopped.forEach(({ text }, i) => {
      const at = free[i].text.indexOf(pair)
      expect(text).toBe(at < 0 ? free[i].text : free[i].text.slice(0, at + 2))
    })
  })

  it('when its request is aborted, with what it has', async () => {
    const controller = new AbortController()
    const onTokens: SampleRequest['onTokens'] = (_, { ids }) => {
      if (ids.length === 5) controller.abort()
    }
    const sample = await one(ask('abc', { maxTokens: 30, signal: controller.signal, onTokens }))
    expect([sample.stop, sample.ids.length]).toEqual(['abort', 5])
    expect(sample.ids).toEqual((await one(ask('abc', { maxTokens: 5 }))).ids)
    expect(await one(ask('abc', { signal: AbortSignal.abort() }))).toMatchObject({ stop: 'abort', text: '' })
  })

  it('where the context is full', async () => {
    const sampler = tinySampler(tinyModel({ endless: true, contextLimit: 8 }))
    const [[short], [full], [empty]] = await collect(sampler, [ask('abcde'), ask('abcdefg'), ask('abcdefgh')])
    expect([short.ids.length, full.ids.length, empty.ids.length]).toEqual([3, 1, 0])
    expect([short.stop, full.stop, empty.stop]).toEqual(['max', 'max', 'max'])
    await sampler.dispose()
  })
})

describe('options', () => {
  it('forbid and force tokens by bias', async () => {
    const forbidden = new Map([
      [id('a'), Number.NEGATIVE_INFINITY],
      [id('b'), Number.NEGATIVE_INFINITY],
    ])
    const [samples] = await collect(endless, [ask('abc', { n: 30, logitBias: forbidden })])
    expect(samples.map(({ text }) => text).join('')).not.toMatch(/[ab]/)
    expect((await one(ask('abc', { logitBias: new Map([[id('k'), 100]]) }))).text).toBe('k'.repeat(12))
  })

  it('keep top-k samples among the k most likely, and report the model’s own log-probability', async () => {
    const [samples] = await collect(endless, [ask('abc', { n: 20, topK: 2, want: ['top-2'] })])
    for (const { ids, top, logprobs } of samples)
      ids.forEach((token, t) => {
        const rank = top![t].ids.indexOf(token)
        expect(rank).toBeGreaterThanOrEqual(0)
        expect(logprobs[t]).toBe(top![t].logprobs[rank])
      })
  })
})
