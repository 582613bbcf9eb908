// Verifies completions in threads, each under a kill timer: one that takes too long gets the verdict `failed`, its thread
// is replaced, and the others go on. The threads know the task; this file does not.
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { Problem, Verdict } from '../../contracts/index.ts'
import type { ThreadAnswer, ThreadJob, ThreadStart } from './thread-messages.ts'

/** How completions are verified. */
export interface ThreadOptions {
  readonly task: string
  readonly threads: number
  /** Longest time for one completion. */
  readonly timeoutMs: number
  /** For tests: another entry. */
  readonly entry?: URL
}

/** A completion that waits for its verdict. */
interface Pending {
  readonly problem: Problem
  readonly completion: string
  readonly signal: AbortSignal
  settle(verdict: Verdict): void
}

interface Slot {
  readonly worker: Worker
  isReady: boolean
  id: number
  pending: Pending | undefined
  timer: NodeJS.Timeout | undefined
}

/** Loading may take this long on a busy machine. */
const loadingMs = 120_000
/** In a row; then something is wrong with all of them. */
const mostFailedStarts = 3

/** The threads of one server. They start with the first completions. */
export class VerifyThreads {
  readonly #options: ThreadOptions
  readonly #slots = new Set<Slot>()
  readonly #waiting: Pending[] = []
  #failedStarts = 0
  #jobs = 0
  #isClosed = false

  constructor(options: ThreadOptions) {
    this.#options = options
  }

  /** Never rejects. A request that was left gets `failed` for what had not begun. */
  verify(problem: Problem, completion: string, signal: AbortSignal): Promise<Verdict> {
    if (this.#isClosed) return Promise.resolve(failed('the server is stopping'))
    return new Promise((settle) => {
      this.#waiting.push({ problem, completion, signal, settle })
      this.#next()
    })
  }

  /** Ends all threads. */
  async close(): Promise<void> {
    this.#isClosed = true
    for (const { settle } of this.#waiting.splice(0)) settle(failed('the server is stopping'))
    const ended = [...this.#slots].map((slot) => this.#end(slot, 'the server is stopping'))
    await Promise.all(ended)
  }

  #next(): void {
    for (const slot of this.#slots) {
      if (slot.isReady && slot.pending === undefined) this.#give(slot)
    }
    const starting = [...this.#slots].filter(({ isReady }) => !isReady).length
    if (this.#slots.size < this.#options.threads && starting < this.#waiting.length) this.#start()
  }

  #give(slot: Slot): void {
    let pending = this.#waiting.shift()
    while (pending?.signal.aborted) {
      pending.settle(failed('the request was left'))
      pending = this.#waiting.shift()
    }
    if (pending === undefined) return
    const { problem, completion } = pending
    slot.pending = pending
    slot.id = ++this.#jobs
    this.#watch(slot, this.#options.timeoutMs, `the verifier took longer than ${this.#options.timeoutMs} ms`)
    slot.worker.postMessage({ id: slot.id, problem, completion } satisfies ThreadJob)
  }

  #start(): void {
    const { entry = verifyThread, task } = this.#options
    const worker = new Worker(entry.pathname.endsWith('.ts') ? throughTsx(entry) : entry, {
      workerData: { task } satisfies ThreadStart,
      resourceLimits: { maxOldGenerationSizeMb: 1024 },
    })
    const slot: Slot = { worker, isReady: false, id: 0, pending: undefined, timer: undefined }
    this.#slots.add(slot)
    let why = 'no reason given'
    worker.on('error', (error: Error) => {
      why = error.message
    })
    worker.on('exit', () => this.#lost(slot, `the verifier ended by itself: ${why}`))
    worker.on('message', (answer: ThreadAnswer) => this.#take(slot, answer))
    this.#watch(slot, loadingMs, 'the verifier does not start')
    worker.unref()
  }

  #take(slot: Slot, answer: ThreadAnswer): void {
    if (answer === 'ready') {
      slot.isReady = true
      this.#failedStarts = 0
      clearTimeout(slot.timer)
    } else if (answer.id === slot.id) {
      clearTimeout(slot.timer)
      slot.pending?.settle(answer.verdict)
      slot.pending = undefined
    }
    this.#next()
  }

  #watch(slot: Slot, ms: number, reason: string): void {
    slot.timer = setTimeout(() => this.#lost(slot, reason), ms)
  }

  /** Ends a thread; the completion it was at gets this reason. */
  #lost(slot: Slot, reason: string): void {
    if (!this.#slots.has(slot)) return
    if (!slot.isReady && ++this.#failedStarts >= mostFailedStarts) {
      for (const { settle } of this.#waiting.splice(0)) settle(failed(reason))
      this.#failedStarts = 0
    }
    void this.#end(slot, reason)
    if (!this.#isClosed) this.#next()
  }

  #end(slot: Slot, reason: string): Promise<number> {
    this.#slots.delete(slot)
    clearTimeout(slot.timer)
    slot.pending?.settle(failed(reason))
    slot.pending = undefined
    return slot.worker.terminate()
  }
}

/** A verdict that is none. */
export const failed = (reason: string): Verdict => ({ kind: 'failed', score: 0, reason })

/** The thread's own file: a clone runs the source through tsx, an installed package its built file. */
const verifyThread = new URL(
  import.meta.url.endsWith('.ts') ? './verify-thread.ts' : './verify-thread.js',
  import.meta.url,
)

/** A thread does not inherit what loads TypeScript in the main one: it registers that for itself. */
function throughTsx(entry: URL): URL {
  const { resolve } = createRequire(import.meta.url)
  const api = pathToFileURL(resolve('tsx/esm/api').replace(/\.cjs$/, '.mjs')).href
  const script = `import { register } from ${JSON.stringify(api)}; register(); await import(${JSON.stringify(entry.href)})`
  return new URL(`data:text/javascript,${encodeURIComponent(script)}`)
}
