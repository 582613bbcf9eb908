// Promised answers by the id that the client polls with. A poll waits a while and then says to try again. What is done
// is kept up to a number of answers; older ones are found on disk or made again by whoever asked for them.
import { setMaxListeners } from 'node:events'
import type { PassOutput, SampleAnswer } from '../../engine/remote/tinker/wire/index.ts'
import type { Category } from './refusal.ts'

/** What came of a request. Log-probabilities are base64 of float32: a tenth of JSON's time and a third of its size. */
export type Outcome =
  | { readonly kind: 'json'; readonly value: Readonly<Record<string, unknown>> }
  | { readonly kind: 'pass'; readonly output: StoredPass }
  | { readonly kind: 'sample'; readonly answer: SampleAnswer }
  | { readonly kind: 'failed'; readonly error: string; readonly category: Category }

/** A {@link PassOutput} whose only tensor is `logprobs`, as a file holds it. */
export interface StoredPass {
  readonly metrics: PassOutput['metrics']
  /** Tokens of each datum. */
  readonly lengths: readonly number[]
  readonly logprobs: string
}

interface Entry {
  readonly outcome: Promise<Outcome>
  readonly hash: string
  isDone: boolean
}

/** What is to be known of a promise. */
export interface FutureOptions {
  /** Of the request's body, by which a resend is told from another request under the same number. */
  readonly hash: string
  /** False when its answer can be found elsewhere. */
  keep(): boolean
}

/** Futures in memory. */
export class Futures {
  readonly #entries = new Map<string, Entry>()
  readonly #keep: number
  /** Wakes every poll. */
  readonly #closing = new AbortController()

  constructor(keep: number) {
    this.#keep = keep
    // Every poll listens; they are many, and none is left behind.
    setMaxListeners(0, this.#closing.signal)
  }

  /** The hash of the request behind a promise, or undefined when there is none. */
  hashOf(id: string): string | undefined {
    return this.#entries.get(id)?.hash
  }

  /** `work` must not throw: a failure is an outcome. */
  add(id: string, work: Promise<Outcome>, { hash, keep }: FutureOptions): void {
    const entry: Entry = { outcome: work, hash, isDone: false }
    this.#entries.set(id, entry)
    void work.then(() => {
      entry.isDone = true
      if (!keep()) this.#entries.delete(id)
      this.#forgetOld()
    })
  }

  /** The outcome, or undefined when there is none within `waitMs` or `signal` fires. */
  async wait(id: string, waitMs: number, signal?: AbortSignal): Promise<Outcome | undefined> {
    const entry = this.#entries.get(id)
    if (!entry) return undefined
    let timer: NodeJS.Timeout | undefined
    let wake = (): void => undefined
    const late = new Promise<undefined>((resolve) => {
      wake = () => resolve(undefined)
      timer = setTimeout(wake, waitMs)
      signal?.addEventListener('abort', wake, { once: true })
      this.#closing.signal.addEventListener('abort', wake, { once: true })
      if (signal?.aborted || this.#closing.signal.aborted) wake()
    })
    try {
      return await Promise.race([entry.outcome, late])
    } finally {
      clearTimeout(timer)
      signal?.removeEventListener('abort', wake)
      this.#closing.signal.removeEventListener('abort', wake)
    }
  }

  close(): void {
    this.#closing.abort()
  }

  #forgetOld(): void {
    let done = 0
    for (const { isDone } of this.#entries.values()) if (isDone) done++
    for (const [id, { isDone }] of this.#entries) {
      if (done <= this.#keep) return
      if (!isDone) continue
      this.#entries.delete(id)
      done--
    }
  }
}
