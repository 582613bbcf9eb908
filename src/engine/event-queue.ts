// A queue between a producer that pushes and one consumer that iterates until all expected items have come.
export class EventQueue<T> {
  readonly #items: T[] = []
  #expected = 0
  #wake: (() => void) | undefined
  #isClosed = false

  /** No one takes items any more: the consumer has left early, or has got them all. */
  get isClosed(): boolean {
    return this.#isClosed
  }

  /** Announces one more item. */
  expect(): void {
    this.#expected++
  }

  push(item: T): void {
    if (this.#isClosed) return
    this.#items.push(item)
    this.#wake?.()
  }

  /** Items in order of arrival, until every expected one has been given. */
  async *drain(): AsyncGenerator<T> {
    try {
      for (let given = 0; given < this.#expected; ) {
        if (this.#items.length === 0)
          await new Promise<void>((resolve) => {
            this.#wake = resolve
          })
        for (const item of this.#items.splice(0)) {
          given++
          yield item
        }
      }
    } finally {
      this.#isClosed = true
    }
  }
}
