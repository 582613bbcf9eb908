// Hands out started processes: at most `size` at once, callers queue; spares are started ahead when asked to. A
// process goes back only when its borrower says that it is clean. Closing ends lent ones too, and nothing starts after
// it. It knows no language.
import { GradusError } from '../../../base/error.ts'
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
  readonly #atWork = new Set<SandboxProcess>()
  readonly #starting = new Set<Promise<SandboxProcess>>()
  /** Places taken: by processes at work and by callers that wait for theirs to start. */
  #taken = 0
  #isClosed = false

  constructor(options: PoolOptions) {
    this.#options = options
  }

  /** Waits for a place, then for a process. Rejects when none can be started or the pool is closed. */
  async acquire(): Promise<SandboxProcess> {
    // A place that becomes free goes to whoever waits without being counted as free in between.
    if (this.#taken < this.#options.size) this.#taken++
    else await new Promise<void>((resolve) => this.#waiting.push(resolve))
    try {
      for (;;) {
        if (this.#isClosed) throw closed()
        const found = await (this.#idle.shift() ?? this.#start())
        if (this.#isClosed) found.kill()
        else if (found.isAlive) {
          this.#atWork.add(found)
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
    this.#atWork.delete(lent)
    if (isClean && lent.isAlive && !this.#isClosed && lent.served < this.#options.maxServed) {
      this.#idle.push(Promise.resolve(lent))
    } else {
      lent.kill()
    }
    this.#leave()
  }

  /** Ends every process. Whoever waits for one is turned away; whoever has one sees it end. */
  async close(): Promise<void> {
    this.#isClosed = true
    for (const one of this.#atWork) one.kill()
    const others = [...this.#idle.splice(0), ...this.#starting]
    for (const one of await Promise.allSettled(others)) if (one.status === 'fulfilled') one.value.kill()
  }

  #leave(): void {
    const next = this.#waiting.shift()
    if (next === undefined) this.#taken--
    else next()
  }

  #refill(): void {
    if (this.#isClosed) return
    while (this.#idle.length < this.#options.spares) this.#idle.push(this.#start())
  }

  #start(): Promise<SandboxProcess> {
    const start = this.#options.start()
    this.#starting.add(start)
    const settled = (): void => void this.#starting.delete(start)
    // Whoever takes it sees the error; until then it is not unhandled.
    start.then(settled, settled)
    return start
  }
}

const closed = (): GradusError => new GradusError('sandbox/closed', 'the sandbox is closed')
