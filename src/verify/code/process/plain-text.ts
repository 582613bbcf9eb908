// Text of a program on its way into reasons and error messages, which end up in terminals, logs and pages: what would
// steer a terminal or turn the direction of writing is written as an escape. Line breaks and tabs stay.

// Controls (C0 but tab and line feed, DEL, C1), line and paragraph separators, and marks of direction.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const steering = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g

/** The text without anything that acts; cut to `maxLength` UTF-16 code units. */
export function plainText(text: string, maxLength: number = Number.POSITIVE_INFINITY): string {
  const isLong = text.length > maxLength
  const plain = (isLong ? text.slice(0, maxLength) : text).replaceAll(steering, escapeOne)
  return isLong || plain.length > maxLength ? `${plain.slice(0, maxLength)}...` : plain
}

function escapeOne(character: string): string {
  const code = character.charCodeAt(0)
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`
}
