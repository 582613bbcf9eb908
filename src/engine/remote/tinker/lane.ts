// One model's operations in one order: each takes the next number when it is asked for, and is sent when the one before it
// has been taken in. Answers are waited for elsewhere, so that several operations can be under way.

/** Numbers and sends, one after the other. */
export class Lane {
  #next: number
  #tail: Promise<unknown> = Promise.resolve()

  constructor(first: number) {
    this.#next = first
  }

  /** `send` is given its number; what it throws goes to its caller alone. */
  enqueue<T>(send: (number: number) => Promise<T>): Promise<T> {
    const number = this.#next++
    const sent = this.#tail.then(() => send(number))
    this.#tail = sent.catch(() => undefined)
    return sent
  }
}
