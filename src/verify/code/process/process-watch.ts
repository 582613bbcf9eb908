// Looks at one child while it works on one request: what the tree below it has used since the request began, and
// whether that is more than allowed. It measures and judges; ending the child is its owner's business.
import { type TreeUsage, treeUsage } from './process-usage.ts'
import { sampleWaits, type WaitSample, waitBetween } from './processor-wait.ts'

/** What a request took. */
export interface Used {
  /** Real time. */
  readonly ms: number
  /** Processor time of the child and everything below it; undefined where it cannot be read. */
  readonly cpuMs?: number
  /** Real time that it was ready to run and others had the processors; undefined where it cannot be read. */
  readonly waitedMs?: number
}

/** What is watched. */
export interface WatchedLimits {
  readonly cpuMs: number
  /** Resident memory that the tree may gain. */
  readonly memoryBytes: number
}

/** One child during one request. */
export class ProcessWatch {
  readonly #pid: number | undefined
  readonly #limits: WatchedLimits
  readonly #begun = performance.now()
  readonly #before: TreeUsage | undefined
  readonly #waitsBefore: WaitSample | undefined
  #last: TreeUsage | undefined
  /** Grows only: a child that nobody waits for takes its time out of the sum when it ends. */
  #cpuMs = 0

  constructor(pid: number | undefined, limits: WatchedLimits) {
    this.#pid = pid
    this.#limits = limits
    this.#before = pid === undefined ? undefined : treeUsage(pid)
    this.#waitsBefore = this.#before && sampleWaits(this.#before.pids)
    this.#last = this.#before
  }

  /** Real time since the request began. */
  get ms(): number {
    return performance.now() - this.#begun
  }

  /** The limit that is passed, if any. */
  excess(): 'cpu' | 'memory' | undefined {
    this.#sample()
    if (this.#cpuMs > this.#limits.cpuMs) return 'cpu'
    const gained = (this.#last?.memoryBytes ?? 0) - (this.#before?.memoryBytes ?? 0)
    return gained > this.#limits.memoryBytes ? 'memory' : undefined
  }

  /** All that was used up to now; of a child that has ended, up to the last look. */
  used(): Used {
    const { ms } = this
    this.#sample()
    if (this.#last === undefined) return { ms }
    const waitedMs = this.#waitsBefore && waitBetween(this.#waitsBefore, sampleWaits(this.#last.pids), this.#cpuMs)
    return { ms, cpuMs: this.#cpuMs, ...(waitedMs === undefined ? {} : { waitedMs }) }
  }

  #sample(): void {
    const now = this.#pid === undefined ? undefined : treeUsage(this.#pid)
    if (now === undefined || this.#last === undefined) return
    this.#cpuMs += Math.max(0, now.cpuMs - this.#last.cpuMs)
    this.#last = now
  }
}
