// What the embedded engine's samplers are held to, as far as it applies, over servers that speak token ids. Texts: see beside.
import { afterAll, describe, expect, it } from 'vitest'
import { stream } from '../../../base/rng.ts'
import type { Sample, SampleRequest } from '../../../contracts/index.ts'
import { collect, largestDifference } from '../../__fixtures__/tiny-model.ts'
import {
  type FakeOptions,
  type FakeServer,
  fakeOpenaiServer,
  fakeScore,
  fakeTokenizer,
} from '../__fixtures__/fake-openai-server.ts'
import { byteVocab, type OpenaiOptions, type OpenaiSampler, openaiSampler } from './index.ts'

const opened: { server: FakeServer; sampler: OpenaiSampler }[] = []
afterAll(async () => {
  for (const { server, sampler } of opened) {
    await sampler.dispose()
    await server.close()
  }
})

async function open(fake: FakeOptions, options: Partial<OpenaiOptions> = {}) {
  const server = await fakeOpenaiServer(fake)
  const sampler = await openaiSampler({ url: server.url, tokenizer: fakeTokenizer, ...options })
  server.forgetAsked()
  const pair = { server, sampler }
  opened.push(pair)
  return pair
}

const encode = (text: string): Int32Array => fakeTokenizer.encode(text)
const ask = (context: string, more: Partial<SampleRequest> = {}): SampleRequest => ({
  context: encode(context),
  maxTokens: 12,
  seed: 5,
  ...more,
})

describe.each(['vllm', 'llamacpp'] as const)('tokens from a server like %s', async (dialect) => {
  const endless = await open({ dialect, endless: true })
  const ending = await open({ dialect })
  const one = async (request: SampleRequest, { sampler } = endless): Promise<Sample> =>
    (await collect(sampler, [request]))[0][0]

  it('are the same again with the same seed, and others with another', async () => {
    const first = await collect(endless.sampler, [ask('abc', { n: 4 })])
    expect(await collect(endless.sampler, [ask('abc', { n: 4 })])).toEqual(first)
    const other = await collect(endless.sampler, [ask('abc', { n: 4, seed: 6 })])
    expect(other[0].map(({ text }) => text)).not.toEqual(first[0].map(({ text }) => text))
  })

  it('of sample i are the same however many are asked for, whatever else is, streamed or not', async () => {
    const [alone] = await collect(endless.sampler, [ask('abc', { n: 2 })])
    const crowd = await collect(endless.sampler, [
      ask('m', { n: 3 }),
      ask('abc', { n: 20 }),
      ask('abc', { n: 2, signal: new AbortController().signal }),
    ])
    expect(crowd[1].slice(0, 2)).toEqual(alone)
    expect(crowd[2]).toEqual(alone)
    expect(new Set(crowd[1].map(({ text }) => text)).size).toBe(20)
  })

  it('have the log-probabilities of the model itself at any temperature', async () => {
    const rng = stream(1, 'contexts')
    const requests = Array.from({ length: 8 }, (_, seed) => ({
      context: Int32Array.from({ length: 1 + rng.int(20) }, () => 3 + rng.int(15)),
      maxTokens: 30,
      temperature: seed % 2 === 0 ? 1 : 0.6,
      seed,
    }))
    const samples = (await collect(endless.sampler, requests)).map(([sample]) => sample)
    samples.forEach(({ ids, logprobs, text }, i) => {
      expect(ids.length).toBe(30)
      expect(text).toBe(fakeTokenizer.decode(ids))
      const expected = fakeScore([...requests[i].context], [...ids], { endless: true })
      expect(largestDifference(logprobs, expected)).toBeLessThan(1e-6)
    })
  })

  it('are drawn from the distribution itself, not through filters of the server', async () => {
    const [samples] = await collect(endless.sampler, [ask('cab', { n: 200, maxTokens: 1 })])
    for (let id = 0; id < fakeTokenizer.size; id++) {
      const p = Math.exp(fakeScore([...encode('cab')], [id], { endless: true })[0])
      const share = samples.filter(({ ids }) => ids[0] === id).length / samples.length
      // Five standard deviations.
      expect(Math.abs(share - p)).toBeLessThan(5 * Math.sqrt((p * (1 - p)) / samples.length) + 1e-3)
    }
  })

  it('come with likely ones, most likely first', async () => {
    const { ids, top } = await one(ask('fade', { want: ['top-3'] }))
    expect(top).toHaveLength(ids.length)
    top!.forEach(({ ids: likely, logprobs }, t) => {
      const before = [...encode('fade'), ...ids.slice(0, t)]
      const all = Array.from({ length: fakeTokenizer.size }, (_, id) => fakeScore(before, [id], { endless: true })[0])
      const best = all.map((_, id) => id).sort((a, b) => all[b] - all[a])
      expect([...likely]).toEqual(best.slice(0, 3))
      expect(
        largestDifference(
          logprobs,
          best.slice(0, 3).map((id) => all[id]),
        ),
      ).toBeLessThan(1e-6)
    })
  })

  it('are the most likely ones at temperature 0', async () => {
    const { ids, top } = await one(ask('dab', { temperature: 0, want: ['top-1'] }))
    expect([...ids]).toEqual(top!.map((tokens) => tokens.ids[0]))
  })

  it('end at the largest number, or where the context is full', async () => {
    expect(await one(ask('abc', { maxTokens: 7 }))).toMatchObject({ stop: 'max', ids: { length: 7 } })
    const contexts = [60, 63, 64, 70].map((length) => ({ ...ask(''), context: new Int32Array(length).fill(4) }))
    endless.server.forgetAsked()
    const full = (await collect(endless.sampler, contexts)).map(([{ stop, ids }]) => [stop, ids.length])
    expect(full).toEqual([
      ['max', 4],
      ['max', 1],
      ['max', 0],
      ['max', 0],
    ])
    expect(endless.server.asked.length).toBe(2)
  })

  it('end with the end-of-sequence token, which is among them and not in the text', async () => {
    const [samples] = await collect(ending.sampler, [ask('abc', { n: 30, maxTokens: 40 })])
    const ended = samples.filter(({ stop }) => stop === 'eos')
    expect(ended.length).toBeGreaterThan(5)
    for (const { ids, text, logprobs } of ended) {
      expect(ids.indexOf(fakeTokenizer.eos)).toBe(ids.length - 1)
      expect(text).toBe(fakeTokenizer.decode(ids.slice(0, -1)))
      expect(logprobs.every(Number.isFinite)).toBe(true)
    }
  })

  it('end with a stop token, exactly where the unstopped sample has it first', async () => {
    const stopTokens = [encode('c')[0], encode('é')[0]]
    const [free] = await collect(endless.sampler, [ask('abc', { n: 12, maxTokens: 30 })])
    const [stopped] = await collect(endless.sampler, [ask('abc', { n: 12, maxTokens: 30, stopTokens })])
    const hits = free.map(({ ids }) => ids.findIndex((id) => stopTokens.includes(id)))
    expect(hits.filter((at) => at >= 0).length).toBeGreaterThan(3)
    stopped.forEach((sample, i) => {
      expect(sample.ids).toEqual(hits[i] < 0 ? free[i].ids : free[i].ids.slice(0, hits[i] + 1))
      expect(sample.stop).toBe(hits[i] < 0 ? 'max' : 'stop')
      expect(sample.stopHit).toBe(hits[i] < 0 ? undefined : fakeTokenizer.token(free[i].ids[hits[i]]))
    })
  })

  it('end with a stop string, whose last token is kept', async () => {
    const [free] = await collect(endless.sampler, [ask('abc', { n: 12, maxTokens: 40 })])
    const pair = Array.from(free[0].text).slice(2, 4).join('')
    const [stopped] = await collect(endless.sampler, [ask('abc', { n: 12, maxTokens: 40, stop: [pair] })])
    expect(stopped[0]).toMatchObject({ stop: 'stop', stopHit: pair })
    stopped.forEach(({ text }, i) => {
      const at = free[i].text.indexOf(pair)
      expect(text).toBe(at < 0 ? free[i].text : free[i].text.slice(0, at + pair.length))
    })
  })

  it('are forbidden and forced by bias', async () => {
    const logitBias = new Map(['a', 'b'].map((letter) => [encode(letter)[0], Number.NEGATIVE_INFINITY]))
    const [samples] = await collect(endless.sampler, [ask('abc', { n: 20, logitBias })])
    expect(samples.map(({ text }) => text).join('')).not.toMatch(/[ab]/)
    expect((await one(ask('abc', { logitBias: new Map([[encode('k')[0], 100]]) }))).text).toBe('k'.repeat(12))
  })

  it('are kept among the k most likely, and above a share of the most likely', async () => {
    const [few] = await collect(endless.sampler, [ask('abc', { n: 10, topK: 2, want: ['top-2'] })])
    for (const { ids, top } of few) for (const [t, id] of ids.entries()) expect(top![t].ids).toContain(id)
    const [sure] = await collect(endless.sampler, [ask('abc', { n: 3, minP: 1, want: ['top-1'] })])
    for (const { ids, top } of sure) expect([...ids]).toEqual(top!.map((tokens) => tokens.ids[0]))
  })

  it('are shown as they come', async () => {
    const seen: number[][] = []
    const { ids } = await one(ask('abc', { onTokens: (_index, soFar) => seen.push([...soFar.ids]) }))
    expect(seen.map(({ length }) => length)).toEqual(Array.from({ length: 12 }, (_, t) => t + 1))
    expect(seen.at(-1)).toEqual([...ids])
  })
})

describe('scores', () => {
  it('are those of the model for any tokens, in place', async () => {
    const { sampler } = await open({ dialect: 'vllm', endless: true })
    const items = ['ab', '', 'c é🙂'].map((text) => ({
      context: encode('a'),
      ids: encode(text),
      want: ['top-2' as const],
    }))
    const scored = await sampler.score(items)
    expect(scored.map(({ stop, logprobs }) => [stop, logprobs.length])).toEqual([
      ['stop', 2],
      ['stop', 0],
      ['stop', 4],
    ])
    for (const [i, { ids, logprobs, top }] of scored.entries()) {
      const expected = fakeScore([...items[i].context], [...ids], { endless: true })
      expect(largestDifference(logprobs, expected)).toBeLessThan(1e-6)
      for (const { ids: likely } of top ?? []) expect(likely).toHaveLength(2)
    }
    const [sample] = (await collect(sampler, [ask('abc')]))[0]
    const [again] = await sampler.score([{ context: encode('abc'), ids: sample.ids }])
    expect(again.logprobs).toEqual(sample.logprobs)
  })

  it('come from an echo where a server has nothing else', async () => {
    const { server, sampler } = await open({ dialect: 'vllm', endless: true }, { assume: { promptLogprobs: 'echo' } })
    const [scored] = await sampler.score([{ context: encode('abc'), ids: encode('deg'), want: ['top-2'] }])
    expect(server.asked[0].body).toMatchObject({ echo: true })
    const expected = fakeScore([...encode('abc')], [...encode('deg')], { endless: true })
    expect(largestDifference(scored.logprobs, expected)).toBeLessThan(1e-6)
    expect(scored.top!.map(({ ids }) => ids.length)).toEqual([2, 2, 2])
  })

  it('are refused with the reason where they cannot be had', async () => {
    const { sampler } = await open({ dialect: 'llamacpp' })
    await expect(sampler.score([])).rejects.toMatchObject({
      code: 'sampler/cannot',
      hint: expect.stringContaining('prompts'),
    })
  })
})

describe('requests', () => {
  it('say what servers would otherwise fill in from defaults of their own', async () => {
    const { server, sampler } = await open({ dialect: 'vllm' })
    await collect(sampler, [ask('abc')])
    expect(server.asked[0].body).toEqual({
      model: 'fake',
      prompt: [...encode('abc')],
      max_tokens: 12,
      temperature: 1,
      top_p: 1,
      top_k: -1,
      min_p: 0,
      repetition_penalty: 1,
      seed: expect.any(Number),
      return_token_ids: true,
      logprobs: 0,
    })
  })

  it('take many samples each where every one has a seed of its own, else one', async () => {
    const joint = await open({ dialect: 'vllm' })
    await collect(joint.sampler, [ask('abc', { n: 20 })])
    expect(joint.server.asked.map(({ body }) => body.n)).toEqual([16, 4])
    const single = await open({ dialect: 'llamacpp' })
    await collect(single.sampler, [ask('abc', { n: 3 })])
    expect(single.server.asked.map(({ body }) => body.n)).toEqual([undefined, undefined, undefined])
  })

  it.each<[string, Partial<SampleRequest>, string]>([
    ['no context', { context: new Int32Array(0) }, 'sampler/empty-context'],
    ['a token that does not exist', { context: Int32Array.of(3, 99) }, 'sampler/unknown-token'],
    ['a negative temperature', { temperature: -1 }, 'sampler/bad-option'],
    ['a share above one', { topP: 1.5 }, 'sampler/bad-option'],
    ['an empty stop string', { stop: [''] }, 'sampler/bad-stop'],
    ['entropies', { want: ['entropy'] }, 'sampler/cannot'],
    ['hidden states', { want: ['hidden'] }, 'sampler/cannot'],
  ])('with %s are refused at once, all of the call, with a hint', async (_name, wrong, code) => {
    const { server, sampler } = opened[0]
    server.forgetAsked()
    await expect(collect(sampler, [ask('abc'), ask('abc', wrong)])).rejects.toMatchObject({
      code,
      hint: expect.stringMatching(/\w/),
    })
    expect(server.asked.length).toBe(0)
    expect((await collect(sampler, [ask('abc')]))[0][0].stop).toBe('max')
  })

  it('with options that a server would ignore are refused', async () => {
    const { sampler } = await open({ dialect: 'openai' })
    const context = byteVocab.encode('abc')
    for (const wrong of [{ topK: 3 }, { minP: 0.1 }, { logitBias: new Map([[97, 1]]) }, { want: ['top-2'] as const }]) {
      await expect(collect(sampler, [{ context, maxTokens: 3, seed: 1, ...wrong }])).rejects.toMatchObject({
        code: 'sampler/cannot',
      })
    }
  })
})
