// Writes a decoder as one ONNX file with its weights inside, with the inputs and outputs that transformers.js expects of
// text-generation models. Writes no configuration and no tokenizer, and no half precision or quantised variants.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { writeError, writeFileAtomic } from '../../base/atomic-file.ts'
import { GradusError } from '../../base/error.ts'
import { cast, emit, input, type Tensor } from '../../tensor/index.ts'
import type { ModelConfig } from '../config.ts'
import { decode, logitsOf } from '../decoder.ts'
import type { WeightArena } from '../weight-arena.ts'
import { growingCache, placeMask } from './growing-cache.ts'
import { exportedRope } from './rope.ts'
import { exportedWeights } from './weights.ts'

/** How to export. */
export interface ExportOptions {
  /** Positions that the file has rotary tables for; all of the model's when left out. */
  readonly contextLimit?: number
}

/** What one protocol-buffer message can hold. */
const LARGEST_FILE = 2 ** 31 - 1

// transformers.js knows the batch size by this name only, and takes every other named size of an empty cache as 0.
const BATCH = 'batch_size'
const TIME = 'sequence_length'
const PAST = 'past_sequence_length'
const PLACES = `(${PAST}+${TIME})`

/**
 * The model as ONNX bytes. Inputs (int64): `input_ids` [B, T], `attention_mask` [B, S + T], `position_ids` [B, T]; and
 * `past_key_values.L.key|value` [B, K, S, W]. Outputs: `logits` [B, T, V] and `present.L.key|value` [B, K, S + T, W].
 * @throws `model/too-large` beyond 2 GiB
 */
export function onnxBytes(config: ModelConfig, arena: WeightArena, options: ExportOptions = {}): Uint8Array {
  const { contextLimit = config.maxPositions } = options
  const rope = exportedRope(config, contextLimit)
  checkSize(4 * (arena.count + 2 * rope.tables.cos.length))
  const { weights, numbers } = exportedWeights(config, arena)
  numbers.set('rope.cos', rope.tables.cos).set('rope.sin', rope.tables.sin)

  const tables = [rope.tables.positions, rope.tables.half]
  const whole = (name: string, places: string): Tensor => cast(input(name, [BATCH, places], 'int64'), 'int32')
  const stream = {
    ids: whole('input_ids', TIME),
    positions: rope.rows(whole('position_ids', TIME)),
    cos: input('rope.cos', tables),
    sin: input('rope.sin', tables),
  }
  const past = { keys: cached(config, 'key'), values: cached(config, 'value') }
  const cache = growingCache(past, placeMask(input('attention_mask', [BATCH, PLACES], 'int64'), TIME))
  const { hidden } = decode(config, weights, stream, cache.attend)

  const outputs: Record<string, Tensor> = { logits: logitsOf(config, weights, hidden) }
  for (let layer = 0; layer < config.layers; layer++) {
    outputs[`present.${layer}.key`] = cache.keys[layer]
    outputs[`present.${layer}.value`] = cache.values[layer]
  }
  return emit(outputs, { initializers: numbers }).bytes
}

/**
 * Writes `onnx/model.onnx` into a model folder: float32, which transformers.js loads as `dtype: 'fp32'`.
 * @throws `model/too-large`, `store/disk-full`, `store/not-writable`
 */
export async function exportOnnx(
  config: ModelConfig,
  arena: WeightArena,
  folder: string,
  options: ExportOptions = {},
): Promise<void> {
  const bytes = onnxBytes(config, arena, options)
  const path = join(folder, 'onnx', 'model.onnx')
  try {
    await mkdir(join(folder, 'onnx'), { recursive: true })
  } catch (error) {
    throw writeError(error, path)
  }
  writeFileAtomic(path, bytes)
}

function cached({ layers, kvHeads, headDim }: ModelConfig, kind: 'key' | 'value'): Tensor[] {
  return Array.from({ length: layers }, (_, layer) =>
    input(`past_key_values.${layer}.${kind}`, [BATCH, kvHeads, PAST, headDim]),
  )
}

function checkSize(sizeBytes: number): void {
  if (sizeBytes < LARGEST_FILE) return
  throw new GradusError(
    'model/too-large',
    `${(sizeBytes / 2 ** 30).toFixed(1)} GiB of weights do not fit into one ONNX file`,
    {
      hint: 'Export a model of less than 2 GiB in float32, or convert the Hugging Face folder with Optimum.',
    },
  )
}
