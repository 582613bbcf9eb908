// Notes when the runtime worked, as an observer of programs.
import type { Clock } from '../contracts/index.ts'
import type { RunObserver } from '../tensor/index.ts'

/** When runs began and ended, since the last {@link RunTimer.clear}. */
export class RunTimer implements RunObserver {
  readonly #clock: Clock
  readonly #starts: number[] = []
  readonly #ends: number[] = []

  constructor(clock: Clock) {
    this.#clock = clock
  }

  runStarts(): void {
    this.#starts.push(this.#clock.nowMs())
  }

  runEnds(): void {
    this.#ends.push(this.#clock.nowMs())
  }

  clear(): void {
    this.#starts.length = 0
    this.#ends.length = 0
  }

  /** Share of the time spent outside runs over the last `steps` steps, a step lasting from the end of one run to that of the next. */
  outsideShare(steps: number): number {
    const last = this.#ends.length - 1
    const first = Math.max(0, last - steps)
    let inside = 0
    for (let run = first + 1; run <= last; run++) inside += this.#ends[run] - this.#starts[run]
    return 1 - inside / (this.#ends[last] - this.#ends[first])
  }
}
