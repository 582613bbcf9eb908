// GPT-2's way to write bytes as visible characters, which llama.cpp expects of every token that is not special.
// The same table as in src/text, where decoding needs it; models and text do not know each other, and a test compares.

/** [256] the character that stands for each byte: itself where it is visible Latin-1, else the next one from U+0100 on. */
export const everyByte: readonly string[] = (() => {
  let hidden = 0
  return Array.from({ length: 256 }, (_, byte) => {
    const isVisible = (byte > 0x20 && byte < 0x7f) || (byte > 0xa0 && byte !== 0xad)
    return String.fromCharCode(isVisible ? byte : 0x100 + hidden++)
  })
})()

/** Each byte of a text's UTF-8 as a character. */
export function byteCharacters(text: string): string[] {
  return Array.from(new TextEncoder().encode(text), (byte) => everyByte[byte])
}
