// The requests of one model in the order of their numbers, however they arrive: a client sends the pieces of a big batch
// at once, and the first last. A number that never comes is waited for a while, then passed over; whoever sent it has
// heard of an error. It knows numbers and tasks, nothing of what they do.

/** Does what is due; the numbers of the tasks rise. */
export type Task = () => Promise<void>

/** One task at a time, by number. */
export class Lane {
  readonly #gapMs: number
  readonly #waiting = new Map<number, Task>()
  #next: number
  #isRunning = false
  #gap: NodeJS.Timeout | undefined
  #isClosed = false

  /** `next` is the number that is due; a missing one is waited for `gapMs`. */
  constructor(next: number, gapMs: number) {
    this.#next = next
    this.#gapMs = gapMs
  }

  /** The number that a task without one gets. */
  get free(): number {
    return Math.max(this.#next, ...[...this.#waiting.keys()].map((seq) => seq + 1))
  }

  /** Tasks that are waiting or running. */
  get length(): number {
    return this.#waiting.size + (this.#isRunning ? 1 : 0)
  }

  /** False for a number whose turn has passed. */
  takes(seq: number): boolean {
    return seq >= this.#next
  }

  add(seq: number, task: Task): void {
    this.#waiting.set(seq, task)
    void this.#run()
  }

  /** Nothing more is begun. */
  close(): void {
    this.#isClosed = true
    this.#waiting.clear()
    clearTimeout(this.#gap)
  }

  async #run(): Promise<void> {
    if (this.#isRunning) return
    this.#isRunning = true
    clearTimeout(this.#gap)
    for (let task = this.#take(); task; task = this.#take()) await task()
    this.#isRunning = false
    if (this.#waiting.size > 0) this.#waitForMissing()
  }

  #take(): Task | undefined {
    const task = this.#isClosed ? undefined : this.#waiting.get(this.#next)
    if (!task) return undefined
    this.#waiting.delete(this.#next++)
    return task
  }

  #waitForMissing(): void {
    clearTimeout(this.#gap)
    this.#gap = setTimeout(() => {
      this.#next = Math.min(...this.#waiting.keys())
      void this.#run()
    }, this.#gapMs)
    this.#gap.unref()
  }
}
