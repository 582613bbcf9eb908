// One sample being generated: what it has drawn, and when it is done. Knows nothing of batches or caches.
import { GradusError } from '../base/error.ts'
import type { Sample, SampleRequest, StopReason, TopTokens, Vocab } from '../contracts/index.ts'
import type { SampleSoFar } from '../contracts/sample.ts'
import { entropyOf, type PickSettings, pickSettings, type TokenPicker, topTokens, uniformFor } from './pick-token.ts'
import { type StopMatcher, stopMatcher } from './stop-matcher.ts'

/** What all samples of one request share. */
export interface RequestPlan {
  readonly request: SampleRequest
  readonly settings: PickSettings
  readonly matcher: StopMatcher | undefined
  readonly ends: ReadonlySet<number>
  readonly stopTokens: ReadonlySet<number>
  readonly wantsEntropy: boolean
  /** How many likely tokens to report at each position; 0 for none. */
  readonly top: number
  /** Tokens allowed: the request's, or what the context leaves. */
  readonly limit: number
}

/** Checks a request; `ends` are tokens that end a sequence besides the vocabulary's. @throws `sampler/...` */
export function planRequest(
  request: SampleRequest,
  vocab: Vocab,
  { contextLimit, ends = [] }: { contextLimit: number; ends?: readonly number[] },
): RequestPlan {
  if (request.context.length === 0)
    throw new GradusError('sampler/empty-context', 'a request has no context token', {
      hint: 'Begin the context with the beginning-of-sequence token.',
    })
  const unknown = request.context.find((id) => !(id >= 0 && id < vocab.size))
  if (unknown !== undefined)
    throw new GradusError('sampler/unknown-token', `a context holds token ${unknown}`, {
      hint: `The vocabulary has ids 0 to ${vocab.size - 1}. Encode the context with this model's tokenizer.`,
    })
  const top = request.want?.find((want) => want.startsWith('top-'))
  return {
    request,
    settings: pickSettings(request, vocab.size),
    matcher: stopMatcher(vocab, request.stop),
    ends: new Set([vocab.eos, ...ends]),
    stopTokens: new Set(request.stopTokens),
    wantsEntropy: request.want?.includes('entropy') ?? false,
    top: top ? Number(top.slice(4)) : 0,
    limit: Math.min(request.maxTokens, contextLimit - request.context.length),
  }
}

/** A sample under way. */
export class LiveRow {
  readonly plan: RequestPlan
  readonly index: number
  readonly #vocab: Vocab
  readonly #uniform: () => number
  readonly #ids: Int32Array
  readonly #logprobs: Float32Array
  readonly #entropy: Float32Array | undefined
  readonly #top: TopTokens[] = []
  #count = 0
  #stop: StopReason | undefined
  #stopHit: string | undefined
  #error: string | undefined

  constructor(plan: RequestPlan, index: number, vocab: Vocab) {
    this.plan = plan
    this.index = index
    this.#vocab = vocab
    this.#uniform = uniformFor(plan.request.seed, index)
    this.#ids = new Int32Array(Math.max(plan.limit, 0))
    this.#logprobs = new Float32Array(Math.max(plan.limit, 0))
    if (plan.wantsEntropy) this.#entropy = new Float32Array(Math.max(plan.limit, 0))
    if (plan.limit <= 0) this.#stop = 'max'
  }

  get done(): boolean {
    return this.#stop !== undefined
  }

  /** Generated tokens so far. */
  get ids(): Int32Array {
    return this.#ids.subarray(0, this.#count)
  }

  get lastToken(): number {
    return this.#ids[this.#count - 1]
  }

  /** Draws the next token from a row of log-probabilities. */
  advance(distribution: Float32Array, offset: number, picker: TokenPicker): void {
    const { plan } = this
    if (plan.request.signal?.aborted) {
      this.#stop = 'abort'
      return
    }
    const token = picker.pick(distribution, offset, plan.settings, this.#uniform())
    const at = this.#count++
    this.#ids[at] = token
    this.#logprobs[at] = distribution[offset + token]
    if (this.#entropy) this.#entropy[at] = entropyOf(distribution, offset, picker.size)
    if (plan.top > 0) this.#top.push(topTokens(distribution, offset, picker.size, plan.top))
    if (plan.ends.has(token)) this.#stop = 'eos'
    else if (plan.stopTokens.has(token)) this.#end('stop', this.#vocab.token(token))
    else {
      const hit = plan.matcher?.check(this.#ids, this.#count)
      if (hit !== undefined) this.#end('stop', hit)
      else if (this.#count >= plan.limit) this.#stop = 'max'
    }
    if (plan.request.onTokens) plan.request.onTokens(this.index, this.#soFar())
  }

  #soFar(): SampleSoFar {
    const count = this.#count
    return {
      ids: this.#ids.subarray(0, count),
      logprobs: this.#logprobs.subarray(0, count),
      ...(this.plan.top > 0 && { top: this.#top }),
    }
  }

  /** Ends the sample as failed. */
  fail(reason: string): void {
    this.#stop = 'error'
    this.#error = reason
  }

  #end(stop: StopReason, hit: string): void {
    this.#stop = stop
    this.#stopHit = hit
  }

  /** The sample as it is. */
  finish(): Sample {
    const count = this.#count
    return {
      ids: this.#ids.slice(0, count),
      text: this.#vocab.decode(this.#ids.subarray(0, count)),
      stop: this.#stop ?? 'abort',
      ...(this.#stopHit !== undefined && { stopHit: this.#stopHit }),
      logprobs: this.#logprobs.slice(0, count),
      ...(this.#entropy && { entropy: this.#entropy.slice(0, count) }),
      ...(this.plan.top > 0 && { top: this.#top }),
      ...(this.#error !== undefined && { error: this.#error }),
    }
  }
}
