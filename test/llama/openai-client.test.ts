// Our client over llama.cpp, through its OpenAI-style front: what the probe finds, and the tokens and log-probabilities of
// the embedded engine, to llama.cpp's rounding.
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Sample, SampleRequest, Sampler } from '../../src/contracts/index.ts'
import { EmbeddedSampler, SamplerPrograms } from '../../src/engine/index.ts'
import { type OpenaiSampler, openaiSampler } from '../../src/engine/remote/openai/index.ts'
import { exportGguf } from '../../src/model/gguf/index.ts'
import { temporaryFolder } from '../e2e/gradus.ts'
import { describeWithLlama } from './describe-with-llama.ts'
import { type LlamaFront, startLlamaFront } from './llama-front.ts'
import { llamaModel, llamaTokenizers } from './models.ts'

describeWithLlama('the OpenAI client over llama.cpp', () => {
  const folder = temporaryFolder()
  const tokenizer = llamaTokenizers['byte-level, cut like Qwen2']()
  const model = llamaModel('qwen3', tokenizer)
  const embedded = new EmbeddedSampler(model, model.arena, new SamplerPrograms(model))
  let front: LlamaFront
  let remote: OpenaiSampler
  beforeAll(async () => {
    const path = join(folder, 'client.gguf')
    await exportGguf(model.config, model.arena, tokenizer, path)
    front = await startLlamaFront(path)
    remote = await openaiSampler({ url: front.url, tokenizer })
  })
  afterAll(() => Promise.all([remote?.dispose(), embedded.dispose()]).then(() => front?.close()))

  const ask = (more: Partial<SampleRequest> = {}): SampleRequest => ({
    context: tokenizer.encode('The quick'),
    maxTokens: 12,
    seed: 7,
    ...more,
  })
  const samplesOf = async (sampler: Sampler, request: SampleRequest): Promise<readonly Sample[]> => {
    const samples: Sample[] = []
    for await (const { index, sample } of sampler.sample([request])) samples[index] = sample
    return samples
  }
  it('finds token ids both ways, log-probabilities and seeds', () => {
    expect(remote.can).toContain('ids')
    expect(remote.can).toContain('logprobs')
    expect(remote.probe.facts.model).toBe('client.gguf')
  })

  it('gives the log-probabilities that the embedded engine gives its samples, also of cooler ones', async () => {
    const request = ask({ n: 3, temperature: 0.7, topP: 0.9 })
    const samples = await samplesOf(remote, request)
    const scored = await embedded.score(samples.map(({ ids }) => ({ context: request.context, ids })))
    const differences = samples.flatMap(({ logprobs }, i) =>
      Array.from(logprobs, (logprob, t) => Math.abs(logprob - scored[i].logprobs[t])),
    )
    expect(samples.map(({ text }) => text)).toEqual(samples.map(({ ids }) => tokenizer.decode(ids)))
    expect(differences).toHaveLength(36)
    expect(Math.max(...differences)).toBeLessThan(1e-3)
  })

  it('takes the likeliest tokens where the embedded engine does', async () => {
    const [[ours], [theirs]] = [
      await samplesOf(embedded, ask({ temperature: 0 })),
      await samplesOf(remote, ask({ temperature: 0 })),
    ]
    expect([...theirs.ids]).toEqual([...ours.ids])
    expect([theirs.text, theirs.stop]).toEqual([ours.text, ours.stop])
  })

  it('gives several samples, the same again for the same seed, and ends at a stop string', async () => {
    const group = await samplesOf(remote, ask({ n: 4, maxTokens: 24 }))
    expect(await samplesOf(remote, ask({ n: 4, maxTokens: 24 }))).toEqual(group)
    expect(new Set(group.map(({ text }) => text)).size).toBeGreaterThan(1)
    const stop = group[0].text.slice(8, 10)
    const [stopped] = await samplesOf(remote, ask({ maxTokens: 24, stop: [stop] }))
    expect(stopped).toMatchObject({ stop: 'stop', stopHit: stop })
    expect(group[0].text.startsWith(stopped.text.slice(0, 8))).toBe(true)
  })
})
