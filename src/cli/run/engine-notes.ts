// What has to be said of a run, most of it by an engine elsewhere: shown once, and kept with the run as warnings, those too that came before
// its directory was open. What is only waited for is shown and not kept.
import type { RunSink } from '../../contracts/run.ts'
import type { EngineNews } from './engine-host.ts'

/** The notes of one run. */
export class EngineNotes {
  readonly #show: (line: string) => void
  readonly #notes: { readonly name: string; readonly message: string }[] = []
  #sink: Pick<RunSink, 'event'> | undefined

  constructor(display: { line(text: string): void }) {
    this.#show = (line) => display.line(line)
  }

  /** What the engine is given to tell. */
  get news(): EngineNews {
    return {
      onNote: (note) => this.add(note),
      onWaiting: ({ what, seconds }) => this.#show(`waiting for ${what} since ${Math.round(seconds)} s`),
    }
  }

  /** A note is not said again, also not as the end of one that names its stage. */
  add(note: string, name = 'engine'): void {
    if (this.#notes.some(({ message }) => message.endsWith(note))) return
    const kept = { name, message: note }
    this.#notes.push(kept)
    this.#show(`note: ${note}`)
    this.#sink?.event('warning', kept)
  }

  /** Records the notes so far, and all that come. */
  keepIn(sink: Pick<RunSink, 'event'>): void {
    this.#sink = sink
    for (const note of this.#notes) sink.event('warning', note)
  }

  /** The run is closed: what is still said is only shown. */
  close(): void {
    this.#sink = undefined
  }
}
