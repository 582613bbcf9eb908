// A folder with our configuration, tokenizer and exported ONNX file, opened by transformers.js as a user would: it must
// generate what our own sampler generates. And the same file in the WebAssembly runtime that transformers.js has in a browser.
// Needs no Python.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AutoModelForCausalLM, AutoTokenizer, env, type Tensor } from '@huggingface/transformers'
import * as native from 'onnxruntime-node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stream } from '../../src/base/rng.ts'
import { saveModel } from '../../src/engine/checkpoint.ts'
import { embeddedModel } from '../../src/engine/embedded-model.ts'
import { EmbeddedSampler } from '../../src/engine/embedded-sampler.ts'
import { SamplerPrograms } from '../../src/engine/sampler-programs.ts'
import { randomWeights, type TinyName, tinyConfigs } from '../../src/model/__fixtures__/tiny-model.ts'
import type { ModelConfig } from '../../src/model/config.ts'
import { exportOnnx } from '../../src/model/onnx-export/index.ts'
import type { WeightArena } from '../../src/model/weight-arena.ts'
import { charTokenizer } from '../../src/text/index.ts'

const NEW_TOKENS = 24
const tokenizer = charTokenizer('0123456789+-*/=\n')
const prompts = ['12+30=', '7*8-1+20=', '5', '9/3\n4-', '==6', '0*0+1-23']
const names = ['llama', 'llama-untied-biases', 'llama-llama3-rope', 'qwen2', 'qwen3', 'phi3'] as const

function modelOf(name: TinyName): { config: ModelConfig; arena: WeightArena } {
  const config: ModelConfig = { ...tinyConfigs[name], vocabSize: tokenizer.size }
  return { config, arena: randomWeights(config, name) }
}

const root = mkdtempSync(join(tmpdir(), 'parity-onnx-'))
beforeAll(async () => {
  for (const name of names) {
    const { config, arena } = modelOf(name)
    await saveModel(join(root, name), embeddedModel(config, arena, tokenizer))
    await exportOnnx(config, arena, join(root, name))
  }
  env.allowRemoteModels = false
  env.localModelPath = root
})
afterAll(() => rmSync(root, { recursive: true }))

/** Greedy completions of our sampler, up to the end-of-sequence token. */
async function ours(name: TinyName): Promise<number[][]> {
  const { config, arena } = modelOf(name)
  const model = embeddedModel(config, arena, tokenizer)
  const programs = new SamplerPrograms(model)
  const sampler = new EmbeddedSampler(model, arena, programs)
  const completions: number[][] = []
  const requests = prompts.map((prompt) => ({
    context: tokenizer.encode(prompt),
    maxTokens: NEW_TOKENS,
    temperature: 0,
    seed: 1,
  }))
  for await (const { request, sample } of sampler.sample(requests)) completions[request] = [...sample.ids]
  await sampler.dispose()
  await programs.dispose()
  return completions
}

/** Greedy completions of transformers.js, all prompts in one batch, padded on the left. */
async function theirs(name: TinyName): Promise<number[][]> {
  const reader = await AutoTokenizer.from_pretrained(name)
  reader.padding_side = 'left'
  const model = await AutoModelForCausalLM.from_pretrained(name, { dtype: 'fp32' })
  const inputs = reader(prompts, { padding: true, add_special_tokens: false }) as { input_ids: Tensor }
  const output = (await model.generate({ ...inputs, max_new_tokens: NEW_TOKENS, do_sample: false })) as Tensor
  await model.dispose()
  return (output.tolist() as bigint[][]).map((row) => {
    const completion = row.slice(inputs.input_ids.dims[1]).map(Number)
    // It goes on with a row that has ended until all have.
    const end = completion.indexOf(tokenizer.eos)
    return end < 0 ? completion : completion.slice(0, end + 1)
  })
}

describe('an exported model in transformers.js', () => {
  it.each(names)('generates the tokens of our sampler: %s', async (name) => {
    const [expected, found] = [await ours(name), await theirs(name)]
    expect(found).toEqual(expected)
    // Models that repeat one token would agree by accident.
    expect(new Set(expected.flat()).size).toBeGreaterThan(4)
    expect(expected.flat().length).toBeGreaterThan(NEW_TOKENS)
  })
})

/** What both builds of ONNX Runtime have. */
type Runtime = Pick<typeof native, 'InferenceSession' | 'Tensor'>

async function firstLogits(
  { InferenceSession, Tensor }: Runtime,
  file: Uint8Array,
  provider: string,
): Promise<Float32Array> {
  const session = await InferenceSession.create(file, { executionProviders: [provider] })
  const rng = stream('onnx-export', 'ids')
  const batch = [3, 5]
  const int64 = (value: () => number) =>
    new Tensor(
      'int64',
      BigInt64Array.from({ length: 15 }, () => BigInt(value())),
      batch,
    )
  let place = 0
  const feeds: Record<string, native.Tensor> = {
    input_ids: int64(() => rng.int(tokenizer.size)),
    attention_mask: int64(() => 1),
    position_ids: int64(() => place++ % 5),
  }
  for (const meta of session.inputMetadata) {
    if (!meta.isTensor || feeds[meta.name]) continue
    const dims = meta.shape.map((dim) => (typeof dim === 'number' ? dim : dim === 'batch_size' ? 3 : 0))
    feeds[meta.name] = new Tensor('float32', new Float32Array(0), dims)
  }
  const { logits } = await session.run(feeds)
  await session.release()
  return logits.data as Float32Array
}

describe('an exported model in ONNX Runtime for the web', () => {
  const require = createRequire(createRequire(import.meta.url).resolve('@huggingface/transformers'))
  const web = require('onnxruntime-web') as Runtime

  it.each(names)('has only operators that the WebAssembly build knows, and computes the same: %s', async (name) => {
    const file = readFileSync(join(root, name, 'onnx', 'model.onnx'))
    const expected = await firstLogits(native, file, 'cpu')
    const found = await firstLogits(web, file, 'wasm')
    const difference = found.reduce((most, value, i) => Math.max(most, Math.abs(value - expected[i])), 0)
    expect(found.length).toBe(3 * 5 * tokenizer.size)
    expect(difference).toBeLessThan(1e-4)
  })
})
