// Ctrl-C and SIGTERM: the first asks for an end after this step, the second ends at once. It knows no run.

/** What to do on signals. */
export interface InterruptionHandlers {
  /** Told of the first one. */
  readonly onRequest: () => void
  /** The second one: ends the process. */
  readonly onForce: () => never
}

/** A request to stop that may come at any time. */
export class Interruption {
  #requested = false
  readonly #listener: () => void

  /** Listens from now on; call {@link Interruption.dispose} when done. */
  constructor({ onRequest, onForce }: InterruptionHandlers) {
    this.#listener = () => {
      if (this.#requested) onForce()
      this.#requested = true
      onRequest()
    }
    process.on('SIGINT', this.#listener)
    process.on('SIGTERM', this.#listener)
  }

  /** Whether the work should stop after its current step. */
  get requested(): boolean {
    return this.#requested
  }

  /** Gives the signals back. */
  dispose(): void {
    process.off('SIGINT', this.#listener)
    process.off('SIGTERM', this.#listener)
  }
}
