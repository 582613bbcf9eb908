// The curves of one run over one axis, for all charts that look at it: names asked for at the same moment go in one request,
// and when the run has grown, only the rows after the last known one are asked for. A long run comes thinned; after some
// added rows it is asked for anew. Knows no page: what asks is given.
import type { SeriesAnswer, SeriesColumn } from '../../../../src/serve/dashboard/api.ts'
import { Pacer } from '../../lib/pacer.ts'
import { ServerError } from '../../lib/server.ts'

/** A metric over the axis; another object when it has changed. */
export interface Curve extends SeriesColumn {
  /** [N] */
  readonly x: readonly number[]
}

interface Known {
  readonly curve: Curve
  readonly version: number
  /** Rows added since all of it was asked for. */
  readonly added: number
  /** Count of {@link SeriesFeed.grow} when it was asked for. */
  readonly moment: number
}

/** Asks for metrics, from a place of the axis on. */
export type AskSeries = (names: readonly string[], from?: number) => Promise<SeriesAnswer>

/** Most names in one request; the server takes 64. */
const MAX_NAMES = 60

/** Curves of a run. */
export class SeriesFeed {
  readonly #ask: AskSeries
  readonly #points: number
  readonly #onError: () => void
  readonly #known = new Map<string, Known>()
  /** Names that the run lacked, with the count of {@link SeriesFeed.grow} by then. */
  readonly #missing = new Map<string, number>()
  readonly #listeners = new Map<string, Set<() => void>>()
  readonly #asked = new Set<string>()
  readonly #pacer: Pacer
  #moment = 0
  #isScheduled = false
  #isStopped = false
  #error: ServerError | undefined

  /** `points`: what a full answer has at most. `restMs`: least time between two questions for what is new. */
  constructor({
    ask,
    points,
    restMs,
    onError = () => {},
  }: {
    ask: AskSeries
    points: number
    restMs: number
    onError?: () => void
  }) {
    this.#ask = ask
    this.#onError = onError
    this.#points = points
    this.#pacer = new Pacer(() => this.#load(), restMs)
  }

  /** Keeps a metric up to date while it is wanted. Gives back how to stop. */
  want(name: string, listener: () => void): () => void {
    const listeners = this.#listeners.get(name) ?? new Set()
    this.#listeners.set(name, listeners)
    listeners.add(listener)
    this.#schedule()
    return () => {
      listeners.delete(listener)
      if (listeners.size === 0) this.#listeners.delete(name)
    }
  }

  /** What is known of a metric. */
  curve(name: string): Curve | undefined {
    return this.#known.get(name)?.curve
  }

  /** Why the last question failed; undefined once one succeeds. */
  get error(): ServerError | undefined {
    return this.#error
  }

  /** The run has grown, or may have. */
  grow(): void {
    this.#moment++
    this.#pacer.call()
  }

  stop(): void {
    this.#isStopped = true
    this.#pacer.stop()
  }

  // What charts want in one turn goes together, without waiting for a rest.
  #schedule(): void {
    if (this.#isScheduled) return
    this.#isScheduled = true
    setTimeout(() => {
      this.#isScheduled = false
      void this.#load()
    }, 0)
  }

  async #load(): Promise<void> {
    if (this.#isStopped) return
    const stale = [...this.#listeners.keys()].filter((name) => !this.#asked.has(name) && this.#isStale(name))
    const byStart = new Map<number | undefined, string[]>()
    for (const name of stale) {
      const from = this.#startOf(name)
      byStart.set(from, [...(byStart.get(from) ?? []), name])
    }
    const requests = [...byStart].flatMap(([from, names]) => chunks(names, MAX_NAMES).map((some) => ({ from, some })))
    await Promise.all(requests.map(({ from, some }) => this.#request(some, from)))
  }

  #isStale(name: string): boolean {
    const moment = this.#known.get(name)?.moment ?? this.#missing.get(name)
    return moment === undefined || moment < this.#moment
  }

  // The end of what is known, or undefined to ask for all.
  #startOf(name: string): number | undefined {
    const known = this.#known.get(name)
    if (known === undefined || known.curve.x.length === 0) return undefined
    const { x, low } = known.curve
    const hasRoom = low === undefined ? x.length < this.#points : known.added < this.#points / 8
    return hasRoom ? x[x.length - 1] : undefined
  }

  async #request(names: readonly string[], from: number | undefined): Promise<void> {
    const moment = this.#moment
    for (const name of names) this.#asked.add(name)
    try {
      const answer = await this.#ask(names, from)
      if (this.#isStopped) return
      this.#error = undefined
      for (const name of names) this.#take(name, answer, from, moment)
    } catch (error) {
      if (this.#isStopped) return
      if (!(error instanceof ServerError)) throw error
      this.#error = error
      for (const name of names) this.#tell(name)
      this.#onError()
    } finally {
      for (const name of names) this.#asked.delete(name)
      // It has grown while it was asked for.
      if (moment < this.#moment) this.#pacer.call()
    }
  }

  #take(name: string, answer: SeriesAnswer, from: number | undefined, moment: number): void {
    const column = Object.hasOwn(answer.series, name) ? answer.series[name] : undefined
    const old = this.#known.get(name)
    if (column === undefined) {
      this.#missing.set(name, moment)
    } else if (from === undefined || old === undefined) {
      this.#known.set(name, { curve: { x: answer.x, ...column }, version: answer.version, added: 0, moment })
    } else if (answer.version < old.version) {
      // Its files were cut back: the next question is for all.
      this.#known.delete(name)
      this.#schedule()
      return
    } else {
      const curve = extended(old.curve, answer.x, column)
      const added = old.added + curve.x.length - old.curve.x.length
      this.#known.set(name, { curve, version: answer.version, added, moment })
      if (curve === old.curve) return
    }
    this.#tell(name)
  }

  #tell(name: string): void {
    for (const listener of [...(this.#listeners.get(name) ?? [])]) listener()
  }
}

/** A curve with the rows after its end; the same object when there are none. */
export function extended(curve: Curve, x: readonly number[], column: SeriesColumn): Curve {
  const end = curve.x[curve.x.length - 1]
  const first = x.findIndex((at) => at > end)
  if (first < 0) return curve
  const tail = column.mean.slice(first)
  return {
    x: [...curve.x, ...x.slice(first)],
    mean: [...curve.mean, ...tail],
    // Where points stand for several rows: each added one stands for itself.
    ...(curve.low && { low: [...curve.low, ...(column.low?.slice(first) ?? tail)] }),
    ...(curve.high && { high: [...curve.high, ...(column.high?.slice(first) ?? tail)] }),
  }
}

function chunks<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size))
}
