// The text of a growing sequence of tokens, given out in pieces that are final: a character whose last bytes are still to
// come is held back. It decodes a window of the newest tokens, never all of them. The window begins with tokens whose text
// was given out, since some decoders treat the first token of a text differently. Assumes, as stop strings do, that
// decoding is local: a token changes the text only around itself.
import type { TokenIds, Vocab } from '../../contracts/index.ts'

/** What decoders write for bytes that are no complete character. */
const INCOMPLETE = '\uFFFD'
/** The last bytes of a text that may still become one character; some decoders write a mark for each. */
const MOST_INCOMPLETE = 3
/** Tokens in the window before it moves on. */
const WINDOW = 16

/** Turns tokens into text as they come. */
export class GrowingText {
  readonly #vocab: Vocab
  /** Tokens of the window that come before `#start`: the end of a prompt. */
  #before: readonly number[]
  /** The first token of the window. */
  #start = 0
  /** Tokens up to which everything was given out, with no character cut in two. */
  #whole = 0
  /** Units of the window's text that were given out. */
  #given: number

  /** `before` are tokens whose text is known: the text of what follows may depend on it. */
  constructor(vocab: Vocab, before: TokenIds = new Int32Array(0)) {
    this.#vocab = vocab
    this.#before = [...before.subarray(Math.max(0, before.length - WINDOW))]
    this.#given = settled(vocab.decode(this.#before)).length
  }

  /** The text that the first `length` tokens add to what was given out; with `isLast` also what is incomplete. */
  read(ids: TokenIds, length: number, isLast = false): string {
    const text = this.#decode(ids, length)
    const ready = isLast ? text : settled(text)
    const added = ready.slice(this.#given)
    this.#given = Math.max(this.#given, ready.length)
    if (ready.length === text.length && added !== '') this.#settle(ids, length)
    return added
  }

  #decode(ids: TokenIds, length: number): string {
    const window = ids.subarray(this.#start, length)
    return this.#vocab.decode(this.#before.length > 0 ? [...this.#before, ...window] : window)
  }

  /** Everything is given out: the window may begin anew with the tokens that came last, if their text can be told. */
  #settle(ids: TokenIds, length: number): void {
    const last = this.#whole
    this.#whole = length
    if (length - this.#start < WINDOW || last === this.#start) return
    const text = this.#vocab.decode(ids.subarray(last, length))
    if (text === '' || text.includes(INCOMPLETE)) return
    this.#before = []
    this.#start = last
    this.#given = text.length
  }
}

/** Without marks at the end that may stand for the beginning of a character. */
function settled(text: string): string {
  let end = text.length
  while (end > 0 && text.length - end < MOST_INCOMPLETE && text[end - 1] === INCOMPLETE) end--
  return text.slice(0, end)
}
