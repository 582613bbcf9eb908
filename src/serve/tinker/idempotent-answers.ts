// Answers by the idempotency key of their request, for the few requests that carry no number: a client that lost the
// answer sends the same key again and gets the same answer, even while the first is still being worked on.

/** How many answers are remembered. */
const LIMIT = 1000

/** A memory of answers. */
export class IdempotentAnswers {
  readonly #answers = new Map<string, Promise<unknown>>()

  /** Does the work unless it was done under this key before. A failure is not remembered. */
  async once<T>(key: string | undefined, work: () => Promise<T>): Promise<T> {
    if (key === undefined || key.length > 255) return work()
    const known = this.#answers.get(key)
    if (known) return known as Promise<T>
    const answer = work()
    this.#answers.set(key, answer)
    answer.catch(() => this.#answers.delete(key))
    const [oldest] = this.#answers.keys()
    if (this.#answers.size > LIMIT) this.#answers.delete(oldest)
    return answer
  }
}
