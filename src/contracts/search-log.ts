// What a test-time search writes down of its tree: the lines of `search/<id>.jsonl` in a run directory, one head and then
// events. Types only; src/store reads and writes them.

/** The first line. */
export interface SearchHead {
  readonly schema: 1
  /** Name of the file without its ending. */
  readonly id: string
  /** Such as `mcts`. */
  readonly strategy: string
  readonly prompt: string
  /** The gold answer, where there is one. */
  readonly answer?: string
  /** Tokens that the search may spend. */
  readonly budget?: number
}

/** Something that happened to a node of the tree, in the order in which it happened. */
export interface SearchEvent {
  /** From 0, rising. */
  readonly order: number
  /** `add`: a new node. `update`: new values of one. `done`: the search ended, `node` is what it chose. */
  readonly kind: 'add' | 'update' | 'done'
  readonly node: string
  /** Of an added node; the root has none. Its own `add` came before. */
  readonly parent?: string
  readonly text?: string
  /** Tokens that this event cost. */
  readonly tokens?: number
  readonly value?: number
  readonly visits?: number
  readonly score?: number
  readonly verdict?: 'right' | 'wrong' | 'undecided'
}

/** A search as it was written down. */
export interface SearchLog {
  readonly head: SearchHead
  readonly events: readonly SearchEvent[]
}
