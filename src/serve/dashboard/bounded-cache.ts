// A cache with a limit on the sizes of what it keeps: what was used longest ago goes first. Something larger than the
// limit is given back but not kept.

/** Values by key, of at most `maxBytes` together. */
export class BoundedCache<T> {
  readonly #maxBytes: number
  // In the order of last use.
  readonly #kept = new Map<string, { readonly value: T; sizeBytes: number }>()
  #bytes = 0

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  /** Sizes of all that is kept. */
  get bytes(): number {
    return this.#bytes
  }

  get(key: string): T | undefined {
    const found = this.#kept.get(key)
    if (found === undefined) return undefined
    this.#kept.delete(key)
    this.#kept.set(key, found)
    return found.value
  }

  /** Keeps a value, or says anew how large it is. */
  set(key: string, value: T, sizeBytes: number): void {
    this.delete(key)
    this.#kept.set(key, { value, sizeBytes })
    this.#bytes += sizeBytes
    for (const oldest of this.#kept.keys()) {
      if (this.#bytes <= this.#maxBytes) break
      this.delete(oldest)
    }
  }

  delete(key: string): void {
    const found = this.#kept.get(key)
    if (found === undefined) return
    this.#kept.delete(key)
    this.#bytes -= found.sizeBytes
  }
}
