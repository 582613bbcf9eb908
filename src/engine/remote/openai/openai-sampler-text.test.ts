// Samples as texts, from servers that do not speak token ids, or from conversations.
import { afterAll, describe, expect, it } from 'vitest'
import type { SampleRequest } from '../../../contracts/index.ts'
import { collect } from '../../__fixtures__/tiny-model.ts'
import {
  type FakeOptions,
  type FakeServer,
  fakeOpenaiServer,
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

describe.each([
  ['completions of a strict server', { dialect: 'openai' }, {}],
  ['a server that only chats', { dialect: 'openai', chatOnly: true }, {}],
  ['the chat of a server like vLLM', { dialect: 'vllm' }, { endpoint: 'chat' }],
  ['completions without a tokenizer', { dialect: 'vllm' }, { tokenizer: undefined }],
  ['the chat of a server like llama.cpp', { dialect: 'llamacpp' }, { endpoint: 'chat' }],
] as const)('text from %s', async (_name, fake, options) => {
  const { sampler } = await open({ ...fake, endless: true, contextLimit: 500 }, options)
  const text = (context: string, more: Partial<SampleRequest> = {}): SampleRequest => ({
    context: byteVocab.encode(context),
    maxTokens: 20,
    seed: 3,
    ...more,
  })

  it('is bytes, with log-probabilities that are not numbers', async () => {
    expect(sampler.vocab).toBe(byteVocab)
    expect([...sampler.can]).toEqual(['stop', 'abort', 'seed'])
    const [[sample]] = await collect(sampler, [text('abc')])
    expect(sample.stop).toBe('max')
    expect(Array.from(sample.text)).toHaveLength(20)
    expect(byteVocab.decode(sample.ids)).toBe(sample.text)
    expect(sample.logprobs).toHaveLength(sample.ids.length)
    expect(sample.logprobs.every(Number.isNaN)).toBe(true)
  })

  it('is the same again with the same seed, sample by sample', async () => {
    const [few] = await collect(sampler, [text('abc', { n: 2 })])
    const [many] = await collect(sampler, [text('abc', { n: 5, signal: new AbortController().signal })])
    expect(many.slice(0, 2)).toEqual(few)
    expect(new Set(many.map((sample) => sample.text)).size).toBe(5)
  })

  it('ends with its stop string, which is kept', async () => {
    const [free] = await collect(sampler, [text('abc', { n: 6, maxTokens: 40 })])
    const stop = Array.from(free[0].text).slice(3, 5).join('')
    const [stopped] = await collect(sampler, [text('abc', { n: 6, maxTokens: 40, stop: [stop] })])
    expect(stopped[0]).toMatchObject({ stop: 'stop', stopHit: stop })
    stopped.forEach((sample, i) => {
      const at = free[i].text.indexOf(stop)
      expect(sample.text).toBe(at < 0 ? free[i].text : free[i].text.slice(0, at + stop.length))
      expect(sample.stop).toBe(at < 0 ? 'max' : 'stop')
    })
  })

  it('ends by itself', async () => {
    const ending = await open({ ...fake, contextLimit: 500 }, options)
    const [samples] = await collect(ending.sampler, [text('abc', { n: 12, maxTokens: 60 })])
    expect(samples.filter(({ stop }) => stop === 'eos').length).toBeGreaterThan(5)
    for (const { ids } of samples) expect(ids.every((id) => id < 256)).toBe(true)
  })
})

describe('a conversation', () => {
  it('is sent as its turns', async () => {
    const { server, sampler } = await open({ dialect: 'openai', chatOnly: true, contextLimit: 500 })
    const context = byteVocab.encode('<|system|>Be brief.<|user|>1+1?<|assistant|>')
    await collect(sampler, [{ context, maxTokens: 3, seed: 1, topP: 0.9 }])
    expect(server.asked[0].body).toMatchObject({
      model: 'fake',
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: '1+1?' },
      ],
      max_completion_tokens: 3,
      temperature: 1,
      top_p: 0.9,
    })
    const within = byteVocab.encode('<|user|>1+1?<|assistant|>It is')
    await expect(collect(sampler, [{ context: within, maxTokens: 3, seed: 1 }])).rejects.toMatchObject({
      code: 'sampler/cannot',
    })
  })

  it("continues the assistant's turn where the server can", async () => {
    const { server, sampler } = await open({ dialect: 'vllm', contextLimit: 500 }, { endpoint: 'chat' })
    const context = byteVocab.encode('<|user|>1+1?<|assistant|>It is')
    expect((await collect(sampler, [{ context, maxTokens: 3, seed: 1 }]))[0][0].error).toBeUndefined()
    expect(server.asked[0].body).toMatchObject({ continue_final_message: true, add_generation_prompt: false })
  })
})
