// Tokens as they are drawn, requests that are given up, and models with more rows of weights than their tokenizer has tokens.
import { describe, expect, it } from 'vitest'
import type { SampleSoFar } from '../contracts/sample.ts'
import {
  collect,
  largestDifference,
  RunCounter,
  tinyConfig,
  tinyModel,
  tinySampler,
  tinyTokenizer,
} from './__fixtures__/tiny-model.ts'

const context = tinyTokenizer.encode('abc')

describe('onTokens', () => {
  it('shows every sample after each token, and in the end all that is delivered', async () => {
    const sampler = tinySampler(tinyModel())
    const seen: SampleSoFar[][] = [[], [], []]
    const [samples] = await collect(sampler, [
      {
        ...{ context, n: 3, maxTokens: 12, seed: 4, want: ['top-2'] },
        onTokens: (index, soFar) => seen[index].push(soFar),
      },
    ])
    samples.forEach((sample, index) => {
      expect(seen[index].map(({ ids }) => ids.length)).toEqual(Array.from(sample.ids, (_, t) => t + 1))
      seen[index].forEach(({ ids, logprobs, top }, t) => {
        expect(ids).toEqual(sample.ids.slice(0, t + 1))
        expect(logprobs).toEqual(sample.logprobs.slice(0, t + 1))
        expect(top!.slice(0, t + 1)).toEqual(sample.top!.slice(0, t + 1))
      })
    })
    expect(samples.some(({ stop }) => stop === 'eos')).toBe(true)
    await sampler.dispose()
  })

  it('changes nothing about the samples, and gives no likely tokens that were not asked for', async () => {
    const sampler = tinySampler(tinyModel({ endless: true }))
    const request = { context, n: 2, maxTokens: 9, seed: 4 }
    const keys: string[][] = []
    const onTokens = (_: number, soFar: SampleSoFar): number => keys.push(Object.keys(soFar))
    const [watched] = await collect(sampler, [{ ...request, onTokens }])
    expect(watched).toEqual((await collect(sampler, [request]))[0])
    expect(new Set(keys.flat())).toEqual(new Set(['ids', 'logprobs']))
    await sampler.dispose()
  })

  it('ends only its own sample when it throws', async () => {
    const sampler = tinySampler(tinyModel({ endless: true }))
    const [samples] = await collect(sampler, [
      {
        ...{ context, n: 2, maxTokens: 6, seed: 4 },
        onTokens: (index, { ids }) => {
          if (index === 1 && ids.length === 3) throw new Error('no more')
        },
      },
    ])
    expect(samples.map(({ stop }) => stop)).toEqual(['max', 'error'])
    expect(samples[1].error).toBe('no more')
    await sampler.dispose()
  })
})

describe('an aborted request', () => {
  it('that still waits is delivered as such, without its context being computed', async () => {
    const observer = new RunCounter()
    const sampler = tinySampler(tinyModel({ endless: true, observer }), { maxRows: 1 })
    const alone = { context, maxTokens: 5, seed: 1 }
    await collect(sampler, [alone])
    sampler.forget()
    const runs = observer.runs
    const waiting = Array.from({ length: 4 }, (_, i) => ({
      context: tinyTokenizer.encode('m'.repeat(i + 1)),
      ...{ maxTokens: 5, seed: 1, signal: AbortSignal.abort() },
    }))
    const samples = (await collect(sampler, [alone, ...waiting])).flat()
    expect(samples.map(({ stop }) => stop)).toEqual(['max', 'abort', 'abort', 'abort', 'abort'])
    expect(observer.runs - runs).toBe(runs)
    await sampler.dispose()
  })
})

describe('a model with more rows than its tokenizer has tokens', () => {
  it('reads every row of a batch where it begins: samples agree with scoring', async () => {
    const model = tinyModel({ endless: true, config: { ...tinyConfig, vocabSize: 20 } })
    const sampler = tinySampler(model)
    const [samples] = await collect(sampler, [{ context, n: 3, maxTokens: 10, seed: 2 }])
    const scored = await sampler.score(samples.map(({ ids }) => ({ context, ids })))
    const drawn = samples.flatMap(({ logprobs }) => [...logprobs])
    const given = scored.flatMap(({ logprobs }) => [...logprobs])
    expect(largestDifference(drawn, given)).toBeLessThan(1e-4)
    await sampler.dispose()
  })

  it('scores every row where it begins: likely tokens and entropies agree with those of sampling', async () => {
    const model = tinyModel({ endless: true, config: { ...tinyConfig, vocabSize: 20 } })
    const sampler = tinySampler(model)
    const want = ['top-3', 'entropy'] as const
    const [[sample]] = await collect(sampler, [{ context, maxTokens: 8, seed: 2, want }])
    const [scored] = await sampler.score([{ context, ids: sample.ids, want }])
    expect(scored.top!.map(({ ids }) => [...ids])).toEqual(sample.top!.map(({ ids }) => [...ids]))
    expect(largestDifference([...scored.entropy!], [...sample.entropy!])).toBeLessThan(1e-4)
    await sampler.dispose()
  })
})
