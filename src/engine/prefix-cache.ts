// Computed prefixes (keys and values, say) by their exact token ids, within a budget of bytes, least recently used out.
// A radix tree: an edge is a run of ids, every leaf holds an entry. What was computed for a sequence is valid for each of
// its prefixes, since a position never sees what follows it, so any entry below the point where a lookup leaves the
// tree serves. It does not know what a payload is, nor which weights made it: clear it when they change.
import type { TokenIds } from '../contracts/index.ts'

/** One stored sequence. */
export interface PrefixEntry<Payload> {
  /** [T] a copy of the ids it was stored under. */
  readonly ids: TokenIds
  readonly payload: Payload
  readonly sizeBytes: number
}

/** The first `length` positions of `entry` are those of the sequence looked up; at least 1. */
export interface PrefixMatch<Payload> {
  readonly length: number
  readonly entry: PrefixEntry<Payload>
}

/** Counters since the cache was made, and what it holds now. */
export interface PrefixCacheStats {
  readonly hits: number
  readonly misses: number
  readonly evictions: number
  readonly entries: number
  readonly sizeBytes: number
}

// A node stands for the ids before depth `end` of `key`; the edge to it is key[start .. end). `key` is the ids of some
// entry that was stored through it, shared and never copied when edges are split or joined.
interface Node<Payload> {
  key: TokenIds
  start: number
  end: number
  parent: Node<Payload> | undefined
  readonly children: Map<number, Node<Payload>>
  entry: PrefixEntry<Payload> | undefined
}

/** A store of computed prefixes. Ids are compared, never hashed alone: two sequences cannot be taken for each other. */
export class PrefixCache<Payload> {
  readonly budgetBytes: number
  #root: Node<Payload> = emptyRoot()
  /** In order of use, the least recent first. */
  readonly #nodes = new Map<PrefixEntry<Payload>, Node<Payload>>()
  #sizeBytes = 0
  #hits = 0
  #misses = 0
  #evictions = 0

  constructor(budgetBytes: number) {
    this.budgetBytes = budgetBytes
  }

  /** The longest leading run of `ids` that is stored, with an entry that holds it; counts as a use of that entry. */
  lookup(ids: TokenIds): PrefixMatch<Payload> | undefined {
    const { node, length } = this.#descend(ids)
    const entry = length > 0 ? anyEntry(node) : undefined
    if (entry === undefined) {
      this.#misses++
      return undefined
    }
    this.#hits++
    this.#touch(entry)
    return { length, entry }
  }

  /**
   * Stores `payload` for all of `ids`, in place of what was stored for exactly these; others go to make room.
   * False, and nothing changes, when `ids` is empty or the payload alone is over the budget.
   */
  insert(ids: TokenIds, payload: Payload, sizeBytes: number): boolean {
    if (ids.length === 0 || sizeBytes > this.budgetBytes) return false
    const entry: PrefixEntry<Payload> = { ids: ids.slice(), payload, sizeBytes }
    const node = this.#nodeFor(entry.ids)
    if (node.entry !== undefined) this.#forget(node.entry)
    node.entry = entry
    this.#nodes.set(entry, node)
    this.#sizeBytes += sizeBytes
    // The new entry is the most recent, and fits alone, so the loop ends before it.
    for (const oldest of this.#nodes.keys()) {
      if (this.#sizeBytes <= this.budgetBytes) break
      this.#evict(oldest)
    }
    return true
  }

  /** Drops all entries; the counters stay. */
  clear(): void {
    this.#root = emptyRoot()
    this.#nodes.clear()
    this.#sizeBytes = 0
  }

  stats(): PrefixCacheStats {
    return {
      hits: this.#hits,
      misses: this.#misses,
      evictions: this.#evictions,
      entries: this.#nodes.size,
      sizeBytes: this.#sizeBytes,
    }
  }

  // The node at whose edge (or end) `ids` and the tree part, and how many ids they share.
  #descend(ids: TokenIds): { node: Node<Payload>; length: number } {
    let node = this.#root
    let length = 0
    while (length === node.end && length < ids.length) {
      const child = node.children.get(ids[length])
      if (child === undefined) break
      node = child
      while (length < node.end && length < ids.length && node.key[length] === ids[length]) length++
    }
    return { node, length }
  }

  // The node that stands for exactly `ids`, made if need be.
  #nodeFor(ids: TokenIds): Node<Payload> {
    const { node: reached, length } = this.#descend(ids)
    const node = length < reached.end ? splitEdge(reached, length) : reached
    if (length === ids.length) return node
    return addChild(node, { key: ids, start: length, end: ids.length })
  }

  #touch(entry: PrefixEntry<Payload>): void {
    const node = this.#nodes.get(entry)
    if (node === undefined) return
    this.#nodes.delete(entry)
    this.#nodes.set(entry, node)
  }

  #forget(entry: PrefixEntry<Payload>): void {
    this.#nodes.delete(entry)
    this.#sizeBytes -= entry.sizeBytes
  }

  #evict(entry: PrefixEntry<Payload>): void {
    const node = this.#nodes.get(entry)
    if (node === undefined) return
    this.#forget(entry)
    this.#evictions++
    node.entry = undefined
    tidy(node)
  }
}

function emptyRoot<Payload>(): Node<Payload> {
  return { key: new Int32Array(0), start: 0, end: 0, parent: undefined, children: new Map(), entry: undefined }
}

function addChild<Payload>(
  parent: Node<Payload>,
  { key, start, end }: { key: TokenIds; start: number; end: number },
): Node<Payload> {
  const child: Node<Payload> = { key, start, end, parent, children: new Map(), entry: undefined }
  parent.children.set(key[start], child)
  return child
}

// Puts a node at `depth`, inside the edge that leads to `node`, and returns it.
function splitEdge<Payload>(node: Node<Payload>, depth: number): Node<Payload> {
  const { parent } = node
  if (parent === undefined) return node
  const middle = addChild(parent, { key: node.key, start: node.start, end: depth })
  node.start = depth
  node.parent = middle
  middle.children.set(node.key[depth], node)
  return middle
}

// After an entry left: no leaf without an entry, no node that only passes on to one child.
function tidy<Payload>(node: Node<Payload>): void {
  const { parent } = node
  if (parent === undefined || node.entry !== undefined || node.children.size > 1) return
  if (node.children.size === 0) {
    parent.children.delete(node.key[node.start])
    tidy(parent)
    return
  }
  for (const child of node.children.values()) {
    child.start = node.start
    child.parent = parent
    parent.children.set(child.key[child.start], child)
  }
}

// An entry at or below a node; every leaf has one.
function anyEntry<Payload>(node: Node<Payload>): PrefixEntry<Payload> | undefined {
  let at: Node<Payload> | undefined = node
  while (at !== undefined && at.entry === undefined) at = at.children.values().next().value
  return at?.entry
}
