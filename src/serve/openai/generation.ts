// The samples of one request while they grow: what each has drawn so far, and a way to wait for more. With an engine that
// tells only finished samples, everything comes at the end.
import type { Sample, SampleRequest, Sampler } from '../../contracts/index.ts'
import type { SampleSoFar } from '../../contracts/sample.ts'
import { ApiError, stopping } from '../http/api-error.ts'

/** One sample under way. */
export interface GrowingSample {
  /** Its place in the answer: prompt by prompt, sample by sample. */
  readonly index: number
  /** Place of its prompt. */
  readonly prompt: number
  readonly soFar: SampleSoFar
  /** Set when it has ended. */
  readonly ended?: Sample
}

/** What is asked for, without who listens and when to give up. */
export type GenerationRequest = Omit<SampleRequest, 'onTokens' | 'signal'>

/** The samples of one request. */
export class Generation {
  readonly #samples: GrowingSample[]
  readonly #news = new Set<number>()
  /** Settles when all samples have ended, or when one has failed. */
  readonly finished: Promise<void>
  #isFinished = false
  #failure: unknown
  #wake: (() => void) | undefined

  /** Starts at once. Aborting `signal` ends it with an error. */
  constructor(sampler: Sampler, requests: readonly GenerationRequest[], signal: AbortSignal) {
    const firsts: number[] = []
    this.#samples = requests.flatMap(({ n = 1 }, prompt) => {
      const first = (firsts[prompt - 1] ?? 0) + (prompt > 0 ? (requests[prompt - 1].n ?? 1) : 0)
      firsts.push(first)
      return Array.from({ length: n }, (_, i) => ({ index: first + i, prompt, soFar: NOTHING }))
    })
    this.finished = this.#run(sampler, requests, firsts, signal).then(
      () => this.#finish(),
      (error) => this.#finish(error),
    )
  }

  async #run(
    sampler: Sampler,
    requests: readonly GenerationRequest[],
    firsts: readonly number[],
    signal: AbortSignal,
  ): Promise<void> {
    const heard = requests.map((request, prompt) => ({
      ...request,
      signal,
      onTokens: (i: number, soFar: SampleSoFar) => this.#update(firsts[prompt] + i, { soFar }),
    }))
    for await (const { request, index, sample } of sampler.sample(heard)) {
      if (sample.stop === 'abort') throw stopping()
      if (sample.error !== undefined) throw failed(sample.error)
      this.#update(firsts[request] + index, { soFar: sample, ended: sample })
    }
  }

  #update(index: number, change: Pick<GrowingSample, 'soFar' | 'ended'>): void {
    this.#samples[index] = { ...this.#samples[index], ...change }
    this.#news.add(index)
    this.#wake?.()
  }

  #finish(failure?: unknown): void {
    this.#isFinished = true
    this.#failure = failure
    this.#wake?.()
  }

  /** All samples, when they have ended. @throws the first failure */
  async ended(): Promise<readonly GrowingSample[]> {
    await this.finished
    if (this.#failure !== undefined) throw this.#failure
    return this.#samples
  }

  /** Samples that have news since they were last given; undefined when all have been given to their ends. */
  async news(): Promise<readonly GrowingSample[] | undefined> {
    while (this.#news.size === 0 && !this.#isFinished) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
    if (this.#failure !== undefined) throw this.#failure
    if (this.#news.size === 0) return undefined
    const given = [...this.#news].map((index) => this.#samples[index])
    this.#news.clear()
    return given
  }
}

const NOTHING: SampleSoFar = { ids: new Int32Array(0), logprobs: new Float32Array(0) }

const failed = (reason: string): ApiError =>
  new ApiError(`The model could not be sampled from: ${reason}.`, {
    status: 500,
    type: 'server_error',
    code: 'sampling_failed',
  })
