// A limit on what runs at once. Whoever finds no free slot queues, first come first served; an abort leaves the queue.
import { onAbort } from './on-abort.ts'

/** A number of slots, taken and given back. */
export class Slots {
  readonly #size: number
  #taken = 0
  readonly #queue = new Set<() => void>()

  constructor(size: number) {
    this.#size = Math.max(1, Math.floor(size))
  }

  get taken(): number {
    return this.#taken
  }

  get queued(): number {
    return this.#queue.size
  }

  /** Waits for a slot; the function given back frees it, once. Rejects with the signal's reason. */
  async take(signal?: AbortSignal): Promise<() => void> {
    signal?.throwIfAborted()
    if (this.#taken < this.#size) this.#taken++
    else await this.#wait(signal)
    let isFree = false
    return () => {
      if (isFree) return
      isFree = true
      this.#free()
    }
  }

  #wait(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const start = (): void => {
        stay?.()
        resolve()
      }
      const stay =
        signal &&
        onAbort(signal, () => {
          this.#queue.delete(start)
          reject(signal.reason)
        })
      this.#queue.add(start)
    })
  }

  /** Hands the slot to the next in line, so that no newcomer can take it in between. */
  #free(): void {
    const [next] = this.#queue
    if (next === undefined) {
      this.#taken--
      return
    }
    this.#queue.delete(next)
    next()
  }
}
