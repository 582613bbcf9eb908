// The queue of a BPE trainer: a binary heap of candidate merges, most frequent first, ties to the smaller pair of ids.

/** Two neighbouring tokens and how often they occur now. */
export interface TokenPair {
  readonly left: number
  readonly right: number
  count: number
}

/** A pair as it was when it was queued. */
export interface Candidate {
  readonly pair: TokenPair
  /** The pair's count at that time; the pair's own may have fallen since. */
  count: number
  /** Indices of words that may hold the pair. */
  readonly words: readonly number[]
}

function comesFirst(a: Candidate, b: Candidate): boolean {
  if (a.count !== b.count) return a.count > b.count
  if (a.pair.left !== b.pair.left) return a.pair.left < b.pair.left
  return a.pair.right < b.pair.right
}

/** A priority queue of candidate merges. */
export class MergeQueue {
  readonly #heap: Candidate[] = []

  push(candidate: Candidate): void {
    const heap = this.#heap
    let at = heap.length
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (!comesFirst(candidate, heap[parent])) break
      heap[at] = heap[parent]
      at = parent
    }
    heap[at] = candidate
  }

  /** Removes the first candidate; undefined when there is none. */
  pop(): Candidate | undefined {
    const heap = this.#heap
    const first = heap[0]
    const last = heap.pop()
    if (last === undefined || heap.length === 0) return first
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && comesFirst(heap[child + 1], heap[child])) child++
      if (!comesFirst(heap[child], last)) break
      heap[at] = heap[child]
      at = child
    }
    heap[at] = last
    return first
  }
}
