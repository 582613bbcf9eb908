// One choice of an answer: its text without stop strings, in pieces or at once, and why it ended.
import type { Sample, TokenIds, Vocab } from '../../contracts/index.ts'
import type { GrowingSample } from './generation.ts'
import { GrowingText } from './growing-text.ts'
import { StopScanner } from './stop-scanner.ts'

/** What a choice has gained. */
export interface ChoicePiece {
  readonly text: string
  /** New tokens are `from` to `to`; their text may come with a later piece. */
  readonly from: number
  readonly to: number
  /** Where the text of each new token begins, in code points of the choice's own text; empty unless asked for. */
  readonly offsets: readonly number[]
  readonly end?: ChoiceEnd
}

/** Why a choice ended. */
export interface ChoiceEnd {
  readonly finish_reason: 'stop' | 'length'
  /** The stop string or token; null for the end of the sequence and for the limit. */
  readonly stop_reason: string | number | null
}

/** How choices are read. */
export interface ChoiceReading {
  readonly vocab: Vocab
  readonly stops: readonly string[]
  readonly stopTokens: readonly number[]
  readonly wantsOffsets: boolean
}

/** The text of one choice. */
export class ChoiceText {
  readonly #reading: ChoiceReading
  readonly #growing: GrowingText
  readonly #scanner: StopScanner
  #seen = 0
  #offset = 0

  constructor(reading: ChoiceReading, prompt: TokenIds) {
    this.#reading = reading
    this.#growing = new GrowingText(reading.vocab, prompt)
    this.#scanner = new StopScanner(reading.stops)
  }

  /** What the sample has gained since it was last taken. */
  take({ soFar: { ids }, ended }: Pick<GrowingSample, 'soFar' | 'ended'>): ChoicePiece {
    const from = this.#seen
    this.#seen = ids.length
    const offsets: number[] = []
    let text = ''
    for (let t = this.#reading.wantsOffsets ? from + 1 : ids.length; t < ids.length; t++) {
      offsets.push(this.#offset)
      text += this.#read(ids, t, false)
    }
    if (this.#reading.wantsOffsets && from < ids.length) offsets.push(this.#offset)
    text += this.#read(ids, ids.length, ended !== undefined)
    if (ended === undefined) return { text, from, to: ids.length, offsets }
    text += this.#scanner.flush()
    return { text, from, to: ids.length, offsets, end: this.#endOf(ended) }
  }

  #read(ids: TokenIds, length: number, isLast: boolean): string {
    const added = this.#growing.read(ids, length, isLast)
    if (this.#reading.wantsOffsets) this.#offset += codePoints(added)
    return this.#scanner.push(added)
  }

  #endOf({ stop, stopHit, ids }: Sample): ChoiceEnd {
    const last = ids.at(-1)
    if (stop === 'stop' && last !== undefined && this.#reading.stopTokens.includes(last)) {
      return { finish_reason: 'stop', stop_reason: last }
    }
    if (stop === 'stop') return { finish_reason: 'stop', stop_reason: stopHit ?? null }
    return { finish_reason: stop === 'max' && !this.#scanner.hasHit ? 'length' : 'stop', stop_reason: null }
  }
}

/** Characters of a text as most languages count them. */
export function codePoints(text: string): number {
  let count = 0
  for (let at = 0; at < text.length; at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1) count++
  return count
}
