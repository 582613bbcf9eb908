// Work that may be asked for more often than it should be done: one at a time, a rest between two, and once more at the end
// if it was asked for meanwhile. What takes long rests long, so that asking costs a server a tenth of its time at most.

/** Rest as a multiple of how long the work took. */
const REST_SHARE = 9

/** Runs `work` for every {@link Pacer.call}, several calls together where they come close. */
export class Pacer {
  readonly #work: () => Promise<void>
  readonly #restMs: number
  #isBusy = false
  #isWanted = false
  #isStopped = false
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(work: () => Promise<void>, restMs: number) {
    this.#work = work
    this.#restMs = restMs
  }

  /** Asks for the work: done now, or after what is under way and the rest. */
  call(): void {
    this.#isWanted = true
    if (!this.#isBusy) void this.#run()
  }

  /** Asks for the work without a rest: for what a reader has just done. */
  callNow(): void {
    this.call()
    if (this.#timer === undefined) return
    clearTimeout(this.#timer)
    this.#timer = undefined
    void this.#run()
  }

  /** No work begins any more. */
  stop(): void {
    this.#isStopped = true
    clearTimeout(this.#timer)
  }

  async #run(): Promise<void> {
    if (this.#isStopped || !this.#isWanted) return
    this.#isBusy = true
    this.#isWanted = false
    const begun = performance.now()
    try {
      await this.#work()
    } finally {
      const restMs = Math.max(this.#restMs, REST_SHARE * (performance.now() - begun))
      this.#timer = setTimeout(() => {
        this.#timer = undefined
        this.#isBusy = false
        void this.#run()
      }, restMs)
    }
  }
}
