// Whole files: every number is where llama.cpp looks for it, and a failure leaves nothing behind.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { charTokenizer } from '../../text/index.ts'
import { randomWeights, tinyConfigs, tinyNames } from '../__fixtures__/tiny-model.ts'
import { ropeTables } from '../rope.ts'
import { readGguf } from './__fixtures__/read-gguf.ts'
import { exportGguf } from './export.ts'
import { ggufTensors } from './tensors.ts'

const folder = mkdtempSync(join(tmpdir(), 'gguf-'))
afterAll(() => rmSync(folder, { recursive: true }))
const path = join(folder, 'deep', 'x.gguf')
// 19 tokens, as the tiny models have.
const tokenizer = { ...charTokenizer('abcdefghijklmnop'), chatTemplate: '{{ bos_token }}', prependsBos: true }

describe('exportGguf', () => {
  it.each(tinyNames)('writes every tensor of %s, rows in their order', async (name) => {
    const config = tinyConfigs[name]
    const arena = randomWeights(config, name)
    const { sizeBytes, tensors } = await exportGguf(config, arena, tokenizer, path)
    const bytes = readFileSync(path)
    expect(bytes.length).toBe(sizeBytes)
    const file = readGguf(bytes)
    expect(file.tensors.size).toBe(tensors)
    for (const { name, shape, data, rowOrder } of ggufTensors(config, arena)) {
      const found = file.tensors.get(name)
      expect(found?.shape).toEqual([...shape])
      const columns = data.length / shape[0]
      const rows = Array.from({ length: shape[0] }, (_, row) => rowOrder?.[row] ?? row)
      const wanted = rows.flatMap((row) => [...data.subarray(row * columns, (row + 1) * columns)])
      expect([...(found?.values ?? [])]).toEqual(wanted)
    }
  })

  it('says what the model looks like', async () => {
    const config = { ...tinyConfigs['phi3-longrope'], otherEosIds: [3, 4, 5] }
    const { notes } = await exportGguf(config, randomWeights(config, 'x'), tokenizer, path, { name: 'mine' })
    const { version, metadata } = readGguf(readFileSync(path))
    expect(version).toBe(3)
    expect(Object.fromEntries(metadata)).toMatchObject({
      'general.architecture': 'phi3',
      'general.name': 'mine',
      'general.file_type': 0,
      'general.alignment': 32,
      'phi3.vocab_size': 19,
      'phi3.context_length': 48,
      'phi3.embedding_length': 24,
      'phi3.block_count': 2,
      'phi3.feed_forward_length': 20,
      'phi3.attention.head_count': 4,
      'phi3.attention.head_count_kv': 2,
      'phi3.attention.key_length': 6,
      'phi3.attention.layer_norm_rms_epsilon': Math.fround(1e-6),
      'phi3.attention.sliding_window': 0,
      'phi3.rope.dimension_count': 4,
      'phi3.rope.freq_base': 100,
      'phi3.rope.scaling.type': 'longrope',
      'phi3.rope.scaling.original_context_length': 16,
      'phi3.rope.scaling.attn_factor': ropeTables(config, 1).cos[0],
      'tokenizer.ggml.model': 'gpt2',
      'tokenizer.ggml.bos_token_id': 2,
      'tokenizer.ggml.eos_token_id': 1,
      'tokenizer.ggml.eot_token_id': 3,
      'tokenizer.ggml.eom_token_id': 4,
      'tokenizer.ggml.padding_token_id': 0,
      'tokenizer.ggml.add_bos_token': true,
      'tokenizer.chat_template': '{{ bos_token }}',
    })
    expect(notes).toEqual([expect.stringContaining('may not stop at c')])
  })

  it('gives the same bytes again, and fewer in smaller formats', async () => {
    const config = { ...tinyConfigs.llama, hiddenSize: 64, headDim: 16, feedForward: 32 }
    const arena = randomWeights(config, 'again')
    const sizes = []
    for (const dtype of ['f32', 'f16', 'q8_0'] as const) {
      const { sizeBytes } = await exportGguf(config, arena, tokenizer, path, { dtype })
      const bytes = readFileSync(path)
      await exportGguf(config, arena, tokenizer, path, { dtype })
      expect(readFileSync(path).equals(bytes)).toBe(true)
      sizes.push(sizeBytes)
      const { tensors } = readGguf(bytes)
      const types = { f32: 0, f16: 1, q8_0: 8 } as const
      expect(tensors.get('blk.0.attn_q.weight')?.type).toBe(types[dtype])
      expect(tensors.get('blk.0.attn_norm.weight')?.type).toBe(0)
    }
    expect(sizes.toSorted((a, b) => b - a)).toEqual(sizes)
    const narrow = { ...config, feedForward: 40 }
    const { notes } = await exportGguf(narrow, randomWeights(narrow, 'x'), tokenizer, path, { dtype: 'q8_0' })
    expect(notes).toEqual(['2 matrices stay f32: their rows are not multiples of 32'])
  })

  it('leaves the file that was there, and no other, when a number does not fit', async () => {
    const config = tinyConfigs.qwen3
    const arena = randomWeights(config, 'broken')
    await exportGguf(config, arena, tokenizer, path)
    const before = readFileSync(path)
    arena.view('lm_head.weight')[3] = 1e6
    const failing = exportGguf(config, arena, tokenizer, path, { dtype: 'f16' })
    await expect(failing).rejects.toMatchObject({
      code: 'model/f16-overflow',
      message: expect.stringContaining('output'),
    })
    expect(readFileSync(path).equals(before)).toBe(true)
    expect(readdirSync(join(folder, 'deep'))).toEqual(['x.gguf'])
  })
})
