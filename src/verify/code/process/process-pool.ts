// Hands out started processes: at most `size` at once, callers queue; spares are started ahead when asked to. A
// process goes back only when its borrower says that it is clean. It knows no language.
import type { SandboxProcess } from './sandbox-process.ts'

/** Settings of a pool. */
export interface PoolOptions {
  readonly start: () => Promise<SandboxProcess>
  /** Processes lent at once. */
  readonly size: number
  /** Processes that are started before anyone asks. */
  readonly spares: number
  /** Requests after which a clean process is replaced nevertheless. */
  readonly maxServed: number
}

/** A pool of processes of one kind. */
export class ProcessPool {
  readonly #options: PoolOptions
  readonly #idle: Promise<SandboxProcess>[] = []
  readonly #waiting: (() => void)[] = []
  #lent = 0
  #isClosed = false

  constructor(options: PoolOptions) {
    this.#options = options
  }

  /** Waits for a place, then for a process. Rejects when none can be started. */
  async acquire(): Promise<SandboxProcess> {
    // A place that becomes free goes to whoever waits without being counted as free in between.
    if (this.#lent < this.#options.size) this.#lent++
    else await new Promise<void>((resolve) => this.#waiting.push(resolve))
    try {
      for (;;) {
        const found = await (this.#idle.shift() ?? this.#options.start())
        if (found.isAlive) {
          this.#refill()
          return found
        }
      }
    } catch (error) {
      this.#leave()
      throw error
    }
  }

  /** Gives a process back. It is used again only when `isClean`. */
  release(lent: SandboxProcess, isClean: boolean): void {
    if (isClean && lent.isAlive && !this.#isClosed && lent.served < this.#options.maxServed) {
      this.#idle.push(Promise.resolve(lent))
    } else {
      lent.kill()
    }
    this.#leave()
  }

  async close(): Promise<void> {
    this.#isClosed = true
    const idle = this.#idle.splice(0)
    for (const one of await Promise.allSettled(idle)) if (one.status === 'fulfilled') one.value.kill()
  }

  #leave(): void {
    const next = this.#waiting.shift()
    if (next === undefined) this.#lent--
    else next()
  }

  #refill(): void {
    if (this.#isClosed) return
    while (this.#idle.length < this.#options.spares) {
      const spare = this.#options.start()
      // Whoever takes it sees the error; until then it is not unhandled.
      spare.catch(() => {})
      this.#idle.push(spare)
    }
  }
}
