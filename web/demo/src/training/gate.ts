// Holds a run between two pieces of work while it is paused. Each passage first lets the worker's messages in: WebAssembly
// runs without giving way, so a wish to pause would never be heard. The clock stands still meanwhile.
import type { Clock } from '../../../../src/contracts/run.ts'

/** Where a run waits. */
export class Gate {
  readonly clock: Clock
  readonly #now: () => number
  readonly #told: (paused: boolean) => void
  #paused = false
  #waiting: (() => void) | undefined
  #lostMs = 0

  /** `told` hears when the run stands still and when it goes on. */
  constructor(now: () => number, told: (paused: boolean) => void) {
    this.#now = now
    this.#told = told
    this.clock = { nowMs: () => now() - this.#lostMs, iso: () => new Date(now()).toISOString() }
  }

  pause(): void {
    this.#paused = true
  }

  resume(): void {
    this.#paused = false
    this.#waiting?.()
  }

  /** Returns at once, or when the run may go on. */
  async pass(): Promise<void> {
    await messagesIn()
    if (!this.#paused) return
    const since = this.#now()
    this.#told(true)
    await new Promise<void>((resolve) => {
      this.#waiting = resolve
    })
    this.#waiting = undefined
    this.#lostMs += this.#now() - since
    this.#told(false)
  }
}

/** One turn of the event loop. A timer would cost four milliseconds. */
function messagesIn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.addEventListener('message', () => {
      port1.close()
      resolve()
    })
    port1.start()
    port2.postMessage(undefined)
  })
}
