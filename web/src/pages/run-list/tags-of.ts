// Tags as they are typed. Pure.

/** What the server takes. */
const MAX_TAGS = 20
const MAX_LENGTH = 40

/** Tags of a text with commas: without spaces around, each once, no more and no longer than the server takes. */
export function tagsOf(text: string): readonly string[] {
  const parts = text.split(',').map((part) => part.trim().slice(0, MAX_LENGTH))
  return [...new Set(parts.filter((part) => part !== ''))].slice(0, MAX_TAGS)
}
