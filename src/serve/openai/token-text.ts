// How single tokens are written in answers: as text, as bytes, or as `token_id:7` for clients that tell tokens apart
// which look alike.
import type { Vocab } from '../../contracts/index.ts'

/** Writes tokens; remembers what it wrote. */
export class TokenText {
  readonly #vocab: Vocab
  readonly #known: string[] = []

  constructor(vocab: Vocab) {
    this.#vocab = vocab
  }

  text(id: number, asId = false): string {
    if (asId) return `token_id:${id}`
    const known = this.#known[id] ?? this.#vocab.token(id)
    this.#known[id] = known
    return known
  }

  /** UTF-8; null for a part of a character, whose bytes a vocabulary does not tell. */
  bytes(id: number): readonly number[] | null {
    const text = this.text(id)
    return text.includes('\uFFFD') ? null : [...encoder.encode(text)]
  }
}

const encoder = new TextEncoder()
