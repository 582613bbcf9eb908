// Cuts a text that comes in pieces before the first of some stop strings. What may be the beginning of one is held back
// until it is certain. Linear in the text: for every stop string it keeps how many of its units the text ends with
// (Knuth, Morris and Pratt 1977), and the longest of those is what is held back.

/** Lets a text through up to a stop string. */
export class StopScanner {
  readonly #patterns: readonly Pattern[]
  readonly #states: Int32Array
  #held = ''
  #hasHit = false

  constructor(stops: readonly string[]) {
    this.#patterns = stops.map((stop) => ({ stop, borders: bordersOf(stop) }))
    this.#states = new Int32Array(stops.length)
  }

  /** A stop string was found: nothing more comes. */
  get hasHit(): boolean {
    return this.#hasHit
  }

  /** What of the text so far can be let through now. */
  push(piece: string): string {
    if (this.#hasHit) return ''
    if (this.#patterns.length === 0) return piece
    const text = this.#held + piece
    for (let at = this.#held.length; at < text.length; at++) {
      const length = this.#step(text[at])
      if (length > 0) {
        this.#hasHit = true
        this.#held = ''
        return text.slice(0, at + 1 - length)
      }
    }
    const kept = this.#states.reduce((most, state) => Math.max(most, state), 0)
    this.#held = text.slice(text.length - kept)
    return text.slice(0, text.length - kept)
  }

  /** What is still held back, when no more text comes. */
  flush(): string {
    const rest = this.#held
    this.#held = ''
    return rest
  }

  /** The length of the longest stop string that this unit completes; 0 for none. */
  #step(unit: string): number {
    let longest = 0
    this.#patterns.forEach(({ stop, borders }, i) => {
      let state = this.#states[i]
      while (state > 0 && stop[state] !== unit) state = borders[state - 1]
      if (stop[state] === unit) state++
      this.#states[i] = state
      if (state === stop.length) longest = Math.max(longest, state)
    })
    return longest
  }
}

interface Pattern {
  readonly stop: string
  /** [length] for each beginning of the stop string, the longest shorter beginning that it ends with. */
  readonly borders: Int32Array
}

function bordersOf(stop: string): Int32Array {
  const borders = new Int32Array(stop.length)
  for (let i = 1, length = 0; i < stop.length; i++) {
    while (length > 0 && stop[length] !== stop[i]) length = borders[length - 1]
    if (stop[length] === stop[i]) length++
    borders[i] = length
  }
  return borders
}
