// Who wants to know when runs change is told so. While somebody listens, the folder is looked at once a second for all of
// them together, by the times and sizes of files; nothing is read. A look that takes long makes the next one wait, so
// that looking never takes more than a hundredth of a core from a training process.
import { join } from 'node:path'
import type { Clock } from '../../../contracts/run.ts'
import type { ChangeEvent } from '../api.ts'
import { fileStamp, folderStamp, stampText } from '../file-stamp.ts'
import { versionOf } from '../series/metric-store.ts'
import type { IndexedRun, RunList } from '../world.ts'

const POLL_MS = 1000
/** Pause after a look, as a multiple of its duration. */
const PAUSE = 100

/** What is known of one run. */
interface Seen {
  readonly key: string
  /** Number of the change. */
  readonly change: number
  readonly version: number
}

/** How the folder is watched. */
export interface WatchOptions {
  readonly list: () => RunList
  readonly clock: Clock
  readonly pollMs?: number
}

/** Tells listeners of changes. */
export class ChangeWatch {
  /** Settles when the watch is closed. */
  readonly closed: Promise<void>
  readonly #options: WatchOptions
  readonly #wake = new Set<() => void>()
  #close: () => void = () => {}
  #seen = new Map<string, Seen>()
  #unreadable = ''
  #changes = 0
  #listeners = 0
  #pauseMs = 0
  #timer: NodeJS.Timeout | undefined
  #isClosed = false

  constructor(options: WatchOptions) {
    this.#options = options
    this.closed = new Promise((resolve) => {
      this.#close = resolve
    })
  }

  get listeners(): number {
    return this.#listeners
  }

  /** Time between looks at the least: longer where there is much to look at. */
  get pauseMs(): number {
    return this.#pauseMs
  }

  /** The events of one listener: the first at once, then one whenever its run, or without a run any, has changed. */
  async *events(run: string | undefined, signal: AbortSignal): AsyncGenerator<ChangeEvent> {
    if (this.#listeners++ === 0) this.#poll()
    try {
      for (let told = -1; !signal.aborted && !this.#isClosed; ) {
        const now = run === undefined ? this.#changes : (this.#seen.get(run)?.change ?? 0)
        if (now === told) {
          await this.#woken(signal)
          continue
        }
        told = now
        yield run === undefined ? { kind: 'runs' } : { kind: 'run', run, version: this.#seen.get(run)?.version ?? 0 }
      }
    } finally {
      if (--this.#listeners === 0) clearTimeout(this.#timer)
    }
  }

  /** Looks now: something was changed by a request. */
  poke(): void {
    if (this.#listeners === 0 || this.#isClosed) return
    clearTimeout(this.#timer)
    this.#poll()
  }

  /** Ends all streams. */
  close(): void {
    this.#isClosed = true
    clearTimeout(this.#timer)
    this.#wakeAll()
    this.#close()
  }

  #poll(): void {
    const { clock, pollMs = POLL_MS } = this.#options
    const start = clock.nowMs()
    if (this.#look()) this.#wakeAll()
    this.#pauseMs = Math.max(pollMs, PAUSE * (clock.nowMs() - start))
    this.#timer = setTimeout(() => this.#poll(), this.#pauseMs)
    // A server that ends does not wait for the next look.
    this.#timer.unref()
  }

  /** Whether anything has changed. */
  #look(): boolean {
    const { runs, unreadable } = this.#options.list()
    const before = this.#changes
    const seen = new Map<string, Seen>()
    for (const run of runs) {
      const known = this.#seen.get(run.run)
      const key = keyOf(run)
      seen.set(run.run, known?.key === key ? known : { key, change: ++this.#changes, version: versionOf(run) })
    }
    const damage = JSON.stringify(unreadable)
    const isGone = [...this.#seen.keys()].some((name) => !seen.has(name))
    if (isGone || damage !== this.#unreadable) this.#changes++
    this.#unreadable = damage
    this.#seen = seen
    return this.#changes !== before
  }

  #wakeAll(): void {
    for (const wake of [...this.#wake]) wake()
  }

  #woken(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        this.#wake.delete(wake)
        signal.removeEventListener('abort', wake)
        resolve()
      }
      this.#wake.add(wake)
      signal.addEventListener('abort', wake)
      if (signal.aborted) wake()
    })
  }
}

const logs = ['metrics.jsonl', 'events.jsonl'] as const
const folders = ['.', 'rollouts', 'evals', 'checkpoints', 'search'] as const

/** What of a run is looked at: another text, another state. */
function keyOf({ dir, info }: IndexedRun): string {
  return [
    info.status,
    info.resumes,
    ...logs.map((name) => stampText(fileStamp(join(dir, name)))),
    ...folders.map((name) => stampText(folderStamp(join(dir, name)))),
  ].join(' ')
}
