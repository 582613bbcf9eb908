// Keys and values of the rows being decoded: per layer one [B, K, S, W] array for each, rows outermost so that the batch
// can shrink, S rounded up so that it grows seldom. Positions that a row has not filled are masked.
import type { ModelConfig } from '../model/config.ts'
import type { Numbers } from '../tensor/index.ts'
import { MASKED } from './micro-batch-feeds.ts'

/** Keys and values of one sequence: per layer [K, T, W]. */
export interface SequenceCache {
  /** T */
  readonly length: number
  readonly keys: readonly Float32Array[]
  readonly values: readonly Float32Array[]
}

/** Bytes of a sequence's keys and values. */
export const cacheBytes = (config: ModelConfig, length: number): number =>
  8 * config.layers * config.kvHeads * config.headDim * length

/** S grows in steps of this many places. */
const GRAIN = 32

/** The cache of a changing batch of rows. */
export class KvCache {
  readonly #config: ModelConfig
  #places = 0
  #rows = 0
  #keys: Float32Array[] = []
  #values: Float32Array[] = []
  #mask = new Float32Array(0)
  /** Tokens that each row holds. */
  lengths = new Int32Array(0)

  constructor(config: ModelConfig) {
    this.#config = config
  }

  /** S */
  get places(): number {
    return this.#places
  }

  /** Makes room for `rows` rows of `length` tokens, keeping the first `live` rows. */
  reserve(length: number, rows: number, live: number): void {
    if (length <= this.#places && rows <= this.#rows) return
    const { kvHeads, headDim, layers } = this.#config
    const before = this.#places * headDim
    this.#places = Math.max(this.#places, Math.ceil(length / GRAIN) * GRAIN)
    this.#rows = Math.max(rows, this.#rows)
    const after = this.#places * headDim
    const size = this.#rows * kvHeads * after
    for (const arrays of [this.#keys, this.#values])
      for (let layer = 0; layer < layers; layer++)
        arrays[layer] = spread(roomy(arrays[layer], size), live * kvHeads, before, after)
    if (this.lengths.length < this.#rows) {
      const lengths = new Int32Array(this.#rows)
      lengths.set(this.lengths)
      this.lengths = lengths
    }
    const maskSize = this.#rows * this.#places
    if (this.#mask.length < maskSize) this.#mask = new Float32Array(maskSize)
    for (let row = 0; row < live; row++) this.#setLength(row, this.lengths[row])
  }

  /** Forgets every row; the memory stays for the next batch. */
  reset(): void {
    this.#places = 0
    this.#rows = 0
  }

  /** Puts a sequence's keys and values into a row. Call {@link reserve} first. */
  fill(row: number, sequence: SequenceCache): void {
    const { kvHeads, headDim, layers } = this.#config
    const { length } = sequence
    for (let layer = 0; layer < layers; layer++)
      for (let head = 0; head < kvHeads; head++) {
        const from = head * length * headDim
        const to = (row * kvHeads + head) * this.#places * headDim
        this.#keys[layer].set(sequence.keys[layer].subarray(from, from + length * headDim), to)
        this.#values[layer].set(sequence.values[layer].subarray(from, from + length * headDim), to)
      }
    this.#setLength(row, length)
  }

  /** Adds one token's keys and values, per layer [B, K, 1, W], to each of the first `rows` rows. */
  append(keys: readonly Numbers[], values: readonly Numbers[], rows: number): void {
    const { kvHeads, headDim, layers } = this.#config
    const stride = this.#places * headDim
    for (let layer = 0; layer < layers; layer++) {
      scatterRows(keys[layer], this.#keys[layer], this.lengths, rows, kvHeads, headDim, stride)
      scatterRows(values[layer], this.#values[layer], this.lengths, rows, kvHeads, headDim, stride)
    }
    for (let row = 0; row < rows; row++) this.#mask[row * this.#places + this.lengths[row]++] = 0
  }

  /** Moves a row over another. */
  move(from: number, to: number): void {
    if (from === to) return
    const { kvHeads, headDim, layers } = this.#config
    const size = kvHeads * this.#places * headDim
    for (let layer = 0; layer < layers; layer++) {
      this.#keys[layer].copyWithin(to * size, from * size, (from + 1) * size)
      this.#values[layer].copyWithin(to * size, from * size, (from + 1) * size)
    }
    this.#setLength(to, this.lengths[from])
  }

  /** A copy of the first `length` positions of a row. */
  extract(row: number, length: number): SequenceCache {
    const { kvHeads, headDim } = this.#config
    const copy = (all: Float32Array): Float32Array => {
      const out = new Float32Array(kvHeads * length * headDim)
      for (let head = 0; head < kvHeads; head++) {
        const from = (row * kvHeads + head) * this.#places * headDim
        out.set(all.subarray(from, from + length * headDim), head * length * headDim)
      }
      return out
    }
    return { length, keys: this.#keys.map(copy), values: this.#values.map(copy) }
  }

  /** What the decode graph reads for the first `rows` rows. */
  feeds(rows: number): Record<string, Numbers> {
    const { kvHeads, headDim, layers } = this.#config
    const count = rows * kvHeads * this.#places * headDim
    const feeds: Record<string, Numbers> = { 'cache.mask': this.#mask.subarray(0, rows * this.#places) }
    for (let layer = 0; layer < layers; layer++) {
      feeds[`cache.keys.${layer}`] = this.#keys[layer].subarray(0, count)
      feeds[`cache.values.${layer}`] = this.#values[layer].subarray(0, count)
    }
    return feeds
  }

  #setLength(row: number, length: number): void {
    this.lengths[row] = length
    const start = row * this.#places
    this.#mask.fill(0, start, start + length).fill(MASKED, start + length, start + this.#places)
  }
}

/** The array, or one with room for `size` numbers that begins with the same. */
function roomy(array: Float32Array | undefined, size: number): Float32Array {
  if (array && array.length >= size) return array
  // Half as much again: batches of one run differ a little in length.
  const grown = new Float32Array(array ? Math.ceil(size * 1.5) : size)
  if (array) grown.set(array)
  return grown
}

/** Moves `count` blocks from every `before` numbers to every `after`, in place, the last one first. */
function spread(array: Float32Array, count: number, before: number, after: number): Float32Array {
  if (before !== after)
    for (let block = count - 1; block > 0; block--)
      array.copyWithin(block * after, block * before, (block + 1) * before)
  return array
}

/** Copies [B, K, 1, W] into place `lengths[row]` of [B, K, S, W]. */
function scatterRows(
  from: Numbers,
  to: Float32Array,
  lengths: Int32Array,
  rows: number,
  heads: number,
  width: number,
  stride: number,
): void {
  let source = 0
  for (let row = 0; row < rows; row++) {
    const place = lengths[row] * width
    for (let head = 0; head < heads; head++) {
      let target = (row * heads + head) * stride + place
      for (let i = 0; i < width; i++) to[target++] = from[source++]
    }
  }
}
