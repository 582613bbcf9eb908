// GPT-2's way to write bytes as visible characters, and decoding of tokens written so. Knows nothing of merges.
// A byte that is a visible Latin-1 character stands for itself; the 68 others are written as U+0100, U+0101, ...

const isVisible = (byte: number): boolean =>
  (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || (byte >= 0xae && byte <= 0xff)

/** [256] the character that stands for each byte. */
export const BYTE_CHARACTERS: readonly string[] = (() => {
  let hidden = 0
  return Array.from({ length: 256 }, (_, byte) => String.fromCharCode(isVisible(byte) ? byte : 0x100 + hidden++))
})()

const BYTE_OF = new Map(BYTE_CHARACTERS.map((character, byte) => [character, byte]))

/** The bytes that a byte-level token stands for; UTF-8 of the text itself if some character stands for no byte. */
function bytesOf(token: string): Uint8Array {
  const bytes = Array.from(token, (character) => BYTE_OF.get(character))
  return bytes.every((byte) => byte !== undefined) ? Uint8Array.from(bytes) : new TextEncoder().encode(token)
}

/**
 * A decoder for byte-level vocabularies: `textOf` gives a token as the vocabulary writes it (undefined: decodes to
 * nothing), `isPlain` says that it is written as ordinary text. Broken UTF-8 becomes U+FFFD.
 */
export function byteLevelDecoder(
  textOf: (id: number) => string | undefined,
  isPlain: (id: number) => boolean,
): (ids: ArrayLike<number>) => string {
  const known: Uint8Array[] = []
  const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })
  const lookUp = (id: number): Uint8Array => {
    const text = textOf(id) ?? ''
    return isPlain(id) ? new TextEncoder().encode(text) : bytesOf(text)
  }
  return (ids) => {
    const parts: Uint8Array[] = []
    let size = 0
    for (let i = 0; i < ids.length; i++) {
      known[ids[i]] ??= lookUp(ids[i])
      const part = known[ids[i]]
      parts.push(part)
      size += part.length
    }
    const bytes = new Uint8Array(size)
    let at = 0
    for (const part of parts) {
      bytes.set(part, at)
      at += part.length
    }
    return utf8.decode(bytes)
  }
}
