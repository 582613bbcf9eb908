// What is to happen when a signal aborts, for any number of callers on one signal: they share one listener, which goes with
// the last of them. A listener each would be no leak either, but Node warns from the eleventh on, and to lift its limit
// would hide a real one.

const shared = new WeakMap<AbortSignal, Callers>()

/** Calls back when the signal aborts, and never if it has already. The function given back ends that. */
export function onAbort(signal: AbortSignal, call: () => void): () => void {
  const callers = shared.get(signal) ?? new Callers(signal)
  shared.set(signal, callers)
  return callers.add(call)
}

/** Those who wait for one signal. */
class Callers {
  readonly #signal: AbortSignal
  /** In objects of their own: the same function may be given twice. */
  readonly #all = new Set<{ readonly call: () => void }>()
  readonly #tell = (): void => {
    for (const { call } of [...this.#all]) call()
  }

  constructor(signal: AbortSignal) {
    this.#signal = signal
  }

  add(call: () => void): () => void {
    if (this.#all.size === 0) this.#signal.addEventListener('abort', this.#tell, { once: true })
    const caller = { call }
    this.#all.add(caller)
    return () => {
      if (this.#all.delete(caller) && this.#all.size === 0) this.#signal.removeEventListener('abort', this.#tell)
    }
  }
}
