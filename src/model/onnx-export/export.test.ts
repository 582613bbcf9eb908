// The exported file, run by ONNX Runtime as others run it, against the decoder that the engine runs. That transformers.js
// takes it is for test/parity.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as ort from 'onnxruntime-node'
import { afterAll, describe, expect, it } from 'vitest'
import { naiveLogits } from '../__fixtures__/naive-decoder.ts'
import { largestDifference, rowLogits } from '../__fixtures__/run-decoder.ts'
import { randomWeights, tinyConfigs, tinyNames } from '../__fixtures__/tiny-model.ts'
import type { ModelConfig } from '../config.ts'
import type { WeightArena } from '../weight-arena.ts'
import { exportOnnx, onnxBytes } from './index.ts'

const TOLERANCE = 2e-5
const long = [2, 5, 3, 7, 11, 4, 18, 9, 6]
const short = [2, 8, 16, 3]

/** A session that keeps keys and values between calls, as transformers.js does. */
class Decoder {
  readonly #session: ort.InferenceSession
  #past: Record<string, ort.Tensor> = {}

  constructor(session: ort.InferenceSession) {
    this.#session = session
  }

  /** Feeds tokens [B][T] under an attention mask [B][S + T]; gives the logits of row `row`, flat. */
  async step(ids: readonly number[][], mask: readonly number[][], row: number): Promise<Float32Array> {
    const positions = mask.map((m, b) => m.map((_, s) => (m[s] === 0 ? 1 : sumOf(m.slice(0, s)))).slice(-ids[b].length))
    const feeds: Record<string, ort.Tensor> = {
      input_ids: int64(ids),
      attention_mask: int64(mask),
      position_ids: int64(positions),
    }
    for (const meta of this.#session.inputMetadata) {
      if (!meta.isTensor || !meta.name.startsWith('past_key_values')) continue
      // An empty cache: the batch size by its name, other named sizes 0.
      const dims = meta.shape.map((dim) => (typeof dim === 'number' ? dim : dim === 'batch_size' ? ids.length : 0))
      feeds[meta.name] = this.#past[meta.name] ?? new ort.Tensor('float32', new Float32Array(0), dims)
    }
    const { logits, ...present } = await this.#session.run(feeds)
    this.#past = Object.fromEntries(
      Object.entries(present).map(([key, x]) => [key.replace('present', 'past_key_values'), x]),
    )
    const [, time, vocab] = logits.dims
    return (logits.data as Float32Array).slice(row * time * vocab, (row + 1) * time * vocab)
  }
}

const sumOf = (x: readonly number[]): number => x.reduce((a, b) => a + b, 0)
const int64 = (rows: readonly number[][]): ort.Tensor =>
  new ort.Tensor('int64', BigInt64Array.from(rows.flat(), BigInt), [rows.length, rows[0].length])

async function decoderOf(config: ModelConfig, arena: WeightArena): Promise<Decoder> {
  const options = { intraOpNumThreads: 1, logSeverityLevel: 3 as const }
  return new Decoder(await ort.InferenceSession.create(onnxBytes(config, arena), options))
}

const ones = (count: number): number[] => new Array<number>(count).fill(1)
const padding = long.length - short.length
const paddedShort = [...new Array<number>(padding).fill(0), ...short]
const shortMask = [...new Array<number>(padding).fill(0), ...ones(short.length)]

describe('an exported decoder', () => {
  // Longrope chooses its factors by itself; it has a test of its own.
  it.each(tinyNames.filter((name) => name !== 'phi3-longrope'))(
    'gives the logits of ours, also with left padding: %s',
    async (name) => {
      const config = tinyConfigs[name]
      const arena = randomWeights(config, name)
      const [ours, oursShort] = await rowLogits(config, arena, [long, short])
      const batch = [[...long], paddedShort]
      const mask = [ones(long.length), shortMask]
      const found = await (await decoderOf(config, arena)).step(batch, mask, 0)
      expect(largestDifference(found, ours)).toBeLessThan(TOLERANCE)
      const foundShort = await (await decoderOf(config, arena)).step(batch, mask, 1)
      expect(largestDifference(foundShort.subarray(padding * config.vocabSize), oursShort)).toBeLessThan(TOLERANCE)
    },
  )

  it('continues from keys and values, in pieces of any length and beside a padded row', async () => {
    const config = tinyConfigs.qwen2
    const arena = randomWeights(config, 'pieces')
    const [whole] = await rowLogits(config, arena, [long])
    const decoder = await decoderOf(config, arena)
    const pieces: Float32Array[] = []
    for (const [from, to] of [
      [0, 4],
      [4, 5],
      [5, 8],
      [8, 9],
    ]) {
      const other = paddedShort.slice(from, to)
      pieces.push(await decoder.step([long.slice(from, to), other], [ones(to), shortMask.slice(0, to)], 0))
    }
    expect(
      largestDifference(
        pieces.flatMap((piece) => [...piece]),
        whole,
      ),
    ).toBeLessThan(TOLERANCE)
  })

  it('takes longrope factors by the longest position of each call, as transformers does', async () => {
    const config = tinyConfigs['phi3-longrope']
    const original = config.ropeScaling.originalMaxPositions
    const arena = randomWeights(config, 'longrope')
    const ids = Array.from({ length: original + 1 }, (_, i) => (7 * i + 3) % config.vocabSize)
    for (const length of [original - 1, original, original + 1]) {
      const row = ids.slice(0, length)
      const found = await (await decoderOf(config, arena)).step([row], [ones(length)], 0)
      const expected = naiveLogits(config, arena, row, length <= original ? original : config.maxPositions)
      const wrong = naiveLogits(config, arena, row, length <= original ? config.maxPositions : original)
      expect(largestDifference(found, expected.flat()), String(length)).toBeLessThan(5e-5)
      expect(largestDifference(found, wrong.flat()), String(length)).toBeGreaterThan(1e-2)
    }
  })

  it('refuses what one file cannot hold, before it takes any memory', () => {
    const huge = { count: 2 ** 29, params: [] } as unknown as WeightArena
    expect(() => onnxBytes(tinyConfigs.llama, huge)).toThrow(expect.objectContaining({ code: 'model/too-large' }))
  })
})

describe('exportOnnx', () => {
  const folder = mkdtempSync(join(tmpdir(), 'export-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  it('writes onnx/model.onnx and nothing else', async () => {
    const config = tinyConfigs.llama
    const arena = randomWeights(config, 'file')
    await exportOnnx(config, arena, folder)
    expect(readdirSync(folder, { recursive: true }).sort()).toEqual(['onnx', join('onnx', 'model.onnx')])
    expect(readFileSync(join(folder, 'onnx', 'model.onnx')).equals(onnxBytes(config, arena))).toBe(true)
  })
})
