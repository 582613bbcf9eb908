// The state that curricula, sources and controllers keep: JSON by key, saved with every checkpoint.
import type { Json } from '../base/json.ts'
import type { History } from '../contracts/index.ts'

/** A history that can be saved and restored. */
export class KeyedHistory implements History {
  readonly #values: Map<string, Json>

  constructor(saved: Readonly<Record<string, Json>> = {}) {
    this.#values = new Map(Object.entries(saved))
  }

  get(key: string): Json | undefined {
    return this.#values.get(key)
  }

  set(key: string, value: Json): void {
    this.#values.set(key, value)
  }

  /** A copy of everything, for a checkpoint. */
  save(): Record<string, Json> {
    return Object.fromEntries(this.#values)
  }
}
