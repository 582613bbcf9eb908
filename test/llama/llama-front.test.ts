// The OpenAI-style front over llama.cpp: the same tokens and log-probabilities as the embedded engine with the same seed.
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { EmbeddedSampler, SamplerPrograms } from '../../src/engine/index.ts'
import { exportGguf } from '../../src/model/gguf/index.ts'
import { temporaryFolder } from '../e2e/gradus.ts'
import { describeWithLlama } from './describe-with-llama.ts'
import { type LlamaFront, startLlamaFront } from './llama-front.ts'
import { llamaModel, llamaTokenizers } from './models.ts'

interface Choice {
  readonly index: number
  readonly text: string
  readonly finish_reason: string | null
  readonly logprobs: { readonly content: readonly { id: number; logprob: number | null; top_logprobs: unknown[] }[] }
}

describeWithLlama('the front over llama.cpp', () => {
  const folder = temporaryFolder()
  const tokenizer = llamaTokenizers['byte-level, cut like Qwen2']()
  const model = llamaModel('qwen3', tokenizer)
  const sampler = new EmbeddedSampler(model, model.arena, new SamplerPrograms(model))
  const prompt = [...tokenizer.encode('The quick')]
  let front: LlamaFront
  beforeAll(async () => {
    const path = join(folder, 'front.gguf')
    await exportGguf(model.config, model.arena, tokenizer, path)
    front = await startLlamaFront(path)
  })
  afterAll(() => Promise.all([front?.close(), sampler.dispose()]))

  const post = (body: unknown): Promise<Response> =>
    fetch(`${front.url}/completions`, { method: 'POST', body: JSON.stringify(body) })
  const choicesOf = async (body: unknown): Promise<Choice[]> => {
    const response = await post(body)
    expect(response.status).toBe(200)
    return ((await response.json()) as { choices: Choice[] }).choices
  }

  it('lists its model', async () => {
    const listed = (await (await fetch(`${front.url}/models`)).json()) as { data: unknown[] }
    expect(listed.data).toMatchObject([{ id: 'front.gguf', meta: { n_ctx: 512 } }])
  })

  it('samples what the embedded engine samples from the same seed', async () => {
    const options = { temperature: 0.8, topP: 0.9 }
    const ours: { ids: number[]; logprobs: number[] }[] = []
    const request = { context: Int32Array.from(prompt), maxTokens: 12, n: 3, seed: 7, ...options }
    for await (const { index, sample } of sampler.sample([request])) {
      ours[index] = { ids: [...sample.ids], logprobs: [...sample.logprobs] }
    }
    const body = { prompt, max_tokens: 12, n: 3, seed: 7, temperature: 0.8, top_p: 0.9, logprobs: 2 }
    const theirs = await choicesOf(body)
    expect(theirs.map(({ logprobs }) => logprobs.content.map(({ id }) => id))).toEqual(ours.map(({ ids }) => ids))
    const differences = theirs.flatMap(({ index, logprobs }) =>
      logprobs.content.map(({ logprob }, t) => Math.abs(logprob! - ours[index].logprobs[t])),
    )
    expect(Math.max(...differences)).toBeLessThan(1e-3)
    expect(theirs[0].logprobs.content[0].top_logprobs).toHaveLength(2)
  })

  it('streams the text that it gives at once', async () => {
    const body = { prompt: 'naïve 12', max_tokens: 20, seed: 3, logprobs: 1 }
    const [whole] = await choicesOf(body)
    const events = (await (await post({ ...body, stream: true })).text()).split('\n\n').filter((line) => line !== '')
    expect(events.at(-1)).toBe('data: [DONE]')
    const pieces = events.slice(0, -1).flatMap((line) => (JSON.parse(line.slice(6)) as { choices: Choice[] }).choices)
    expect(pieces.map(({ text }) => text).join('')).toBe(whole.text)
    expect(pieces.flatMap(({ logprobs }) => logprobs.content)).toEqual(whole.logprobs.content)
    expect(pieces.at(-1)?.finish_reason).toBe(whole.finish_reason)
  })

  it('echoes a prompt with its log-probabilities, and ends before a stop string', async () => {
    const [echoed] = await choicesOf({ prompt, max_tokens: 0, echo: true, logprobs: 1 })
    const [{ logprobs }] = await sampler.score([
      { context: Int32Array.from(prompt.slice(0, 1)), ids: Int32Array.from(prompt.slice(1)) },
    ])
    expect(echoed.text).toBe('The quick')
    expect(echoed.logprobs.content[0].logprob).toBeNull()
    echoed.logprobs.content.slice(1).forEach(({ logprob }, t) => {
      expect(logprob).toBeCloseTo(logprobs[t], 3)
    })
    const [free] = await choicesOf({ prompt, max_tokens: 30, seed: 5 })
    const stop = free.text.slice(10, 12)
    const [stopped] = await choicesOf({ prompt, max_tokens: 30, seed: 5, stop: [stop] })
    expect(stopped).toMatchObject({ text: free.text.slice(0, free.text.indexOf(stop)), finish_reason: 'stop' })
  })

  it('refuses what it cannot read', async () => {
    expect((await post({ prompt: [9999] })).status).toBe(400)
    expect((await post({ prompt: 3 })).status).toBe(400)
    expect((await fetch(`${front.url}/nothing`)).status).toBe(404)
  })
})
