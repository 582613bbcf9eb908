// Which requests are running, so that a server can stop without cutting them off: it refuses new ones, waits for the
// others up to a limit, and then aborts what is left. A request runs until the last part of its answer was taken.

/** A running request. */
export interface Ticket {
  /** The client has left, or the server does not wait any longer. */
  readonly signal: AbortSignal
  /** Ends the request at once, as if its client had left. */
  abort(): void
  /** Keeps the request running until the function given back is called; more than one may keep it. */
  hold(): () => void
}

/** The running requests of a server. */
export class Traffic {
  readonly #running = new Set<AbortController>()
  #isDraining = false
  #whenIdle: (() => void) | undefined

  get running(): number {
    return this.#running.size
  }

  /** No new requests are taken. */
  get isDraining(): boolean {
    return this.#isDraining
  }

  /** A new request, held once; `client` tells that whoever asked has left. */
  begin(client: AbortSignal): { readonly ticket: Ticket; readonly release: () => void } {
    const controller = new AbortController()
    const leave = (): void => controller.abort(client.reason)
    if (client.aborted) leave()
    client.addEventListener('abort', leave, { once: true })
    this.#running.add(controller)
    let holds = 0
    const hold = (): (() => void) => {
      holds++
      let isHeld = true
      return () => {
        if (!isHeld) return
        isHeld = false
        if (--holds > 0) return
        client.removeEventListener('abort', leave)
        this.#running.delete(controller)
        if (this.#running.size === 0) this.#whenIdle?.()
      }
    }
    return { ticket: { signal: controller.signal, abort: () => controller.abort(), hold }, release: hold() }
  }

  /** Waits until no request is running, at most `limitMs`; gives the number of those that were cut off. */
  async drain(limitMs: number): Promise<number> {
    this.#isDraining = true
    let timer: NodeJS.Timeout | undefined
    const idle = new Promise<void>((resolve) => {
      this.#whenIdle = resolve
      if (this.#running.size === 0) resolve()
    })
    const limit = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, limitMs)
    })
    await Promise.race([idle, limit])
    clearTimeout(timer)
    const late = [...this.#running]
    for (const controller of late) controller.abort()
    return late.length
  }
}
