// Cuts the thinking part off a completion: only what follows the last `</think>` may hold an answer. It does not look for
// one.

/** What is left to search, or why nothing is. */
export type Cut = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly reason: string }

const tags = [
  ['<think>', '</think>'],
  ['<thinking>', '</thinking>'],
] as const

/** The text after the last closing tag. A thinking part that never ends leaves no answer: it is not one yet. */
export function cutThinking(completion: string): Cut {
  let text = completion
  for (const [open, close] of tags) {
    const end = text.lastIndexOf(close)
    if (end >= 0) text = text.slice(end + close.length)
    if (text.includes(open)) return { ok: false, reason: `the thinking part after ${open} never ends` }
  }
  return { ok: true, text }
}
