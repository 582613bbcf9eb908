// Exported models in llama.cpp: the same tokens, the same log-probabilities up to the number format, the same greedy
// samples. Exports of the library and one of the command line.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stream } from '../../src/base/rng.ts'
import { saveModel } from '../../src/engine/checkpoint.ts'
import { EmbeddedSampler, SamplerPrograms } from '../../src/engine/index.ts'
import { exportGguf, type GgufDtype } from '../../src/model/gguf/index.ts'
import type { Tokenizer } from '../../src/text/index.ts'
import { gradus, temporaryFolder } from '../e2e/gradus.ts'
import { describeWithLlama } from './describe-with-llama.ts'
import { LlamaModel } from './llama.ts'
import { llamaConfigs, llamaModel, llamaTexts, llamaTokenizers } from './models.ts'

/**
 * Differences of log-probabilities between -16 and -1.5: what rounding gives for f32, else about twice what was measured.
 * llama.cpp rounds activations as it finds the weights, so f16 and q8_0 differ by more than the rounding of weights.
 */
const tolerance = {
  f32: { mean: 1e-4, most: 1e-3 },
  f16: { mean: 6e-3, most: 0.04 },
  q8_0: { mean: 0.2, most: 1 },
} as const
const dtypes = Object.keys(tolerance) as GgufDtype[]

describeWithLlama('a GGUF file in llama.cpp', () => {
  const folder = temporaryFolder()
  const tokenizers = new Map<string, Tokenizer>()
  const tokenizerOf = (name: string): Tokenizer => {
    const found = tokenizers.get(name) ?? llamaTokenizers[name]()
    tokenizers.set(name, found)
    return found
  }

  describe.each(Object.keys(llamaTokenizers))('with a tokenizer %s', (name) => {
    const tokenizer = tokenizerOf(name)
    let llama: LlamaModel
    beforeAll(async () => {
      const { config, arena } = llamaModel('llama', tokenizer)
      const path = join(folder, 'tokenizer.gguf')
      await exportGguf(config, arena, tokenizer, path, { name: 'phi3' })
      llama = await LlamaModel.load(path)
    })
    afterAll(() => llama?.dispose())

    it('gives the tokens that Gradus gives', () => {
      const texts = llamaTexts(tokenizer)
      expect(texts.length).toBeGreaterThan(60)
      const differing = texts.filter((text) => String(llama.encode(text)) !== String([...tokenizer.encode(text)]))
      expect(differing.map((text) => [text, llama.encode(text), [...tokenizer.encode(text)]])).toEqual([])
    })

    it('gives the text of tokens back, and knows the roles of special ones', () => {
      const text = 'Hello, world: 12 + 3'
      expect(llama.decode(llama.encode(text))).toBe(text)
      expect(llama.decode([...llama.encode('a'), tokenizer.eos, ...llama.encode('b')]).replace(' ', '')).toBe('ab')
      expect([llama.eos, llama.bos, llama.prependsBos]).toEqual([tokenizer.eos, tokenizer.bos, false])
      expect(llama.isEnd(tokenizer.eos)).toBe(true)
      expect(llama.isEnd(tokenizer.pad)).toBe(false)
    })
  })

  describe.each(Object.keys(llamaConfigs))('of %s', (name) => {
    const tokenizer = tokenizerOf('byte-level, cut like Qwen2')
    const model = llamaModel(name, tokenizer)
    const sampler = new EmbeddedSampler(model, model.arena, new SamplerPrograms(model))
    const rng = stream('llama-tokens', name)
    const ids = Array.from({ length: 101 }, () => rng.int(tokenizer.size))
    afterAll(() => sampler.dispose())

    it.each(dtypes)('gives the log-probabilities of Gradus (%s)', async (dtype) => {
      const path = join(folder, `${dtype}.gguf`)
      await exportGguf(model.config, model.arena, tokenizer, path, { dtype })
      const llama = await LlamaModel.load(path, 512)
      const theirs = await llama.logprobs(ids)
      const scored = { context: Int32Array.of(ids[0]), ids: Int32Array.from(ids.slice(1)) }
      const [{ logprobs }] = await sampler.score([scored])
      const differences = ids.slice(1).map((id, t) => Math.abs(theirs[t][id] - logprobs[t]))
      const most = Math.max(...differences)
      const mean = differences.reduce((a, b) => a + b) / differences.length
      if (process.env.GRADUS_SHOW)
        console.log(`${name} ${dtype}: mean ${mean.toExponential(1)}, most ${most.toExponential(1)}`)
      expect(mean).toBeLessThan(tolerance[dtype].mean)
      expect(most).toBeLessThan(tolerance[dtype].most)
      if (dtype === 'f32') expect(await greedy(llama, ids.slice(0, 12), 32)).toEqual(await ours(ids.slice(0, 12), 32))
      await llama.dispose()
    })

    const ours = async (context: readonly number[], maxTokens: number): Promise<number[]> => {
      const request = { context: Int32Array.from(context), maxTokens, temperature: 0, seed: 0 }
      for await (const { sample } of sampler.sample([request])) return [...sample.ids]
      throw new Error('no sample')
    }
  })

  it('comes out of gradus export, and the name and the template are in it', async () => {
    const tokenizer = { ...tokenizerOf('characters of ASCII'), chatTemplate: '{{ messages[0].content }}' }
    const model = llamaModel('qwen3', tokenizer)
    await saveModel(join(folder, 'mine'), model)
    const out = join(folder, 'mine.gguf')
    const args = ['export', join(folder, 'mine'), '--to', 'gguf', '--dtype', 'q8_0', '--out', out]
    const ended = await gradus(...args, '--json')
    expect(ended.code, ended.err).toBe(0)
    expect(JSON.parse(ended.out)).toMatchObject({ out, to: 'gguf', dtype: 'q8_0', notes: [] })
    await exportGguf(model.config, model.arena, tokenizer, join(folder, 'again.gguf'), { dtype: 'q8_0', name: 'mine' })
    expect(readFileSync(out).equals(readFileSync(join(folder, 'again.gguf')))).toBe(true)
    const llama = await LlamaModel.load(out)
    expect(llama.encode('12+3<eos>')).toEqual([...tokenizer.encode('12+3<eos>')])
    await llama.dispose()
    expect((await gradus(...args)).err).toContain('error[usage/not-empty]')
  })
})

/** Tokens of the highest probability, as long as none ends the text. */
async function greedy(llama: LlamaModel, context: readonly number[], maxTokens: number): Promise<number[]> {
  const ids: number[] = []
  let row = (await llama.logprobs(context)).at(-1)!
  while (ids.length < maxTokens) {
    const id = row.indexOf(row.reduce((a, b) => Math.max(a, b)))
    ids.push(id)
    if (llama.isEnd(id)) break
    row = (await llama.next([id]))[0]
  }
  return ids
}
