// Stop strings, matched on decoded text after each token. A stop string may span tokens, and a character may (bytes).
// Keeps no state per sample: it decodes only a tail of the ids just long enough to hold the longest stop string, and
// only when the newest token could end one. Assumes that `decode` is local: a token changes the text only around
// itself, as character, byte-pair and byte-fallback tokenizers do. It does not cut text nor end samples.
import { GradusError } from '../base/error.ts'
import type { TokenIds, Vocab } from '../contracts/index.ts'

/** Finds stop strings as a sample grows. One matcher serves all samples that share the stop strings. */
export interface StopMatcher {
  /**
   * The stop string that the last of the first `length` generated tokens completes, if any. Call it after every token.
   * Where several are completed, the one that ends first; of those that end together, the longest.
   */
  check(ids: TokenIds, length: number): string | undefined
}

/** A matcher, or undefined when there is nothing to match. Throws `sampler/bad-stop` for a string that cannot be one. */
export function stopMatcher(vocab: Vocab, stops: readonly string[] = []): StopMatcher | undefined {
  if (stops.length === 0) return undefined
  for (const stop of stops) {
    if (stop === '' || stop.includes(INCOMPLETE)) {
      throw new GradusError('sampler/bad-stop', `stop string ${JSON.stringify(stop)} is empty or not valid text`, {
        hint: 'Leave it out of `stop`.',
      })
    }
  }
  // The longest first, so that the strict comparison below keeps it when two end together.
  const byLength = [...stops].sort((a, b) => b.length - a.length)
  const lastUnits = [...new Set(stops.map((stop) => stop.at(-1) ?? ''))]
  const needed = byLength[0].length - 1 + MARGIN
  const pieces = new Map<number, Piece>()

  const pieceOf = (id: number): Piece => {
    let piece = pieces.get(id)
    if (piece === undefined) {
      piece = measure(vocab, id, lastUnits)
      pieces.set(id, piece)
    }
    return piece
  }

  return {
    check(ids, length) {
      if (length === 0 || !pieceOf(ids[length - 1]).canEndStop) return undefined
      let start = length - 1
      for (let width = 0; start > 0 && width < needed; ) width += pieceOf(ids[--start]).width
      return firstHit(vocab.decode(ids.subarray(start, length)), byLength)
    },
  }
}

// What decoders write for bytes that are no complete character.
const INCOMPLETE = '\uFFFD'

// UTF-16 units at the head of a tail that may decode differently there than inside the text: at most three are left of
// a character cut in two, and some decoders drop a leading space.
const MARGIN = 5

interface Piece {
  /** UTF-16 units that the token adds to a text, at least; a fragment counts a third, since no character has more. */
  readonly width: number
  /** False when no stop string can end within what it adds. */
  readonly canEndStop: boolean
}

function measure(vocab: Vocab, id: number, lastUnits: readonly string[]): Piece {
  // Twice in a row, since some decoders drop the space of the first token of a text.
  const alone = vocab.decode([id])
  const twice = vocab.decode([id, id])
  if (twice.includes(INCOMPLETE)) {
    const whole = [...alone].filter((character) => character !== INCOMPLETE).length
    return { width: whole + 1 / 3, canEndStop: true }
  }
  return {
    width: twice.length - alone.length,
    canEndStop: lastUnits.some((unit) => twice.includes(unit)),
  }
}

function firstHit(text: string, byLength: readonly string[]): string | undefined {
  let hit: string | undefined
  let end = Number.POSITIVE_INFINITY
  for (const stop of byLength) {
    const at = text.indexOf(stop)
    if (at >= 0 && at + stop.length < end) {
      hit = stop
      end = at + stop.length
    }
  }
  return hit
}
