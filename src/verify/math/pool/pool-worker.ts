// One worker thread as the pool sees it: the file it runs, its counter, and how long it has been at the same pair. Which
// pairs it gets is decided in verify-pool.ts.
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { MathOptions } from '../options.ts'
import { idle, type WorkerAnswer, type WorkerStart, type WorkerTask } from './messages.ts'

/** Loading a worker, or waking one up, may take this long on a busy machine before it counts as broken. */
const wakingMs = 60_000

/** What happens to a worker. */
export interface PoolWorkerEvents {
  onAnswer(answer: WorkerAnswer): void
  /** It ended by itself: out of memory, or an error while loading. */
  onEnd(error: Error | undefined): void
}

/** The worker that verifies mathematics: a clone runs the source through tsx, an installed package its built file. */
export const verifyWorker = new URL(
  import.meta.url.endsWith('.ts') ? './verify-worker.ts' : './verify-worker.js',
  import.meta.url,
)

/** A worker thread with its counter. */
export class PoolWorker {
  readonly #worker: Worker
  readonly #progress = new Int32Array(new SharedArrayBuffer(4))
  #seen: number = idle.loading
  #since = performance.now()
  #error: Error | undefined

  constructor(entry: URL, options: MathOptions, { onAnswer, onEnd }: PoolWorkerEvents) {
    Atomics.store(this.#progress, 0, idle.loading)
    this.#worker = new Worker(entry.pathname.endsWith('.ts') ? throughTsx(entry) : entry, {
      workerData: { progress: this.#progress, options } satisfies WorkerStart,
      resourceLimits: { maxOldGenerationSizeMb: 512 },
    })
    this.#worker.on('message', onAnswer)
    this.#worker.on('error', (error: Error) => {
      this.#error = error
    })
    this.#worker.on('exit', () => onEnd(this.#error))
  }

  /** Gives it pairs; only while it has none. */
  send(task: WorkerTask): void {
    if (this.#seen !== idle.loading) this.#seen = idle.waiting
    this.#since = performance.now()
    this.#worker.postMessage(task)
  }

  /** The place of the pair it is at, or one of {@link idle}. */
  get place(): number {
    return Atomics.load(this.#progress, 0)
  }

  /** Whether it has been at the same pair for too long. Notices a change only when asked: ask often. */
  isStuck(timeoutMs: number): boolean {
    const place = this.place
    const now = performance.now()
    if (place !== this.#seen) {
      this.#seen = place
      this.#since = now
    }
    return now - this.#since > (place < 0 ? wakingMs : timeoutMs)
  }

  /** Lets the process end although the worker waits, or keeps it. */
  hold(isBusy: boolean): void {
    if (isBusy) this.#worker.ref()
    else this.#worker.unref()
  }

  /** Ends it, whatever it is doing. */
  kill(): Promise<number> {
    this.#worker.removeAllListeners('exit')
    return this.#worker.terminate()
  }
}

/** A thread does not inherit what loads TypeScript in the main one: it registers that for itself. */
function throughTsx(entry: URL): URL {
  const { resolve } = createRequire(import.meta.url)
  // `require` is given the CommonJS variant, which an import cannot use; the other lies beside it.
  const api = pathToFileURL(resolve('tsx/esm/api').replace(/\.cjs$/, '.mjs')).href
  const script = `import { register } from ${JSON.stringify(api)}; register(); await import(${JSON.stringify(entry.href)})`
  return new URL(`data:text/javascript,${encodeURIComponent(script)}`)
}
