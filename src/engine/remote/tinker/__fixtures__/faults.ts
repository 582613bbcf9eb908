// What goes wrong between a client and the fake server, one request at a time: each fault waits in the line of its route
// and takes the next request of it.

/** One thing that goes wrong. */
export type Fault =
  /** No connection is made. */
  | 'refused'
  /** The connection breaks before the server has read the request. */
  | 'dropped-before'
  /** The server does what it is asked, and the connection breaks. */
  | 'dropped-after'
  /** The server does what it is asked, and half of its answer arrives. */
  | 'cut-short'
  /** A proxy delivers the request twice. */
  | 'delivered-twice'
  /** The server dies before, or after, it has done what it is asked, and starts again. */
  | 'killed-before'
  | 'killed-after'
  /** No answer until the client gives up. */
  | 'silent'
  /** Nothing goes wrong: lets a request pass. */
  | 'none'
  /** Another answer; the request is not done unless `done`. */
  | {
      readonly status: number
      readonly json?: unknown
      readonly headers?: Record<string, string>
      readonly done?: true
    }

/** Faults in line. */
export class Faults {
  readonly #lines = new Map<string, Fault[]>()

  /** The next requests of a route meet these, in order. */
  on(route: string, ...faults: readonly Fault[]): this {
    this.#lines.set(route, [...(this.#lines.get(route) ?? []), ...faults])
    return this
  }

  take(route: string): Fault {
    return this.#lines.get(route)?.shift() ?? 'none'
  }

  /** Faults that no request has met. */
  get left(): number {
    return [...this.#lines.values()].reduce((sum, line) => sum + line.length, 0)
  }
}

/** What `fetch` throws when a connection ends. */
export const connectionError = (code: 'ECONNRESET' | 'ECONNREFUSED'): TypeError =>
  new TypeError('fetch failed', { cause: Object.assign(new Error(`connection: ${code}`), { code }) })
