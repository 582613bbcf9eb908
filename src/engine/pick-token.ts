// One token from the model's distribution at one position.
// Order of the options, as in transformers and vLLM: bias, temperature, top-k, top-p, min-p; the token is then drawn
// from what is left, renormalised. Tokens rank by probability, equal ones by lower id, so top-k keeps exactly k (those
// libraries keep all that tie with the last) and top-p the smallest leading set whose mass reaches p. Without options
// it is one early-exit pass and allocates nothing. It knows no model, no batch and no stop rule.
import { GradusError } from '../base/error.ts'
import { stream } from '../base/rng.ts'
import type { SampleRequest, TopTokens } from '../contracts/index.ts'

/** The part of a request that shapes the distribution. */
export type PickOptions = Pick<SampleRequest, 'temperature' | 'topK' | 'topP' | 'minP' | 'logitBias'>

/** Checked options with defaults filled in. */
export interface PickSettings {
  /** 0 is greedy. */
  readonly temperature: number
  /** In [1, V]; V keeps all. */
  readonly topK: number
  readonly topP: number
  readonly minP: number
  readonly biasIds: Int32Array
  readonly biases: Float64Array
  /** The model's own distribution: nothing to do but draw. */
  readonly plain: boolean
}

/** Checks the options once per request. Throws `sampler/bad-option` naming the one that is out of range. */
export function pickSettings(options: PickOptions, vocabSize: number): PickSettings {
  const { temperature = 1, topK = 0, topP = 1, minP = 0, logitBias = new Map<number, number>() } = options
  const check = (ok: boolean, name: string, value: unknown, range: string) => {
    if (!ok) throw new GradusError('sampler/bad-option', `${name} is ${value}`, { hint: `Give ${name} ${range}.` })
  }
  check(temperature >= 0 && temperature < Number.POSITIVE_INFINITY, 'temperature', temperature, '0 (greedy) or above')
  check(Number.isInteger(topK) && topK >= 0, 'topK', topK, 'a whole number, 0 for no limit')
  check(topP >= 0 && topP <= 1, 'topP', topP, 'a share in [0, 1], 1 for no limit')
  check(minP >= 0 && minP <= 1, 'minP', minP, 'a share in [0, 1], 0 for no limit')
  for (const [id, bias] of logitBias) {
    check(Number.isInteger(id) && id >= 0 && id < vocabSize, 'logitBias token', id, `ids in [0, ${vocabSize})`)
    check(bias < Number.POSITIVE_INFINITY, `logitBias of token ${id}`, bias, 'finite values or -Infinity')
  }
  const keepsAll = (topK === 0 || topK >= vocabSize) && topP === 1 && minP === 0
  return {
    temperature,
    topK: topK === 0 ? vocabSize : Math.min(topK, vocabSize),
    topP,
    minP,
    biasIds: Int32Array.from(logitBias.keys()),
    biases: Float64Array.from(logitBias.values()),
    plain: temperature === 1 && keepsAll && logitBias.size === 0,
  }
}

/** The uniform draws of sample `index` of a request: call it once per generated token. */
export function uniformFor(seed: number, index: number): () => number {
  return stream('sample', seed, index).next
}

/** Draws tokens; owns scratch space for one row, so use one picker at a time from one place. */
export class TokenPicker {
  readonly size: number
  /** [V] biased log-probabilities, then probabilities relative to the largest. */
  readonly #weights: Float64Array
  /** [V] a heap of ids, the most likely on top. */
  readonly #heap: Int32Array

  constructor(vocabSize: number) {
    this.size = vocabSize
    this.#weights = new Float64Array(vocabSize)
    this.#heap = new Int32Array(vocabSize)
  }

  /**
   * The token for `uniform` in [0, 1). The row is `logprobs[offset .. offset + V)`, a log-softmax at temperature 1.
   * Never a token of probability 0. Throws `sampler/no-token` when the row holds NaN or every token is forbidden.
   */
  pick(logprobs: Float32Array, offset: number, settings: PickSettings, uniform: number): number {
    if (settings.plain) return this.#pickPlain(logprobs, offset, uniform)
    const w = this.#weights
    const n = this.size
    for (let i = 0; i < n; i++) w[i] = logprobs[offset + i]
    const { biasIds, biases, temperature } = settings
    for (let j = 0; j < biasIds.length; j++) w[biasIds[j]] += biases[j]
    const best = mostLikely(w, 0, n)
    if (temperature === 0) return best
    // The largest is subtracted before the division: a tiny temperature then cannot turn all into -Infinity.
    const top = w[best]
    for (let i = 0; i < n; i++) w[i] = Math.exp((w[i] - top) / temperature)
    return this.#draw(settings, best, uniform)
  }

  #pickPlain(logprobs: Float32Array, offset: number, uniform: number): number {
    let mass = 0
    for (let i = 0; i < this.size; i++) {
      mass += Math.exp(logprobs[offset + i])
      // Strict, so a token that adds nothing is never the one that crosses; false throughout once a NaN is in.
      if (uniform < mass) return i
    }
    // Rounding left the sum a little short of 1: what is missing (about 1e-7) belongs to the most likely token.
    return mostLikely(logprobs, offset, this.size)
  }

  // Draws among the leading tokens that the filters keep. Each filter keeps a prefix of the ranking, so all of them
  // together are one cut: the weight and id of the last token kept.
  #draw({ topK, topP, minP }: PickSettings, best: number, uniform: number): number {
    const w = this.#weights
    const n = this.size
    let cutWeight = 0
    let cutId = n
    if (topK < n || topP < 1) {
      cutId = this.#lastKept(topK, topP)
      cutWeight = w[cutId]
    }
    if (minP > cutWeight) {
      cutWeight = minP
      cutId = n
    }
    let mass = 0
    for (let i = 0; i < n; i++) {
      if (w[i] > cutWeight || (w[i] === cutWeight && i <= cutId)) mass += w[i]
    }
    const target = uniform * mass
    let sum = 0
    for (let i = 0; i < n; i++) {
      if (w[i] > cutWeight || (w[i] === cutWeight && i <= cutId)) {
        sum += w[i]
        if (target < sum) return i
      }
    }
    return best
  }

  // The last token that top-k, then top-p over what top-k left, keep. Takes only as many off the heap as they need.
  #lastKept(topK: number, topP: number): number {
    const w = this.#weights
    const heap = this.#heap
    const n = this.size
    let total = 0
    for (let i = 0; i < n; i++) {
      heap[i] = i
      total += w[i]
    }
    for (let i = (n >> 1) - 1; i >= 0; i--) siftDown(heap, w, i, n)
    // Taken tokens collect behind the shrinking heap, the most likely last.
    let live = n
    const take = (): number => {
      const id = heap[0]
      live--
      heap[0] = heap[live]
      heap[live] = id
      siftDown(heap, w, 0, live)
      return id
    }
    if (topK < n) {
      total = 0
      while (n - live < topK) total += w[take()]
      if (topP === 1) return heap[live]
    }
    const needed = topP * total
    let mass = 0
    for (let rank = 1; rank <= topK; rank++) {
      const id = topK < n ? heap[n - rank] : take()
      mass += w[id]
      if (mass >= needed) return id
    }
    return heap[n - topK]
  }
}

/** Entropy in nats of the row `logprobs[offset .. offset + size)`. */
export function entropyOf(logprobs: Float32Array, offset: number, size: number): number {
  let sum = 0
  for (let i = offset; i < offset + size; i++) {
    const p = Math.exp(logprobs[i])
    // 0 · -Infinity is NaN; such a token adds nothing.
    if (p !== 0) sum -= p * logprobs[i]
  }
  return sum
}

/** The `count` most likely tokens of the row (all of them when there are fewer), equal ones by lower id. */
export function topTokens(logprobs: Float32Array, offset: number, size: number, count: number): TopTokens {
  const kept = Math.min(count, size)
  const ids = new Int32Array(kept)
  const values = new Float32Array(kept)
  let filled = 0
  for (let id = 0; id < size; id++) {
    const value = logprobs[offset + id]
    if (filled === kept && !(value > values[kept - 1])) continue
    let place = filled < kept ? filled++ : kept - 1
    for (; place > 0 && value > values[place - 1]; place--) {
      values[place] = values[place - 1]
      ids[place] = ids[place - 1]
    }
    values[place] = value
    ids[place] = id
  }
  return { ids, logprobs: values }
}

// The lowest id of the largest value. Throws for NaN anywhere and when nothing is above -Infinity.
function mostLikely(values: Float32Array | Float64Array, offset: number, size: number): number {
  let best = -1
  let top = Number.NEGATIVE_INFINITY
  let isNumber = true
  for (let i = 0; i < size; i++) {
    const value = values[offset + i]
    if (value > top) {
      top = value
      best = i
    } else if (Number.isNaN(value)) isNumber = false
  }
  if (best >= 0 && isNumber) return best
  throw new GradusError('sampler/no-token', isNumber ? 'every token has probability 0' : 'a log-probability is NaN', {
    hint: isNumber
      ? 'The logit bias forbids every token: allow at least one.'
      : 'The weights are broken: lower the learning rate, or load an earlier checkpoint.',
  })
}

// Restores the heap below `at`: every parent ranks before its children.
function siftDown(heap: Int32Array, w: Float64Array, at: number, length: number): void {
  const id = heap[at]
  for (;;) {
    let child = 2 * at + 1
    if (child >= length) break
    if (child + 1 < length && ranksBefore(w, heap[child + 1], heap[child])) child++
    if (!ranksBefore(w, heap[child], id)) break
    heap[at] = heap[child]
    at = child
  }
  heap[at] = id
}

function ranksBefore(w: Float64Array, a: number, b: number): boolean {
  return w[a] > w[b] || (w[a] === w[b] && a < b)
}
